"""What people think of an answer: `/feedback`."""

from http import HTTPStatus
from typing import TYPE_CHECKING

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field

from vectorstore.accounts.models import Rating

if TYPE_CHECKING:
    from vectorstore.accounts.usage import Usage

_LONGEST_QUESTION = 10_000


class Opinion(BaseModel):
    """A rating of the answer to a question."""

    rating: Rating
    question: str = Field(default="", max_length=_LONGEST_QUESTION)


def routes(usage: "Usage") -> APIRouter:
    """`POST /feedback`; the question is kept only where the settings store questions."""
    router = APIRouter()

    @router.post("/feedback")
    def feedback(opinion: Opinion) -> Response:
        """Count it. Who rates isn't kept."""
        usage.rated(opinion.rating, question=opinion.question)
        return Response(status_code=HTTPStatus.NO_CONTENT)

    return router
