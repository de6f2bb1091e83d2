"""The marks that begin list items: bullets, numbers, letters."""

import re

# What stands for a bullet in text files: Wingdings' private-use characters come out of Word.
BULLETS = "•‣▪▫◦●○■□◆◇➢➤►▶→✓✔❖·∙⁃\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
_BULLET = rf"[{BULLETS}]\s*|[*\-–—]\s+|o(?:\s{{2,}}|\t|[\u00a0 ](?=[^\W_]))"
_NUMBER = (
    r"\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zA-Z]|[ivxIVX]{1,5})\)\s*|\d{1,2}(?:(?:\.\d{1,2})*\.|°|º)\s+"
)
_MARKER = re.compile(rf"\s*(?:{_BULLET}|{_NUMBER})(?=\S)")


def marker_length(line: str) -> int:
    """How many characters the item marker at the start of `line` takes, white space included.

    0 when the line begins no item: "3,5 G$", "2025. Ensuite" and "M. Roy" don't.
    """
    match = _MARKER.match(line)
    return match.end() if match else 0
