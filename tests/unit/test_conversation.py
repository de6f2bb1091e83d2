import pytest

from assistant.conversation import readings

PLACES = ["New York", "États-Unis", "Copenhague", "Danemark", "Lima"]


def after(question: str, *before: str) -> str:
    history = [turn for text in before for turn in (("user", text), ("assistant", "…"))]
    return readings(question, history, PLACES)[0]


STANDALONE = [
    "Quels sont les objectifs de la mission ?",
    "Est-ce que la Ville a signé une entente avec le port ?",
    "Combien de participants y avait-il à la conférence ?",
    "What did Québec learn about shore power?",
    "Qui a financé le bureau de l'AIVP ?",
    "Quel était le budget du déneigement en 2023 ?",
]


@pytest.mark.parametrize("question", STANDALONE)
def test_what_stands_alone_is_left_alone(question: str) -> None:
    assert after(question, "Que dit le rapport de Lima sur les bibliothèques ?") == question


LEANING = [
    "Combien ça a coûté ?",
    "Qui l'a signée ?",
    "Who signed it?",
    "Pourquoi ?",
    "What about the budget?",
    "Quand ?",
]


@pytest.mark.parametrize("question", LEANING)
def test_what_leans_gets_the_subject(question: str) -> None:
    joined = after(question, "Parlez-moi de l'entente sur les bibliothèques.")
    assert joined.startswith(question)
    assert "bibliothèques" in joined


def test_another_place_replaces_the_first() -> None:
    joined = after("Et à Copenhague ?", "Quel est le budget du vélo à New York ?")
    assert "Copenhague" in joined
    assert "budget du vélo" in joined
    assert "New York" not in joined


def test_a_chain_of_follow_ups_keeps_the_subject() -> None:
    joined = after("Et à Lima ?", "Quel est le budget du vélo à New York ?", "Et à Copenhague ?")
    assert "budget du vélo" in joined
    assert "Lima" in joined
    assert "Copenhague" not in joined


def test_no_history_no_change() -> None:
    assert readings("Et ça ?", [], PLACES) == ("Et ça ?",)


@pytest.mark.parametrize(
    ("question", "before", "expected"),
    [
        (
            "Et à Copenhague ?",
            "Quel est le budget du vélo à New York ?",
            "Quel est le budget du vélo à Copenhague ?",
        ),
        ("Et en 2023 ?", "Combien de quais en 2021 ?", "Combien de quais en 2023 ?"),
        ("And in Lima?", "Who signed the agreement?", "Who signed the agreement in Lima?"),
        (
            "What about Copenhagen in 2024?",
            "How many berths?",
            "How many berths Copenhagen in 2024?",
        ),
    ],
)
def test_another_scope_asks_the_same_question_anew(
    question: str, before: str, expected: str
) -> None:
    history = [("user", before), ("assistant", "…")]
    assert readings(question, history, [*PLACES, "Copenhagen"])[0] == expected


@pytest.mark.parametrize(
    "question", ["How much did that mission cost?", "Combien a coûté cette mission ?"]
)
def test_of_a_mission_only_its_name_is_carried(question: str) -> None:
    assert after(question, "Who represented the city in Lima?") == f"{question} (Lima)"


def test_a_short_question_may_lean_after_all() -> None:
    history = [("user", "What is the direct flight from Lima?"), ("assistant", "…")]
    alone, with_before, _ = readings("How many passengers are expected?", history, PLACES)
    assert alone == "How many passengers are expected?"
    assert with_before == "How many passengers are expected? (What is the direct flight from Lima?)"


def test_what_names_its_mission_has_one_reading() -> None:
    history = [("user", "What is the direct flight from Lima?"), ("assistant", "…")]
    asked = "How many passengers use the port of Copenhague?"
    assert readings(asked, history, PLACES) == (asked,)


def test_what_was_answered_is_read_last() -> None:
    history = [
        ("user", "Quelle entreprise s’installe chez nous ?"),
        ("assistant", "« L’entreprise Kivi ouvrira un bureau. Elle est connue. » [1]"),
    ]
    *_, last = readings("Elle formera combien d’employés ?", history, PLACES)
    assert last == "Elle formera combien d’employés ? (L’entreprise Kivi ouvrira un bureau.)"
    assert len(readings("Et à Abidjan ?", history, PLACES)) == 1
