"""Sound for the fake server and its clients, and what can be wrong with the answers about it."""

from __future__ import annotations

import io
import math
import struct
import wave
from typing import Any

RATE = 16_000
AUDIO: dict[str, tuple[Any, dict[str, str]]] = {
    "audio-null": ({"text": None}, {}),
    "audio-number": ({"text": 7}, {}),
    "audio-list": ([{"text": "Hello"}], {}),
    "audio-plain": (b"Hello there", {"content-type": "text/plain"}),
    "audio-silent": ({"text": " [BLANK_AUDIO] "}, {}),
    "audio-blank": ({"text": ""}, {}),
    "audio-huge": ({"text": "word and another word, " * 5_000}, {}),
    "audio-loop": ({"text": "I am tired. " * 9}, {}),
    "audio-odd": ({"text": "\ufffd\ufffd sl\ufffdp"}, {}),
    "audio-endless": (b"RIFF" + b"0" * 5_000_000, {"content-type": "audio/wav"}),
    "audio-pdf": (b"%PDF-1.7 not sound at all", {"content-type": "audio/mpeg"}),
}
"""Faults in the answer to a recording, or to words that are to be said."""
AUDIO_FAULTS: tuple[str, ...] = (
    *AUDIO, "401", "404", "429", "quota", "500", "502-html", "301", "200-html", "200-error", "200-empty-body",
    "200-not-json", "200-null", "hang", "hang-headers", "drop", "reset", "stall", "trickle",
)  # fmt: skip


def recording(seconds: float = 1.0, loud: float = 0.3) -> bytes:
    """Return a WAV recording of a hum, as loud as this share of full scale."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(RATE)
        samples = [round(32767 * loud * math.sin(math.tau * 200 * at / RATE)) for at in range(RATE // 10)]
        made.writeframes(struct.pack(f"<{len(samples)}h", *samples) * round(seconds * 10))
    return file.getvalue()


def fields_of(body: bytes) -> dict[str, Any]:
    """Return the fields of a form with files: texts as they are, of a file its size."""
    found: dict[str, Any] = {}
    for part in body.split(body.partition(b"\r\n")[0])[1:-1]:
        head, _, value = part.strip(b"\r\n").partition(b"\r\n\r\n")
        name = head.partition(b'name="')[2].partition(b'"')[0].decode()
        found[name] = len(value) if b"filename=" in head else value.decode()
    return found
