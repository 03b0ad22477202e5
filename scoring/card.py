"""The figures of the honesty card: how far the scorer agrees with the raters, and where it errs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from scoring.agreement import partial_correlation
from scoring.evaluation import CrossValidated, f1, interval, skill_kappa
from scoring.fitting_data import DATA
from scoring.scorecard import MOVES, SKILLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring.fitting import Workbench

_LEAST_CASES = 10
VOICES = ("standard", "dialect", "texting", "non_native")
"""The kinds of English that errors are shown by."""


def figures(bench: Workbench, result: CrossValidated, spoken: Mapping[str, Any]) -> dict[str, Any]:
    """Return all figures of the card as plain data."""
    rows = range(len(bench.rated))
    groups = bench.group.tolist()
    own = [row for row in rows if bench.rated[row].source in ("panel_dev", "train")]
    panel = [row for row in rows if bench.rated[row].source == "panel_dev"]
    lengths = [len(reply.record["reply"]) for reply in bench.rated]
    skills: dict[str, Any] = {}
    for at, skill in enumerate(SKILLS):
        known = [row for row in rows if bench.levels[row, at] == bench.levels[row, at]]
        wanted = [int(bench.levels[row, at]) for row in known]
        given = [result.levels[skill][row] for row in known]
        low, high = interval(groups, lambda chosen, skill=skill: skill_kappa(bench, result, skill, chosen))
        order = sorted(known, key=lambda row: lengths[row])
        quarter = len(order) // 4
        skills[skill] = {
            "kappa": round(skill_kappa(bench, result, skill, rows), 3),
            "interval": [round(low, 3), round(high, 3)],
            "kappa_panel_and_train": round(skill_kappa(bench, result, skill, own), 3),
            "kappa_panel": round(skill_kappa(bench, result, skill, panel), 3),
            "exact": round(sum(a == b for a, b in zip(wanted, given, strict=True)) / len(known), 3),
            "within_one": round(sum(abs(a - b) <= 1 for a, b in zip(wanted, given, strict=True)) / len(known), 3),
            "length_correlation": round(partial_correlation(given, [lengths[row] for row in known], wanted), 3),
            "error_by_length_quarter": [
                round(_error(bench, result, skill, order[part * quarter : (part + 1) * quarter or None]), 2)
                for part in range(4)
            ],
            "confusion": [
                [sum(a == i and b == j for a, b in zip(wanted, given, strict=True)) for j in range(5)] for i in range(5)
            ],
        }
    voices = voice_of(bench)
    by_voice = {
        voice: {
            "replies": len(members),
            **{
                skill: [
                    round(_error(bench, result, skill, known), 2),
                    round(_lean(bench, result, skill, known), 2),
                ]
                for at, skill in enumerate(SKILLS)
                if (known := [row for row in members if bench.levels[row, at] == bench.levels[row, at]])
            },
        }
        for voice in VOICES
        if (members := [row for row in rows if voices[row] == voice])
    }
    called = {
        skill: round(sum(int(result.called[skill][row]) == int(bench.called[row, at]) for row in known) / len(known), 3)
        for at, skill in enumerate(("reflection", "sdm"))
        if (known := [row for row in rows if bench.called[row, at] == bench.called[row, at]])
    }
    decided = [reply.called("validation") for reply in bench.rated if "validation" in reply.record]
    called["validation"] = round(sum(decided) / len(decided), 3)
    moves: dict[str, dict[str, Any]] = {}
    for move in MOVES:
        cases = sum(m[2] for m in result.matches[move])
        if cases >= _LEAST_CASES:
            low, high = interval(groups, lambda chosen, m=result.matches[move]: f1([m[row] for row in chosen]))
            found = sum(m[1] for m in result.matches[move])
            hits = sum(m[0] for m in result.matches[move])
            moves[move] = {
                "cases": cases,
                "f1": round(f1(result.matches[move]), 3),
                "interval": [round(low, 3), round(high, 3)],
                "precision": round(hits / found, 3) if found else None,
                "recall": round(hits / cases, 3),
            }
    called_all = round(sum(called.values()) / 3, 3)
    return {
        "replies": len(bench.rated),
        "situations": len(set(groups)),
        "skills": skills,
        "voices": by_voice,
        "called_for": {**called, "all": called_all},
        "moves": moves,
        "moves_mean_f1": round(sum(m["f1"] for m in moves.values()) / len(moves), 3),
        "spoken": dict(spoken),
        "summary": {
            **{skill: skills[skill]["kappa"] for skill in SKILLS},
            "called_for": called_all,
            "moves_mean_f1": round(sum(m["f1"] for m in moves.values()) / len(moves), 3),
        },
    }


def voice_of(bench: Workbench) -> list[str]:
    """Return for each reply the English it is written in: as marked in ``data/voices.json``, else standard."""
    marked = json.loads((DATA / "voices.json").read_text(encoding="utf-8"))
    return [marked.get(str(reply.record.get("id", "")), VOICES[0]) for reply in bench.rated]


def _lean(bench: Workbench, result: CrossValidated, skill: Any, rows: Sequence[int]) -> float:
    at = SKILLS.index(skill)
    return float(sum(result.levels[skill][row] - int(bench.levels[row, at]) for row in rows)) / len(rows)


def _error(bench: Workbench, result: CrossValidated, skill: Any, rows: Sequence[int]) -> float:
    at = SKILLS.index(skill)
    return float(sum(abs(int(bench.levels[row, at]) - result.levels[skill][row]) for row in rows)) / len(rows)
