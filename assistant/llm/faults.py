"""What goes wrong with a language model, and what a user is told of it."""

from assistant.models import Notice

_TOO_MANY_REQUESTS = 429
_SERVER_ERRORS = range(500, 600)


class ModelFault(Exception):
    """A language model failed to write an answer.

    `notice` is what a user is told; `detail` is for the log, and holds nothing that the server
    sent. `is_passing` says whether asking again may help.
    """

    def __init__(self, notice: Notice, detail: str, *, is_passing: bool = False) -> None:
        super().__init__(f"{notice}: {detail}")
        self.notice = notice
        self.detail = detail
        self.is_passing = is_passing


def fault_of(error: Exception, *, begun: bool) -> ModelFault:
    """The fault behind what a client library raised; `begun` says that words had come.

    What a server says in an error may repeat the key or the question, so it isn't kept.
    """
    name = type(error).__name__
    status = getattr(error, "status_code", None)
    if isinstance(status, int) and status > 0:
        is_passing = status == _TOO_MANY_REQUESTS or status in _SERVER_ERRORS
        return ModelFault(Notice.REFUSED, f"HTTP {status}", is_passing=is_passing)
    if isinstance(error, TimeoutError):
        return ModelFault(Notice.SLOW, "no word in time")
    if begun:
        return ModelFault(Notice.CUT_OFF, name)
    if _is_connection_error(error):
        return ModelFault(Notice.UNREACHABLE, name, is_passing=True)
    return ModelFault(Notice.REFUSED, name)


def _is_connection_error(error: Exception) -> bool:
    import httpx
    from openai import APIConnectionError

    return isinstance(error, ConnectionError | httpx.TransportError | APIConnectionError)
