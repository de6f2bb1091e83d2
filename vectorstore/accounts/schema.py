"""The tables of accounts, sessions, audit and usage."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from vectorstore.schema import Base


class UserRow(Base):
    """An account; `folded_name` is what names are compared by.

    A local account has a `password_hash`, one of single sign-on an `issuer` and a `subject`.
    """

    __tablename__ = "users"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded_name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password_hash: Mapped[str | None]
    issuer: Mapped[str | None]
    subject: Mapped[str | None]
    created_at: Mapped[datetime]
    signed_in_at: Mapped[datetime | None]


class SessionRow(Base):
    """Somebody who is signed in; the token itself is only in their browser."""

    __tablename__ = "sessions"

    token_digest: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]


class AuditRow(Base):
    """One action; triggers refuse every change and deletion."""

    __tablename__ = "audit"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    who: Mapped[str]
    action: Mapped[str]
    target: Mapped[str]
    detail: Mapped[str]
    address: Mapped[str]


class DailyCountRow(Base):
    """How often something happened on one day."""

    __tablename__ = "daily_counts"

    day: Mapped[date] = mapped_column(primary_key=True)
    measure: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]


class QuestionRow(Base):
    """A question that was asked while the settings let questions be stored."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str]
    abstained: Mapped[bool]


class FeedbackRow(Base):
    """What somebody thought of an answer."""

    __tablename__ = "feedback"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    rating: Mapped[str]
    comment: Mapped[str] = mapped_column(Text)
    question: Mapped[str | None] = mapped_column(Text)
