"""``python -m scoring fit``: makes ``weights.json`` again from the rated replies."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from scoring.fitting import SHIPPED, Workbench, fit_on, load, weights_from
from scoring.model import WEIGHTS


def main(words: Sequence[str]) -> int:
    """Fit on the given files (the shipped ones where none are) and write the weights."""
    import numpy as np

    paths = [Path(word) for word in words[1:] if not word.startswith("--")] or None
    bench = Workbench(load(paths))
    everyone = np.arange(len(bench.rated))
    fitted = fit_on(bench, everyone, np.array([], dtype=int))
    provenance = {
        "data": [str(path) for path in paths] if paths else list(SHIPPED),
        "replies": len(bench.rated),
        "method": "two-stage ridge on named features; see scoring/fitting.py",
    }
    content = weights_from(bench, fitted, provenance)
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    WEIGHTS.write_text(text.replace('],"', '],\n"') + "\n", encoding="utf-8")
    sys.stdout.write(f"{WEIGHTS.name}: {len(bench.rated)} replies\n")
    return 0
