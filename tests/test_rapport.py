"""The command line: what it prints can be read by a program, and what goes wrong is a sentence."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from rapport import app

ROOT = Path(__file__).resolve().parent.parent
SKILLS = {"validation", "reflection", "sdm"}


def rapport(*words: str, typed: str | None = None) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(words), input=typed)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize("who", ["rushed", "collaborative"])
def test_a_prescriber_can_be_played_as_json(who: str) -> None:
    code, out, _ = rapport("play", "maya-numb", "--as", who, "--json")
    assert code == 0
    visit = json.loads(out)
    assert len(visit["turns"]) == 8
    for number, turn in enumerate(visit["turns"], 1):
        assert turn["seq"] == number
        assert turn["patient"].strip()
        assert set(turn["levels"]) == SKILLS
        assert {"trust", "heard", "willingness"} <= set(turn["state"])
        assert all(0 <= turn["state"][name] <= 100 for name in ("trust", "heard", "willingness"))
        for move in turn["moves"]:
            assert turn["clinician"][move["start"] : move["end"]] == move["quote"]
        for change in turn["changes"]:
            assert set(change) >= {"what", "by", "because"}
    outcome = visit["outcome"]
    assert outcome["decision"] in {"willing", "unsure", "unwilling"}
    said = {one for turn in visit["turns"] for one in turn["disclosed"]}
    assert said == set(outcome["disclosed"])
    assert said.isdisjoint(outcome["never_said"])


def test_a_file_of_replies_is_played_line_by_line(tmp_path: Path) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text("What's in the 'I guess'?\n\nThat sounds lonely.\n", encoding="utf-8")
    code, out, _ = rapport("play", "maya-numb", "--as", str(replies), "--json")
    assert code == 0
    assert [turn["clinician"] for turn in json.loads(out)["turns"]] == [
        "What's in the 'I guess'?",
        "That sounds lonely.",
    ]


def test_an_interactive_visit_answers_each_line_with_one_object_and_ends_with_the_outcome() -> None:
    code, out, _ = rapport("play", "maya-numb", "--interactive", typed="How have you been?\n\nGoodbye then.\n")
    assert code == 0
    opening, first, refused, second, last = [json.loads(line) for line in out.splitlines()]
    assert opening["opening"]
    assert (first["seq"], second["seq"]) == (1, 2)
    assert "refused" in refused, "a blank reply is refused with a sentence, and the visit goes on"
    assert last["outcome"]["decision"]


def test_a_person_at_a_terminal_talks_in_words_and_an_empty_line_ends_the_visit() -> None:
    pty = pytest.importorskip("pty")
    me, other = pty.openpty()
    command = [sys.executable, "-m", "rapport", "play", "maya-numb", "--interactive"]
    os.write(me, b"How have you been?\n\n")
    done = subprocess.run(command, stdin=other, capture_output=True, text=True, timeout=60, cwd=ROOT, check=False)
    os.close(me)
    os.close(other)
    assert done.returncode == 0, done.stderr
    assert "{" not in done.stdout
    assert done.stdout.count("Maya Torres: ") == 3, "she opens, answers and takes her leave"
    assert "Decision: " in done.stdout


def test_the_same_seed_and_replies_give_the_same_visit(rated_anew: None) -> None:
    words = ("play", "leroy-nights", "--as", "collaborative", "--json", "--seed", "7")
    assert rapport(*words) == rapport(*words)


def test_help_tells_every_verb_in_full_in_the_order_in_which_people_need_them() -> None:
    code, out, _ = rapport("--help")
    assert code == 0
    listed = out.partition("Commands:")[2]
    assert "..." not in listed
    assert [line.split()[0] for line in listed.splitlines() if line[2:3].strip()] == list(app.commands)
    assert "the schema, the reference, the pages of problems." in " ".join(listed.split())


def test_words_that_the_command_line_does_not_know_end_with_2_and_a_way_out() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "rapport", "chek"], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert done.returncode == 2
    assert "Did you mean 'check'?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_misspelt_scenario_gets_a_suggestion() -> None:
    code, _, err = rapport("play", "maya-num")
    assert code == 1
    assert 'Did you mean "maya-numb"?' in err


def test_a_name_that_is_nobody_lists_who_there_is() -> None:
    code, _, err = rapport("play", "maya-numb", "--as", "nobody")
    assert code == 1
    assert "rushed, collaborative" in err


def test_an_empty_file_of_replies_is_said(tmp_path: Path) -> None:
    empty = tmp_path / "none.txt"
    empty.write_text("\n\n", encoding="utf-8")
    code, _, err = rapport("play", "maya-numb", "--as", str(empty))
    assert code == 1
    assert "no replies" in err


def test_checking_a_broken_file_ends_with_1_and_names_the_line(tmp_path: Path) -> None:
    broken = tmp_path / "x.yaml"
    broken.write_text("format: 1\nid: x\ntitel: Hello\n", encoding="utf-8")
    code, out, _ = rapport("check", str(broken))
    assert code == 1
    assert "line 3, column 1" in out
    assert 'Did you mean "title"?' in out


def test_the_doctor_speaks_plainly() -> None:
    _, out, _ = rapport("doctor")
    assert "patients can be met" in out
    assert "Traceback" not in out


def test_a_file_of_replies_is_rated_and_a_bad_line_does_not_stop_the_rest(tmp_path: Path) -> None:
    source, out = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    good = {"id": "a", "patient": "I can't sleep since the crash.", "reply": "No wonder, after what you saw."}
    source.write_text(f"{json.dumps(good)}\nnot json\n{json.dumps({**good, 'id': 'b'})}\n", encoding="utf-8")
    code, _, _ = rapport("score", str(source), "--out", str(out))
    assert code == 1, "a line was left out, and the exit code says so"
    rated = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rated] == ["a", "b"]
    for row in rated:
        assert set(row) >= SKILLS | {"moves", "main"}
        assert all(quote in good["reply"] for skill in SKILLS for quote in row[skill]["evidence"])


def test_the_outcomes_keep_the_size_of_the_effect_honest() -> None:
    code, out, _ = rapport("outcomes", "--seeds", "1", "--json")
    assert code == 0
    found = json.loads(out)["all"]
    assert 0 < found["rushed"] < found["collaborative"] <= 1


def test_the_scorers_own_error_rates_can_be_read() -> None:
    code, out, _ = rapport("scorer-card")
    assert code == 0
    assert "What it cannot see" in out


def test_replies_that_two_raters_see_differently_are_exported_in_nobodys_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from records import Actor, KeptRating, default_url, open_records

    monkeypatch.delenv("RAPPORT_DATABASE_URL", raising=False)
    monkeypatch.setenv("RAPPORT_DATA", str(tmp_path / "data"))
    assert rapport("export-two-apart")[:2] == (0, "")
    assert not (tmp_path / "data").exists(), "looking must make no file"
    records, somebody = open_records(default_url()), Actor("browser-1")
    visit_id = records.begin(somebody, "maya-numb", "", 0, "off")
    records.commit_reply(somebody, visit_id, 1, "t", "Okay.")
    records.end(somebody, visit_id, "{}")
    records.keep_second_rating(
        somebody, visit_id, KeptRating(1, "m", "p", "r", "{}", "[]", "", True, '{"reply": "Okay."}')
    )
    records.close()
    assert rapport("export-two-apart", "--out", str(tmp_path / "apart.jsonl"))[0] == 0
    assert (tmp_path / "apart.jsonl").read_text(encoding="utf-8") == '{"reply": "Okay."}\n'
    code, _, err = rapport("export-two-apart", "--out", str(tmp_path))
    assert code == 1
    assert "cannot be written" in err


@pytest.fixture
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("RAPPORT_DATABASE_URL", raising=False)
    monkeypatch.setenv("RAPPORT_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def test_the_card_and_the_export_make_no_records_where_there_are_none(own_data: Path) -> None:
    code, out, _ = rapport("scorer-card")
    assert code == 0
    assert "## Levels" in out
    assert "disagreed" not in out
    code, out, told = rapport("export-disagreements")
    assert (code, out) == (0, "")
    assert "0 replies" in told
    assert not own_data.exists()


def test_levels_that_people_set_are_exported_for_the_fit_and_counted_on_the_card(own_data: Path) -> None:
    from records import Actor, default_url, open_records
    from scoring.fitting_data import load
    from ui.own_levels import set_own_level
    from ui.service import Service

    me = Actor("somebody")
    service = Service(open_records(default_url()))
    visit_id = service.begin(me, "maya-numb", "off")
    service.say(me, visit_id, 1, "1", "Any side effects?")
    service.end(me, visit_id)
    visit = service.open(me, visit_id)
    set_own_level(service.records, me, visit, visit.turns[0], "validation", 4, "Kind.")
    service.records.close()
    out = own_data / "own.jsonl"
    code, _, told = rapport("export-disagreements", "--out", str(out))
    assert code == 0
    assert "1 reply" in told
    assert "look through them" in told
    [rated] = load([out])
    assert rated.record["validation"] == 4
    assert "| Validation | 1 | 1 | 0 | 0 | 0 |" in rapport("scorer-card")[1]


def test_records_that_cannot_be_read_are_a_sentence_at_the_command_line_too(own_data: Path) -> None:
    own_data.mkdir()
    (own_data / "rapport.db").write_bytes(b"no database at all" * 100)
    code, _, told = rapport("export-disagreements")
    assert code == 1
    assert "cannot be read" in told
    code, out, told = rapport("scorer-card")
    assert code == 0
    assert "cannot be read" in told
    assert "## Levels" in out
