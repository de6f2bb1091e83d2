"""Turns of a conversation as HTML for Gradio's chat.

Every top-level element stands alone between blank lines: Gradio then keeps the elements that
haven't changed while an answer grows, and with them the keyboard's focus and the selection.
The frame, the notes and the abstention speak the answer's language, which is the question's.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from textwrap import shorten

from assistant.models import Answer, Citation, Statement
from assistant.question import Kind, understand
from assistant.writer import NAME as EXTRACTIVE
from ui.messages import Messages
from ui.web.conversation import Reply, Status, Turn
from ui.web.html import escaped, escaped_lines
from ui.web.scope_chips import chips_html
from ui.web.sources import Reference
from ui.web.verdicts import findings_html, place_of
from vectorstore.text.markers import marker_length

_BLOCKS = "\n\n"
# A longer list of titles says less than their number.
_TITLES_SHOWN = 4
_PREVIEW_CHARACTERS = 240

Numbers = dict[Citation, int]


def question_html(turn: Turn) -> str:
    """The user's question, and to what the search was limited."""
    scope = f'<span class="scope">{escaped(turn.scope)}</span>' if turn.scope else ""
    return f'<h2 class="question">{escaped_lines(turn.question)}{scope}</h2>'


def reply_html(turn: Turn, *, can_widen: bool = False) -> str:
    """The reply as far as it has come; `can_widen` makes the chips of its scope removable."""
    reply = turn.reply
    messages = Messages(reply.language)
    if reply.status is Status.FAILED:
        blocks = [f'<p class="failure" role="alert">{escaped(reply.error)}</p>']
    elif reply.checked is not None:
        blocks = list(findings_html(reply.checked))
    elif reply.answer is not None and reply.answer.abstained:
        blocks = [_abstention(turn, reply.answer, messages)]
    else:
        blocks = list(_answer(turn, messages))
    if reply.status is Status.COMPLETE and reply.answer is not None:
        blocks.append(_rating(messages))
    chips = chips_html(turn, messages, removable=can_widen)
    if chips:
        blocks.insert(0, chips)
    waiting = _waiting(reply, messages)
    if waiting:
        blocks.append(f'<p class="searching">{escaped(waiting)}</p>')
    if reply.status is Status.STOPPED:
        blocks.append(_note(messages("page-stopped")))
    return _BLOCKS.join(blocks)


def _waiting(reply: Reply, messages: Messages) -> str:
    """What the reader waits for, empty once there is something to read."""
    if reply.status is Status.SEARCHING:
        return messages("page-searching")
    if reply.status is Status.QUEUED:
        return messages("page-queued", position=reply.position)
    if reply.status is Status.WRITING and not (reply.statements or reply.coming):
        return messages("page-writing", writer=reply.writer)
    return ""


def _answer(turn: Turn, messages: Messages) -> Iterator[str]:
    reply = turn.reply
    numbers = _numbers(reply.statements)
    is_list = understand(turn.question, reply.language).kind is Kind.LIST
    lines = _Lines(reply, numbers, as_list=is_list)
    if reply.writer:
        yield from lines.of_a_writer()
    elif reply.statements:
        groups = [
            (report, list(statements))
            for report, statements in groupby(reply.statements, key=_first_report)
        ]
        yield f'<p class="frame">{escaped(_frame(groups, reply, messages))}</p>'
        for report, statements in groups:
            if len(groups) > 1:
                yield f'<h3 class="mission">{escaped(reply.missions.get(report, report))}</h3>'
            yield from lines.of_a_report(statements)
    if reply.status is Status.COMPLETE and reply.answer is not None:
        yield from _notes(reply.answer, messages)
        yield _sources(numbers, reply, messages)


class _Lines:
    """The statements of one reply, laid out as its writer and the question ask for."""

    def __init__(self, reply: Reply, numbers: Numbers, *, as_list: bool) -> None:
        self._reply = reply
        self._numbers = numbers
        self._as_list = as_list
        self._lang = "" if reply.writer else _lang_of_quotes(reply)

    def of_a_report(self, statements: Sequence[Statement]) -> Iterator[str]:
        """The report's own sentences: a list, or each by itself."""
        lines = [self._statement(statement) for statement in statements]
        if self._as_list and len(lines) > 1:
            yield _list_of(lines)
        else:
            yield from (f'<p class="statement">{line}</p>' for line in lines)

    def of_a_writer(self) -> Iterator[str]:
        """What a language model wrote: a list, or sentences that follow each other."""
        lines = [self._statement(statement) for statement in self._reply.statements]
        if self._reply.coming:
            lines.append(f"<span>{_unmarked(self._reply.coming)}</span>")
        if self._as_list and len(lines) > 1:
            yield _list_of(lines)
        elif lines:
            sentences = (f'<span class="statement">{line}</span>' for line in lines)
            yield f"<p>{' '.join(sentences)}</p>"

    def _statement(self, statement: Statement) -> str:
        text = _unmarked(statement.text)
        if not statement.verified:
            label = escaped(Messages(self._reply.language)("page-unverified"))
            return f'<span class="unverified">{text}</span> <em class="unverified">{label}</em>'
        marks = "".join(
            f"\N{NARROW NO-BREAK SPACE}{_cite(cited, self._numbers[cited], self._reply)}"
            for cited in statement.citations
        )
        return f"<span{self._lang}>{text}</span>{marks}"


def _unmarked(text: str) -> str:
    """`text` without a list's bullet or number: a list of ours has its own."""
    return escaped(text[marker_length(text) :])


def _list_of(lines: Iterable[str]) -> str:
    items = "".join(f'<li class="statement">{line}</li>' for line in lines)
    return f'<ul class="statements">{items}</ul>'


def _rating(messages: Messages) -> str:
    """Asks what the reader thinks of the answer; the page's script sends it."""
    buttons = " ".join(
        f'<button class="{name}" type="button">{escaped(messages(f"page-{name}"))}</button>'
        for name in ("helpful", "unhelpful")
    )
    return f'<p class="rating"><span>{escaped(messages("page-rating"))}</span> {buttons}</p>'


def _note(text: str) -> str:
    return f'<p class="note">{escaped(text)}</p>'


def _cite(citation: Citation, number: int, reply: Reply) -> str:
    href = escaped(Reference.of(citation).link)
    title = escaped(_place(citation, reply))
    return f'<a class="cite" href="{href}" title="{title}">[{number}]</a>'


def _frame(groups: Sequence[tuple[str, object]], reply: Reply, messages: Messages) -> str:
    if len({report for report, _ in groups}) > 1:
        return messages("page-frame-many")
    report = groups[0][0]
    return messages("page-frame-one", mission=reply.missions.get(report, report))


def _notes(answer: Answer, messages: Messages) -> Iterator[str]:
    if answer.notice is not None:
        yield _note(messages(f"notice-{answer.notice}"))
    if answer.writer != EXTRACTIVE:
        yield _note(messages("page-written-by", writer=answer.writer))
    foreign = [code for code in answer.quote_languages if code != answer.language]
    if foreign:
        names = ", ".join(messages(f"language-{code}") for code in foreign)
        yield _note(messages("page-quotes-in", languages=names))


def _sources(numbers: Numbers, reply: Reply, messages: Messages) -> str:
    """Each place once, with the numbers of the citations that stand there."""
    places: dict[str, list[Citation]] = {}
    for citation in numbers:
        places.setdefault(_place(citation, reply), []).append(citation)
    items = "".join(
        f"<li>{_numbered(citations, numbers)} {escaped(place)}</li>"
        for place, citations in places.items()
    )
    copy = escaped(messages("page-copy-answer"))
    return (
        f'<div class="sources"><h3>{escaped(messages("page-sources"))}</h3><ul>{items}</ul>'
        f'<button class="copy" type="button">{copy}</button></div>'
    )


def _numbered(citations: Iterable[Citation], numbers: Numbers) -> str:
    return ", ".join(
        f'<a class="source" href="{escaped(Reference.of(citation).link)}">{numbers[citation]}</a>'
        for citation in citations
    )


def _abstention(turn: Turn, answer: Answer, messages: Messages) -> str:
    parts = [f'<p class="verdict">{escaped(messages("page-abstained"))}</p>']
    searched = _searched(answer.searched, messages)
    parts.append(f'<p class="searched">{escaped(searched)}</p>')
    if turn.scope:
        hint = escaped(messages("page-abstained-scope", scope=turn.scope))
        parts.append(f'<p class="searched">{hint}</p>')
    if answer.nearest:
        parts.append(f'<p class="not-an-answer">{escaped(messages("page-nearest"))}</p>')
        items = "".join(_nearest(citation, turn.reply) for citation in answer.nearest)
        parts.append(f'<ul class="nearest">{items}</ul>')
    return f'<div class="abstention">{"".join(parts)}</div>'


def _nearest(citation: Citation, reply: Reply) -> str:
    text = citation.quote[marker_length(citation.quote) :]
    preview = shorten(text, _PREVIEW_CHARACTERS, placeholder="…")
    href = escaped(Reference.of(citation, is_answer=False).link)
    place = escaped(_place(citation, reply))
    return f'<li><a class="source" href="{href}">{place}</a><span>{escaped(preview)}</span></li>'


def _searched(titles: Sequence[str], messages: Messages) -> str:
    if not titles:
        return messages("page-searched-nothing")
    if len(titles) > _TITLES_SHOWN:
        return messages("page-searched-many", count=len(titles))
    return messages("page-searched", reports=" · ".join(titles))


def _place(citation: Citation, reply: Reply) -> str:
    return place_of(citation, reply.missions, Messages(reply.language))


def _lang_of_quotes(reply: Reply) -> str:
    """The attribute that tells a screen reader how to pronounce the quotes."""
    languages = reply.answer.quote_languages if reply.answer else ()
    foreign = len(languages) == 1 and languages[0] != reply.language
    return f' lang="{escaped(languages[0])}"' if foreign else ""


def _numbers(statements: Iterable[Statement]) -> Numbers:
    """Each citation's number, in the order in which they come; the same passage keeps its own."""
    numbers: Numbers = {}
    for statement in statements:
        for citation in statement.citations:
            numbers.setdefault(citation, len(numbers) + 1)
    return numbers


def _first_report(statement: Statement) -> str:
    return statement.citations[0].report_id if statement.citations else ""
