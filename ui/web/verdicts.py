"""A checked text as HTML: its claims underlined, each with its verdict, reason and quotes.

As everywhere on the page, one element is one line, and every character that isn't ours is escaped
(`ui.web.html`). A verdict is told by colour, by a sign and in words.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from assistant.models import CheckResult, Citation, Claim, Verdict
from ui.messages import Messages
from ui.web.html import escaped, escaped_as_written
from ui.web.sources import Reference

UNCHECKED: Final = "unchecked"
# In the order in which a reader wants to know.
KINDS: Final = (*Verdict, UNCHECKED)
SIGNS: Final[dict[str, str]] = {
    Verdict.SUPPORTED: "✓",
    Verdict.CONTRADICTED: "✗",
    Verdict.NOT_FOUND: "?",
    UNCHECKED: "–",
}
_PERCENT: Final = 100
# A longer word than this may be cut at the end of a line.
_WORD_CHARACTERS: Final = 24

_MARK: Final = re.compile(r"[\u00a0\u202f]?[^\w\s]+")

Missions = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CheckedText:
    """A text with its verdicts; `missions` names the reports cited, by their ids.

    `scope` says in words to what the search was limited, empty where it wasn't.
    """

    text: str
    result: CheckResult
    missions: Missions
    scope: str = ""

    @property
    def messages(self) -> Messages:
        """The words in the language of the reasons."""
        return Messages(self.result.language)


def kind_of(claim: Claim) -> str:
    """The verdict's name, or `UNCHECKED`."""
    return str(claim.verdict) if claim.verdict is not None else UNCHECKED


def name_of(kind: str) -> str:
    """The part of a message's key that stands for a kind."""
    return kind.replace("_", "-")


def tally(result: CheckResult) -> dict[str, int]:
    """How many claims are of each kind, in the order of `KINDS`."""
    counts = Counter(kind_of(claim) for claim in result.claims)
    return {str(kind): counts[str(kind)] for kind in KINDS}


def place_of(citation: Citation, missions: Missions, messages: Messages) -> str:
    """Where a quote stands, in words: mission, section, page."""
    parts = (
        missions.get(citation.report_id, citation.report_id),
        citation.section,
        messages("page-number", page=str(citation.page)) if citation.page is not None else "",
    )
    return " — ".join(part for part in parts if part)


def tally_html(result: CheckResult, messages: Messages) -> str:
    """The summary, which is the legend and the way to each kind: « ✓ 8 appuyées ✗ 2 … »."""
    counts = "".join(
        f'<a class="count {kind}" role="button" href="#{kind}" '
        f'title="{escaped(messages("page-next-claim"))}">'
        f"{_sign(kind)}{escaped(messages(f'page-count-{name_of(kind)}', count=count))}</a> "
        for kind, count in tally(result).items()
    )
    return f'<p class="tally">{counts}</p>'


def checked_html(checked: CheckedText, token: str) -> str:
    """The summary, the downloads, and the text with its claims."""
    messages = checked.messages
    if not checked.result.claims:
        return f'<p class="note">{escaped(messages("page-no-claim"))}</p>'
    scope = ""
    if checked.scope:
        told = messages("page-check-scope", scope=checked.scope)
        scope = f'<p class="hint">{escaped(told)}</p>'
    return "\n\n".join(
        [
            tally_html(checked.result, messages),
            scope + f'<p class="hint">{escaped(messages("page-check-hint"))}</p>',
            _exports(token, messages),
            f'<div class="speech">{"".join(_speech(checked))}</div>',
        ]
    )


def findings_html(checked: CheckedText) -> Iterator[str]:
    """Each claim with its finding, for a text of a few sentences."""
    if not checked.result.claims:
        yield f'<p class="note">{escaped(checked.messages("page-no-claim"))}</p>'
        return
    numbers = _numbers(checked.result)
    for claim in checked.result.claims:
        quoted = escaped(checked.messages("quoted", text=_one_line(claim.text)))
        yield _finding(claim, numbers, checked, said=f'<p class="said">{quoted}</p>')


def progress_html(done: int, total: int, messages: Messages) -> str:
    """How far the check has come."""
    share = _PERCENT * done // total if total else 0
    label = escaped(messages("page-checking", percent=str(share)))
    return (
        f'<div class="checking"><p role="status">{label}</p>'
        f'<progress value="{share}" max="{_PERCENT}" title="{label}">{share} %</progress></div>'
    )


def _speech(checked: CheckedText) -> Iterator[str]:
    """The text as it was written; each claim opens its finding, which stands right after it."""
    text, numbers, written = checked.text, _numbers(checked.result), 0
    claims = checked.result.claims
    starts = [claim.start for claim in claims[1:]]
    for claim, following in zip(claims, [*starts, len(text)], strict=True):
        yield escaped_as_written(text[written : claim.start])
        yield _claim(claim, checked.messages)
        # A line mustn't begin with the full stop that ends the claim.
        mark = _MARK.match(text, claim.end, following)
        written = mark.end() if mark else claim.end
        yield escaped_as_written(text[claim.end : written])
        yield _finding(claim, numbers, checked, hidden=True)
    yield escaped_as_written(text[written:])


def _claim(claim: Claim, messages: Messages) -> str:
    kind = kind_of(claim)
    verdict = escaped(messages(f"page-verdict-{name_of(kind)}"))
    # The sign stays on the line of the last word.
    start, space, word = claim.text.rpartition(" ")
    end = escaped_as_written(word) + _sign(kind)
    if len(word) <= _WORD_CHARACTERS:
        end = f'<span class="end">{end}</span>'
    return (
        f'<a class="claim {kind}" role="button" href="#claim-{claim.start}" title="{verdict}">'
        f"{escaped_as_written(start + space)}{end}"
        f'<span class="unseen"> ({verdict})</span></a>'
    )


def _finding(
    claim: Claim,
    numbers: Mapping[Citation, int],
    checked: CheckedText,
    *,
    said: str = "",
    hidden: bool = False,
) -> str:
    messages, kind = checked.messages, kind_of(claim)
    verdict = escaped(messages(f"page-verdict-{name_of(kind)}"))
    confidence = ""
    if claim.checkable:
        share = str(round(_PERCENT * claim.confidence))
        told = escaped(messages("page-confidence", percent=share))
        confidence = f' <span class="confidence">{told}</span>'
    parts = [
        f'<p class="judgement">{_sign(kind)}<span class="verdict">{verdict}</span>{confidence}</p>',
        said,
        f'<p class="reason">{escaped(claim.reason)}</p>' if claim.reason else "",
        _quotes(claim, numbers, checked),
    ]
    state = " hidden" if hidden else ""
    return f'<div class="finding {kind}"{state}>{"".join(parts)}</div>'


def _quotes(claim: Claim, numbers: Mapping[Citation, int], checked: CheckedText) -> str:
    messages = checked.messages
    items = "".join(
        f'<li><span class="quoted">{escaped(messages("quoted", text=_one_line(cited.quote)))}'
        f'</span> <a class="cite" href="{escaped(Reference.of(cited).link)}">[{numbers[cited]}]</a>'
        f'<span class="place">{escaped(place_of(cited, checked.missions, messages))}</span></li>'
        for cited in claim.evidence
    )
    near = ""
    if claim.verdict is Verdict.NOT_FOUND and items:
        near = f'<p class="near">{escaped(messages("page-near"))}</p>'
    return f'{near}<ul class="quotes">{items}</ul>' if items else ""


def _exports(token: str, messages: Messages) -> str:
    links = "".join(
        f'<a class="export" href="check/{token}/{kind}">'
        f"{escaped(messages(f'page-export-{kind}'))}</a> "
        for kind in ("docx", "pdf", "md")
    )
    return f'<p class="exports">{escaped(messages("page-export"))} {links}</p>'


def _sign(kind: str) -> str:
    return f'<span class="sign {kind}">{SIGNS[kind]}</span>'


def _one_line(text: str) -> str:
    """The text without its line breaks; spaces that don't break stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip()


def _numbers(result: CheckResult) -> dict[Citation, int]:
    """Each citation's number, in the order in which they come."""
    cited = (citation for claim in result.claims for citation in claim.evidence)
    return {citation: number for number, citation in enumerate(dict.fromkeys(cited), start=1)}
