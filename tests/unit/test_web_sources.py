"""The panel shows the very characters that are cited, in their surroundings."""

import html
import re
from urllib.parse import parse_qs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted import BERTH, TEXT, HeldStore, report_of
from ui.messages import Messages
from ui.web.sources import Reference, find_source, source_view
from vectorstore.errors import UnknownPassage
from vectorstore.models import Pillar

FRENCH = Messages("fr")
ENGLISH = Messages("en")
SENTENCES = " ".join(f"Voici la phrase numéro {number} du rapport." for number in range(200))


def mark_of(panel: str) -> str:
    found = re.findall(r"<mark[^>]*>(.*?)</mark>", panel, flags=re.DOTALL)
    assert len(found) == 1
    return html.unescape(found[0])


def test_the_mark_is_the_quote_and_the_passage_stands_around_it() -> None:
    held = report_of()
    reference = Reference.of(held.citation(BERTH))
    panel = source_view(find_source(HeldStore([held]), reference), FRENCH).html
    assert mark_of(panel) == BERTH
    passage = html.unescape(re.sub(r"<[^>]+>", "", panel[panel.index("<blockquote") :]))
    assert held.passages[0].text in passage


@given(st.data())
def test_any_span_of_a_passage_is_marked_to_the_letter(data: st.DataObject) -> None:
    held = report_of()
    passage = held.passages[0]
    start = data.draw(st.integers(passage.start, passage.end - 1))
    end = data.draw(st.integers(start + 1, passage.end))
    source = find_source(HeldStore([held]), Reference(passage.id, start, end))
    assert mark_of(source_view(source, FRENCH).html) == TEXT[start:end]
    shown = source.excerpt
    assert shown.before + shown.quote + shown.after in TEXT


def test_it_says_where_the_quote_stands() -> None:
    held = report_of(heading="Le port de demain")
    source = find_source(HeldStore([held]), Reference.of(held.citation(BERTH)))
    view = source_view(source, FRENCH)
    panel = view.head + view.html
    assert "Mission à Rotterdam" in panel
    assert "Rotterdam, Pays-Bas" in panel
    assert "mai 2024" in panel
    assert "Québec apprend" in panel
    assert "Le port de demain" in panel
    english = source_view(source, ENGLISH)
    assert "Québec learns" in english.html
    assert "Cited source" in english.head


def test_a_heading_that_only_names_its_pillar_is_said_once() -> None:
    held = report_of()
    source = find_source(HeldStore([held]), Reference.of(held.citation(BERTH)))
    panel = source_view(source, FRENCH).html
    assert "Québec APPREND" not in panel
    assert "Québec apprend" in panel


def test_a_passage_for_reading_is_not_called_a_source() -> None:
    held = report_of()
    reference = Reference.of(held.citation(BERTH), is_answer=False)
    view = source_view(find_source(HeldStore([held]), reference), FRENCH)
    panel = view.head + view.html
    assert "À lire peut-être" in panel
    assert "Source citée" not in panel
    assert mark_of(panel) == BERTH


def test_the_citation_can_be_pasted() -> None:
    held = report_of()
    source = find_source(HeldStore([held]), Reference.of(held.citation(BERTH)))
    citation = source_view(source, FRENCH).citation
    assert citation.startswith(f"«\u00a0{BERTH}\u00a0» — Mission à Rotterdam, ")


def test_a_short_passage_is_shown_with_whole_sentences_around_it() -> None:
    text = f"Titre\n\n{SENTENCES}"
    held = report_of(text, heading="Titre", pillar=None)
    quote = "Voici la phrase numéro 100 du rapport."
    start = text.index(quote)
    passage = held.passages[0]
    narrow = type(passage)(
        id=passage.id,
        report_id=passage.report_id,
        version=passage.version,
        ordinal=0,
        text=quote,
        start=start,
        end=start + len(quote),
        section=passage.section,
        pages=(),
        sentences=(),
    )
    store = HeldStore([type(held)(held.report, text, held.sections, (narrow,))])
    shown = find_source(store, Reference(narrow.id, narrow.start, narrow.end)).excerpt
    assert shown.before.startswith("Voici la phrase")
    assert shown.after.rstrip().endswith("du rapport.")
    assert 300 < len(shown.before) < 900
    assert shown.starts_inside
    assert shown.ends_inside


@pytest.mark.parametrize(("start", "end"), [(-5, 10), (30, 20), (20, 20), (0, 10_000)])
def test_characters_outside_the_passage_are_refused(start: int, end: int) -> None:
    held = report_of()
    with pytest.raises(UnknownPassage):
        find_source(HeldStore([held]), Reference(held.passages[0].id, start, end))


def test_an_unknown_passage_is_refused() -> None:
    with pytest.raises(UnknownPassage):
        find_source(HeldStore([report_of()]), Reference("oslo:0:0", 0, 1))


def test_a_hostile_report_is_shown_to_the_letter() -> None:
    bait = "</mark><img src=x onerror=alert(1)><script>x</script>\"'"
    held = report_of(f"T\n\n{bait} Fin.", title=bait, city=bait, heading=bait)
    reference = Reference.of(held.citation(bait))
    panel = source_view(find_source(HeldStore([held]), reference), FRENCH).html
    assert "<img" not in panel
    assert "<script" not in panel
    assert mark_of(panel) == bait


def test_a_link_carries_the_reference() -> None:
    link = Reference("un:id?&#é", 3, 9, is_answer=False).link
    assert link.startswith("#source?")
    assert parse_qs(link.removeprefix("#source?")) == {
        "passage": ["un:id?&#é"],
        "start": ["3"],
        "end": ["9"],
        "reading": ["1"],
    }


def test_pillars_have_names_in_both_languages() -> None:
    for pillar in Pillar:
        assert FRENCH(f"pillar-{pillar}") != ENGLISH(f"pillar-{pillar}")
