"""Looking at what came from a microphone, at its transcript, and at sound to be played, without understanding any.

Whatever is wrong is a failure by kind.
"""

from __future__ import annotations

import io
import json
import math
import re
import sys
import wave
import zlib
from array import array
from dataclasses import dataclass

from model.answers import error_in
from model.failures import ModelFailure

LONGEST_SECONDS = 120.0
"""The longest recording that is sent: two minutes without a pause is no reply in a talk."""
SHORTEST_SECONDS = 0.3
_WINDOW_SECONDS = 0.02
_LOUD = 0.01
"""Share of full scale (-40 dB) that something said reaches. Chosen: the hiss of a common microphone stays below."""
_LOUD_WINDOWS = 5
"""So many windows must be as loud: a click is no word."""
_FASTEST, _SPARE = 40, 80
"""More characters a second than anybody says (fast speech has about 25), and some to spare for a short recording."""
_LOOPS = 2.4
"""A transcript that shrinks by more than this goes round in circles: Whisper's own threshold for a failed one
(compression_ratio_threshold in openai/whisper, transcribe.py)."""
_LOOPS_FROM = 80
_MARK = re.compile(r"\[[^\]]*\]|\([^)]*\)|\*[^*]*\*|[\u266a-\u266f]")
"""What some servers write for what is no speech: [BLANK_AUDIO], (silence), *music*."""


@dataclass(frozen=True, slots=True)
class Sound:
    """Sound to be played."""

    data: bytes
    form: str
    """Its MIME type, found in its first bytes and not in what the server called it."""


def seconds_of(recording: bytes) -> float:
    """Return the length of a WAV recording in which something is said.

    Raises:
        ModelFailure: ``silent``, ``too_long``, or ``unclear`` where it is no recording.
    """
    try:
        with wave.open(io.BytesIO(recording)) as opened:
            rate, width, channels = opened.getframerate(), opened.getsampwidth(), opened.getnchannels()
            seconds = float(opened.getnframes() / rate)
            if seconds > LONGEST_SECONDS:
                raise ModelFailure("too_long", f"{seconds:.0f} s")
            frames = opened.readframes(opened.getnframes())
    except (wave.Error, EOFError, ZeroDivisionError) as error:
        raise ModelFailure("unclear", "no WAV recording") from error
    if seconds < SHORTEST_SECONDS:
        raise ModelFailure("silent", f"{seconds:.1f} s")
    if width == 2 and not _something_is_said(frames, max(1, round(rate * channels * _WINDOW_SECONDS))):
        raise ModelFailure("silent", "nothing louder than -40 dB")
    return seconds


def _something_is_said(frames: bytes, window: int) -> bool:
    samples = array("h", frames[: len(frames) // 2 * 2])
    if sys.byteorder == "big":
        samples.byteswap()
    least, loud = _LOUD * 32768, 0
    for at in range(0, len(samples), window):
        piece = samples[at : at + window]
        loud += max(piece) >= least or min(piece) <= -least
        if loud >= _LOUD_WINDOWS:
            return True
    return False


def transcript(data: bytes, seconds: float, secret: str = "") -> str:
    """Return the words in the answer to a recording of so many seconds, on one line.

    Raises:
        ModelFailure: The body holds none (by kind), or none that can be what was said (``silent``, ``unclear``).
    """
    text = _text_in(data, secret)
    words = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not any(c.isalnum() for c in _MARK.sub("", words)):
        raise ModelFailure("silent", "nothing in the transcript")
    packed = len(words.encode()) / len(zlib.compress(words.encode()))
    too_much = len(words) > _FASTEST * seconds + _SPARE
    if too_much or "\ufffd" in words or (len(words) >= _LOOPS_FROM and packed > _LOOPS):
        raise ModelFailure("unclear", f"{len(words)} characters for {seconds:.1f} s")
    return words


def _text_in(data: bytes, secret: str) -> str:
    try:
        loaded = json.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        # Never with what it says: it may be what a trainee said.
        raise ModelFailure("garbled" if data.strip() else "empty", "not JSON") from error
    failure = error_in(loaded, 200, secret)
    if failure is not None:
        raise failure
    text = loaded.get("text") if isinstance(loaded, dict) else None
    if not isinstance(text, str):
        raise ModelFailure("garbled", "no text in the answer")
    return text


def sound(data: bytes, secret: str = "") -> Sound:
    """Return the sound in an answer; raises ``ModelFailure`` where it holds none that a browser plays."""
    form = _form_of(data)
    if form is not None:
        return Sound(data, form)
    if not data.strip():
        raise ModelFailure("empty", "no sound")
    try:
        failure = error_in(json.loads(data), 200, secret)
    except (ValueError, RecursionError):
        failure = None
    raise failure or ModelFailure("garbled", "not sound")


def _form_of(data: bytes) -> str | None:
    if data[:4] == b"RIFF" and data[8:12] == b"WAVE":
        return "audio/wav"
    for start, form in ((b"ID3", "audio/mpeg"), (b"OggS", "audio/ogg"), (b"fLaC", "audio/flac")):
        if data.startswith(start):
            return form
    if data[4:8] == b"ftyp":
        return "audio/mp4"
    if len(data) > 3 and data[0] == 0xFF and data[1] & 0xE0 == 0xE0:
        return "audio/aac" if data[1] & 0xF6 == 0xF0 else "audio/mpeg"
    return None


def tone(seconds: float = 0.6, rate: int = 16_000) -> bytes:
    """Return a WAV recording of a tone, with which a server can be tried that writes down what is said."""
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(rate)
        samples = array(
            "h", (round(8000 * math.sin(math.tau * 440 * at / rate)) for at in range(round(seconds * rate)))
        )
        if sys.byteorder == "big":
            samples.byteswap()
        made.writeframes(samples.tobytes())
    return file.getvalue()
