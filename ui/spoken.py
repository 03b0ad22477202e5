"""Spoken practice as the entry has handed it down: who writes down what is said, who says what is answered, where."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal, Protocol

from ui.handed import Handed, whereabouts
from ui.language import _
from ui.marking import spoken as pieces_of

if TYPE_CHECKING:
    from collections.abc import Callable

Role = Literal["transcription", "speech"]
_ASIDE = re.compile(r"\*[^*\n]{1,200}\*|\[[^\[\]\n]{1,200}\]")


class Sound(Protocol):
    """Sound to be played."""

    @property
    def data(self) -> bytes:
        """The sound."""

    @property
    def form(self) -> str:
        """Its MIME type."""


class Endpoint(Protocol):
    """Who writes down and speaks. Recordings and sound pass through it and are kept nowhere."""

    @property
    def transcribe(self) -> Callable[..., str]:
        """`transcribe(recording, language, waiting=, cancelled=)`; what it raises has a `kind`."""

    @property
    def speak(self) -> Callable[..., Sound]:
        """`speak(words, pronouns, waiting=, cancelled=)`."""

    @property
    def roles(self) -> tuple[Any, ...]:
        """What it is set up for, whether or not it answers."""

    def offers(self, role: Any, /) -> bool:
        """Return True if it answered when it was tried; never waits."""

    @property
    def shown_address(self) -> str:
        """Its address."""

    @property
    def is_local(self) -> bool:
        """True if nothing leaves this machine."""


_endpoint: Handed[Endpoint | None] = Handed(None)
use, at_hand = _endpoint.use, _endpoint.at_hand


def offered(role: Role) -> Endpoint | None:
    """Return who writes down or speaks; None where nobody does, and the page shows nothing of it."""
    endpoint = at_hand()
    return endpoint if endpoint is not None and endpoint.offers(role) else None


def what_is_sent() -> str:
    """Return what goes where with a recording and with a line that is to be heard; empty where there is neither."""
    endpoint = at_hand()
    roles = endpoint.roles if endpoint is not None else ()
    if endpoint is None or not roles:
        return ""
    where = whereabouts(endpoint.shown_address, on_this_machine=endpoint.is_local)
    said = []
    if "transcription" in roles:
        said.append(
            _(
                "If you speak instead of typing, the recording goes to %(where)s, which writes it down for you to "
                "check. The recording is not kept here.",
                where=where,
            )
        )
    if "speech" in roles:
        said.append(
            _("If you turn on “Hear the patient”, what the patient says goes to %(where)s to be spoken.", where=where)
        )
    return " ".join(said)


def said_aloud(line: str) -> str:
    """Return what of a patient's line is spoken: the words, without what they do while they say them."""
    words = " ".join(piece.text for piece in pieces_of(line) if not piece.gesture)
    return " ".join(_ASIDE.sub(" ", words).split())
