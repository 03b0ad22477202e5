"""The pages themselves, without a browser: what is drawn, where the buttons lead, what is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from records import Actor, RecordsFull
from ui.identity import MODE
from ui.transcript import BLOCK, SHOWN, in_blocks

if TYPE_CHECKING:
    from pathlib import Path

    from streamlit.testing.v1 import AppTest

    from ui.service import Service

ME = Actor("local")


def words(app: AppTest) -> str:
    """Return everything that stands on the page as text and HTML."""
    kinds = ("title", "header", "subheader", "markdown", "text", "caption", "error", "warning", "info", "html", "code")
    shown = [str(getattr(one, "value", None) or getattr(one, "body", "")) for kind in kinds for one in app.get(kind)]
    return "\n".join(one for one in shown if not one.lstrip().startswith(("<style", "/*")))


def fine(app: AppTest) -> AppTest:
    """Return the page if nothing unforeseen happened on it."""
    assert not app.exception, [one.value for one in app.exception]
    return app


def open_talk(app: AppTest, service: Service, coach: str = "each") -> str:
    visit_id = service.begin(ME, "maya-numb", coach)
    app.query_params["visit"] = visit_id
    fine(app.run())
    return visit_id


def test_the_choice_shows_a_card_for_each_patient(app: AppTest, service: Service) -> None:
    shown = words(fine(app.run()))
    for loaded in service.library().scenarios.values():
        assert f"{loaded.scenario.patient.age}</h3>" in shown
    assert "You have not met yet." in shown
    assert any(button.label.startswith("See ") for button in app.button)


def test_the_way_from_the_choice_through_the_door_into_the_room(app: AppTest, service: Service) -> None:
    app.run()
    app.button(key="see-maya-numb").click().run()
    shown = words(fine(app))
    assert "What you know before you go in" in shown
    assert "Please type nothing about a real patient" in shown
    assert "on this computer" in shown
    app.button(key="go-in").click().run()
    assert fine(app).chat_input(key="say")
    assert service.visits(ME)[0].scenario_id == "maya-numb"


def test_a_reply_is_answered_and_the_coach_says_what_it_did(app: AppTest, service: Service) -> None:
    visit_id = open_talk(app, service)
    app.chat_input(key="say").set_value("What's in the 'I guess'?").run()
    shown = words(fine(app))
    assert "What&#39;s in the &#39;I guess&#39;?" in shown
    assert "Coach, reply 1" in shown
    assert "thinks:" in shown
    assert service.records.visit(ME, visit_id).words == ("What's in the 'I guess'?",)


def test_with_the_coach_off_neither_levels_nor_thoughts_are_told(app: AppTest, service: Service) -> None:
    open_talk(app, service, coach="off")
    app.chat_input(key="say").set_value("What's in the 'I guess'?").run()
    shown = words(fine(app))
    assert "rp-coach" not in shown
    assert "thinks" not in shown
    app.toggle(key="coach").set_value(True).run()
    assert "rp-coach" in words(fine(app))


@pytest.mark.parametrize("refused", ["   ", "x" * 2001])
def test_a_refused_reply_is_explained_and_put_back(app: AppTest, service: Service, refused: str) -> None:
    visit_id = open_talk(app, service)
    app.chat_input(key="say").set_value(refused).run()
    assert len(fine(app).error) == 1
    assert service.records.visit(ME, visit_id).words == ()


def test_a_full_disk_is_a_sentence_and_the_visit_goes_on(app: AppTest, service: Service, monkeypatch) -> None:
    open_talk(app, service)

    def full(*_: object) -> None:
        raise RecordsFull()

    with monkeypatch.context() as patched:
        patched.setattr("records.store.Records.commit_reply", full)
        app.chat_input(key="say").set_value("Hello.").run()
        assert [one.value for one in fine(app).error] == [RecordsFull.sentence]
    app.chat_input(key="say").set_value("Hello.").run()
    assert not fine(app).error


def test_forty_replies_are_drawn_thirty_at_a_time(app: AppTest, service: Service) -> None:
    visit_id = service.begin(ME, "maya-numb", "off")
    for seq in range(1, 41):
        service.say(ME, visit_id, seq, str(seq), f"Question number {seq}?")
    app.query_params["visit"] = visit_id
    shown = words(fine(app.run()))
    assert [f"number {n}?" in shown for n in (40, 11, 10)] == [True, True, False]
    assert [one.label for one in app.expander if "Earlier" in one.label] == ["Earlier in this visit: 10 replies"]


@pytest.mark.parametrize("count", [0, 1, 5, 6, 29, 30, 31, 35, 36, 99])
def test_every_reply_is_in_one_place_and_in_order(count: int) -> None:
    turns = list(range(count))
    early, blocks = in_blocks(turns)  # type: ignore[arg-type]
    assert [*early, *(turn for block in blocks for turn in block)] == turns
    assert sum(map(len, blocks)) <= SHOWN
    assert len(blocks) <= SHOWN // BLOCK + BLOCK
    assert not blocks or len(blocks[-1]) == 1, "the latest reply stands by itself"


def test_the_end_brings_parting_words_and_the_debrief_everything_else(app: AppTest, service: Service) -> None:
    open_talk(app, service)
    app.chat_input(key="say").set_value("What's in the 'I guess'?").run()
    app.button(key="end-now").click().run()
    assert not fine(app).chat_input
    app.button(key="to-debrief").click().run()
    shown = words(fine(app))
    for told in (
        "Four weeks later",
        "never said",
        "Best moment",
        "Open and closed questions",
        "What moved",
        "The rushed one",
    ):
        assert told in shown, told
    assert shown.count("Called for in") == 3, "three skills, each by itself, and nothing above them"


def test_the_debrief_of_a_visit_that_goes_on_is_refused(app: AppTest, service: Service) -> None:
    visit_id = service.begin(ME, "maya-numb", "off")
    app.run()
    app.switch_page("ui/debrief.py")
    app.query_params["visit"] = visit_id
    app.run()
    assert "still going on" in words(fine(app))


def test_your_visits_lists_opens_and_deletes(app: AppTest, service: Service) -> None:
    app.run()
    app.switch_page("ui/your_visits.py").run()
    assert "There are none yet" in words(fine(app))
    visit_id = service.begin(ME, "maya-numb", "off")
    fine(app.run())
    app.button(key=f"delete-{visit_id}").click().run()
    assert "The visit is deleted" in words(fine(app))
    assert service.visits(ME) == []


def test_an_unknown_address_is_a_sentence(app: AppTest) -> None:
    app.query_params["visit"] = "nothing"
    assert "There is no visit at this address" in words(fine(app.run()))


def test_somebody_elses_visit_looks_like_no_visit(app: AppTest, service: Service) -> None:
    app.query_params["visit"] = service.begin(Actor("somebody"), "maya-numb", "off")
    assert "There is no visit at this address" in words(fine(app.run()))


def test_served_to_others_a_browser_without_a_cookie_is_asked_for_one(app: AppTest, monkeypatch) -> None:
    monkeypatch.setattr(MODE, "served_to_others", True)
    assert "keeps no cookie" in words(fine(app.run()))


def test_records_that_cannot_be_opened_are_a_sentence_on_every_page(app: AppTest, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "rapport.db").write_bytes(b"no database at all" * 100)
    for page in ("ui/choose.py", "ui/your_visits.py"):
        app.run()
        app.switch_page(page).run()
        assert "cannot be read" in words(fine(app))


def test_about_names_its_sources_and_its_limits(app: AppTest) -> None:
    app.run()
    app.switch_page("ui/about.py").run()
    shown = words(fine(app))
    assert "Saha and Beach 2011" in shown
    assert "not for marks" in shown


def debriefed(app: AppTest, service: Service) -> str:
    """Open the debrief of a visit with one reply, with the place for an own level open."""
    visit_id = service.begin(ME, "maya-numb", "off")
    service.say(ME, visit_id, 1, "1", "Any side effects?")
    service.end(ME, visit_id)
    app.session_state["own-1"] = True
    app.run()
    app.switch_page("ui/debrief.py")
    app.query_params["visit"] = visit_id
    fine(app.run())
    return visit_id


def test_a_level_of_ones_own_stands_beside_the_scorers_and_can_be_taken_back(app: AppTest, service: Service) -> None:
    visit_id = debriefed(app, service)
    given = service.open(ME, visit_id).turns[0].scorecard.validation.level
    assert given is not None
    assert all(not option.startswith(f"{given} of 4") for option in app.selectbox[0].options)
    assert "word for word" in words(app)
    app.selectbox(key="own-level-1-validation").select(4)
    app.text_area(key="own-why-1-validation").input("It was a *kind* question.")
    app.button(key="own-keep-1").click().run()
    shown = words(fine(app))
    assert "Kept, and thank you" in shown
    assert "You say:" in shown
    assert "It was a *kind* question." in shown
    assert f"{given} of 4" in shown
    [kept] = service.records.own_levels(ME, visit_id)
    assert (kept.level, kept.reason, kept.scorer_level) == (4, "It was a *kind* question.", given)
    app.button(key="own-back-1").click().run()
    assert "You say:" not in words(fine(app))
    assert service.records.own_levels(ME, visit_id) == []


def test_a_level_that_could_not_be_kept_is_a_sentence(app: AppTest, service: Service, monkeypatch) -> None:
    visit_id = debriefed(app, service)

    def full(*_: object) -> None:
        raise RecordsFull()

    with monkeypatch.context() as patched:
        patched.setattr("records.store.Records.set_own_level", full)
        app.button(key="own-keep-1").click().run()
    assert "disk is full" in words(fine(app))
    assert service.records.own_levels(ME, visit_id) == []


def test_the_card_counts_the_disagreements_and_offers_them(app: AppTest, service: Service) -> None:
    debriefed(app, service)
    app.switch_page("ui/trust.py").run()
    assert "Nobody here has set another level yet (rated replies in visits that have ended: 1)" in words(fine(app))
    assert not app.get("download_button")
    app.switch_page("ui/debrief.py")
    app.run()
    app.button(key="own-keep-1").click().run()
    app.switch_page("ui/trust.py").run()
    shown = words(fine(app))
    assert "Where people disagreed" in shown
    assert "set differently from the scorer: 1." in shown
    assert "Shared decisions: the raters" in shown
    assert len(app.get("download_button")) == 1
