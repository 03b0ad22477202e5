"""Reading what a server sends: a whole answer or a stream. Whatever is wrong with it is a failure by kind."""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from model.failures import FailureKind, ModelFailure, kind_of_status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST_BYTES = 4_000_000
"""An answer larger than this is not an answer."""
_NAMES = "think|thinking|thought|reasoning"
_OPEN = re.compile(rf"<({_NAMES})>", re.IGNORECASE)
_CLOSE = re.compile(rf"</({_NAMES})>", re.IGNORECASE)
_MAY_BECOME_TAG = re.compile(r"</?[a-z]{0,9}$", re.IGNORECASE)
_FINISHED = {"stop", "length", "eos", "end_turn"}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole answer as it came."""

    text: str
    """Without reasoning."""
    raw: str
    finish: str
    tokens_in: int | None
    tokens_out: int | None


@dataclass(frozen=True, slots=True)
class Piece:
    """One event of a stream: more text, or why it ended."""

    text: str = ""
    finish: str | None = None


def error_in(loaded: Any, status: int, secret: str = "") -> ModelFailure | None:
    """Return the failure that a JSON body tells of, in any of the shapes that servers use; None where it tells none."""
    if not isinstance(loaded, dict):
        return None
    error = loaded.get("error", loaded.get("detail"))
    if error is None and loaded.get("object") == "error":
        error = loaded
    if not error:
        return None
    if isinstance(error, dict):
        code, message = str(error.get("code") or error.get("type") or ""), str(error.get("message") or error)
        inner = error.get("innererror")
        if isinstance(inner, dict):
            code = f"{code} {inner.get('code', '')}"
        if error.get("param"):
            message = f"{error['param']}: {message}"
        told = error.get("code")
        if status == 200 and isinstance(told, int) and 400 <= told < 600:
            status = told
    else:
        code, message = "", error if isinstance(error, str) else json.dumps(error)
    return ModelFailure(kind_of_status(500 if status == 200 else status, code, message), f"{code} {message}", secret)


def read_whole(data: bytes, secret: str = "") -> Whole:
    """Return the answer in a body that came with status 200.

    Raises:
        ModelFailure: the body holds none.
    """
    try:
        loaded = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        kind: FailureKind = "empty" if not data.strip() else "garbled"
        raise ModelFailure(kind, f"not JSON: {data[:80].decode('utf-8', 'replace')}", secret) from error
    if not isinstance(loaded, dict):
        raise ModelFailure("garbled", "not an object")
    failure = error_in(loaded, 200, secret)
    if failure is not None:
        raise failure
    choice = _first_choice(loaded)
    if choice is None:
        raise ModelFailure("empty", "no choices")
    message = choice.get("message")
    message = message if isinstance(message, dict) else {}
    if message.get("refusal"):
        raise ModelFailure("refusal")
    finish = choice.get("finish_reason")
    raw = _text_of(message.get("content"))
    _end(finish, raw)
    text = without_reasoning(raw).strip()
    if not text:
        raise ModelFailure("empty")
    usage = loaded.get("usage")
    counts = [usage.get(key) if isinstance(usage, dict) else None for key in ("prompt_tokens", "completion_tokens")]
    read, written = (count if type(count) is int else None for count in counts)
    return Whole(text, raw, str(finish), read, written)


def _first_choice(loaded: Any) -> dict[str, Any] | None:
    choices = loaded.get("choices") if isinstance(loaded, dict) else None
    if isinstance(choices, list) and choices and isinstance(choices[0], dict):
        return choices[0]
    return None


def _text_of(content: Any) -> str:
    """Return the text of a message's content: a string, or a list of parts of which some are text."""
    if isinstance(content, str):
        return content
    if isinstance(content, list):
        return "".join(str(part.get("text", "")) for part in content if isinstance(part, dict))
    return ""


def _end(finish: Any, text: str) -> None:
    """Raise the failure that a reason for finishing stands for, if it stands for one."""
    if finish == "content_filter":
        raise ModelFailure("filter")
    if finish == "error":
        raise ModelFailure("server", "finish_reason error")
    if finish is None:
        raise ModelFailure("incomplete" if text.strip() else "empty", "no finish_reason")
    if finish not in _FINISHED:
        raise ModelFailure("garbled", f"finish_reason {finish}")


def without_reasoning(text: str) -> str:
    """Return a text without the model's reasoning: it may hold what the patient would never say."""
    closings = list(_CLOSE.finditer(text))
    first_open = _OPEN.search(text)
    if closings and (first_open is None or closings[0].start() < first_open.start()):
        # Opened in the server's own template: everything up to the last closing tag was reasoning.
        return without_reasoning(text[closings[0].end() :])
    if first_open is None:
        return text
    closed = _CLOSE.search(text, first_open.end())
    head = text[: first_open.start()]
    return head if closed is None else head + without_reasoning(text[closed.end() :])


class ReasoningFilter:
    """Takes reasoning out of a stream, piece by piece; nothing that may turn out to be a tag is let through early."""

    def __init__(self, *, begins_inside: bool = False) -> None:
        """Start; ``begins_inside`` where this model's reasoning is opened by the server's template."""
        self._inside = begins_inside
        self._held = ""
        self.found_unopened = False
        """True once a closing tag came that nothing had opened: what was let through was reasoning."""

    def let(self, text: str) -> str:
        """Take in more text and return what may be shown of it."""
        self._held += text
        shown = ""
        while True:
            tag = (_CLOSE if self._inside else _OPEN).search(self._held)
            if not self._inside:
                stray = _CLOSE.search(self._held)
                if stray is not None and (tag is None or stray.start() < tag.start()):
                    self.found_unopened = True
                    return ""
            if tag is None:
                break
            if not self._inside:
                shown += self._held[: tag.start()]
            self._held = self._held[tag.end() :]
            self._inside = not self._inside
        if self._inside:
            self._held = self._held[-12:]
            return shown
        maybe = _MAY_BECOME_TAG.search(self._held)
        keep = maybe.start() if maybe else len(self._held)
        shown, self._held = shown + self._held[:keep], self._held[keep:]
        return shown

    def rest(self) -> str:
        """Return what was held back at the end, if it turned out to be no tag."""
        return "" if self._inside else self._held


def read_stream(chunks: Iterable[bytes], secret: str = "") -> Iterator[Piece]:
    """Yield the pieces of a stream of server-sent events; the last one carries the reason for finishing.

    Raises:
        ModelFailure: an event that cannot be read, an error event, a filter, or an end without a reason.
    """
    said, finish = False, None
    for data in _events(chunks, secret):
        if data == "[DONE]":
            break
        try:
            loaded = json.loads(data)
        except (ValueError, RecursionError) as error:
            raise ModelFailure("garbled", f"bad event: {data[:80]}", secret) from error
        failure = error_in(loaded, 200, secret)
        if failure is not None:
            raise failure
        choice = _first_choice(loaded)
        if choice is None:
            continue
        delta = choice.get("delta")
        delta = delta if isinstance(delta, dict) else {}
        if delta.get("refusal"):
            raise ModelFailure("refusal")
        text = _text_of(delta.get("content"))
        if text:
            said = said or bool(text.strip())
            yield Piece(text)
        finish = choice.get("finish_reason") or finish
    _end(finish, "x" if said else "")
    yield Piece(finish=finish)


def _events(chunks: Iterable[bytes], secret: str) -> Iterator[str]:
    """Yield the data of each event; comments and other fields are passed over."""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    held, size = "", 0
    data: list[str] = []
    for chunk in chunks:
        size += len(chunk)
        if size > MOST_BYTES:
            raise ModelFailure("garbled", "the stream does not end")
        held += decoder.decode(chunk)
        *lines, held = held.split("\n")
        for line in lines:
            field = line.rstrip("\r")
            if not field:
                if data:
                    yield "\n".join(data)
                data = []
            elif field.startswith("data:"):
                data.append(field[5:].removeprefix(" "))
            elif not field.startswith((":", "event:", "id:", "retry:")):
                raise ModelFailure("garbled", f"not a stream of events: {field[:80]}", secret)
    if held.strip().startswith("data:"):
        data.append(held.strip()[5:].removeprefix(" "))
    elif held.strip():
        raise ModelFailure("garbled", f"not a stream of events: {held[:80]}", secret)
    if data:
        yield "\n".join(data)
