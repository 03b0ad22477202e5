"""What stands around the pages: headers, the cookie, and who is who."""

from __future__ import annotations

import io
import logging
import logging.config
from typing import Any

import pytest

from tests.ui.own_loop import run_alone
from ui.frame import surprise
from ui.identity import COOKIE, COOKIE_SHAPE, person_behind
from ui.server import Doorkeeper, keep_words_out_of_the_log


def ask(
    give_cookie: bool, kind: bytes = b"text/html; charset=utf-8", cookie: bytes = b"", scheme: str = "http"
) -> dict:
    """Return the headers of one answer that went through the doorkeeper."""
    sent: list[dict[str, Any]] = []

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind)]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"cookie", cookie)] if cookie else []
    run_alone(Doorkeeper(app, give_cookie)({"type": "http", "headers": headers, "scheme": scheme}, None, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_the_browser_is_told_to_fetch_nothing_from_elsewhere() -> None:
    policy = ask(give_cookie=False)["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy


def test_on_this_machine_nobody_gets_a_cookie() -> None:
    assert "set-cookie" not in ask(give_cookie=False)


def test_a_new_browser_gets_a_cookie_that_no_script_can_read() -> None:
    cookie = ask(give_cookie=True)["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert "Secure" in ask(give_cookie=True, scheme="https")["set-cookie"]
    assert COOKIE_SHAPE.fullmatch(cookie.split(";")[0].removeprefix(f"{COOKIE}="))


def test_two_browsers_are_two_people() -> None:
    values = {ask(give_cookie=True)["set-cookie"].split(";")[0] for _ in range(10)}
    assert len(values) == 10


def test_a_browser_that_has_a_cookie_keeps_it() -> None:
    assert "set-cookie" not in ask(give_cookie=True, cookie=f"a=b; {COOKIE}={'0' * 64}".encode())


@pytest.mark.parametrize("bad", [b"rapport_person=short", b"rapport_person=" + b"Z" * 64, b"\xff=;;;", b"other=1"])
def test_a_cookie_of_the_wrong_shape_is_replaced(bad: bytes) -> None:
    assert "set-cookie" in ask(give_cookie=True, cookie=bad)


def test_only_pages_carry_the_cookie() -> None:
    assert "set-cookie" not in ask(give_cookie=True, kind=b"text/javascript")


def test_the_records_never_see_the_cookie_itself() -> None:
    assert "0" * 32 not in person_behind("0" * 64).id
    assert person_behind("0" * 64) == person_behind("0" * 64)
    assert person_behind("0" * 64) != person_behind("1" * 64)


def test_a_failing_page_writes_its_kind_and_place_to_the_log_and_nobodys_words(monkeypatch, capsys) -> None:
    from streamlit.error_util import handle_user_script_exception
    from uvicorn.config import LOGGING_CONFIG

    monkeypatch.setattr("ui.frame.st.error", lambda _sentence: None)
    monkeypatch.setattr("streamlit.error_util.config.get_option", lambda _name: False)  # as `serve` sets enableRich
    keep_words_out_of_the_log()
    logging.config.dictConfig(LOGGING_CONFIG)
    handler = logging.StreamHandler(stream := io.StringIO())
    for name in ("streamlit.error_util", "rapport"):
        logging.getLogger(name).addHandler(handler)
    try:
        raise ValueError("I stopped taking them two weeks ago")
    except ValueError as error:
        handle_user_script_exception(error, surprise)
    for name in ("streamlit.error_util", "rapport"):
        logging.getLogger(name).removeHandler(handler)
    written = stream.getvalue() + "".join(capsys.readouterr())
    assert "a page failed: ValueError at test_a_failing_page" in written
    assert "two weeks" not in written
