"""The honesty card: how far the scorer agrees with the raters, where it errs, and what it cannot see."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.agreement import partial_correlation
from scoring.content import load_yaml
from scoring.evaluation import CrossValidated, f1, interval, skill_kappa
from scoring.rubric import rubric
from scoring.scorecard import MOVES, SKILLS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scoring.fitting import Workbench

WORDING = Path(__file__).with_name("card.yaml")
_LEAST_CASES = 10


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
    called = {
        skill: round(
            sum(int(result.called[skill][row]) == int(bench.called[row, at]) for row in rows) / len(bench.rated), 3
        )
        for at, skill in enumerate(("reflection", "sdm"))
    }
    called["validation"] = round(
        sum(1 for reply in bench.rated if reply.record["validation"] is not None) / len(bench.rated), 3
    )
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


def _error(bench: Workbench, result: CrossValidated, skill: Any, rows: Sequence[int]) -> float:
    at = SKILLS.index(skill)
    return float(sum(abs(int(bench.levels[row, at]) - result.levels[skill][row]) for row in rows)) / len(rows)


def card_markdown(measured: Mapping[str, Any]) -> str:
    """Return the card as a page of Markdown."""
    words = load_yaml(WORDING)
    guide = rubric()
    lines = [f"# {words['title']}", "", words["opening"].format(**measured).strip(), "", f"## {words['skills']}", ""]
    lines += [
        words["skills_note"].strip(),
        "",
        "| " + " | ".join(words["skill_columns"]) + " |",
        "| --- " * len(words["skill_columns"]) + "|",
    ]
    for skill in SKILLS:
        row = measured["skills"][skill]
        lines.append(
            f"| {guide.skills[skill].name} | {row['kappa']:.2f} ({row['interval'][0]:.2f}–{row['interval'][1]:.2f}) "
            f"| {words['raters'][skill]} | {row['exact']:.0%} | {row['within_one']:.0%} "
            f"| {row['length_correlation']:+.2f} "
            f"| {' · '.join(f'{e:.2f}' for e in row['error_by_length_quarter'])} |"
        )
    lines += ["", words["called_for"].format(**measured["called_for"]).strip(), ""]
    for skill in SKILLS:
        lines += [f"### {guide.skills[skill].name}: {words['confusion']}", ""]
        lines += ["| | 0 | 1 | 2 | 3 | 4 |", "| --- | --- | --- | --- | --- | --- |"]
        for level, counts in enumerate(measured["skills"][skill]["confusion"]):
            lines.append(f"| {level} {guide.skills[skill].levels[level].name} | " + " | ".join(map(str, counts)) + " |")
        lines.append("")
    lines += [f"## {words['moves']}", "", words["moves_note"].format(mean=measured["moves_mean_f1"]).strip(), ""]
    lines += ["| " + " | ".join(words["move_columns"]) + " |", "| --- " * len(words["move_columns"]) + "|"]
    for move, row in sorted(measured["moves"].items(), key=lambda item: -item[1]["f1"]):
        precision = "–" if row["precision"] is None else f"{row['precision']:.2f}"
        lines.append(
            f"| {guide.moves[move].label} | {row['cases']} | {row['f1']:.2f} "
            f"({row['interval'][0]:.2f}–{row['interval'][1]:.2f}) | {precision} | {row['recall']:.2f} |"
        )
    lines += [
        "",
        f"## {words['spoken']}",
        "",
        words["spoken_note"].strip(),
        "",
        "| " + " | ".join(words["spoken_columns"]) + " |",
    ]
    lines.append("| --- " * len(words["spoken_columns"]) + "|")
    for name, label in words["spoken_rows"].items():
        if name in measured["spoken"]:
            lines.append(f"| {label['label']} | {measured['spoken'][name]:.2f} | {label['people']} |")
    lines += ["", f"## {words['blind']}", "", *(f"- {line}" for line in words["blind_spots"]), ""]
    return "\n".join(lines)
