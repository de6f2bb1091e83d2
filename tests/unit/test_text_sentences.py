import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from vectorstore.text.markers import marker_length
from vectorstore.text.sentences import sentence_spans

# Each line of a case is one sentence of the text that the lines make when joined by spaces.
CASES = {
    "titles and articles of law": """
        M. le maire a reçu Mme Dupont, cf. art. L. 2121-29 du C.G.C.T.
        Le budget s'élève à 1 234,56 €.
        Le rapport p. 12 indique que l'école (n° 3, bd. de l'Église) sera rénovée en 2024.
        La délib. no. 45 du 3 fév. 2023 le dit.""",
    "companies": """
        Le port, géré par Groupe Desgagnés inc. et G3 ltée, a grandi.
        M. J.-P. Côté, Dr. Roy et St. Pierre y étaient.
        Lots, quais, etc. sont à louer à la S.E.C. Boralex.""",
    "abbreviation at the end": """
        Des villes comme Québec, Lévis, etc.
        Les membres de Desgagnés inc.
        La Ville a signé.""",
    "dates": """
        La suite a été signée le 3 nov. 2024.
        La mission (du 28 oct. au 31 oct. 2025) a réussi.
        Ce fut le 28.10.2025 à 9 h 30.
        En 2025.
        Ensuite, rien.""",
    "numbers and units": """
        Il a coûté 3,5 G$.
        Le taux est de 3.5 % et 12 450 emplois.
        Rendez-vous à 14 h.
        La séance dure 2 h.
        Le quai no 5 mesure 300 m.
        Au no. 12 se trouve le bureau.""",
    "quotations": """
        Il a dit : « Venez. Nous vous attendons. »
        « Est-ce suffisant ? » demande-t-elle.
        «\u00a0Oui\u00a0!\u00a0»
        Le reste suit.
        « Première. »
        “It works. Really.”
        (Voir la p. 3. Autre chose.)
        Ensuite, la visite.""",
    "questions and ellipses": """
        Quel avenir ?
        Un grand avenir !
        Oui…
        Le port est là… et la ville aussi.""",
    "numbers of notes": """
        La Ville a signé.²
        Le Port aussi.¹
        Fin.""",
    "English": """
        Mr. Smith met Dr. Jones at St. Paul.
        He said no.
        The U.S. Navy came, e.g. in Jan. 2024.
        Growth was 3.5% vs. 2.1% before.
        See no. 5, p. 12.
        Thank you.
        The end.""",
    "addresses": """
        Visitez www.aivp.org.
        Écrivez à a.b@ville.quebec.qc.ca.
        Merci.""",
    "initials": """
        Rencontre avec J. Tremblay et L. Bélanger.
        R. Côté est venu.""",
    "all in small letters": """
        bonjour.
        je suis là.""",
}


@pytest.mark.parametrize("lines", CASES.values(), ids=CASES.keys())
def test_sentences(lines: str):
    expected = [line.strip() for line in lines.strip().splitlines()]
    text = " ".join(expected)
    assert [span.of(text) for span in sentence_spans(text)] == expected


@pytest.mark.parametrize(
    "items",
    [
        ["1. Participer à la conférence.", "2. Mettre en lumière le port."],
        ["• Québec rayonne", "• Québec attire"],
        ["- un port", "– une ville", "* un fleuve", "o\tun quai"],
        ["a) le port", "b) la ville", "iii) le quai"],
        ["1.1. Le port", "12) La ville", "3° Le quai"],
    ],
)
def test_items_are_never_one_sentence(items: list[str]):
    text = "\n".join(items)
    assert [span.of(text) for span in sentence_spans(text)] == items


def test_wrapped_lines_are_one_sentence_and_blank_lines_two():
    text = "La conférence de\nNew York a réuni\n300 personnes\n\nDes élus"
    first, second = sentence_spans(text, start=10)
    assert (first.start, second.end) == (10, 10 + len(text))
    assert second.of(" " * 10 + text) == "Des élus"


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "\t"])
def test_nothing_to_find(text: str):
    assert sentence_spans(text) == ()


@pytest.mark.parametrize(
    ("line", "marker"),
    [
        ("• Québec", "• "),
        ("•Québec", "•"),
        ("  - Québec", "  - "),
        ("1. Participer", "1. "),
        ("2.3. Participer", "2.3. "),
        ("(a) Participer", "(a) "),
        ("1) Participer", "1) "),
        ("o\u00a0Participer", "o\u00a0"),
        ("3,5 G$", ""),
        ("2025. Ensuite", ""),
        ("-5 degrés", ""),
        ("M. Roy", ""),
        ("A. Roy", ""),
        ("ou bien", ""),
        ("1.5 million", ""),
        ("•", ""),
    ],
)
def test_item_markers(line: str, marker: str):
    assert line[: marker_length(line)] == marker


WORDS = st.sampled_from(
    "La Ville port quai 3,5 12.5 1 234,56 2025 M. Mme art. p. n° cf. etc. inc. U.S. J. « » “ ” ( ) "
    "? ! . … : ; 1. • - \n \n\n G$ h. Québec l’AIVP e.g. ².".split(" ")
)
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@given(TEXTS, st.integers(0, 1000))
@example("1. ", 0)
@example("« a. B", 0)
@example("\ud800. A\0. B", 0)
def test_spans_lose_nothing_but_white_space(text: str, start: int):
    spans = sentence_spans(text, start)
    position = start
    for span in spans:
        assert not text[position - start : span.start - start].strip()
        sentence = text[span.start - start : span.end - start]
        assert sentence == sentence.strip()
        position = span.end
    assert not text[position - start :].strip()


@given(st.lists(WORDS, max_size=60).map(" ".join))
def test_numbers_stay_whole(text: str):
    numbers = [match.span() for match in re.finditer(r"\d+(?:[.,]\d+)+", text)]
    for span in sentence_spans(text):
        assert not any(first < span.start < last for first, last in numbers)


@pytest.mark.parametrize(
    "text",
    [
        "A. B " * 20_000,
        "« A. " * 20_000,
        " " * 200_000,
        "1. " * 30_000,
        ")." * 50_000,
        "\n" * 99_999,
    ],
)
@pytest.mark.timeout(20)
def test_odd_texts_take_no_time_of_note(text: str):
    sentence_spans(text)


def test_threads_agree():
    text = "M. Roy a signé. La Ville aussi. Le port, etc. Les quais. " * 20
    with ThreadPoolExecutor(8) as threads:
        results = set(threads.map(lambda _: sentence_spans(text), range(16)))
    assert len(results) == 1
