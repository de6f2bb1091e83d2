"""One answer of a language model in the making: what stands of it, and when it can't."""

from assistant.llm.faults import ModelFault
from assistant.llm.markers import Written
from assistant.llm.prompting import is_refusal
from assistant.llm.verification import Verifier, points_back
from assistant.models import Language, Notice, Statement
from vectorstore.text.tokens import tokens

_MOST_STATEMENTS = 20
# A model that says the same again and again is in a loop.
_REPETITIONS = 2
# One that has said so much and nothing that holds won't begin to.
_STRUCK_FROM_THE_START = 5
# So many words in a row of the rules are no coincidence.
_LEAKED_WORDS = 6


class AnswerInProgress:
    """Takes the model's statements one by one, and says which may be shown."""

    def __init__(
        self, verifier: Verifier, language: Language, rules: str, *, keeps_unverified: bool
    ) -> None:
        self.statements: list[Statement] = []
        self._verifier = verifier
        self._language = language
        self._rules = _shingles(rules)
        self._keeps_unverified = keeps_unverified
        self._said: set[str] = set()
        self._repetitions = 0
        self._verified = 0
        self._struck = 0
        self._is_last_struck = False

    @property
    def share(self) -> float | None:
        """The share of what was written that holds; None when nothing was."""
        total = self._verified + self._struck
        return self._verified / total if total else None

    def add(self, written: Written) -> Statement | None:
        """The statement to be shown, None for what is struck.

        Raises:
            ModelFault: the answer can't stand any more.
        """
        if is_refusal(written.text, self._language):
            if self.share is None:
                raise ModelFault(Notice.NO_ANSWER, "the passages don't answer")
            return None
        if self._is_said_before(written.text):
            return None
        if len(self._said) > _MOST_STATEMENTS:
            raise ModelFault(Notice.TOO_LONG, f"over {_MOST_STATEMENTS} statements")
        dangles = self._is_last_struck and points_back(written.text)
        standing = [statement.text for statement in self.statements if statement.verified]
        citations = () if dangles else self._verifier.citations(written, standing)
        self._is_last_struck = not citations
        if citations:
            self._verified += 1
            return self._shown(Statement(written.text, citations))
        self._struck += 1
        if not self._verified and self._struck >= _STRUCK_FROM_THE_START:
            raise ModelFault(Notice.UNVERIFIED, f"none of {self._struck} statements holds")
        if self._keeps_unverified and not self._rules & _shingles(written.text):
            return self._shown(Statement(written.text, (), verified=False))
        return None

    def check(self, least_share: float) -> None:
        """Whether the whole answer can stand.

        Raises:
            ModelFault: it is empty, or too little of it holds.
        """
        if self.share is None:
            raise ModelFault(Notice.EMPTY, "it wrote no statement")
        if not self._verified or self.share < least_share:
            total = self._verified + self._struck
            raise ModelFault(Notice.UNVERIFIED, f"{self._verified} of {total} statements hold")

    def _shown(self, statement: Statement) -> Statement:
        self.statements.append(statement)
        return statement

    def _is_said_before(self, text: str) -> bool:
        words = " ".join(token.folded for token in tokens(text))
        if words not in self._said:
            self._said.add(words)
            return False
        self._repetitions += 1
        if self._repetitions > _REPETITIONS:
            raise ModelFault(Notice.UNVERIFIED, "it repeats itself")
        return True


def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    """All runs of so many words, folded."""
    words = [token.folded for token in tokens(text)]
    return frozenset(
        tuple(words[start : start + _LEAKED_WORDS])
        for start in range(len(words) - _LEAKED_WORDS + 1)
    )
