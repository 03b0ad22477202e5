"""Serving: the Streamlit app with what it lacks by default, and nothing that it does by default and should not."""

from __future__ import annotations

import logging
import os
import secrets
import sys
from http.cookies import CookieError, SimpleCookie
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st
from starlette.middleware import Middleware
from starlette.responses import JSONResponse
from starlette.routing import Route

from ui.mode import COOKIE, COOKIE_SHAPE, MODE
from ui.warming import warming

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    from starlette.requests import Request

    Message = MutableMapping[str, Any]
    Send = Callable[[Message], Awaitable[None]]
    Application = Callable[[MutableMapping[str, Any], Any, Send], Awaitable[None]]

ENTRY = Path(__file__).resolve().parent.parent / "app.py"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_UPLOAD = 10
"""Megabytes: two minutes of speech at 16,000 samples a second are 3.8, and whoever speaks longer is told so by us."""
YEAR = 365 * 24 * 3600
HEADERS = (
    # Nothing may be fetched from, or sent to, anywhere but this server: the browser itself refuses.
    (
        b"content-security-policy",
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        b"img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self' data:; "
        b"connect-src 'self' ws: wss: blob: data:; "
        b"worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; base-uri 'self'; frame-ancestors 'self'",
    ),
    # A visit's address names the visit.
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)


class Doorkeeper:
    """Adds the headers above, and gives each browser its own cookie where the app is served to others."""

    def __init__(self, app: Application, give_cookie: bool) -> None:
        self.app = app
        self.give_cookie = give_cookie

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Send) -> None:
        """Pass the request on, and add to the head of the answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        new = secrets.token_hex(32) if self.give_cookie and not _has_cookie(scope) else ""

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in HEADERS}
                headers = [pair for pair in message.get("headers", []) if pair[0].lower() not in own]
                headers += HEADERS
                if new and _is_page(headers):
                    headers.append((b"set-cookie", _cookie(new, secure=scope.get("scheme") == "https")))
                message["headers"] = headers
            await send(message)

        await self.app(scope, receive, answer)


def _has_cookie(scope: MutableMapping[str, Any]) -> bool:
    for name, value in scope.get("headers", []):
        if name == b"cookie":
            try:
                found = SimpleCookie(value.decode("latin-1")).get(COOKIE)
            except CookieError:
                continue
            if found is not None and COOKIE_SHAPE.fullmatch(found.value):
                return True
    return False


def _is_page(headers: list[tuple[bytes, bytes]]) -> bool:
    return any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers)


def _cookie(value: str, *, secure: bool) -> bytes:
    end = "; Secure" if secure else ""
    return f"{COOKIE}={value}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{end}".encode()


async def ready(_request: Request) -> JSONResponse:
    """Answer 200 where a visit could be begun now, 503 with the reason where not."""
    from records import RecordsError, default_url, open_records

    try:
        records = open_records(default_url())
        try:
            records.check_ready()
        finally:
            records.close()
    except RecordsError as error:
        return JSONResponse({"status": "not ready", "reason": error.sentence}, status_code=503)
    return JSONResponse({"status": "ready"})


def keep_words_out_of_the_log() -> None:
    """Drop Streamlit's own tracebacks, whose last line may quote what somebody typed; ``surprise`` writes instead."""
    # A filter, because the web server's set-up of logging turns disabled loggers on again.
    logging.getLogger("streamlit.error_util").addFilter(lambda record: not record.exc_info)


def _surprise(error: Exception) -> bool:
    from ui.frame import surprise

    return surprise(error)


def build(*, served_to_others: bool) -> st.App:
    """Return the app, ready to run."""
    MODE.served_to_others = served_to_others
    keep_words_out_of_the_log()
    return st.App(
        ENTRY,
        routes=[Route("/api/ready", ready)],
        middleware=[Middleware(Doorkeeper, give_cookie=served_to_others)],
        on_script_error=_surprise,
        lifespan=warming,
    )


def serve(host: str = "127.0.0.1", port: int = 8501) -> None:
    """Serve until stopped. On a loopback address there is one local person; elsewhere each browser is its own."""
    local = host in LOOPBACK
    MODE.educator = local and os.environ.get("RAPPORT_EDUCATOR", "").strip().lower() == "yes"
    config: dict[str, Any] = {
        "server.address": host,
        "server.port": port,
        "server.headless": True,
        "server.fileWatcherType": "none",
        "server.maxUploadSize": LARGEST_UPLOAD,
        "browser.gatherUsageStats": False,
        "client.showErrorDetails": "none",
        "client.showErrorLinks": False,
        "client.toolbarMode": "minimal",
        "runner.magicEnabled": False,
        "logger.level": "warning",
        "logger.hideWelcomeMessage": True,
        "logger.enableRich": False,
    }
    if local:
        # Another site's page must not reach the local person's visits by a name that it points at this machine.
        config["server.allowedHosts"] = sorted(LOOPBACK)
    # Streamlit looks for .streamlit/config.toml (the colours and letters) beside whatever was started.
    sys.argv[:] = [str(ENTRY)]
    build(served_to_others=not local).run(config=config)
