"""The honesty card is the one that was measured, on the scorer that stands here."""

from pathlib import Path

import scoring
from scoring.card_page import Disagreements, card_markdown, card_page, shipped_figures, stale_note
from scoring.freshness import changed_since, fingerprints, stamped
from scoring.model import model
from scoring.scorecard import SKILLS

FOLDER = Path(scoring.__file__).parent
FIGURES = shipped_figures()


def test_the_page_is_made_from_the_figures():
    page = (FOLDER.parent / "docs" / "scorer-card.md").read_text(encoding="utf-8")
    assert page == card_markdown(FIGURES), "make it again with: python -m scoring fit"


def test_the_figures_were_measured_on_this_scorer():
    changed = changed_since(FIGURES)
    assert not changed, f"the card speaks of another scorer: {', '.join(changed)} changed; run: python -m scoring fit"
    assert stale_note(FIGURES) == ""


def test_a_change_to_a_cue_a_rating_a_weight_or_the_code_makes_the_card_stale(tmp_path):
    for path in FOLDER.rglob("*"):
        if path.suffix in {".py", ".yaml", ".jsonl", ".json", ".txt"}:
            copy = tmp_path / path.relative_to(FOLDER)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    measured = stamped({}, tmp_path)
    assert measured["measured_on"] == fingerprints(), "line ends are no change"
    for name in ("cues/empathy.yaml", "data/more.jsonl", "data/word_vectors.txt", "weights.json", "reading.py"):
        before = (tmp_path / name).read_bytes()
        (tmp_path / name).write_bytes(before + b" ")
        assert changed_since(measured, tmp_path) == [name]
        (tmp_path / name).write_bytes(before)
    (tmp_path / "cues" / "new.yaml").write_text("{}")
    assert changed_since(measured, tmp_path) == ["cues/new.yaml"]
    assert changed_since({}, tmp_path), "a card that does not say what it was measured on is stale"
    assert "data/contrast.jsonl" not in measured["measured_on"], "the check set is no part of the scorer"


def test_a_stale_card_says_so_where_it_is_shown():
    assert "python -m scoring fit" in stale_note({**FIGURES, "measured_on": {}})


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


def test_disagreements_stand_on_the_card_by_skill_and_direction():
    found = Disagreements(
        40,
        (
            ("validation", 1, 3, 2),
            ("validation", 4, 3, 1),
            ("sdm", None, 2, 5),
            ("sdm", 0, None, 1),
            ("reflection", 2, 0, 1),
        ),
    )
    [section] = [one for one in card_page(FIGURES, found).sections if "disagree" in one.title]
    assert "from the scorer: 10. Rated replies in visits that have ended: 40" in " ".join(section.text.split())
    assert [row[1:] for row in section.tables[0].rows] == [
        ("3", "2", "1", "0", "0"),
        ("1", "0", "1", "0", "0"),
        ("6", "0", "0", "5", "1"),
    ]
    assert "| Shared decisions | 6 | 0 | 0 | 5 | 1 |" in card_markdown(FIGURES, found)


def test_without_disagreements_the_card_says_that_nobody_has_set_a_level():
    assert "Nobody here" in card_markdown(FIGURES, Disagreements(0, ()))
    assert "disagreed" not in card_markdown(FIGURES)


def test_every_row_of_every_table_has_a_cell_for_each_column():
    for section in card_page(FIGURES, Disagreements(3, (("sdm", 1, 2, 1),))).sections:
        for table in section.tables:
            assert table.rows
            assert all(len(row) == len(table.columns) and all(row) for row in table.rows), table.caption
