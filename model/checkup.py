"""What `rapport doctor` asks the configured endpoints: a small question for each role, and what the answers say."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, Any

from model.failures import ModelFailure

if TYPE_CHECKING:
    from collections.abc import Iterator

_RUNGS = {
    "json_schema": "takes a JSON schema",
    "json_object": "takes no schema, but can be told to answer in JSON",
    "prompt": "can only be asked for JSON in words",
}


def checkup(model: Any) -> Iterator[tuple[bool, str]]:
    """Yield what was found about a `LanguageModel`, each with whether it is fine. No key is ever among it."""
    settings = model.settings
    where = "on this machine" if settings.is_local else "what is said in a visit is sent there"
    key = "a key is set" if settings.api_key else "no key is set"
    yield True, f"Language model at {settings.shown_address}: {where}; {key}"
    listed = _listed(model)
    for role in ("patient", "judge"):
        name = settings.model_for(role)
        if not name:
            instead = "the scripted voice speaks" if role == "patient" else "there is no second rater"
            yield True, f"RAPPORT_{role.upper()}_MODEL is not set: {instead}"
            continue
        if listed and name not in listed:
            yield False, f'"{name}" is not among the {len(listed)} models that are listed there'
        try:
            settings.check(role)
            yield _voice(model, name) if role == "patient" else _judge(model, name)
        except ModelFailure as failure:
            yield False, f'{"Patient" if role == "patient" else "Judge"} by "{name}": {failure}'
    yield from _spoken(model)


def _spoken(model: Any) -> Iterator[tuple[bool, str]]:
    """Yield whether a tone could be sent to be written down, and a word to be said."""
    spoken = model.spoken
    settings = spoken.settings
    if settings.base_url != model.settings.base_url and (settings.transcription_model or settings.speech_model):
        where = "on this machine" if spoken.is_local else "recordings and the patients' words are sent there"
        key = "a key is set" if settings.api_key else "no key is set"
        yield True, f"Transcription and speech at {spoken.shown_address}: {where}; {key}"
    for role, off in (("transcription", "there is no microphone"), ("speech", "patients are read, not heard")):
        name = settings.model_for(role)
        if not name:
            yield True, f"RAPPORT_{role.upper()}_MODEL is not set: {off}"
            continue
        begun = time.monotonic()
        try:
            made = spoken.trial(role)
        except ModelFailure as failure:
            yield False, f'{role.capitalize()} by "{name}": {failure} So {off}.'
        else:
            voice = f" in the voice {settings.speech_voice}" if role == "speech" else ""
            yield (
                True,
                f'{role.capitalize()} by "{name}"{voice}: answered with {made} after {time.monotonic() - begun:.1f} s',
            )


def _listed(model: Any) -> list[str]:
    try:
        return list(model.client.models())
    except ModelFailure:
        return []  # listing is optional; whether it answers is what the questions find out


def _voice(model: Any, name: str) -> tuple[bool, str]:
    begun = time.monotonic()
    first, pieces = 0.0, 0
    for _ in model.stream("doctor-patient"):
        first = first or time.monotonic() - begun
        pieces += 1
    whole = time.monotonic() - begun
    known = model.known.of(model.settings, name)
    how = f"in {pieces} pieces" if pieces > 1 else "in one piece (it does not stream)"
    extra = "" if known.temperature else "; refuses a temperature"
    return pieces > 1, (
        f'Patient by "{name}": answered {how}, first words after {first:.1f} s, all after {whole:.1f} s; '
        f"limited by {known.token_parameter}{extra}"
    )


def _judge(model: Any, name: str) -> tuple[bool, str]:
    answer = model.ask("doctor-judge")
    try:
        told = json.loads(answer.text)
        kept = isinstance(told, dict) and set(told) == {"reason", "level"} and told["level"] in range(5)
    except (ValueError, TypeError):
        kept = False
    form = "and kept to the form" if kept else "but did not keep to the form: expect ratings to be left out"
    return kept, f'Judge by "{name}": {_RUNGS[answer.rung]}, {form}'
