"""Spoken practice: an endpoint writes down what a trainee says, and says what the patient answers.

Recordings and sound pass through and are kept nowhere; no log holds what was said.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import TYPE_CHECKING, Any, TypeVar

from model.calling import Client, begun
from model.failures import WORTH_A_FRESH_TRY, ModelFailure
from model.recordings import Sound, seconds_of, sound, tone, transcript
from model.waiting import Line

if TYPE_CHECKING:
    from collections.abc import Callable

    from model.calling import Request
    from model.settings import Role, Settings

    Waiting = Callable[[int], None] | None
    Cancelled = Callable[[], bool] | None

T = TypeVar("T")
log = logging.getLogger("rapport.model")
TRIAL_WORD = "Hello."
AGAIN_SECONDS = 60.0
"""How long after a trial that failed the endpoint is tried again, once somebody looks."""
FORM = "mp3"
"""The form of sound that most servers make; another one that comes is played as well."""


class Spoken:
    """Transcription and speech at one endpoint, each if the settings name a model for it."""

    def __init__(self, settings: Settings, client: Client, line: Line) -> None:
        """Take the settings; share the client and the line of waiting people where the address is the same."""
        shared = settings.for_audio == settings
        self.settings = settings.for_audio
        self.client = client if shared else Client(self.settings)
        self.line = line if shared else Line(self.settings.at_once)
        self._answers: dict[Role, bool] = {}
        self._tried: dict[Role, float] = {}
        self._bare: set[Role] = set()
        self._lock = threading.Lock()

    @property
    def roles(self) -> tuple[Role, ...]:
        """What the settings name a model for, and may be asked for."""
        named: tuple[Role, ...] = ("transcription", "speech")
        return tuple(role for role in named if self._may(role))

    @property
    def shown_address(self) -> str:
        """The address as it may be shown."""
        return self.settings.shown_address

    @property
    def is_local(self) -> bool:
        """True if nothing leaves this machine."""
        return self.settings.is_local

    def offers(self, role: Role) -> bool:
        """Return True if the endpoint answered when it was tried. Never waits: a trial goes on beside the page."""
        if role not in self.roles:
            return False
        with self._lock:
            answers, tried = self._answers.get(role), self._tried.get(role)
            due = tried is None or (answers is False and time.monotonic() - tried >= AGAIN_SECONDS)
            if due:
                self._tried[role] = time.monotonic()
        if due:
            threading.Thread(target=self._try, args=(role,), daemon=True, name=f"rapport-try-{role}").start()
        return bool(answers)

    def _try(self, role: Role) -> None:
        try:
            self.trial(role)
        except ModelFailure:
            answers = False
        else:
            answers = True
        with self._lock:
            self._answers[role], self._tried[role] = answers, time.monotonic()

    def trial(self, role: Role) -> str:
        """Try the endpoint with a tone to write down or a word to say, and return what came of it, for the operator.

        Raises:
            ModelFailure: it does not answer, or not with text or sound.
        """
        if role == "speech":
            made = self.speak(TRIAL_WORD)
            return f"{len(made.data)} bytes of {made.form}"
        try:
            self.transcribe(tone())
        except ModelFailure as failure:
            if failure.kind not in {"silent", "unclear"}:
                raise
        return "text"

    def transcribe(
        self, recording: bytes, language: str = "", *, waiting: Waiting = None, cancelled: Cancelled = None
    ) -> str:
        """Return what was said, on one line.

        Args:
            recording: A WAV file.
            language: In which it was said, as ISO 639-1; guessed by the server where it is not told.
            waiting: Told the place in the line (1 is next, 0 is now) while others are served.
            cancelled: Returns True once nobody wants it any more.

        Raises:
            ModelFailure: ``silent``, ``too_long`` or ``unclear`` where the recording or the transcript is no use,
                else by what the server did.
        """
        self.settings.check("transcription")
        seconds = seconds_of(recording)
        name = self.settings.transcription_model
        extra = {"response_format": "json"} | ({"language": language} if language else {})

        def request(extra: dict[str, Any]) -> Request:
            return lambda client, patience: client.audio.transcriptions.with_streaming_response.create(
                file=("reply.wav", recording, "audio/wav"), model=name, timeout=patience, **extra
            )

        def read(data: bytes) -> str:
            return transcript(data, seconds, self.settings.api_key)

        return self._asked("transcription", request, extra, read, waiting, cancelled)

    def speak(self, words: str, pronouns: str = "", *, waiting: Waiting = None, cancelled: Cancelled = None) -> Sound:
        """Return words as sound, in the voice that the settings have for somebody with these pronouns.

        Raises:
            ModelFailure: by what the server did.
        """
        self.settings.check("speech")
        name, voice = self.settings.speech_model, self.settings.voice_for(pronouns)

        def request(extra: dict[str, Any]) -> Request:
            return lambda client, patience: client.audio.speech.with_streaming_response.create(
                model=name, voice=voice, input=words, timeout=patience, **extra
            )

        def read(data: bytes) -> Sound:
            return sound(data, self.settings.api_key)

        return self._asked("speech", request, {"response_format": FORM}, read, waiting, cancelled)

    def _asked(
        self,
        role: Role,
        request: Callable[[dict[str, Any]], Request],
        extra: dict[str, Any],
        read: Callable[[bytes], T],
        waiting: Waiting,
        cancelled: Cancelled,
    ) -> T:
        with self.line.place(self.settings.wait_seconds, waiting, cancelled):
            self.client.prepare()
            deadline = time.monotonic() + self.settings.total_seconds
            fresh = True
            while True:
                bare = role in self._bare
                asked = request({} if bare else extra)
                try:
                    return read(b"".join(begun(self.client, asked, self.settings, deadline, cancelled)))
                except ModelFailure as failure:
                    if failure.kind == "rejected" and not bare:
                        self._bare.add(role)  # some servers know nothing beyond what must be told
                        continue
                    if failure.kind in WORTH_A_FRESH_TRY and fresh and failure.status is None:
                        fresh = False
                        continue
                    if bare and failure.kind == "rejected":
                        self._bare.discard(role)  # that was not it
                    if failure.kind not in {"cancelled", "silent", "unclear"}:
                        log.warning("%s: %s", role, failure)
                    raise

    def _may(self, role: Role) -> bool:
        try:
            self.settings.check(role)
        except ModelFailure:
            return False
        return True
