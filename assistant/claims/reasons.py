"""Why a claim got its verdict, in one plain sentence of the user's language."""

from assistant.claims.judge import Ground
from assistant.claims.verdict import Ruling
from assistant.messages import message
from assistant.models import Language, Verdict

# Longer words of a claim or a report are cut in a reason; the quote shows them whole.
_LONGEST = 80


def reason(ruling: Ruling, language: Language) -> str:
    """The reason of a verdict."""
    decisive = ruling.decisive
    if decisive is None:
        return message("reason-nothing", language)
    judgement = decisive.judgement
    text = message(
        f"reason-{judgement.ground.value}",
        language,
        report=decisive.candidate.report.title,
        claimed=_shown(judgement.claimed),
        given=_shown(judgement.given),
    )
    if ruling.against is None:
        return text
    newest = ruling.verdict is Verdict.CONTRADICTED
    return message(
        "reason-but-newest" if newest else "reason-but-otherwise",
        language,
        reason=text,
        other=ruling.against.candidate.report.title,
    )


def not_checkable(language: Language) -> str:
    """Why a claim has no verdict."""
    return message("reason-not-checkable", language)


def _shown(words: str) -> str:
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


# Every ground has a text: the catalogue's test counts on it.
GROUNDS = tuple(Ground)
