"""What a person sees of the second rater: at the door, in the debrief, and on the page of whoever teaches."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from markupsafe import escape

import language_model
import second_rater
from records import Actor, open_records
from tests.fake_model import FakeModel
from tests.ui.second_rating import ME, SAID, ended, rating
from tests.ui.test_pages import fine, words
from ui import second
from ui.identity import MODE
from ui.second import SecondRater
from ui.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

ME_TEACHING = Actor("local", "educator")


@pytest.fixture
def fake() -> Iterator[FakeModel]:
    with FakeModel() as server:
        server.answers = [rating(4)]
        yield server


@pytest.fixture
def with_judge(fake: FakeModel, monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let the settings name the fake server as the second rater, and forget it afterwards."""
    cached = (language_model.configured, language_model.patient_voice, second_rater.at_hand)
    monkeypatch.setenv("OPENAI_BASE_URL", fake.url)
    monkeypatch.setenv("RAPPORT_JUDGE_MODEL", "judge")
    for one in cached:
        one.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    for one in cached:
        one.cache_clear()
    second.use(SecondRater())


def debrief(app: AppTest, url: str) -> tuple[AppTest, str]:
    """Go through the door, say one thing, end the visit and read the debrief once all is rated."""
    records = open_records(url)
    app.run()
    service = Service(records)
    visit = ended(service)
    app.query_params["visit"] = visit.record.id
    app.switch_page("ui/debrief.py").run()
    from ui import frame

    opinions = frame._opinions(url)
    assert opinions.wait(30)
    fine(app.run())
    records.close()
    return app, visit.record.id


@pytest.mark.usefixtures("with_judge")
def test_the_door_says_before_the_first_reply_what_goes_to_the_second_rater(app: AppTest) -> None:
    app.run()
    app.button(key="see-maya-numb").click().run()
    shown = words(fine(app))
    assert "rates them as a second rater" in shown
    assert "without your name" in shown


@pytest.mark.usefixtures("with_judge")
def test_the_debrief_shows_both_levels_and_says_where_they_are_far_apart(app: AppTest, url: str) -> None:
    shown = words(debrief(app, url)[0])
    assert "A second rater" in shown
    assert 'Language model: <span class="rp-level">4 of 4' in shown
    assert 'Rapport: <span class="rp-level">' in shown
    assert "Two raters see this differently." in shown
    assert "Being rated" not in shown


def test_a_level_near_by_is_not_called_a_difference(app: AppTest, url: str, with_judge: Any, fake: FakeModel) -> None:
    fake.answers = [rating(1)]
    shown = words(debrief(app, url)[0])
    assert "1 of 4" in shown
    assert "Two raters see this differently." not in shown


def test_the_debrief_is_whole_while_the_rater_takes_its_time(
    app: AppTest, url: str, with_judge: Any, fake: FakeModel
) -> None:
    fake.piece_seconds = 0.3
    app.run()
    records = open_records(url)
    visit = ended(Service(records))
    records.close()
    app.query_params["visit"] = visit.record.id
    shown = words(fine(app.switch_page("ui/debrief.py").run()))
    assert "Being rated by a language model" in shown
    assert "0 of 1 so far" in shown
    assert "Levels of this reply" in shown


def test_a_dead_rater_leaves_the_debrief_whole(app: AppTest, url: str, with_judge: pytest.MonkeyPatch) -> None:
    with_judge.setenv("RAPPORT_JUDGE_MODEL", "fault:quota")
    shown = words(debrief(app, url)[0])
    assert "Not rated:" in shown
    assert "Levels of this reply" in shown
    assert "Language model: <span" not in shown


def test_the_debrief_lets_the_rater_be_asked_again_after_an_outage(
    app: AppTest, url: str, with_judge: pytest.MonkeyPatch, fake: FakeModel
) -> None:
    fake.answers = ["no rating"]
    page, _ = debrief(app, url)
    assert "could not rate 1 of your 1 replies" in words(page)
    fake.answers = [rating(4)]
    page.button(key="second-again").click().run()
    from ui import frame

    assert frame._opinions(url).wait(30)
    shown = words(fine(page.run()))
    assert 'Language model: <span class="rp-level">4 of 4' in shown
    assert "could not rate" not in shown


def test_the_median_of_several_runs_is_shown_and_every_answer_kept(
    app: AppTest, url: str, with_judge: pytest.MonkeyPatch, fake: FakeModel
) -> None:
    with_judge.setenv("RAPPORT_JUDGE_RUNS", "3")
    fake.answers = [rating(4), rating(1), rating(3)]
    page, visit_id = debrief(app, url)
    assert 'Language model: <span class="rp-level">3 of 4' in words(page)
    records = open_records(url)
    (kept,) = records.second_ratings(ME, visit_id)
    records.close()
    assert json.loads(kept.raw_json) == [rating(4), rating(1), rating(3)]


@pytest.mark.usefixtures("with_judge")
def test_an_educator_weighs_on_a_page_what_the_raters_see_far_apart(
    app: AppTest, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    debrief(app, url)
    monkeypatch.setattr(MODE, "educator", True)
    shown = words(fine(app.switch_page("ui/weigh.py").run()))
    assert "Without your level: 1 of 1." in shown
    assert SAID in shown
    assert "So it reads to me." in shown, "the language model's reason is missing"
    records = open_records(url)
    (reply,) = records.to_weigh(ME_TEACHING)
    case = json.loads(reply.case_json)
    skill = case["apart"][0]
    assert str(escape(case["scorer_because"][skill])) in shown, "the scorer's reason is missing"
    app.selectbox(key=f"weigh-{reply.number}-{skill}").set_value(1)
    app.text_area(key=f"weigh-why-{reply.number}").set_value("<b>Curt</b>, but polite.")
    app.button(key=f"weigh-keep-{reply.number}").click().run()
    shown = words(fine(app))
    assert "Without your level: 0 of 1." in shown
    assert "&lt;b&gt;Curt&lt;/b&gt;, but polite." in shown
    app.button(key=f"weigh-back-{reply.number}").click().run()
    assert "Without your level: 1 of 1." in words(fine(app))
    records.close()


@pytest.mark.usefixtures("with_judge")
@pytest.mark.parametrize("served", [False, True])
def test_a_trainee_sees_no_reply_on_the_educators_page(
    app: AppTest, url: str, monkeypatch: pytest.MonkeyPatch, served: bool
) -> None:
    debrief(app, url)
    if served:  # the setting has no effect then
        monkeypatch.setattr(MODE, "served_to_others", True)
        monkeypatch.setattr(MODE, "educator", True)
    app.switch_page("ui/weigh.py").run()
    shown = words(app)
    assert SAID not in shown
    assert "So it reads to me." not in shown
    if not served:
        assert "This page is for whoever teaches here." in shown
    assert not app.exception
