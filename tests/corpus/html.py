"""A report as an HTML page, in several page layouts."""

import re
from dataclasses import dataclass
from html import escape
from itertools import groupby

from tests.corpus.content import Element, TrueReport


@dataclass(frozen=True, slots=True)
class Layout:
    """How a report is laid out on paper."""

    name: str
    columns: int = 1
    font: str = "Liberation Serif"
    size: float = 11
    justify: bool = True
    indent: bool = False  # paragraphs begin with an indent instead of being spaced
    headings: str = "sized"  # "sized", "bold" (bold, as large as the text), "coloured", "caps"
    ruled: bool = True  # tables have borders
    soft_hyphens: bool = False
    notes: bool = False  # footnotes, which only WeasyPrint can make


LAYOUTS = (
    Layout("plain"),
    Layout("two-columns", columns=2, size=10, justify=True, soft_hyphens=True),
    Layout("sans-bold", font="Liberation Sans", size=10, justify=False, headings="bold"),
    Layout("indented", indent=True, size=12, ruled=False, soft_hyphens=True),
    Layout("coloured", font="DejaVu Sans", size=9.5, headings="coloured", ruled=False),
    Layout("two-sans", columns=2, font="Liberation Sans", size=9, indent=True, headings="caps"),
)

_HEADINGS = {
    "sized": "h1{font-size:22pt}h2{font-size:16pt}h3{font-size:13pt}",
    "bold": "h1{font-size:18pt}h2{font-size:1em;text-transform:uppercase}h3{font-size:1em}",
    "coloured": "h1{font-size:20pt;color:#035}h2{font-size:14pt;font-weight:normal;color:#06a}"
    "h3{font-size:11.5pt;font-weight:bold;color:#06a}",
    "caps": "h1{font-size:17pt;text-align:center}h2{font-size:12pt;text-transform:uppercase}"
    "h3{font-size:10pt;font-style:italic}",
}


def _hyphenated(text: str) -> str:
    """The text with soft hyphens in its long words."""
    return re.sub(
        r"\w{7,}",
        lambda word: re.sub(
            r"(?<=[aeiouyéè])(?=[bcdfgjlmnpqrstv][aeiouyéèâ]\w{2})(?<=\w{3})",
            "&shy;",
            word.group(),
        ),
        text,
    )


def _inline(text: str, layout: Layout, notes: tuple[str, ...]) -> str:
    written = escape(text, quote=False)
    if layout.soft_hyphens:
        written = _hyphenated(written)

    def mark(found: re.Match[str]) -> str:
        if layout.notes:
            return f'<span class="note">{escape(notes[int(found[1]) - 1])}</span>'
        return f"<sup>{found[1]}</sup>"

    return re.sub(r"\[\^(\d+)\]", mark, written)


def _table(rows: list[Element]) -> str:
    cells = "".join(f"<th>{escape(cell)}</th>" for cell in rows[0].header)
    body = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row.cells) + "</tr>" for row in rows
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _body(report: TrueReport, layout: Layout) -> str:
    parts = []
    for kind, group in groupby(report.elements, key=lambda element: element.kind):
        elements = list(group)
        texts = [_inline(element.text, layout, report.notes) for element in elements]
        if kind == "title":
            parts.append(f"<h1>{texts[0]}</h1>")
            parts.append('<div class="body">')
        elif kind == "heading":
            for element, text in zip(elements, texts, strict=True):
                parts.append(f"<h{element.level + 1}>{text}</h{element.level + 1}>")
        elif kind == "paragraph":
            parts += [f"<p>{text}</p>" for text in texts]
        elif kind in ("item", "numbered"):
            tag = "ul" if kind == "item" else "ol"
            parts.append(f"<{tag}>{''.join(f'<li>{text}</li>' for text in texts)}</{tag}>")
        elif kind == "row":
            parts.append(_table(elements))
    return "\n".join([*parts, "</div>"])


def page(report: TrueReport, layout: Layout) -> str:
    """The report as one HTML page with its running head and foot in the page's margins."""
    border = "td,th{border:0.6pt solid #555}" if layout.ruled else "tr{border-bottom:0}"
    paragraph = "p{margin:0;text-indent:1.5em}" if layout.indent else "p{margin:0 0 .8em}"
    hyphens = "manual" if layout.soft_hyphens else "none"
    align = "justify" if layout.justify else "left"
    style = f"""
    @page{{size:Letter;margin:2.2cm 2cm;
      @top-center{{content:"{report.running_head}";font-size:8pt}}
      @bottom-left{{content:"{report.running_foot}";font-size:8pt}}
      @bottom-right{{content:"Page " counter(page) " de " counter(pages);font-size:8pt}}}}
    body{{font-family:"{layout.font}";font-size:{layout.size}pt;line-height:1.25;
      text-align:{align};hyphens:{hyphens}}}
    .body{{columns:{layout.columns};column-gap:.8cm}}
    h1,h2,h3{{line-height:1.1;break-after:avoid;text-align:left}}{_HEADINGS[layout.headings]}
    {paragraph}{border}
    table{{border-collapse:collapse;width:100%;margin:.8em 0}}
    td,th{{padding:3pt 5pt;text-align:left}}
    .note{{float:footnote;font-size:8pt;text-align:left}}
    """
    return (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>{escape(report.title)}'
        f"</title><style>{style}</style></head><body>{_body(report, layout)}</body></html>"
    )
