"""A scenario that reads well is also played: its patient must do what its author means."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from simulator.checking import changes, check, check_files, files_to_check, report, stamps
from simulator.checking_lines import gives_away, jargon_in, patient_lines, reading_grade, stem
from simulator.checking_trainees import course_of, longest_first, trainees_out_of_order
from simulator.loading import SCENARIOS, Loaded, load_text
from simulator.problems import has_errors
from simulator.reading import read_text
from simulator.trainees import play_as, trainees
from tests.library import library

ONE = (SCENARIOS / "gallery" / "one-concern.yaml").read_text(encoding="utf-8")
STARTER = SCENARIOS / "starter" / "new-patient.yaml"


def found(*changed: tuple[str, str]) -> dict[str, str]:
    text = ONE
    for old, new in changed:
        assert old in text, old
        text = text.replace(old, new)
    scenario, problems = load_text(text, "x.yaml")
    assert scenario is not None, [one.as_text() for one in problems]
    return {one.code: f"{one.line}: {one.message}" for one in check(Loaded(scenario, text, Path("x.yaml")))}


GALLERY = sorted((SCENARIOS / "gallery").glob("*.yaml"))


def test_the_gallery_has_eleven_ideas() -> None:
    assert len(GALLERY) >= 10


@pytest.mark.parametrize("path", [*GALLERY, STARTER], ids=lambda path: path.stem)
def test_what_authors_copy_checks_clean_and_is_small(path: Path) -> None:
    played, problems = check_files([path])
    assert played == 1
    # A level at one moment may shift with the scorer's weights; what an author copies has no other advice open.
    assert [one.as_text() for one in problems if one.code not in {"not-reviewed", "prescribers-alike"}] == []
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 80


def test_the_library_that_ships_has_no_errors() -> None:
    played, problems = check_files(files_to_check(None))
    assert played == len(library())
    assert [one.as_text() for one in problems if one.severity == "error"] == []


@pytest.mark.parametrize(
    "line",
    [
        ("title: Ray wants something strong", "title: Ray's brother died in his sleep"),
        ("{guarded: Not much.,", "{guarded: I lie there and I listen for it.,"),
        ("      patient: No. None.\n", "      patient: My brother died in his sleep.\n"),
    ],
)
def test_a_secret_told_too_early_is_an_error_at_its_line(line: tuple[str, str]) -> None:
    problems = found(line)
    assert "secret-told" in problems
    wanted = next(n for n, row in enumerate(ONE.replace(*line).splitlines(), 1) if line[1].strip() in row)
    assert problems["secret-told"].startswith(f"{wanted}:")


@pytest.mark.parametrize(
    ("line", "secret"),
    [
        ("It's fine. Same as last time, I guess.", "I stopped. Two weeks ago, all of them at once."),
        ("I hear the clock in the hall.", "My brother died in his sleep. So I lie there and I listen for it."),
        ("There are things you just live with, right?", "I don't feel anything. In bed, I mean. Since May."),
        ("", ""),
        ("(looks away)", "(looks away) I take my son's tablets."),
    ],
)
def test_a_line_that_only_lives_in_the_same_house_gives_nothing_away(line: str, secret: str) -> None:
    assert gives_away(line, secret) == []


def test_words_are_compared_without_their_endings() -> None:
    assert {stem("stopped"), stem("stops"), stem("stopping"), stem("stop")} == {"stop"}


def test_a_gate_that_nothing_opens_is_told_with_its_numbers() -> None:
    problems = found(("trust: 46", "trust: 97"))
    assert "the gate asks for 97" in problems["gate-needs-trust"]
    problems = found(("any: [open_question, legitimises]", "any: [checks_understanding]"))
    assert "checks_understanding" in problems["gate-needs-move"]


def test_a_concern_that_nothing_touches_on_needs_a_reason() -> None:
    problems = found(
        ("    leads_to: brother\n", ""),
        ("[brother, loss, dying, afraid]", "[zither]"),
        ("What are you afraid of, lying there?", "What is it like?"),
    )
    assert "zither" in problems["gate-needs-reason"] or "gate-needs-reason" in problems


def test_a_recommended_question_that_opens_nothing_is_a_warning() -> None:
    assert "question-opens-nothing" in found(
        ("What are you afraid of, lying there?", "Any allergies?"), ("It makes sense that the nights are hard. ", "")
    )


def test_a_collaborative_prescriber_who_is_not_better_is_an_error() -> None:
    rushed, collaborative = "Sure, we can do that. Any allergies?", ONE.split("says: You")[1].split("\n")[0]
    problems = found((rushed, "@@"), (f"You{collaborative}", rushed), ("@@", f"'You{collaborative}'"))
    assert {"skill-not-better", "trust-not-better"} <= set(problems)
    assert any(digit in problems["trust-not-better"] for digit in "0123456789")


def test_prescribers_who_talk_alike_are_told_apart_by_a_warning() -> None:
    two = ONE.split("says: You")[1].split("\n")[0]
    assert "prescribers-alike" in found(("Sure, we can do that. Any allergies?", f"'You{two}'"))


def test_an_unreviewed_patient_is_a_warning_and_a_reviewed_one_is_not() -> None:
    assert "not-reviewed" in found()
    assert "not-reviewed" not in found(("format: 1", "format: 1\nreviewed_by: Sam Ortiz, NP"))


def test_a_line_too_long_to_say_and_a_clinicians_word_are_warnings() -> None:
    long = "I lie there. " * 25
    assert "long-line" in found(("Three hours. I hear the clock in the hall.", long.strip()))
    assert "anhedonia" in found(("Three hours. I hear", "Anhedonia. I hear"))["patient-jargon"].lower()
    assert jargon_in("She calls it my 'anhedonia'.") == ""


def test_the_reading_grade_tells_speech_from_an_article() -> None:
    article = (
        "Notwithstanding considerable pharmacological improvement, the persistence of psychological difficulties "
        "continues to necessitate comprehensive interdisciplinary consideration of environmental determinants."
    )
    assert reading_grade(["I sleep. Not much. The clock in the hall is loud."]) < 3
    assert reading_grade([article]) > 15
    assert reading_grade([]) == 0


def test_every_line_of_the_patient_is_looked_at() -> None:
    for loaded in library().values():
        scenario = loaded.scenario
        seen = {line.text for line in patient_lines(scenario)}
        assert {concern.hint for concern in scenario.concerns} <= seen
        assert {moment.patient for moment in scenario.moments} <= seen
        assert {fact.guarded for fact in scenario.facts.values()} <= seen


@pytest.mark.parametrize("typed", ["maya-numb", "maya-numb.yaml"])
def test_a_patient_of_the_library_can_be_checked_by_name_from_anywhere(typed: str, tmp_path: Path) -> None:
    assert files_to_check([Path(typed)]) == [SCENARIOS / "maya-numb.yaml"]
    assert files_to_check([tmp_path / typed]) == [tmp_path / typed], "a place that was named is not another one"


def test_nothing_to_check_is_not_a_pass(tmp_path: Path) -> None:
    assert files_to_check([tmp_path]) == []
    played, problems = check_files([tmp_path / "missing.yaml"])
    assert played == 0
    assert has_errors(problems)


def test_a_saved_file_is_seen_and_a_new_one_too(tmp_path: Path) -> None:
    path = tmp_path / "one-concern.yaml"
    path.write_text(ONE, encoding="utf-8")
    before = stamps([tmp_path])

    def writes_while_watched(_seconds: float) -> None:
        path.write_text(ONE + "# saved\n", encoding="utf-8")
        (tmp_path / "two.yaml").write_text("x", encoding="utf-8")

    watched = changes([tmp_path], wait=writes_while_watched)
    assert sorted(next(watched)) == [path, tmp_path / "two.yaml"]
    assert before != stamps([tmp_path])


def test_the_report_counts_in_words_that_agree() -> None:
    assert report(1, [], "text") == "1 scenario played; 0 errors, 0 warnings."
    assert report(2, [], "json") == "[]"
    assert report(2, [], "github") == ""


if __name__ == "__main__":
    begun = time.perf_counter()
    print(check_files(files_to_check(None))[0], "scenarios", round(time.perf_counter() - begun, 2), "s")
    for one in files_to_check(None):
        begun = time.perf_counter()
        check_files([one])
        print(f"{time.perf_counter() - begun:5.2f} s  {one.name}")


def order(ends: dict[str, int]) -> list[tuple[str, str]]:
    ranks = {name: trainee.ranks for name, trainee in trainees().items()}
    document = read_text(ONE, "x.yaml")
    return [(one.code, one.message) for one in trainees_out_of_order(document, ends, ranks)]


def test_trainees_who_end_in_the_order_of_their_ranks_are_no_problem() -> None:
    assert order({"technically-perfect": 80, "awkward-sincere": 61, "repairs": 60, "rushed": 40, "hostile": 0}) == []


def test_a_patient_who_trusts_who_does_not_listen_is_an_error() -> None:
    (only,) = order({"technically-perfect": 50, "repairs": 30, "rushed": 50, "hostile": 0})
    assert only[0] == "listening-not-rewarded"


@pytest.mark.parametrize(
    ("better", "worse", "others"),
    [
        (("awkward-sincere", 59), ("repairs", 62), {"technically-perfect": 80, "rushed": 40}),
        (("repairs", 38), ("parrot", 41), {"technically-perfect": 80, "warm-undecided": 60}),
    ],
)
def test_a_trainee_out_of_rank_is_a_warning_with_both_ends(
    better: tuple[str, int], worse: tuple[str, int], others: dict[str, int]
) -> None:
    ((code, message),) = order(dict([better, worse]) | others)
    assert code == "trainees-out-of-order"
    assert all(str(part) in message for part in (*better, *worse))


def test_every_trainee_who_speaks_the_patients_language_visits() -> None:
    assert set(longest_first(library()["maya-numb"].scenario)) == set(trainees())
    assert set(longest_first(library()["elvira-insulina"].scenario)) == set(trainees("es"))


def test_a_trainees_visit_is_remembered_by_what_was_told_and_the_trust_it_ended_with() -> None:
    scenario = library()["maya-numb"].scenario
    visit = play_as(scenario, trainees()["technically-perfect"])
    course = course_of(scenario, "technically-perfect")
    told = [turn for turn in visit.turns if turn.disclosed]
    assert told
    assert course.ends == visit.turns[-1].state.trust
    assert list(course.told) == [concern for turn in told for concern in turn.disclosed]
    assert set(course.told.values()) == {(turn.seq, turn.state.trust) for turn in told}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes cannot fork here")
def test_a_second_processor_finds_the_same_in_the_same_order() -> None:
    text = ONE.replace("trust: 46", "trust: 5")
    scenario, _ = load_text(text, "x.yaml")
    assert scenario is not None
    loaded = Loaded(scenario, text, Path("x.yaml"))
    alone = [one.as_text() for one in check(loaded)]
    assert alone
    assert [one.as_text() for one in check(loaded, apart=True)] == alone
