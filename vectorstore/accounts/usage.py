"""How the assistant is used: counts per day, feedback, and, where the settings say so, questions.

Nothing of it says who asked.
"""

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, insert, select
from sqlalchemy.dialects.sqlite import insert as upsert

from vectorstore.accounts.models import DailyCount, Feedback, Measure, Rating, StoredQuestion
from vectorstore.accounts.schema import DailyCountRow, FeedbackRow, QuestionRow

if TYPE_CHECKING:
    from vectorstore.store import Store


class Usage:
    """The usage of one data folder; with `stores_questions` False, no question is ever written."""

    def __init__(self, store: "Store", *, stores_questions: bool, kept: timedelta) -> None:
        self._store = store
        self._kept = kept
        self.stores_questions = stores_questions

    def asked(self, question: str, language: str, *, abstained: bool) -> None:
        """A question was answered, or not."""
        with self._store.writing() as connection:
            _count(connection, Measure.QUESTIONS)
            if abstained:
                _count(connection, Measure.ABSTENTIONS)
            if self.stores_questions:
                _forget(connection, datetime.now(UTC) - self._kept)
                connection.execute(
                    insert(QuestionRow).values(
                        at=datetime.now(UTC), text=question, language=language, abstained=abstained
                    )
                )

    def checked(self) -> None:
        """A text was checked."""
        with self._store.writing() as connection:
            _count(connection, Measure.CHECKS)

    def rated(self, rating: Rating, comment: str = "", question: str = "") -> None:
        """Somebody rated an answer; the question is written only where questions are stored."""
        measure = Measure.HELPFUL if rating is Rating.UP else Measure.UNHELPFUL
        with self._store.writing() as connection:
            _count(connection, measure)
            connection.execute(
                insert(FeedbackRow).values(
                    at=datetime.now(UTC),
                    rating=rating.value,
                    comment=comment,
                    question=question if self.stores_questions and question else None,
                )
            )

    def counts(self, since: date) -> list[DailyCount]:
        """The counts of each day from `since` on on which something happened, by day."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(DailyCountRow.__table__)
                .where(DailyCountRow.day >= since)
                .order_by(DailyCountRow.day)
            )
            return [DailyCount(day, Measure(measure), count) for day, measure, count in rows]

    def feedback(self, limit: int = 200) -> list[Feedback]:
        """The latest ratings first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(FeedbackRow.__table__).order_by(FeedbackRow.id.desc()).limit(limit)
            )
            return [Feedback(row.at, Rating(row.rating), row.comment, row.question) for row in rows]

    def unanswered(self, limit: int = 200) -> list[StoredQuestion]:
        """The stored questions that got no answer, the latest first."""
        with self._store.reading() as connection:
            rows = connection.execute(
                select(QuestionRow.__table__)
                .where(QuestionRow.abstained)
                .order_by(QuestionRow.id.desc())
                .limit(limit)
            )
            return [StoredQuestion(row.at, row.text, row.language, row.abstained) for row in rows]

    def forget_old_questions(self) -> None:
        """Delete what has been kept for long enough; all questions, once they aren't stored."""
        kept = self._kept if self.stores_questions else timedelta()
        with self._store.writing() as connection:
            _forget(connection, datetime.now(UTC) - kept)


def _count(connection: Connection, measure: Measure) -> None:
    today = datetime.now().astimezone().date()
    row = upsert(DailyCountRow).values(day=today, measure=measure.value, count=1)
    connection.execute(
        row.on_conflict_do_update(
            index_elements=[DailyCountRow.day, DailyCountRow.measure],
            set_={"count": DailyCountRow.count + 1},
        )
    )


def _forget(connection: Connection, before: datetime) -> None:
    connection.execute(delete(QuestionRow).where(QuestionRow.at < before))
    connection.execute(
        FeedbackRow.__table__.update().where(FeedbackRow.at < before).values(question=None)  # type: ignore[attr-defined]
    )
