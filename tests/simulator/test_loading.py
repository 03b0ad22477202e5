"""One broken file never hides the others, and the library never reaches outside its folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from simulator.defaults import DEFAULTS, default_words
from simulator.loading import load_file, load_folder, load_text

GOOD = (Path(__file__).parent / "unusual" / "no-line-at-the-end.yaml").read_text(encoding="utf-8")


def put(folder: Path, name: str, text: str = GOOD) -> Path:
    path = folder / f"{name}.yaml"
    path.write_text(text.replace("ray-sleep", name), encoding="utf-8")
    return path


def test_the_library_that_ships_loads_without_a_problem() -> None:
    library = load_folder()
    assert [one.as_text() for one in library.problems] == []
    assert len(library.scenarios) >= 4


def test_a_broken_file_is_named_and_the_others_can_be_played(tmp_path: Path) -> None:
    put(tmp_path, "a-good")
    put(tmp_path, "b-broken", GOOD.replace("title:", "tilte:"))
    put(tmp_path, "c-good")
    library = load_folder(tmp_path)
    assert list(library.scenarios) == ["a-good", "c-good"]
    assert {Path(one.file).name for one in library.problems} == {"b-broken.yaml"}


def test_a_file_must_be_called_as_its_patient(tmp_path: Path) -> None:
    path = tmp_path / "other.yaml"
    path.write_text(GOOD, encoding="utf-8")
    loaded, problems = load_file(path)
    assert loaded is None
    assert [(one.code, one.line) for one in problems] == [("name-differs", 2)]


def test_two_files_may_not_share_an_id(tmp_path: Path) -> None:
    put(tmp_path, "ray-sleep")
    (tmp_path / "ray-sleep.yml").write_text(GOOD, encoding="utf-8")
    library = load_folder(tmp_path)
    assert list(library.scenarios) == ["ray-sleep"]
    assert [one.code for one in library.problems] == ["same-id"]


def test_a_link_to_a_place_outside_the_folder_is_refused(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (inside / "ray-sleep.yaml").symlink_to(put(outside, "ray-sleep"))
    library = load_folder(inside)
    assert not library.scenarios
    assert [one.code for one in library.problems] == ["cannot-open"]


def test_a_folder_or_file_that_cannot_be_read_is_one_problem(tmp_path: Path) -> None:
    assert [one.code for one in load_folder(tmp_path / "nowhere").problems] == ["cannot-open"]
    (tmp_path / "folder.yaml").mkdir()
    assert [one.code for one in load_folder(tmp_path).problems] == ["cannot-open"]
    assert [one.code for one in load_file(tmp_path / "missing.yaml")[1]] == ["cannot-open"]


def test_a_warning_does_not_keep_a_patient_out() -> None:
    scenario, problems = load_text(GOOD.replace("Sure. Any allergies?", "You're my #1 patient."), "x.yaml")
    assert scenario is not None
    assert [one.severity for one in problems] == ["warning"]


def test_a_small_scenario_is_a_complete_one() -> None:
    scenario, problems = load_text(GOOD, "x.yaml")
    assert scenario is not None
    assert not problems
    assert len(GOOD.splitlines()) <= 40
    assert scenario.opening == scenario.moments[0].patient
    assert "Ray" in scenario.four_weeks_later.kept
    assert "{" not in scenario.model_dump_json().replace('{"', "").replace("{}", "")
    assert scenario.concerns[0].hint
    assert scenario.concerns[0].would_have_opened.endswith("?")


def test_what_the_author_wrote_is_never_treated_as_a_template() -> None:
    scenario, _problems = load_text(GOOD.replace("Three hours, on a good night.", '"{name} {0} {{7*7}}"'), "x.yaml")
    assert scenario is not None
    assert scenario.facts["sleep"].open == "{name} {0} {{7*7}}"


@pytest.mark.parametrize("path", sorted(DEFAULTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_words_for_what_is_left_out_are_all_there(path: Path) -> None:
    words, english = default_words(path.stem), default_words("en")
    assert set(words) == set(english)
    for group in ("ending", "four_weeks_later"):
        assert set(words[group]) == set(english[group])


def test_a_patient_whose_name_got_another_ending_is_told_of_and_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "ray-sleep")
    (tmp_path / "mine.yaml.txt").write_text("title: Mine", encoding="utf-8")
    (tmp_path / "Yours.docx").write_bytes(b"PK")
    (tmp_path / "README.md").write_text("notes", encoding="utf-8")
    (tmp_path / "~$Yours.docx").write_bytes(b"")
    library = load_folder(tmp_path)
    assert [(one.code, one.file.rpartition("/")[2]) for one in library.problems if one.severity == "error"] == [
        ("other-ending", "Yours.docx"),
        ("other-ending", "mine.yaml.txt"),
    ]
    assert list(library.scenarios) == ["ray-sleep"]
