"""The administration: how the assistant is used, how the index is, the audit."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from ui.web.access.rendering import page
from ui.web.access.statistics import free_bytes, rooms_of, series_of
from ui.web.access.visitor import visitor_of
from vectorstore.accounts.audit import as_csv
from vectorstore.accounts.models import Action, AuditEntry

if TYPE_CHECKING:
    from ui.web.access.access import Access

PERIODS: Final = (30, 90, 365)
_ENTRIES: Final = 100
_LONGEST_SEARCH: Final = 200


def routes(access: "Access") -> APIRouter:
    """`/admin`, and `answers`, `health`, `audit` and `audit.csv` below it."""
    router = APIRouter(prefix="/admin")

    @router.get("")
    def statistics(request: Request, days: int = PERIODS[0]) -> Response:
        """Counts of each day."""
        days = days if days in PERIODS else PERIODS[0]
        today = datetime.now().astimezone().date()
        counts = access.usage.counts(today - timedelta(days=days - 1))
        return page(
            request,
            "admin/statistics.html",
            series=series_of(counts, today, days),
            days=days,
            periods=PERIODS,
        )

    @router.get("/answers")
    def answers(request: Request) -> Response:
        """Questions without an answer, and what people thought of the answers."""
        return page(
            request,
            "admin/answers.html",
            stores=access.usage.stores_questions,
            kept=access.settings.question_days,
            unanswered=access.usage.unanswered(),
            feedback=access.usage.feedback(),
        )

    @router.get("/health")
    def health(request: Request) -> Response:
        """Whether everything in the data folder agrees, and what takes room there."""
        problems = access.store.check()
        return page(
            request,
            "admin/health.html",
            problems=problems,
            kinds=Counter(problem.kind for problem in problems),
            reports=access.store.reports(),
            rooms=rooms_of(access.store.folder),
            free=free_bytes(access.store.folder),
        )

    @router.get("/audit")
    def audit(request: Request, action: str = "", words: str = "", before: int = 0) -> Response:
        """Who did what, a page of entries at a time."""
        words = words.strip()[:_LONGEST_SEARCH]
        wanted = _action(action)
        entries = access.audit.entries(
            action=wanted, words=words, before_id=before or None, limit=_ENTRIES + 1
        )
        return page(
            request,
            "admin/audit.html",
            entries=entries[:_ENTRIES],
            has_more=len(entries) > _ENTRIES,
            actions=list(Action),
            action=wanted,
            words=words,
            before=before,
        )

    @router.get("/audit.csv")
    def audit_as_csv(request: Request, action: str = "", words: str = "") -> Response:
        """The entries that the page shows, all of them, for a spreadsheet."""
        wanted, words = _action(action), words.strip()[:_LONGEST_SEARCH]
        entries = access.audit.entries(action=wanted, words=words)
        visitor = visitor_of(request)
        access.audit.record(
            visitor.name, Action.AUDIT_EXPORTED, detail=str(len(entries)), address=visitor.address
        )
        return _csv(entries)

    return router


def _action(name: str) -> Action | None:
    return Action(name) if name in set(Action) else None


def _csv(entries: list[AuditEntry]) -> Response:
    name = f"escale-audit-{datetime.now(UTC):%Y-%m-%d}.csv"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return StreamingResponse(as_csv(entries), media_type="text/csv", headers=headers)
