"""``python -m scoring fit``: makes ``weights.json`` again from rated replies; ``python -m scoring card`` measures.

Both print the cross-validated figures. The same data give the same file, byte for byte, on the same kind of machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scoring.card import figures
from scoring.card_page import CARD, card_markdown
from scoring.evaluation import cross_validate, fit_certainty
from scoring.fitting import SHIPPED, Workbench, fit_on, load, weights_from
from scoring.fitting_data import NotRatings
from scoring.fitting_spoken import fit_spoken
from scoring.freshness import stamped
from scoring.model import WEIGHTS, model_from
from scoring.scorecard import SKILLS

if TYPE_CHECKING:
    from collections.abc import Sequence

PAGE = Path(__file__).parent.parent / "docs" / "scorer-card.md"


def main(words: Sequence[str]) -> int:
    """Fit, measure, and write the weights, the card's figures and the card. Returns the exit code."""
    import numpy as np

    parser = argparse.ArgumentParser("python -m scoring fit", description="Fit the scorer's weights on rated replies.")
    parser.add_argument("command", choices=["fit"])
    parser.add_argument("files", nargs="*", type=Path, help="further rated replies, as in scoring/data/README.md")
    parser.add_argument("--spoken", type=Path, help="labelled spoken turns; the shipped table is kept where left out")
    parser.add_argument("--date", default="", help="the date to write into the file")
    parser.add_argument("--quick", action="store_true", help="fit only; keep the measured figures")
    options = parser.parse_args(words)
    old: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    data = Path(__file__).with_name("data")
    try:
        further = load(options.files) if options.files else []  # first, so that a slip in them is told at once
        rated = [*load([data / name for name in SHIPPED]), *further]
    except NotRatings as reason:
        sys.stderr.write(f"{reason}\n")
        return 1
    except (OSError, UnicodeDecodeError) as error:
        sys.stderr.write(f"The rated replies could not be read: {error}\n")
        return 1
    _tell(f"{len(rated)} rated replies were read; fitting")
    bench = Workbench(rated)
    fitted = fit_on(bench, np.arange(len(bench.rated)), np.array([], dtype=int))
    kept = old.get("provenance", {})
    provenance = {
        "data": [*SHIPPED, *(path.name for path in options.files)],
        "replies": len(bench.rated),
        "situations": len(set(bench.group.tolist())),
        "date": options.date or kept.get("date", ""),
        "method": "ridges and forests on named features: clauses to moves, a second look, moves to levels (fitting.py)",
        "spoken": kept.get("spoken", {}),
        "measured": kept.get("measured", {}),
    }
    content = weights_from(bench, fitted, provenance)
    content["certainty"] = old.get("certainty", content["certainty"])
    content["spoken"], content["offsets"] = old.get("spoken", {}), old.get("offsets", {})
    if options.spoken:
        spoken, offsets, agreement = fit_spoken(options.spoken, model_from(content), bench.rated)
        content["spoken"], content["offsets"] = spoken, offsets
        provenance["spoken"] = {
            "data": "AnnoMI, Wu et al. 2022 and 2023, development part, leave-one-dialogue-out; and spoken.jsonl",
            **{name: round(value, 3) for name, value in asdict(agreement).items()},
        }
    if not options.quick:
        result = cross_validate(bench, _tell)
        content["certainty"] = {skill: list(fit_certainty(bench, result, skill)) for skill in SKILLS}
        measured = figures(bench, result, provenance["spoken"])
        provenance["measured"] = measured["summary"]
    content["provenance"] = provenance
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(_on_lines(text) + "\n", encoding="utf-8")
    if not options.quick:  # after the weights, because the card says on which weights it rests
        CARD.write_text(json.dumps(stamped(measured), indent=1, sort_keys=True) + "\n", encoding="utf-8")
        PAGE.write_text(card_markdown(measured), encoding="utf-8")
    sys.stdout.write(json.dumps(provenance, indent=1) + "\n")
    return 0


def _on_lines(text: str) -> str:
    """Return the weights with a line for each row, leaf and tree, so that two files can be compared."""
    return text.replace('],"', '],\n"').replace('","', '",\n"').replace("],[", "],\n[")


def _tell(line: str) -> None:
    """Say on the error stream how far it is."""
    sys.stderr.write(line + "\n")
    sys.stderr.flush()
