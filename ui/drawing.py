"""Pieces of a page as HTML out of the templates in ``pieces/``, every value escaped. Knows no Streamlit."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from ui import language, wording
from ui.marking import marked, spoken
from ui.plain import initials

if TYPE_CHECKING:
    from jinja2 import Environment

    from simulator.scenario import Scenario

PIECES = Path(__file__).with_name("pieces")
LOOK = Path(__file__).with_name("look.css")


@cache
def environment() -> Environment:
    """Return the template environment: escaping always on, an unknown name an error. Templates ship with the app."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(PIECES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(  # type: ignore[attr-defined]
        language.look_up, language.look_up_count, newstyle=True
    )
    made.filters |= {
        "worded": language.worded,
        "initials": initials,
        "spoken": spoken,
        "signed": signed,
        "paragraphs": paragraphs,
        "share": share,
        "ratio": ratio,
    }
    made.globals |= {"words": wording, "marked": marked}
    return made


def piece(name: str, /, **values: Any) -> str:
    """Return one piece as HTML. Values may hold any text; none of it becomes markup."""
    given = {"language": language.current(), "theirs": _theirs(values.get("scenario")), **values}
    return environment().get_template(f"{name}.html.j2").render(given)


def _theirs(scenario: Scenario | None) -> str:
    """Return the attribute for words out of a scenario or a visit; empty where they are in the page's language."""
    spoken_in = scenario.language if scenario is not None else language.told_in()
    return Markup(' lang="{}"').format(spoken_in) if spoken_in not in {"", language.current()} else ""


def paragraphs(text: str) -> list[str]:
    """Return a text's paragraphs; line ends within one are where its author's editor wrapped, and mean nothing."""
    return [" ".join(one.split()) for one in re.split(r"\n\s*\n", text.strip())]


def signed(amount: int) -> str:
    """Return an amount with its sign, with a real minus."""
    return f"+{amount}" if amount > 0 else f"\N{MINUS SIGN}{-amount}" if amount < 0 else "0"


def share(value: float | None) -> str:
    """Return a share 0–1 as a percentage, a dash where there was nothing to take a share of."""
    return "–" if value is None else wording.percent(value)


def ratio(value: float | None) -> str:
    """Return a ratio with one decimal, a dash where there was nothing to divide by."""
    return "–" if value is None else wording.decimal(value)
