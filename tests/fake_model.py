"""An OpenAI-compatible server that answers as told and fails in every way that real ones do. Standard library only.

The model's name chooses the fault: `fault:hang`. Any other name gets the answers put into `answers`, in order, and the
last one again after that. A fault named `once:NAME` happens to the first request only; the next one is answered well.
"""

from __future__ import annotations

import json
import socket
import struct
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

from tests.fake_audio import AUDIO, fields_of, recording

if TYPE_CHECKING:
    from collections.abc import Callable

WORDS = "I don't sleep. Not really."
LONG_AGO = 60.0
"""Longer than any client of the tests waits."""


class FakeModel:
    """A server under way. Use it in a `with` statement."""

    def __init__(self) -> None:
        self.answers: list[str | Callable[[dict[str, Any]], str]] = [WORDS]
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.piece_seconds = self.first_seconds = 0.0
        self.sent: list[tuple[float, str]] = []
        """Each piece of a streamed answer and the second of the wall clock before which it was not sent."""
        self.at_once = self.most_at_once = 0
        self.sound = recording(0.5)
        """What is said, as a WAV file."""
        self.hung_up = threading.Event()
        """Set once a client went away before the answer was complete."""
        self.lock = threading.Lock()
        self.closing = threading.Event()
        handler = type("Handler", (_Handler,), {"fake": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def __enter__(self) -> FakeModel:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()

    def next_answer(self, request: dict[str, Any]) -> str:
        with self.lock:
            answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer(request) if callable(answer) else answer

    def pause(self, seconds: float) -> None:
        """Wait, but not beyond the end of the test."""
        self.closing.wait(seconds)


STATUS: dict[str, tuple[int, Any, dict[str, str]]] = {
    "400": (400, {"error": {"message": "Bad request", "type": "invalid_request_error"}}, {}),
    "401": (401, {"error": {"message": "Incorrect key: sk-secret-key-0001", "code": "invalid_api_key"}}, {}),
    "402": (402, {"error": {"message": "Insufficient credits", "code": 402}}, {}),
    "403": (403, {"error": {"message": "Not allowed"}}, {}),
    "404": (404, {"error": {"message": "The model does not exist", "code": "model_not_found"}}, {}),
    "405": (405, {"detail": "Method Not Allowed"}, {}),
    "408": (408, {"error": "Request timeout"}, {}),
    "409": (409, {"error": {"message": "Conflict"}}, {}),
    "413": (413, {"error": {"message": "Too large"}}, {}),
    "422": (422, {"detail": [{"loc": ["body", "messages"], "msg": "field required"}]}, {}),
    "429": (429, {"error": {"message": "Rate limit"}}, {"retry-after": "0"}),
    "429-ms": (429, {"error": {"message": "Rate limit"}}, {"retry-after-ms": "10"}),
    "429-date": (429, {"error": {"message": "Rate limit"}}, {"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"}),
    "429-long": (429, {"error": {"message": "Rate limit"}}, {"retry-after": "3600"}),
    "429-final": (429, {"error": {"message": "Rate limit"}}, {"x-should-retry": "false"}),
    "quota": (429, {"error": {"message": "You exceeded your current quota", "code": "insufficient_quota"}}, {}),
    "500": (500, {"error": {"message": "Internal error"}}, {}),
    "500-empty": (500, b"", {}),
    "502-html": (502, b"<html><body><h1>502 Bad Gateway</h1></body></html>", {"content-type": "text/html"}),
    "503-loading": (503, {"error": {"message": "Loading model", "type": "unavailable_error"}}, {}),
    "504": (504, b"upstream request timeout", {"content-type": "text/plain"}),
    "301": (301, b"", {"location": "http://elsewhere.invalid/v1/chat/completions"}),
    "context-openai": (400, {"error": {"message": "Too many", "code": "context_length_exceeded"}}, {}),
    "context-llama": (400, {"error": {"message": "the request exceeds the available context size"}}, {}),
    "azure-filter": (
        400,
        {"error": {"code": "content_filter", "innererror": {"code": "ResponsibleAIPolicyViolation"}}},
        {},
    ),
    "error-vllm": (400, {"object": "error", "message": "bad", "type": "BadRequestError", "code": 400}, {}),
    "200-error": (200, {"error": {"message": "Provider returned error", "code": 502}}, {}),
    "200-error-quota": (200, {"error": {"message": "Insufficient credits", "code": 402}}, {}),
    "200-html": (200, b"<!doctype html><title>Sign in</title>", {"content-type": "text/html"}),
    "200-empty-body": (200, b"", {}),
    "200-not-json": (200, b"Hello there", {}),
    "200-list": (200, b"[]", {}),
    "200-null": (200, b"null", {}),
    "200-latin1": (200, '{"choices": "café"}'.encode("latin-1"), {}),
    "200-deep": (200, b"[" * 100_000, {}),
}  # fmt: skip
"""Faults that are one whole response, the same for streaming and plain requests."""

CHOICES: dict[str, Any] = {
    "no-choices": [],
    "null-choices": None,
    "wrong-choices": "none",
    "empty": [{"message": {"content": ""}, "finish_reason": "stop"}],
    "blank": [{"message": {"content": " \n "}, "finish_reason": "stop"}],
    "null": [{"message": {"content": None}, "finish_reason": "stop"}],
    "null-message": [{"message": None, "finish_reason": "stop"}],
    "refusal": [{"message": {"content": None, "refusal": "I can't help with that."}, "finish_reason": "stop"}],
    "filter": [{"message": {"content": "I d"}, "finish_reason": "content_filter"}],
    "no-finish": [{"message": {"content": "I don't"}, "finish_reason": None}],
    "finish-error": [{"message": {"content": "I d"}, "finish_reason": "error"}],
    "finish-tool": [{"message": {"content": "I d"}, "finish_reason": "tool_calls"}],
    "only-think": [{"message": {"content": "<think>She must not say it."}, "finish_reason": "stop"}],
}
"""Faults in an answer that came through; streamed, the same content is sent as a chunk."""

WIRE = ("hang", "hang-headers", "trickle", "drop", "reset", "refuse-body", "eof-clean", "bad-event", "error-event",
        "stall", "html-event", "endless")  # fmt: skip
"""Faults of the wire, each for streaming and plain requests."""
FAULTS: tuple[str, ...] = (*STATUS, *CHOICES, *WIRE)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    fake: FakeModel

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self._send(
            200, {"object": "list", "data": [{"id": "fake", "object": "model", "created": 1, "owned_by": "x"}]}, {}
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        request = fields_of(body) if self.path.endswith("/transcriptions") else json.loads(body)
        with self.fake.lock:
            self.fake.requests.append(request)
            self.fake.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.fake.at_once += 1
            self.fake.most_at_once = max(self.fake.most_at_once, self.fake.at_once)
            count = len(self.fake.requests)
        try:
            self._answer(request, count)
        except OSError:
            self.close_connection = True
            self.fake.hung_up.set()
        finally:
            with self.fake.lock:
                self.fake.at_once -= 1

    def _answer(self, request: dict[str, Any], count: int) -> None:
        kind, _, name = request["model"].partition(":")
        fault = name if kind == "fault" or (kind == "once" and count == 1) else ""
        if "/audio/" in self.path:
            self._audio(request, kind, name, fault)
            return
        if kind == "picky":
            refused = self._picky(request, name)
            if refused is not None:
                self._send(*refused)
                return
        if fault in STATUS:
            self._send(*STATUS[fault])
        elif fault in CHOICES:
            self._choices(CHOICES[fault], streams=bool(request.get("stream")))
        elif fault:
            self._wire(fault, streams=bool(request.get("stream")))
        elif request.get("stream"):
            self._stream(self.fake.next_answer(request), finish="length" if kind == "length" else "stop")
        else:
            text = self.fake.next_answer(request)
            self.fake.pause(self.fake.piece_seconds * len(text.split()))
            self._whole(text, "length" if kind == "length" else "stop")

    def _audio(self, request: dict[str, Any], kind: str, name: str, fault: str) -> None:
        """Write down or say something, or fail as told; the faults of a whole response are the same for both."""
        speech = self.path.endswith("/speech")
        self.fake.pause(self.fake.first_seconds)
        if fault in AUDIO:
            self._send(200, *AUDIO[fault])
        elif kind == "picky" and name == "bare" and {"response_format", "language"} & set(request):
            self._send(400, {"error": {"message": "extra fields not permitted"}}, {})
        elif fault in STATUS:
            self._send(*STATUS[fault])
        elif fault:
            self._wire(fault, streams=False)
        elif speech:
            self._send(200, self.fake.sound, {"content-type": "audio/wav"})
        else:
            self._send(200, {"text": self.fake.next_answer(request)}, {})

    def _picky(self, request: dict[str, Any], what: str) -> tuple[int, Any, dict[str, str]] | None:
        """Return what a server with a gap says to a request that falls into it, as the real ones word it."""
        form = request.get("response_format", {}).get("type")
        if what == "max_tokens" and "max_tokens" in request:
            return 400, {"error": {"message": "Unsupported parameter: use 'max_completion_tokens' instead.",
                                   "param": "max_tokens", "code": "unsupported_parameter"}}, {}  # fmt: skip
        if what == "temperature" and "temperature" in request:
            return 400, {"error": {"message": "Unsupported value: 'temperature'", "param": "temperature"}}, {}
        if what == "stop" and "stop" in request:
            return 422, {"detail": [{"loc": ["body", "stop"], "msg": "extra fields not permitted"}]}, {}
        if what == "schema-500" and form == "json_schema":
            return 500, {"error": {"message": "Unknown error"}}, {}
        if what == "schema-cut" and form == "json_schema" and len(self.fake.requests) == 1:
            return 500, {"error": {"code": 500, "type": "server_error", "message": "The model produced output that does "
                                   "not match the expected peg-native format"}}, {}  # fmt: skip
        if what == "only-schema" and form == "json_object":
            return 400, {"error": "'response_format.type' must be 'json_schema' or 'text'"}, {}
        if what == "no-format" and form:
            return 400, {"error": {"message": "response_format is not supported", "param": "response_format"}}, {}
        return None

    def _send(self, status: int, body: Any, headers: dict[str, str]) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        for name, value in ({"content-type": "application/json"} | headers).items():
            self.send_header(name, value)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def _whole(self, text: str, finish: str) -> None:
        usage = {"prompt_tokens": 900, "completion_tokens": len(text) // 4, "total_tokens": 0}
        self._send(200, {"id": "x", "object": "chat.completion", "created": 1, "model": "m", "usage": usage,
                         "choices": [{"index": 0, "message": {"role": "assistant", "content": text},
                                      "finish_reason": finish}]}, {})  # fmt: skip

    def _begin_stream(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def _event(self, delta: Any, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": delta, "finish_reason": finish}
        data = json.dumps({"id": "x", "object": "chat.completion.chunk", "choices": [choice]})
        self.wfile.write(f"data: {data}\n\n".encode())
        self.wfile.flush()

    def _stream(self, text: str, finish: str) -> None:
        self._begin_stream()
        self.wfile.write(b": OPENROUTER PROCESSING\n\n")
        self._event({"role": "assistant", "content": ""})
        self.fake.pause(self.fake.first_seconds)
        for at in range(0, len(text), 5):
            self.fake.sent.append((time.time(), text[at : at + 5]))
            self._event({"content": text[at : at + 5]})
            self.fake.pause(self.fake.piece_seconds)
        self._event({}, finish)
        self.wfile.write(b'data: {"choices": [], "usage": {"prompt_tokens": 9}}\n\ndata: [DONE]\n\n')

    def _choices(self, choices: Any, *, streams: bool) -> None:
        if not streams:
            self._send(200, {"id": "x", "object": "chat.completion", "choices": choices}, {})
            return
        self._begin_stream()
        if not isinstance(choices, list) or not choices:
            self.wfile.write(f"data: {json.dumps({'choices': choices})}\n\ndata: [DONE]\n\n".encode())
            return
        self._event(choices[0]["message"])
        self._event({}, choices[0]["finish_reason"])
        self.wfile.write(b"data: [DONE]\n\n")

    def _wire(self, fault: str, *, streams: bool) -> None:
        if fault == "hang":
            self.fake.pause(LONG_AGO)
            return
        if fault == "hang-headers":
            self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-ty")
            self.wfile.flush()
            self.fake.pause(LONG_AGO)
            return
        if fault in {"reset", "refuse-body"}:
            if fault == "refuse-body":
                self.wfile.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n")
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RDWR)
            self.close_connection = True
            return
        if streams:
            self._broken_stream(fault)
        else:
            self._broken_whole(fault)

    def _broken_stream(self, fault: str) -> None:
        self._begin_stream()
        self._event({"content": "I don't "})
        if fault == "trickle":
            while not self.fake.closing.is_set():
                self._event({"content": "no "})
                time.sleep(0.02)
        elif fault == "drop":
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.close()
        elif fault == "bad-event":
            self.wfile.write(b'data: {"choices": [{"delta": {"content": NaNsense\n\n')
        elif fault == "error-event":
            self.wfile.write(b'data: {"error": {"message": "Provider disconnected", "code": 502}}\n\n')
        elif fault == "html-event":
            self.wfile.write(b"<html>proxy says no</html>\n\n")
        elif fault == "stall":
            self.fake.pause(LONG_AGO)
        elif fault == "endless":
            while not self.fake.closing.is_set():
                self._event({"content": "word " * 20_000})

    def _broken_whole(self, fault: str) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        if fault in {"drop", "stall"}:
            self.send_header("content-length", "5000")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True
        self.wfile.write(b'{"choices": [{"message": {"content": "I don')
        self.wfile.flush()
        if fault == "trickle":
            while not self.fake.closing.is_set():
                self.wfile.write(b"n")
                self.wfile.flush()
                time.sleep(0.02)
        elif fault == "stall":
            self.fake.pause(LONG_AGO)
        elif fault == "endless":
            while not self.fake.closing.is_set():
                self.wfile.write(b"word " * 20_000)
