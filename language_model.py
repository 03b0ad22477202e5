"""The one seam to a language model: `ask` for a whole answer, `stream` for pieces. Templates and network are here only.

Both take the name of a prompt in `prompts/` and what it is to be filled with, and raise `ModelFailure` where no answer
could be had. Only the entry points import this module; everything else is handed `ask` or `stream` as plain callables.
"""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Any

from model.abilities import Abilities, AbilitiesKnown, body
from model.answering import Answer, Stream
from model.answers import ReasoningFilter, Whole, read_stream, read_whole
from model.calling import Client, chat, pause_before
from model.failures import FOR_OPERATORS, WORTH_A_FRESH_TRY, FailureKind, ModelFailure
from model.prompts import Prompt, prompt, tokens_in
from model.settings import Role, SettingRefused, Settings, load_settings
from model.spoken import Spoken
from model.waiting import Line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from model.prompts import Message

__all__ = [
    "FOR_OPERATORS", "Answer", "FailureKind", "LanguageModel", "ModelFailure", "Role", "SettingRefused", "Settings",
    "Stream", "ask", "configured", "load_settings", "patient_voice", "spoken", "stream",
]  # fmt: skip
log = logging.getLogger("rapport.model")
_MOST_CHANGES = 5
"""How often a request may be put differently because of what the server said about it."""
_CUT_BELOW = 0.4
"""A server that read less than this share of the estimate has probably cut off the beginning without a word."""


class LanguageModel:
    """One endpoint with its settings, its line of waiting people, and what was learned about it."""

    def __init__(self, settings: Settings) -> None:
        """Take the settings; nothing is opened or imported yet."""
        self.settings = settings
        self.client = Client(settings)
        self.line = Line(settings.at_once)
        self.known = AbilitiesKnown()
        self.spoken = Spoken(settings, self.client, self.line)
        self._warned = False

    def has(self, role: Role) -> bool:
        """Return True if a model may be asked for this role."""
        try:
            self.settings.check(role)
        except ModelFailure:
            return False
        return True

    def ask(
        self,
        prompt_name: str,
        *,
        waiting: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        **context: Any,
    ) -> Answer:
        """Return a whole answer.

        Args:
            prompt_name: Which prompt.
            waiting: Told the place in the line (1 is next, 0 is now) while others are served.
            cancelled: Returns True once nobody wants the answer any more.
            context: What the prompt is filled with.

        Raises:
            ModelFailure: no answer could be had within the limits of the settings.
        """
        asked, name = self._asked(prompt_name)
        with self.line.place(self.settings.wait_seconds, waiting, cancelled, behind=asked.role == "judge"):
            self.client.prepare()
            deadline = time.monotonic() + self.settings.total_seconds
            room = self._room(asked)
            fresh, trimmed = True, False
            while True:
                messages = asked.messages(context, room)
                try:
                    chunks, abilities = self._begin(asked, messages, name, deadline, cancelled, stream=False)
                    whole = read_whole(b"".join(chunks), self.settings.api_key)
                except ModelFailure as failure:
                    if failure.kind == "overflow" and not trimmed:
                        trimmed, room = True, min(room, tokens_in(messages)) // 2
                        continue
                    if failure.kind in WORTH_A_FRESH_TRY and fresh and failure.status is None:
                        fresh = False
                        continue
                    raise self._told(failure, asked) from None
                self._learn(asked, name, abilities)
                self._watch_context(whole, messages)
                return Answer(
                    whole.text, whole.raw, name, asked.sha256, whole.finish, abilities.rung, whole.tokens_in,
                    whole.tokens_out,
                )  # fmt: skip

    def stream(
        self,
        prompt_name: str,
        *,
        waiting: Callable[[int], None] | None = None,
        cancelled: Callable[[], bool] | None = None,
        **context: Any,
    ) -> Stream:
        """Return an answer piece by piece. Nothing is ever asked again once a piece has come.

        Raises:
            ModelFailure: at once if no model may be asked; later, from the iteration, if the answer breaks off.
        """
        asked, name = self._asked(prompt_name)

        def pieces(made: Stream) -> Iterator[str]:
            with self.line.place(self.settings.wait_seconds, waiting, cancelled):
                self.client.prepare()
                deadline = time.monotonic() + self.settings.total_seconds
                try:
                    yield from self._pieces(made, asked, name, context, deadline, cancelled)
                except ModelFailure as failure:
                    raise self._told(failure, asked) from None

        return Stream(pieces, name, asked.sha256)

    def _pieces(
        self,
        made: Stream,
        asked: Prompt,
        name: str,
        context: dict[str, Any],
        deadline: float,
        cancelled: Callable[[], bool] | None,
    ) -> Iterator[str]:
        room = self._room(asked)
        messages = asked.messages(context, room)
        try:
            chunks, abilities = self._begin(asked, messages, name, deadline, cancelled, stream=True)
        except ModelFailure as failure:
            if failure.kind != "overflow":
                raise
            messages = asked.messages(context, min(room, tokens_in(messages)) // 2)
            chunks, abilities = self._begin(asked, messages, name, deadline, cancelled, stream=True)
        first = next(chunks, b"")
        if first.lstrip()[:1] in {b"{", b"<", b"["} or not first:
            # The server took no notice of the wish for a stream, or sent a page or an error.
            whole = read_whole(first + b"".join(chunks), self.settings.api_key)
            made.finish = whole.finish
            yield whole.text
            return
        sieve = ReasoningFilter(begins_inside=abilities.thinks_unopened)
        shown = False
        for piece in read_stream(chain([first], chunks), self.settings.api_key):
            text = sieve.let(piece.text)
            if sieve.found_unopened:
                self._learn(asked, name, replace(abilities, thinks_unopened=True))
                raise ModelFailure("garbled", "reasoning that nothing had opened")
            if piece.finish is not None:
                text += sieve.rest()
                made.finish = piece.finish
            if text:
                shown = shown or bool(text.strip())
                yield text
        if not shown:
            self._learn(asked, name, replace(abilities, thinks_unopened=False))
            raise ModelFailure("empty", "nothing but reasoning" if sieve.rest() == "" else "")
        self._learn(asked, name, abilities)

    def tokens(self, prompt_name: str, **context: Any) -> tuple[int, int]:
        """Return about how many tokens a request will read, and how many its answer may have at most."""
        asked = prompt(prompt_name)
        return tokens_in(asked.messages(context, self._room(asked))), asked.most_tokens

    def _asked(self, prompt_name: str) -> tuple[Prompt, str]:
        asked = prompt(prompt_name)
        role: Role = "judge" if asked.role == "judge" else "patient"
        self.settings.check(role)
        return asked, self.settings.model_for(role)

    def _room(self, asked: Prompt) -> int:
        return max(256, self.settings.context_tokens - asked.most_tokens)

    def _begin(
        self,
        asked: Prompt,
        messages: list[Message],
        name: str,
        deadline: float,
        cancelled: Callable[[], bool] | None,
        *,
        stream: bool,
    ) -> tuple[Iterator[bytes], Abilities]:
        """Return the answer's bytes once the first have come, trying again and otherwise until then."""
        abilities = self.known.of(self.settings, name)
        attempt = changes = 0
        while True:
            chunks = self.client.chunks(
                chat(body(asked, messages, name, abilities, stream=stream)), deadline, cancelled
            )
            try:
                first = next(chunks, b"")
            except ModelFailure as failure:
                adapted = abilities.adapted(failure, free=self.settings.token_parameter == "auto")
                if adapted is None and failure.status == 500 and asked.schema:
                    adapted = abilities.after_a_fault(failure)
                if adapted is not None and changes < _MOST_CHANGES:
                    abilities, changes = adapted, changes + 1
                    continue
                if pause_before(attempt, failure, self.settings, deadline, cancelled):
                    attempt += 1
                    continue
                raise
            return chain([first], chunks), abilities

    def _learn(self, asked: Prompt, name: str, abilities: Abilities) -> None:
        if not abilities.for_good:
            return
        self.known.learn(self.settings, name, replace(abilities, proven=abilities.proven or asked.schema is not None))

    def _watch_context(self, whole: Whole, messages: list[Message]) -> None:
        estimate = tokens_in(messages)
        if self._warned:
            return
        if whole.tokens_in is not None and estimate > 1000 and whole.tokens_in < estimate * _CUT_BELOW:
            self._warned = True
            log.warning(
                "The server read %d tokens of about %d: it may cut off the beginning. Give it a larger context "
                "(Ollama: num_ctx) or lower RAPPORT_CONTEXT_TOKENS.",
                whole.tokens_in,
                estimate,
            )

    def _told(self, failure: ModelFailure, asked: Prompt) -> ModelFailure:
        if failure.kind != "cancelled":
            log.warning("prompt %s: %s", asked.name, failure)
        return failure


@cache
def configured() -> LanguageModel:
    """Return the language model that the settings name; raises ``SettingRefused`` where one cannot be used."""
    return LanguageModel(load_settings())


def ask(prompt_name: str, **context: Any) -> Answer:
    """Return a whole answer from the model that the settings name; see ``LanguageModel.ask``."""
    return configured().ask(prompt_name, **context)


def stream(prompt_name: str, **context: Any) -> Stream:
    """Return an answer in pieces from the model that the settings name; see ``LanguageModel.stream``."""
    return configured().stream(prompt_name, **context)


@cache
def patient_voice() -> tuple[Callable[..., Stream] | None, str, bool]:
    """Return who words the patients: `stream` (None where no model is set up), its address, and whether it is here."""
    try:
        found = configured()
    except SettingRefused as refused:
        log.error("The language model is not used: %s", refused)
        return None, "", True
    if not found.has("patient"):
        return None, "", True
    # The library takes a moment to import: it should be there before the first reply.
    threading.Thread(target=found.client.prepare, daemon=True, name="rapport-model-import").start()
    return found.stream, found.settings.shown_address, found.settings.is_local


@cache
def spoken() -> Spoken | None:
    """Return who writes down what is said and says what is answered; None where the settings name neither."""
    try:
        found = configured().spoken
    except SettingRefused:
        return None  # the patient's voice has told the operator why
    for role in found.roles:
        found.offers(role)  # tried now, so that it is known by the time somebody sits before a patient
    return found if found.roles else None
