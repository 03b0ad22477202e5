"""What one server can do with one model, learned by asking, and the request that fits it.

The ladder for structured answers: a JSON schema, else JSON of any shape, else the prompt's words alone. Servers refuse
a rung, fail on it, or ignore it without a word; so the answer is validated by whoever asked, whatever the rung was.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from model.failures import ModelFailure
    from model.prompts import Message, Prompt
    from model.settings import Settings

Rung = Literal["json_schema", "json_object", "prompt"]
_BELOW: dict[Rung, Rung] = {"json_schema": "json_object", "json_object": "prompt"}
_OTHER = {"max_tokens": "max_completion_tokens", "max_completion_tokens": "max_tokens"}
_ABOUT_ONE_ANSWER = "model produced output"
"""llama.cpp answers 500 with these words where an answer in the schema was cut off: it can do schemas all the same."""
_ABOUT_SHAPE = ("response_format", "json_schema", "json_object", "grammar", "structured output", "schema")


@dataclass(frozen=True, slots=True)
class Abilities:
    """What to send to this server for this model."""

    token_parameter: str = "max_tokens"
    rung: Rung = "json_schema"
    temperature: bool = True
    stop: bool = True
    proven: bool = False
    """True once an answer came with exactly these abilities on a structured request."""
    for_good: bool = True
    """False where a step down was for one answer only, and is not to be remembered."""
    thinks_unopened: bool = False
    """True where reasoning was seen to end with a closing tag that nothing had opened."""

    def adapted(self, failure: ModelFailure, *, free: bool) -> Abilities | None:
        """Return what to try next after this failure, or None where it says nothing about abilities.

        ``free`` is False where the operator has fixed the name of the token parameter.
        """
        said = failure.details.lower()
        if failure.kind == "rejected":
            if free and self.token_parameter in said:
                return replace(self, token_parameter=_OTHER[self.token_parameter])
            if "temperature" in said and self.temperature:
                return replace(self, temperature=False)
            if any(word in said for word in _ABOUT_SHAPE):
                return self.stepped_down()
            if "stop" in said and self.stop:
                return replace(self, stop=False)
        return None

    def after_a_fault(self, failure: ModelFailure) -> Abilities | None:
        """Return what to try after a fault (500) on a structured request, or None at the foot of the ladder."""
        if _ABOUT_ONE_ANSWER in failure.details.lower():
            down = self.stepped_down()
            return None if down is None else replace(down, for_good=False)
        # A server that cannot do this rung may say so with a fault instead of a refusal.
        return None if self.proven else self.stepped_down()

    def stepped_down(self) -> Abilities | None:
        """Return the next rung of the ladder, or None at its foot."""
        below = _BELOW.get(self.rung)
        return None if below is None else replace(self, rung=below)


class AbilitiesKnown:
    """What has been learned so far, for each address and model; for as long as the process lives."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._known: dict[tuple[str, str], Abilities] = {}
        self._lock = threading.Lock()

    def of(self, settings: Settings, model: str) -> Abilities:
        """Return what is known, or what to try first."""
        first = "max_tokens" if settings.token_parameter == "auto" else settings.token_parameter
        with self._lock:
            return self._known.get((settings.base_url, model), Abilities(first))

    def learn(self, settings: Settings, model: str, abilities: Abilities) -> None:
        """Remember what worked."""
        with self._lock:
            self._known[settings.base_url, model] = abilities


def body(prompt: Prompt, messages: list[Message], model: str, abilities: Abilities, *, stream: bool) -> dict[str, Any]:
    """Return the request's body: the portable part of chat completions and nothing else."""
    made: dict[str, Any] = {"model": model, "messages": messages, abilities.token_parameter: prompt.most_tokens}
    if stream:
        made["stream"] = True
    if prompt.temperature is not None and abilities.temperature:
        made["temperature"] = prompt.temperature
    if prompt.stop and abilities.stop:
        made["stop"] = list(prompt.stop)
    if prompt.schema is not None and abilities.rung != "prompt":
        made["response_format"] = (
            {"type": "json_object"}
            if abilities.rung == "json_object"
            else {
                "type": "json_schema",
                "json_schema": {"name": prompt.name, "schema": prompt.schema, "strict": True},
            }
        )
    return made
