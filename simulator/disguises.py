"""Words in disguise: spaced out, reversed, in other letters or encoded. Each version is one way to read it."""

from __future__ import annotations

import base64
import binascii
import codecs
import re
from typing import TYPE_CHECKING

from simulator.words import straight

if TYPE_CHECKING:
    from collections.abc import Iterator

_LEET = str.maketrans("013457@$!", "oieastasi")
_TOKEN = re.compile(r"[A-Za-z0-9+/_=-]{12,}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[\s:]?){6,}")
_SPACED = re.compile(r"(?<![^\W_])[^\W_](?:[\s.\-_*,/|]+[^\W_](?![^\W_])){3,}")
_PERCENT = re.compile(r"(?:%[0-9a-fA-F]{2}){3,}|(?:\\[xu][0-9a-fA-F]{2,4}){2,}|&#x?[0-9a-fA-F]+;")
_MORSE = re.compile(r"(?:[.\-·−]{1,5}[\s/]+){5,}")


def squashed(text: str) -> str:
    """Return the letters of a text, in small, and nothing between them."""
    return "".join(filter(str.isalpha, straight(text)))


def disguised(text: str) -> Iterator[str]:
    """Yield the text as it could be meant: as it stands, backwards, in other letters, decoded, by first letters."""
    yield text
    yield text[::-1]
    yield " ".join(word[::-1] for word in text.split())
    yield " ".join(reversed(text.split()))
    yield text.lower().translate(_LEET)
    yield codecs.encode(text, "rot13")
    yield from _decoded(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for pieces in (text.split(), re.split(r"(?<=[.!?])\s+", text), lines):
        yield "".join(piece[:1] for piece in pieces)


def _decoded(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        padded = token.replace("-", "+").replace("_", "/").rstrip("=")
        try:
            yield base64.b64decode(padded + "=" * (-len(padded) % 4)).decode("utf-8")
        except (binascii.Error, UnicodeDecodeError, ValueError):
            continue
    for run in _HEX.findall(text):
        try:
            yield bytes.fromhex(re.sub(r"[\s:]", "", run)).decode("utf-8")
        except (ValueError, UnicodeDecodeError):
            continue


def looks_encoded(text: str) -> bool:
    """Return True if part of a text is no way in which anybody speaks, whatever it means."""
    if _SPACED.search(text) or _PERCENT.search(text) or _HEX.search(text) or _MORSE.search(text):
        return True
    return any(_mixed(token) for token in _TOKEN.findall(text))


def _mixed(token: str) -> bool:
    """Return True if a long token is not a word: digits or capitals in the middle of small letters."""
    parts = token.replace("-", "").replace("_", "")
    inner = parts[1:]
    return len(parts) >= 12 and (any(c.isdigit() for c in parts) or (inner != inner.lower() and inner != inner.upper()))
