"""What can go wrong with an endpoint, in plain words, and what may be done about it."""

import json
import re
from collections.abc import Iterator, Mapping

from synthqc.cleaning import one_line
from synthqc.errors import SynthQCError

from .endpoint import Endpoint
from .redaction import redacted

_LONGEST_QUOTE = 160

_STATUSES: Mapping[int, str] = {
    400: "does not take the request",
    401: "refuses the key",
    403: "does not let this key use the model",
    404: "knows neither this model nor this address",
    408: "gave up waiting for the request",
    409: "is busy with something else",
    413: "finds the request too long",
    422: "does not take the request",
    429: "asks for fewer requests",
    500: "had an error of its own",
    502: "does not reach its model",
    503: "is overloaded",
    504: "waited too long for its model",
}
_LASTING = (401, 403, 404)
_PASSING = (408, 409, 429)
_NO_MONEY = ("insufficient_quota", "exceeded your current quota", "billing")
_NO_MODEL = re.compile(r"invalid model\b|model_not_found|model\b[^.]{0,60}\b(?:not found|does not exist|not exist)")


class Failure(SynthQCError):
    """The endpoint gave no reply, or not all of it; the message is one clause in plain words, without a full stop."""

    exit_code = 3

    def __init__(
        self,
        reason: str,
        *,
        status: int = 0,
        said: str = "",
        retry_after: float | None = None,
        is_passing: bool = False,
        is_lasting: bool = False,
    ) -> None:
        """A failure.

        Args:
            reason: What happened, redacted.
            status: The status of the answer, 0 where there was none.
            said: What the server said about it, redacted.
            retry_after: Seconds that the server asks to wait.
            is_passing: May the same request succeed in a moment?
            is_lasting: Will it fail until a setting is changed?
        """
        super().__init__(reason)
        self.status = status
        self.said = said
        self.retry_after = retry_after
        self.is_passing = is_passing
        self.is_lasting = is_lasting


class Refused(Exception):
    """The endpoint answered with a status that is no success."""

    def __init__(self, status: int, headers: Mapping[str, str], body: str) -> None:
        """A refusal.

        Args:
            status: The status.
            headers: The headers, by name in lower case.
            body: The beginning of what it said.
        """
        super().__init__(status)
        self.status = status
        self.headers = headers
        self.body = body


def failure_of(error: BaseException, endpoint: Endpoint) -> Failure:
    """The failure that an error of the client is.

    Args:
        error: Whatever the client or the connection raised.
        endpoint: The endpoint asked.
    """
    if isinstance(error, Failure):
        return error
    for one in _chain(error):
        if isinstance(one, Refused):
            return _refusal(one, endpoint)
    # By name: the client has changed the package below it once already.
    names = {kind.__name__ for one in _chain(error) for kind in type(one).__mro__}
    said = " ".join(str(one) for one in _chain(error))
    host = endpoint.host
    if names & {"APITimeoutError", "TimeoutException", "TimeoutError"}:
        if "ConnectTimeout" in names:
            return Failure(f"{host} cannot be reached: no connection in time", is_passing=True)
        return Failure(f"{host} was silent for too long", is_passing=True)
    if "gaierror" in names or "Name or service not known" in said or "getaddrinfo" in said:
        return Failure(f"{host} cannot be reached: there is no such host, or no network", is_passing=True)
    if "CERTIFICATE_VERIFY_FAILED" in said:
        return Failure(f"{host} cannot be reached: its certificate is not trusted here")
    if names & {"SSLError"} or "[SSL" in said:
        return Failure(f"{host} cannot be reached: it speaks no https; try http for a server on this machine")
    if names & {"ConnectionRefusedError", "ConnectError"}:
        return Failure(f"{host} cannot be reached (is its server running?)", is_passing=True)
    if names & {"NetworkError", "ProtocolError", "APIConnectionError", "ConnectionError", "OSError"}:
        return Failure(f"{host} broke the connection", is_passing=True)
    if "DecodingError" in names:
        return Failure(f"{host} sent an answer that cannot be unpacked")
    quote = one_line(redacted(str(error), endpoint.key), _LONGEST_QUOTE)
    return Failure(f"{host}: the request failed: {quote or type(error).__name__}")


def stream_failure(error: object, endpoint: Endpoint) -> Failure:
    """The failure that a server tells in the middle of a stream, or in an answer that is no stream."""
    said = _message(error, endpoint)
    quote = f": {one_line(said, _LONGEST_QUOTE)}" if said else ""
    return Failure(f"{endpoint.host} reported an error{quote}", said=said, is_passing=True)


def _refusal(refused: Refused, endpoint: Endpoint) -> Failure:
    try:
        said = _message(json.loads(refused.body), endpoint)
    except (ValueError, RecursionError):
        said = _message(refused.body, endpoint)
    host, status = endpoint.host, refused.status
    if 300 <= status < 400:
        return Failure(f"{host} sends on to another address ({status}), which is not followed", status=status)
    has_no_money = status in (402, 429) and any(words in said.lower() for words in _NO_MONEY)
    has_no_model = bool(_NO_MODEL.search(said.lower())) and status in (400, 404, 422)
    if status == 404 or has_no_model:
        reason = f"{host} does not know the model {one_line(endpoint.model, 40)}, or its address lacks /v1 ({status})"
    elif has_no_money or status == 402:
        reason = f"the account at {host} has no credit left ({status})"
    else:
        known = _STATUSES.get(status) or ("had an error of its own" if status >= 500 else "refuses the request")
        reason = f"{host} {known} ({status})"
        # What a server says of a wrong key is the key.
        if status not in (401, 403) and status < 500 and said:
            reason += f": {one_line(said, _LONGEST_QUOTE)}"
    return Failure(
        reason.rstrip("."),
        status=status,
        said=said,
        retry_after=_retry_after(refused.headers),
        is_passing=(status in _PASSING or status >= 500) and not has_no_money,
        is_lasting=status in (*_LASTING, 402) or has_no_money or has_no_model,
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        try:
            seconds = float(headers.get(name, "")) * unit
        except ValueError:
            # A date needs a clock that agrees with the server's; the usual pause does as well.
            continue
        if 0 <= seconds < 1e6:
            return seconds
    return None


def _message(error: object, endpoint: Endpoint) -> str:
    """What a server says in an error, whatever its form."""
    if isinstance(error, Mapping):
        for name in ("message", "error", "detail", "msg"):
            if error.get(name):
                return _message(error[name], endpoint)
    text = error if isinstance(error, str) else json.dumps(error, default=str)
    # A gateway's web page tells nothing that its status does not.
    return "" if "<html" in text.lower() or "<!doctype" in text.lower() else redacted(text, endpoint.key)


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    waiting = [error]
    while waiting:
        one = waiting.pop(0)
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            waiting += [cause for cause in (one.__cause__, one.__context__) if cause is not None]
            if isinstance(one, BaseExceptionGroup):
                waiting += one.exceptions
