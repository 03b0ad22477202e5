"""The honesty card as a page: the same sections and tables for the documentation, the command line and the app."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.content import load_yaml
from scoring.freshness import changed_since
from scoring.rubric import rubric
from scoring.scorecard import SKILLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WORDING = Path(__file__).with_name("card.yaml")
CARD = Path(__file__).with_name("scorer_card.json")
Pair = tuple[str, int | None, int | None, int]
"""A skill, the scorer's level, a person's level (None: not called for), and how often."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row names the row."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its text, its tables and its points, in this order."""

    title: str
    text: str = ""
    tables: tuple[Table, ...] = ()
    after: str = ""
    """Text between the first table and the others."""
    points: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Disagreements:
    """How often people at this place set another level than the scorer."""

    rated_replies: int
    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class CardPage:
    """The whole card."""

    title: str
    opening: str
    generated: str
    sections: tuple[Section, ...]


def shipped_figures() -> dict[str, Any]:
    """Return the figures of the card that comes with the scorer."""
    figures: dict[str, Any] = json.loads(CARD.read_text(encoding="utf-8"))
    return figures


def card_page(measured: Mapping[str, Any], disagreements: Disagreements | None = None) -> CardPage:
    """Return the card.

    Args:
        measured: The figures, as ``scorer_card.json`` holds them.
        disagreements: What people at this place made of the levels; left out of the card where nobody asked them.
    """
    words = load_yaml(WORDING)
    sections = [_levels(measured, words)]
    if disagreements is not None:
        sections.append(_disagreed(disagreements, words["disagreements"]))
    sections += [_voices(measured, words["voices"]), _moves(measured, words), _spoken(measured, words)]
    sections.append(Section(words["blind"], points=tuple(words["blind_spots"])))
    return CardPage(
        words["title"], words["opening"].format(**measured).strip(), words["generated"].strip(), tuple(sections)
    )


def stale_note(measured: Mapping[str, Any]) -> str:
    """Return a sentence where the scorer has changed since the figures were measured, else nothing."""
    return str(load_yaml(WORDING)["stale"]).strip() if changed_since(measured) else ""


def card_markdown(measured: Mapping[str, Any], disagreements: Disagreements | None = None) -> str:
    """Return the card as a page of Markdown."""
    page = card_page(measured, disagreements)
    lines = [f"# {page.title}", "", f"{page.opening} {page.generated}", ""]
    for section in page.sections:
        lines += [f"## {section.title}", ""]
        lines += [section.text, ""] if section.text else []
        for number, table in enumerate(section.tables):
            lines += [f"### {table.caption}", ""] if number else []
            lines += [_row(table.columns), "| --- " * len(table.columns) + "|", *map(_row, table.rows), ""]
            lines += [section.after, ""] if section.after and not number else []
        lines += [*(f"- {point}" for point in section.points), ""] if section.points else []
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"


def _levels(measured: Mapping[str, Any], words: Mapping[str, Any]) -> Section:
    guide = rubric()
    rows, confusions = [], []
    for skill in SKILLS:
        row = measured["skills"][skill]
        rows.append(
            (
                guide.skills[skill].name,
                f"{row['kappa']:.2f} ({row['interval'][0]:.2f}–{row['interval'][1]:.2f})",
                words["raters"][skill],
                f"{row['exact']:.0%}",
                f"{row['within_one']:.0%}",
                f"{row['length_correlation']:+.2f}",
                " · ".join(f"{e:.2f}" for e in row["error_by_length_quarter"]),
            )
        )
        confusions.append(
            Table(
                f"{guide.skills[skill].name}: {words['confusion']}",
                (words["raters_level"], "0", "1", "2", "3", "4"),
                tuple(
                    (f"{level} {guide.skills[skill].levels[level].name}", *map(str, counts))
                    for level, counts in enumerate(row["confusion"])
                ),
            )
        )
    table = Table(words["skills"], tuple(words["skill_columns"]), tuple(rows))
    called = words["called_for"].format(**measured["called_for"]).strip()
    return Section(words["skills"], words["skills_note"].strip(), (table, *confusions), called)


def _disagreed(found: Disagreements, words: Mapping[str, Any]) -> Section:
    total = sum(pair[3] for pair in found.pairs)
    if not total:
        return Section(words["title"], words["none"].format(rated=found.rated_replies).strip())
    rows = []
    for skill in SKILLS:
        own = [pair for pair in found.pairs if pair[0] == skill]
        higher = sum(n for _, was, now, n in own if was is not None and now is not None and now > was)
        lower = sum(n for _, was, now, n in own if was is not None and now is not None and now < was)
        called = sum(n for _, was, now, n in own if was is None and now is not None)
        not_called = sum(n for _, was, now, n in own if was is not None and now is None)
        rows.append(
            (rubric().skills[skill].name, *map(str, (sum(p[3] for p in own), higher, lower, called, not_called)))
        )
    table = Table(words["title"], tuple(words["columns"]), tuple(rows))
    return Section(words["title"], words["note"].format(total=total, rated=found.rated_replies).strip(), (table,))


def _voices(measured: Mapping[str, Any], words: Mapping[str, Any]) -> Section:
    rows = tuple(
        (
            words["rows"][voice],
            str(found["replies"]),
            *(f"{found[skill][0]:.2f} ({found[skill][1]:+.2f})" for skill in SKILLS),
        )
        for voice in words["rows"]
        if (found := measured["voices"].get(voice))
    )
    columns = (*words["columns"], *(rubric().skills[skill].name for skill in SKILLS))
    return Section(words["title"], words["note"].strip(), (Table(words["title"], columns, rows),))


def _moves(measured: Mapping[str, Any], words: Mapping[str, Any]) -> Section:
    rows = tuple(
        (
            rubric().moves[move].label,
            str(row["cases"]),
            f"{row['f1']:.2f} ({row['interval'][0]:.2f}–{row['interval'][1]:.2f})",
            "–" if row["precision"] is None else f"{row['precision']:.2f}",
            f"{row['recall']:.2f}",
        )
        for move, row in sorted(measured["moves"].items(), key=lambda item: -item[1]["f1"])
    )
    table = Table(words["moves"], tuple(words["move_columns"]), rows)
    return Section(words["moves"], words["moves_note"].format(mean=measured["moves_mean_f1"]).strip(), (table,))


def _spoken(measured: Mapping[str, Any], words: Mapping[str, Any]) -> Section:
    rows = tuple(
        (label["label"], f"{measured['spoken'][name]:.2f}", label["people"])
        for name, label in words["spoken_rows"].items()
        if name in measured["spoken"]
    )
    table = Table(words["spoken"], tuple(words["spoken_columns"]), rows)
    return Section(words["spoken"], words["spoken_note"].strip(), (table,))
