"""What may be quoted of a passage: sentences, with the labels that belong to them."""

from datetime import UTC, datetime

import pytest

from assistant.evidence import candidates
from assistant.question import understand
from vectorstore.models import Hit, Passage, Report, ReportMetadata, Section, Span
from vectorstore.text.sentences import sentence_spans


def quotes(text: str) -> list[str]:
    """The candidates of a passage, in its order."""
    section = Section(("Suites",), None, Span(0, len(text)))
    spans = tuple(sentence_spans(text))
    passage = Passage("p", "r", "v", 0, text, 0, len(text), section, (), spans)
    metadata = ReportMetadata(title="Mission", language="fr")
    report = Report("r", metadata, "v", "r.txt", "text/plain", None, 1, datetime.now(UTC))
    hit = Hit(passage, report, 1.0, 0.9, 0.5, tuple(0.8 for _ in spans))
    found = candidates(understand("Combien coûte le corridor ?"), [hit], ())
    return [item.quote for item in sorted(found, key=lambda item: item.span.start)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Courant de quai. Le port compte 24 postes branchés à Rotterdam.",
            ["Courant de quai. Le port compte 24 postes branchés à Rotterdam."],
        ),
        (
            "Planter un premier corridor rue Sainte-Agathe. Budget : 2,1 M$. Responsable : Mme "
            "Rock.\n• Commander une étude sur un téléphérique urbain.",
            [
                "Planter un premier corridor rue Sainte-Agathe. Budget : 2,1 M$. Responsable : Mme "
                "Rock.",
                "Commander une étude sur un téléphérique urbain.",
            ],
        ),
        (
            "Repas : 1 460 $\n\nInterprétation : 1 900 $\n\nTotal : 13 780 $",
            ["Repas : 1 460 $\n\nInterprétation : 1 900 $\n\nTotal : 13 780 $"],
        ),
        (
            "Objectifs :\n• Étudier les corridors verts de la ville de Medellín.",
            ["Objectifs :\n• Étudier les corridors verts de la ville de Medellín."],
        ),
    ],
)
def test_labels_go_with_what_they_speak_of(text: str, expected: list[str]) -> None:
    assert [quote.removeprefix("• ") for quote in quotes(text)] == expected
