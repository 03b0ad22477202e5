"""One request's way to the server and back: in a thread of its own, under one deadline, tried again where that is safe.

The library's own timeouts hold for each read and not for the whole, and a broken stream ends without an error. So the
bytes are fetched here, counted against the clock, and read by `answers`.
"""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from itertools import chain
from typing import TYPE_CHECKING, Any

from model.answers import MOST_BYTES, error_in
from model.failures import ModelFailure, kind_of_status

if TYPE_CHECKING:
    from collections.abc import Iterator

    from model.settings import Settings

Request = Callable[[Any, float], Any]
"""Given the library's client and the seconds to wait for a byte, begins a request and returns its response to enter."""
TRIES = 3
"""How often a request is made at most before its first byte has come."""
_LOOK = 0.1
_DONE = object()


class Client:
    """The connection to one endpoint. The library behind it is imported when the first request is made."""

    def __init__(self, settings: Settings) -> None:
        """Remember the settings; nothing is opened yet."""
        self.settings = settings
        self._made: Any = None
        self._lock = threading.Lock()

    def prepare(self) -> None:
        """Import the library and make its client, so that neither counts against an answer's time."""
        self._client()

    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                import logging

                import openai

                # At its debug level the library logs whole requests: what a trainee typed has no place in a log.
                for name in ("openai", "httpx2", "httpcore2"):
                    logging.getLogger(name).setLevel(logging.WARNING)
                s = self.settings
                nothing: Any = openai.Omit()
                about_this_machine = ("Lang", "Package-Version", "OS", "Arch", "Runtime", "Runtime-Version", "Async")
                self._made = openai.OpenAI(
                    base_url=s.base_url,
                    api_key=s.api_key or "none",
                    max_retries=0,
                    default_headers={f"X-Stainless-{name}": nothing for name in about_this_machine}
                    | {"User-Agent": "Rapport"},
                    http_client=openai.DefaultHttpxClient(
                        follow_redirects=False,  # what was said goes to the address that the page names, or nowhere
                        trust_env=not s.is_local,
                        verify=not s.base_url.startswith("http:"),  # certificates are not read where none is shown
                    ),
                )
            return self._made

    def chunks(self, request: Request, deadline: float, cancelled: Callable[[], bool] | None) -> Iterator[bytes]:
        """Make one request and yield its answer's bytes as they come.

        Args:
            request: Begins it, such as ``chat(body)``.
            deadline: By ``time.monotonic``, for the whole answer.
            cancelled: Returns True once nobody wants the answer any more.

        Raises:
            ModelFailure: the answer has another status than 200, does not come, or does not end in time. A
                failure before the first byte may carry ``retry_after`` in seconds.
        """
        arrived: queue.Queue[Any] = queue.Queue()
        given_up = threading.Event()
        worker = threading.Thread(
            target=self._fetch, args=(request, deadline, arrived, given_up), daemon=True, name="rapport-model"
        )
        worker.start()
        silence = time.monotonic() + self.settings.read_seconds
        try:
            while True:
                now = time.monotonic()
                try:
                    item = arrived.get(timeout=max(0.0, min(_LOOK, deadline - now, silence - now)))
                except queue.Empty:
                    if cancelled is not None and cancelled():
                        raise ModelFailure("cancelled") from None
                    now = time.monotonic()
                    if now >= deadline or now >= silence:
                        raise ModelFailure("timeout", "no answer in time") from None
                    continue
                if item is _DONE:
                    return
                if isinstance(item, ModelFailure):
                    raise item
                if cancelled is not None and cancelled():
                    raise ModelFailure("cancelled")
                if time.monotonic() >= deadline:
                    raise ModelFailure("timeout", "the answer came too slowly")
                silence = time.monotonic() + self.settings.read_seconds
                yield item
        finally:
            given_up.set()

    def _fetch(self, request: Request, deadline: float, arrived: queue.Queue[Any], given_up: threading.Event) -> None:
        try:
            arrived.put(self._fetched(request, deadline, arrived, given_up))
        except Exception as error:  # whatever a library raises becomes a failure by kind
            arrived.put(self._failure_of(error))

    def _fetched(self, request: Request, deadline: float, arrived: queue.Queue[Any], given_up: threading.Event) -> Any:
        client = self._client()
        patience = max(0.01, min(self.settings.read_seconds, deadline - time.monotonic()))
        with request(client, patience) as response:
            if given_up.is_set():
                return _DONE
            size = 0
            for chunk in response.iter_bytes():
                size += len(chunk)
                if given_up.is_set():
                    return _DONE
                if size > MOST_BYTES:
                    return ModelFailure("garbled", "the answer does not end")
                arrived.put(chunk)
        return _DONE

    def _failure_of(self, error: Exception) -> ModelFailure:
        """Return the failure by kind of whatever was raised on the way."""
        import openai

        secret = self.settings.api_key
        if isinstance(error, openai.APITimeoutError):
            return ModelFailure("timeout", "no answer in time")
        if isinstance(error, openai.APIStatusError):
            status = error.status_code
            failure = error_in(_json(error.response.content), status, secret) or ModelFailure(
                kind_of_status(status, "", error.response.text), f"status {status} {error.response.text}", secret
            )
            failure.status = status
            failure.retry_after = _retry_after(error.response.headers)
            failure.final = error.response.headers.get("x-should-retry") == "false"
            return failure
        if isinstance(error, openai.APIConnectionError):
            return ModelFailure("unreachable", type(error.__cause__ or error).__name__)
        if "Timeout" in type(error).__name__:
            return ModelFailure("timeout", "no further piece in time")
        return ModelFailure("incomplete", type(error).__name__)

    def models(self) -> list[str]:
        """Return the names of the models that the endpoint lists, for the operator; raises ``ModelFailure``."""
        try:
            page = self._client().models.list(timeout=min(10.0, self.settings.read_seconds))
            return [str(model.id) for model in page.data]
        except Exception as error:
            raise self._failure_of(error) from None


def chat(body: dict[str, Any]) -> Request:
    """Return the request for a chat completion."""
    return lambda client, patience: client.chat.completions.with_streaming_response.create(**body, timeout=patience)


def begun(
    client: Client, request: Request, settings: Settings, deadline: float, cancelled: Callable[[], bool] | None
) -> Iterator[bytes]:
    """Return an answer's bytes once the first have come, trying again until then where that is safe."""
    attempt = 0
    while True:
        chunks = client.chunks(request, deadline, cancelled)
        try:
            first = next(chunks, b"")
        except ModelFailure as failure:
            if not pause_before(attempt, failure, settings, deadline, cancelled):
                raise
            attempt += 1
        else:
            return chain([first], chunks)


def _json(data: bytes) -> Any:
    try:
        return json.loads(data)
    except (ValueError, RecursionError):
        return None


def _retry_after(headers: Any) -> float | None:
    """Return how many seconds the server asks to be left alone, from any of the three forms it may be told in."""
    for name, divisor in (("retry-after-ms", 1000.0), ("retry-after", 1.0)):
        try:
            return max(0.0, float(headers.get(name)) / divisor)
        except (TypeError, ValueError):
            continue
    try:
        when = parsedate_to_datetime(headers.get("retry-after"))
        return max(0.0, when.timestamp() - time.time())
    except (TypeError, ValueError):
        return None


def pause_before(
    attempt: int, failure: ModelFailure, settings: Settings, deadline: float, cancelled: Callable[[], bool] | None
) -> bool:
    """Wait before a further try; False where none makes sense (final, no tries left, or not within the deadline)."""
    again = failure.kind in {"busy", "timeout", "server", "unreachable"} and not failure.final
    if not again or attempt + 1 >= TRIES:
        return False
    pause = settings.backoff_seconds * 2**attempt * random.uniform(0.75, 1.25)
    if failure.retry_after is not None:
        pause = failure.retry_after
    until = time.monotonic() + pause
    if until >= deadline:
        return False
    while (left := until - time.monotonic()) > 0:
        if cancelled is not None and cancelled():
            return False
        time.sleep(min(left, _LOOK))
    return True
