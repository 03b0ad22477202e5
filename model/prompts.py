"""The prompts: templates in `prompts/`, what each may use, and what is asked of the model for it.

Templates are the project's own; whatever is put into them is only ever a value and is never rendered again.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

PROMPTS = Path(__file__).resolve().parent.parent / "prompts"
EARLIER = "earlier"
"""The name of the context list that may be shortened from its beginning where the whole does not fit."""
_KEPT = 4
"""How many of the latest entries of ``earlier`` are never cut."""
_CHARACTERS_A_TOKEN = 3
"""A cautious guess for English; real tokenizers need fewer tokens than this."""
_INCLUDE = re.compile(r'{%-? include "([a-z.0-9-]+)" -?%}')
Message = dict[str, str]


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing asked of a model."""

    name: str
    role: str
    """patient or judge: whose model is asked."""
    most_tokens: int
    """The longest answer."""
    temperature: float | None
    stop: tuple[str, ...]
    schema: dict[str, Any] | None
    """The answer's JSON schema, where the answer is structured."""
    sha256: str
    """Of the template, what it includes, its settings and its schema, for the record of a rating."""

    def messages(self, context: dict[str, Any], room: int) -> list[Message]:
        """Return the messages, the oldest of ``earlier`` left out where they do not fit into ``room`` tokens."""
        filled = dict(context)
        while True:
            made = self._render(filled)
            earlier = filled.get(EARLIER)
            if tokens_in(made) <= room or not isinstance(earlier, list | tuple) or len(earlier) <= _KEPT:
                return made
            filled[EARLIER] = list(earlier)[1 + (len(earlier) - _KEPT) // 4 :]

    def _render(self, context: dict[str, Any]) -> list[Message]:
        template = _environment().get_template(f"{self.name}.md.j2")
        made = []
        for role in ("system", "user"):
            block = template.blocks[role]
            text = "".join(block(template.new_context(context))).strip()
            made.append({"role": role, "content": text})
        return made


def tokens_in(messages: list[Message]) -> int:
    """Return a cautious estimate of the tokens in the messages: a third of the characters, and four a message."""
    return sum(len(m["content"]) // _CHARACTERS_A_TOKEN + 4 for m in messages)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    from jinja2 import FileSystemLoader

    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(PROMPTS),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def prompt(name: str) -> Prompt:
    """Return a prompt by its name.

    Raises:
        KeyError: there is no such prompt.
    """
    asked = yaml.safe_load((PROMPTS / "prompts.yaml").read_text(encoding="utf-8"))[name]
    template = (PROMPTS / f"{name}.md.j2").read_text(encoding="utf-8")
    schema = None
    if asked.get("schema"):
        schema = json.loads((PROMPTS / asked["schema"]).read_text(encoding="utf-8"))
    included = [(PROMPTS / file).read_text(encoding="utf-8") for file in _INCLUDE.findall(template)]
    whole = json.dumps([template, included, asked, schema], sort_keys=True, ensure_ascii=False)
    return Prompt(
        name,
        asked["role"],
        int(asked["most_tokens"]),
        asked.get("temperature"),
        tuple(asked.get("stop", ())),
        schema,
        hashlib.sha256(whole.encode()).hexdigest(),
    )
