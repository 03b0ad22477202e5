"""Who is at the page.

On the machine's own address everybody is the one local person, who teaches if the operator says so. Served to others,
each browser is known by a random cookie that no script can read (``server.py`` sets it); the records only ever see its
hash.
"""

from __future__ import annotations

import hashlib

import streamlit as st

from records import Actor
from ui.mode import COOKIE, COOKIE_SHAPE, MODE

LOCAL, TEACHES = Actor("local"), Actor("local", "educator")


def person_behind(cookie: str) -> Actor:
    """Return the person behind a cookie; the cookie itself, which is a key, is never stored."""
    return Actor("browser-" + hashlib.sha256(cookie.encode()).hexdigest()[:32])


def teaches() -> bool:
    """Return True if the person at this page teaches."""
    person = current_actor()
    return person is not None and person.role == "educator"


def current_actor() -> Actor | None:
    """Return the person at this page, or None where the browser keeps no cookie."""
    if not MODE.served_to_others:
        return TEACHES if MODE.educator else LOCAL
    cookie = str(st.context.cookies.get(COOKIE, ""))
    return person_behind(cookie) if COOKIE_SHAPE.fullmatch(cookie) else None
