"""The honesty card is the one that was measured."""

import json
from pathlib import Path

import scoring
from scoring.card import card_markdown
from scoring.model import model
from scoring.scorecard import SKILLS

FOLDER = Path(scoring.__file__).parent
FIGURES = json.loads((FOLDER / "scorer_card.json").read_text(encoding="utf-8"))


def test_the_page_is_made_from_the_figures():
    page = (FOLDER.parent / "docs" / "scorer-card.md").read_text(encoding="utf-8")
    assert page == card_markdown(FIGURES), "make it again with: python -m scoring fit"


def test_the_weights_carry_the_figures_of_the_card():
    assert model().provenance["measured"] == FIGURES["summary"]


def test_the_weights_say_where_they_are_from():
    provenance = model().provenance
    for name in provenance["data"]:
        assert (FOLDER / "data" / name).exists()
    assert provenance["replies"] == FIGURES["replies"]
    assert provenance["date"]
    assert provenance["method"]


def test_the_scorer_does_not_lean_on_length():
    for skill in SKILLS:
        assert abs(FIGURES["skills"][skill]["length_correlation"]) <= 0.10, skill
