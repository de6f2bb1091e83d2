"""How answers, hits and verdicts look in a terminal.

An answer is labelled in its own language, which is that of the question.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from textwrap import shorten

from rich.padding import Padding
from rich.text import Text

from assistant.models import Answer, CheckResult, Citation, Claim, Verdict
from ui.cli.shell import Shell
from ui.cli.text import on_one_line, styled
from ui.messages import Messages
from vectorstore.models import Hit

Titles = Mapping[str, str]

_EXCERPT = 300  # characters

_VERDICT_STYLE = {
    Verdict.SUPPORTED: ("✓", "green"),
    Verdict.CONTRADICTED: ("✗", "bold red"),
    Verdict.NOT_FOUND: ("?", "yellow"),
}


def show_answer(shell: Shell, answer: Answer, titles: Titles) -> None:
    """The statements with their citation numbers, then the quotes that carry them."""
    messages = Messages(answer.language)
    if answer.abstained:
        _show_abstention(shell, answer, titles, messages)
        return
    numbers: dict[Citation, int] = {}
    for statement in answer.statements:
        line = styled(statement.text)
        for citation in statement.citations:
            number = numbers.setdefault(citation, len(numbers) + 1)
            line.append(f" [{number}]", style="bold cyan")
        if not statement.verified:
            line.append_text(styled(f" ({messages('page-unverified')})", "yellow"))
        _print(shell, line)
    _show_writer(shell, answer, messages)
    foreign = [code for code in answer.quote_languages if code != answer.language]
    if foreign:
        names = ", ".join(messages(f"language-{code}") for code in foreign)
        _print(shell, styled(messages("shell-quotes-in", languages=names), "dim"))
    if not answer.scope.is_everything:
        _show_searched(shell, answer, messages)
    shell.out.print()
    for citation, number in numbers.items():
        _show_citation(shell, citation, titles, messages, f"[{number}]")


def show_hits(shell: Shell, hits: Sequence[Hit]) -> None:
    """Each hit with its score, its place, and its text."""
    messages = shell.messages
    if not hits:
        shell.say(messages("shell-no-hit"))
    for rank, hit in enumerate(hits, start=1):
        place = _place(
            hit.report.title,
            " › ".join(hit.passage.section.heading_path),
            hit.passage.page,
            messages,
        )
        head = styled(f"{rank}. ", "bold cyan")
        head.append_text(styled(place, "bold"))
        head.append(f"  {hit.score:.3f}", style="dim")
        _print(shell, head)
        _print(shell, styled(on_one_line(hit.passage.text)), indent=3)
        _print(shell, styled(hit.passage.id, "dim"), indent=3)


def show_check(shell: Shell, result: CheckResult, titles: Titles) -> None:
    """Each claim with its verdict, the reason, and the quotes beside it."""
    messages = Messages(result.language)
    for claim in result.claims:
        _show_claim(shell, claim, titles, messages)
    counts = {
        verdict: sum(claim.verdict is verdict for claim in result.claims) for verdict in Verdict
    }
    summary = messages(
        "shell-check-summary",
        supported=counts[Verdict.SUPPORTED],
        contradicted=counts[Verdict.CONTRADICTED],
        not_found=counts[Verdict.NOT_FOUND],
        unchecked=sum(not claim.checkable for claim in result.claims),
    )
    _print(shell, styled(summary, "bold"))


def _show_claim(shell: Shell, claim: Claim, titles: Titles, messages: Messages) -> None:
    sign, style = _VERDICT_STYLE[claim.verdict] if claim.verdict else ("·", "dim")
    name = f"verdict-{claim.verdict}" if claim.verdict else "verdict-not-checkable"
    head = Text(f"{sign} ", style=style)
    head.append_text(styled(messages(name.replace("_", "-")), style))
    head.append_text(styled(f"  {on_one_line(claim.text)}"))
    _print(shell, head)
    if claim.reason:
        _print(shell, styled(claim.reason, "italic"), indent=2)
    for citation in claim.evidence:
        _show_citation(shell, citation, titles, messages, "→", indent=2)


def _show_abstention(shell: Shell, answer: Answer, titles: Titles, messages: Messages) -> None:
    _print(shell, styled(messages("shell-abstained"), "bold yellow"))
    _show_searched(shell, answer, messages)
    if answer.nearest:
        shell.out.print()
        _print(shell, styled(messages("shell-nearest"), "dim"))
    for citation in answer.nearest:
        excerpt = replace(citation, quote=_excerpt(citation.quote))
        _show_citation(shell, excerpt, titles, messages, "–")


def _show_writer(shell: Shell, answer: Answer, messages: Messages) -> None:
    """Who wrote, where it was a language model, or why it wasn't though it was to."""
    if answer.notice is not None:
        _print(shell, styled(messages(f"notice-{answer.notice}"), "yellow"))
    elif answer.verified_share is not None:
        _print(shell, styled(messages("page-written-by", writer=answer.writer), "dim"))


def _show_searched(shell: Shell, answer: Answer, messages: Messages) -> None:
    if answer.searched:
        searched = messages("shell-searched", reports=", ".join(answer.searched))
        _print(shell, styled(searched, "dim"))


def _excerpt(text: str) -> str:
    """The beginning of a passage that is only proposed for reading."""
    return shorten(text, _EXCERPT, placeholder=" […]")


def _show_citation(
    shell: Shell,
    citation: Citation,
    titles: Titles,
    messages: Messages,
    mark: str,
    *,
    indent: int = 0,
) -> None:
    quote = messages("quoted", text=on_one_line(citation.quote))
    title = titles.get(citation.report_id, citation.report_id)
    place = _place(title, citation.section, citation.page, messages)
    line = styled(f"{mark} ", "bold cyan")
    line.append_text(styled(quote))
    line.append_text(styled(f" — {place}", "dim"))
    _print(shell, line, indent=indent)


def _place(title: str, section: str, page: int | None, messages: Messages) -> str:
    parts: Iterable[str] = (
        title,
        section,
        messages("page-number", page=str(page)) if page is not None else "",
    )
    return ", ".join(part for part in parts if part)


def _print(shell: Shell, line: Text, *, indent: int = 0) -> None:
    """Folded at the terminal's width; a line of its own where a program reads it."""
    if shell.out.is_terminal:
        shell.out.print(Padding(line, (0, 0, 0, indent)))
    else:
        shell.out.print(Text(" " * indent).append_text(line), soft_wrap=True)
