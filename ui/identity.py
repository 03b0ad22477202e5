"""Who is at the page.

On the machine's own address everybody is the one local person. Served to others, each browser is known by a random
cookie that no script can read (``server.py`` sets it); the records only ever see its hash.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import streamlit as st

from records import Actor

COOKIE = "rapport_person"
COOKIE_SHAPE = re.compile(r"[0-9a-f]{64}")
LOCAL = Actor("local")


@dataclass
class _Mode:
    served_to_others: bool = False


MODE = _Mode()
"""Set once by the server, before the first page is drawn."""


def person_behind(cookie: str) -> Actor:
    """Return the person behind a cookie; the cookie itself, which is a key, is never stored."""
    return Actor("browser-" + hashlib.sha256(cookie.encode()).hexdigest()[:32])


def current_actor() -> Actor | None:
    """Return the person at this page, or None where the browser keeps no cookie."""
    if not MODE.served_to_others:
        return LOCAL
    cookie = str(st.context.cookies.get(COOKIE, ""))
    return person_behind(cookie) if COOKIE_SHAPE.fullmatch(cookie) else None
