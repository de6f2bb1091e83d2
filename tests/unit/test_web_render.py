"""Turns as HTML: numbers, lists, notes, abstentions; nothing of a report's text becomes markup."""

import html
import re
from dataclasses import replace

import pytest

from assistant.events import (
    AnswerCompleted,
    Queued,
    StatementWritten,
    TextDelta,
    WriterFellBack,
    WritingStarted,
)
from assistant.models import Answer, Notice, Statement
from tests.scripted import BERTH, HeldReport, abstention_of, answer_of, report_of
from ui.web.conversation import Reply, Status, Turn
from ui.web.render import question_html, reply_html
from ui.web.sources import Reference

CORRIDOR = "• Un corridor d’innovation relie les universités au port."
CITIZENS = "• La participation citoyenne renforce l’acceptabilité sociale."
QUESTION = "Qu’a-t-on appris sur les navires à quai ?"
LIST_QUESTION = "Quelles sont les leçons apprises ?"
NAMES = {"rotterdam-2024": "Rotterdam (2024)", "anvers-2023": "Anvers (2023)"}


@pytest.fixture
def held() -> HeldReport:
    return report_of()


def turn_of(answer: Answer, *, scope: str = "") -> Turn:
    reply = Reply(answer.language, missions=NAMES).after(AnswerCompleted(answer))
    return Turn(answer.question, reply, scope)


def text_of(fragment: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", fragment))


def markers(fragment: str) -> list[str]:
    return re.findall(r'<a class="cite"[^>]*>(\[\d+\])</a>', fragment)


def test_each_statement_has_its_number_and_its_link(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH), (held, CORRIDOR))))
    assert markers(shown) == ["[1]", "[2]"]
    link = Reference.of(held.citation(BERTH)).link
    assert f'href="{link}"' in html.unescape(shown)
    assert "Voici ce que dit le rapport de mission «\u00a0Rotterdam (2024)\u00a0»" in text_of(shown)


def test_the_same_quote_keeps_its_number(held: HeldReport) -> None:
    answer = answer_of(QUESTION, (held, BERTH), (held, CORRIDOR), (held, BERTH))
    assert markers(reply_html(turn_of(answer))) == ["[1]", "[2]", "[1]"]


def test_a_statement_may_have_several_citations(held: HeldReport) -> None:
    both = Statement("Deux leçons.", (held.citation(BERTH), held.citation(CORRIDOR)))
    answer = replace(answer_of(QUESTION, (held, BERTH)), statements=(both,))
    assert markers(reply_html(turn_of(answer))) == ["[1]", "[2]"]


def test_a_list_question_gets_a_list_without_the_reports_own_bullets(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of(LIST_QUESTION, (held, CORRIDOR), (held, CITIZENS))))
    assert shown.count('<li class="statement">') == 2
    assert "•" not in shown


def test_another_question_gets_paragraphs(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH), (held, CORRIDOR))))
    assert shown.count('<p class="statement">') == 2


def test_several_reports_are_told_apart(held: HeldReport) -> None:
    other = report_of(report_id="anvers-2023", title="Mission à Anvers", city="Anvers")
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH), (other, BERTH))))
    assert re.findall(r'<h3 class="mission">(.*?)</h3>', html.unescape(shown)) == [
        "Rotterdam (2024)",
        "Anvers (2023)",
    ]
    assert "Voici ce que disent les rapports" in shown


def test_an_english_question_is_answered_in_english_with_a_note(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of("What was learned about ships?", (held, BERTH))))
    assert "Here is what the mission report" in text_of(shown)
    assert "The quotes are in French" in text_of(shown)
    assert '<span lang="fr">' in shown


def test_a_french_question_needs_no_note(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH))))
    assert 'class="note"' not in shown
    assert "lang=" not in shown


def test_places_are_listed_once_with_their_numbers(held: HeldReport) -> None:
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH), (held, CORRIDOR))))
    sources = shown[shown.index('class="sources"') :]
    assert sources.count("<li>") == 1
    assert re.findall(r">(\d+)</a>", sources) == ["1", "2"]


def test_an_abstention_is_plainly_one(held: HeldReport) -> None:
    answer = abstention_of("Qui est le maire ?", (held, BERTH))
    shown = reply_html(turn_of(answer, scope="Rotterdam (2024)"))
    said = text_of(shown)
    assert "Les rapports ne répondent pas à cette question." in said
    assert "Mission à Rotterdam" in said
    assert "À lire peut-être — ne répond pas à la question" in said
    assert "limitée à\u00a0: Rotterdam (2024)" in said
    assert not markers(shown)
    assert "reading=1" in html.unescape(shown)
    assert "Voici ce que dit" not in said


def test_an_abstention_over_nothing() -> None:
    said = text_of(reply_html(turn_of(abstention_of("Qui est le maire ?"))))
    assert "Aucun rapport n’a pu être consulté." in said
    assert "À lire" not in said


def test_many_searched_reports_are_counted() -> None:
    answer = replace(abstention_of("Qui ?"), searched=tuple(f"Rapport {n}" for n in range(12)))
    assert "12 rapports" in text_of(reply_html(turn_of(answer)))


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (Status.SEARCHING, "Recherche dans les rapports"),
        (Status.STOPPED, "Réponse arrêtée"),
        (Status.FAILED, "<disque> plein"),
    ],
)
def test_what_is_said_when_there_is_no_answer(status: Status, said: str) -> None:
    reply = Reply("fr", status, error="<disque> plein")
    assert said in html.unescape(reply_html(Turn("?", reply)))
    assert "<disque>" not in reply_html(Turn("?", reply))


def test_a_stopped_answer_keeps_what_it_had(held: HeldReport) -> None:
    answer = answer_of(QUESTION, (held, BERTH))
    reply = Reply("fr", Status.WRITING, answer.statements, missions=NAMES).stopped()
    shown = reply_html(Turn(QUESTION, reply))
    assert markers(shown) == ["[1]"]
    assert "Réponse arrêtée" in text_of(shown)
    assert 'class="sources"' not in shown


def test_a_language_models_sentences_follow_each_other_and_say_who_wrote() -> None:
    held = report_of()
    statements = (
        Statement("Les navires sont branchés à quai.", (held.citation(BERTH),)),
        Statement("C’est une bonne chose.", (), verified=False),
    )
    answer = replace(answer_of(QUESTION), statements=statements, writer="mistral-small")
    reply = Reply("fr").after(AnswerCompleted(answer))
    shown = reply_html(Turn(QUESTION, reply))
    assert markers(shown) == ["[1]"]
    assert shown.count('<span class="statement">') == 2
    assert "Voici ce que dit" not in shown
    assert "mistral-small" in html.unescape(shown)
    assert 'class="unverified">non vérifié' in shown


def test_a_language_model_is_waited_for_and_heard_word_by_word() -> None:
    said = []
    reply = Reply("fr")
    events = [
        Queued(2),
        WritingStarted("<b>modèle</b>"),
        TextDelta("Les navires "),
        TextDelta("sont <i>là</i>"),
        StatementWritten(Statement("Les navires sont là.", ())),
    ]
    for event in events:
        reply = reply.after(event)
        said.append(html.unescape(reply_html(Turn(QUESTION, reply))))
    assert "rang 2" in said[0]
    assert "<b>modèle</b>" in said[1]
    assert "Les navires" in said[2]
    assert "Les navires sont <i>là</i>" in said[3]
    assert "<i>" not in said[4]
    assert "searching" not in said[4]


def test_a_model_that_failed_is_forgotten_and_told() -> None:
    held = report_of()
    reply = Reply("fr")
    for event in (
        WritingStarted("modèle"),
        TextDelta("Faux"),
        StatementWritten(Statement("Faux.", ())),
        WriterFellBack(Notice.SLOW),
    ):
        reply = reply.after(event)
    assert "Faux" not in reply_html(Turn(QUESTION, reply))
    answer = replace(answer_of(QUESTION, (held, BERTH)), notice=Notice.SLOW)
    shown = text_of(reply_html(Turn(QUESTION, reply.after(AnswerCompleted(answer)))))
    assert "a trop tardé" in shown
    assert "Voici ce que dit le rapport" in shown


@pytest.mark.parametrize("notice", list(Notice))
def test_every_notice_has_its_words(notice: Notice) -> None:
    held = report_of()
    for question in (QUESTION, "What was learned?"):
        answer = replace(answer_of(question, (held, BERTH)), notice=notice)
        assert 'class="note"' in reply_html(turn_of(answer))


ELEMENTS = {
    *("p", "h2", "h3", "ul", "li", "span", "a", "div", "button", "br"),
}


def test_a_hostile_report_makes_no_element_of_its_own() -> None:
    bait = '<img src=x onerror=alert(1)> ![x](http://e.example) "><script>y</script> </p></div>'
    held = report_of(f"Titre\n\n{bait} Fin.", title=bait, city=bait, heading=bait, pillar=None)
    for answer in (answer_of(bait, (held, bait)), abstention_of(bait, (held, bait))):
        turn = turn_of(answer, scope=bait)
        turn = replace(turn, reply=replace(turn.reply, missions={held.report.id: bait}))
        for shown in (reply_html(turn), question_html(turn)):
            assert set(re.findall(r"<\s*/?\s*([\w-]+)", shown)) <= ELEMENTS
            assert "onerror=" not in shown
            assert bait in " ".join(
                html.unescape(re.sub(r"</?(?:span|p|a)\b[^>]*>", "", shown)).split()
            )


def test_blocks_stand_between_blank_lines_and_hold_none() -> None:
    held = report_of()
    shown = reply_html(turn_of(answer_of(QUESTION, (held, BERTH), (held, CORRIDOR))))
    for block in shown.split("\n\n"):
        assert "\n" not in block
        name = re.match(r"<(\w+)", block).group(1)  # type: ignore[union-attr]
        assert block.endswith(f"</{name}>")


def test_a_question_of_several_lines_keeps_them() -> None:
    shown = question_html(Turn("Un.\n\n\nDeux <b>.", Reply("fr"), "2024 · Québec apprend"))
    assert "<br>" in shown
    assert "<b>" not in shown
    assert "2024 · Québec apprend" in html.unescape(shown)
