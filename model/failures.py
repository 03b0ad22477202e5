"""How a model can fail, each kind with a sentence for the person at the page and a line for the operator.

A failure is an absence with a reason. It is never a low level and never the patient's words.
"""

from __future__ import annotations

import re
from typing import Literal

FailureKind = Literal[
    "not_configured", "unsafe_address", "unreachable", "timeout", "waited_too_long", "busy", "quota", "authentication",
    "not_found", "overflow", "rejected", "server", "filter", "refusal", "empty", "incomplete", "garbled", "cancelled",
    "silent", "too_long", "unclear",
]  # fmt: skip

_SENTENCES: dict[FailureKind, str] = {
    "not_configured": "No language model is set up here.",
    "unsafe_address": "The language model is not used: its key would travel unprotected.",
    "unreachable": "The language model cannot be reached just now.",
    "timeout": "The language model took too long to answer.",
    "waited_too_long": "Many people are talking at once, and the language model did not get round to this one.",
    "busy": "The language model is busy just now.",
    "quota": "The language model's allowance is used up. Whoever runs Rapport here can see to it.",
    "authentication": "The language model does not accept this Rapport. Whoever runs it here can see to it.",
    "not_found": "The language model is not where the settings say. Whoever runs Rapport here can see to it.",
    "overflow": "The visit has grown too long for the language model.",
    "rejected": "The language model did not accept the request.",
    "server": "The language model had a fault of its own.",
    "filter": "The provider's filter held the answer back. That is about its rules, not about what you said.",
    "refusal": "The language model declined to answer. That is not about what you said.",
    "empty": "The language model sent an empty answer.",
    "incomplete": "The language model's answer broke off.",
    "garbled": "The language model's answer could not be read.",
    "cancelled": "The answer was stopped.",
    "silent": "Nothing could be heard in the recording.",
    "too_long": "The recording is too long.",
    "unclear": "What was said in the recording could not be made out.",
}
FOR_OPERATORS: frozenset[FailureKind] = frozenset(
    ("not_configured", "unsafe_address", "quota", "authentication", "not_found", "rejected")
)
"""Kinds that no waiting cures: somebody has to change a setting or pay a bill."""
WORTH_A_FRESH_TRY: frozenset[FailureKind] = frozenset(("empty", "incomplete", "garbled", "refusal", "server"))
"""Kinds in which the very same request may well succeed when it is made once more."""
_SHOWN = 200
_SECRETS = re.compile(r"(?i)\b(?:sk|pk|key|bearer|basic)[-_ ][\w.+/=-]{6,}|//[^/@\s]+@")


class ModelFailure(Exception):
    """A model's answer that could not be had, by kind.

    Attributes:
        kind: What went wrong.
        sentence: For the person at the page; plain, without blame, without details of the set-up.
        details: For the operator; never holds a key, at most 200 characters of what the server said.
        retry_after: Seconds the server asked to be left alone, where it did.
        final: True where the server said that trying again is of no use.
        status: The HTTP status, where there was one.
    """

    def __init__(self, kind: FailureKind, details: str = "", secret: str = "") -> None:
        """Make a failure; ``secret`` is struck out of the details wherever it occurs."""
        self.kind: FailureKind = kind
        self.sentence = _SENTENCES[kind]
        self.details = presentable(details, secret)
        self.retry_after: float | None = None
        self.final = False
        self.status: int | None = None
        super().__init__(f"{kind}: {self.sentence}")

    def __str__(self) -> str:
        """Return the failure as the operator reads it."""
        return f"{self.sentence} ({self.kind}{': ' + self.details if self.details else ''})"


def presentable(text: str, secret: str = "") -> str:
    """Return foreign text fit for a log line: short, on one line, without control characters or keys."""
    if secret:
        text = text.replace(secret, "…")
    flat = "".join(c if c.isprintable() else " " for c in text)
    flat = _SECRETS.sub("…", " ".join(flat.split()))
    return flat if len(flat) <= _SHOWN else flat[: _SHOWN - 1] + "…"


def kind_of_status(status: int, code: str, message: str) -> FailureKind:
    """Return the kind of failure of an HTTP status (or a status told in a body), with the error's code and message."""
    said = f"{code} {message}".lower()
    if "insufficient_quota" in said or "exceeded your current quota" in said or "billing" in said or status == 402:
        return "quota"
    if "content_filter" in said or "content management policy" in said or "responsibleaipolicy" in said:
        return "filter"
    if status in {401, 403}:
        return "authentication"
    if status == 413 or (status in {400, 422, 500} and _speaks_of_context(said)):
        return "overflow"
    if status in {404, 405} or 300 <= status < 400:
        return "not_found"
    if status == 429:
        return "busy"
    if status == 408:
        return "timeout"
    if status == 409 or status >= 500:
        return "server"
    return "rejected"


def _speaks_of_context(said: str) -> bool:
    if "context_length_exceeded" in said:
        return True
    return "context" in said and any(word in said for word in ("length", "size", "window", "exceed", "too long"))
