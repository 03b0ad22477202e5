"""A second rater beside the embedded one: a language model that the entry has handed down, asked after a visit.

Workers rate the replies of an ended visit, keep what came of it and never draw; pages only look on. Nobody waits for
them in a visit: there are fewer workers than places at the model, so that patients can always be worded.
"""

from __future__ import annotations

import json
import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from raters import disagreements
from raters.addressed import addressed_places
from records import KeptRating, NoSuchVisit
from scoring import SKILLS
from ui.handed import Handed, whereabouts
from ui.language import N_, _
from ui.reply_case import reply_case
from ui.working import trouble_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from raters import SecondRating
    from records import Actor, Records
    from simulator.turn import Turn
    from ui.service import OpenVisit

EARLIER = 12
"""How many of the patient's earlier lines the second rater is shown, as many as the embedded one reads."""
_SURPRISE = N_("Something went wrong while this reply was being rated.")


@dataclass(frozen=True, slots=True)
class SecondRater:
    """A model that may rate, and where it is."""

    rate: Callable[..., SecondRating] | None = None
    """``rate(reply, patient_words, earlier, situation, flagged)``; None where there is no second rater."""
    address: str = ""
    on_this_machine: bool = True
    at_once: int = 1
    """How many replies are rated at the same time."""

    @property
    def told(self) -> str:
        """What is kept with a visit as the place that was named before it; empty where there is no second rater."""
        return self.address if self.rate is not None else ""

    @property
    def what_is_sent(self) -> str:
        """What goes to the second rater and who may see what comes of it; empty where there is none."""
        if self.rate is None:
            return ""
        where = whereabouts(self.address, on_this_machine=self.on_this_machine)
        return _(
            "After the visit, your replies go to %(where)s, which rates them as a second rater, together with what the "
            "patient said and the plan on the table. Your name, address and anything else about you is never sent. "
            "Whoever teaches here or runs this place can read and export the replies on which the two raters stand far "
            "apart, word for word, without your name.",
            where=where,
        )


_rater = Handed(SecondRater())
use, at_hand = _rater.use, _rater.at_hand


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the second rater says about one reply, ready to draw."""

    skills: dict[str, Any]
    """Level, called_for, because, evidence and not_rated for each skill; empty while it is being rated."""
    model: str = ""
    apart: tuple[str, ...] = ()
    """Skills on which the two raters stand two levels or more apart."""
    not_rated: str = ""
    """Why no skill was rated; empty otherwise."""
    rubric_version: str = ""

    @property
    def waiting(self) -> bool:
        """Return True while the reply is being rated."""
        return not self.skills and not self.not_rated


class SecondOpinions:
    """The second ratings of ended visits: what is kept, and what is under way in this process."""

    def __init__(self, records: Records, rater: SecondRater) -> None:
        """Take the records and the rater; no worker is started before there is something to rate."""
        self._records = records
        self._rater = rater
        self._under_way: set[tuple[str, int]] = set()
        self._trouble: dict[tuple[str, int], str] = {}
        self._todo: queue.SimpleQueue[tuple[Actor, OpenVisit, Turn, Callable[..., SecondRating]]] = queue.SimpleQueue()
        self._workers = 0
        self._changed = threading.Condition()

    def of(self, actor: Actor, visit: OpenVisit) -> dict[int, Opinion]:
        """Return the second opinion on each reply of an ended visit; what is missing is being rated from now on.

        A visit is rated only by whom its person was told about before it began; without that there is none.
        """
        if not visit.ended:
            return {}
        visit_id, opinions = visit.record.id, {}
        may_be_asked = self._may_be_asked(visit)
        with self._changed:  # so that a rating that is kept meanwhile is not begun again
            kept = {one.seq: one for one in self._records.second_ratings(actor, visit_id)}
            for turn in visit.turns:
                key = (visit_id, turn.seq)
                if key in self._under_way:
                    opinions[turn.seq] = Opinion({})
                elif turn.seq in kept:
                    opinions[turn.seq] = _opinion(kept[turn.seq], turn)
                elif key in self._trouble:
                    opinions[turn.seq] = Opinion({}, not_rated=self._trouble[key])
                elif may_be_asked:
                    opinions[turn.seq] = Opinion({})
                    self._ask(actor, visit, turn)
        return opinions

    def may_ask_again(self, visit: OpenVisit, opinions: dict[int, Opinion]) -> bool:
        """Return True if there are replies that could not be rated, and somebody is there who may rate them."""
        return self._may_be_asked(visit) and any(one.not_rated for one in opinions.values())

    def ask_again(self, actor: Actor, visit: OpenVisit) -> None:
        """Let the replies of an ended visit be rated that could not be rated before; what was rated stands.

        Raises:
            RecordsError: The ratings could not be read, or it is not this person's visit; nothing is asked.
        """
        if not visit.ended or not self._may_be_asked(visit):
            return
        with self._changed:
            rated = {one.seq for one in self._records.second_ratings(actor, visit.record.id) if not one.failure}
            for turn in visit.turns:
                key = (visit.record.id, turn.seq)
                if turn.seq not in rated and key not in self._under_way:
                    self._trouble.pop(key, None)
                    self._ask(actor, visit, turn)

    def _may_be_asked(self, visit: OpenVisit) -> bool:
        return self._rater.rate is not None and self._rater.told == visit.record.second_rater

    def _ask(self, actor: Actor, visit: OpenVisit, turn: Turn) -> None:
        if self._rater.rate is not None:
            self._under_way.add((visit.record.id, turn.seq))
            self._todo.put((actor, visit, turn, self._rater.rate))
            self._more_hands()

    def wait(self, seconds: float) -> bool:
        """Wait until nothing is being rated; False where something still is after these seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, seconds)

    def _more_hands(self) -> None:
        if self._workers < min(self._rater.at_once, len(self._under_way)):
            self._workers += 1
            threading.Thread(target=self._work, daemon=True, name=f"second-rater-{self._workers}").start()

    def _work(self) -> None:
        while True:
            actor, visit, turn, rate = self._todo.get()
            trouble = ""
            with suppress(NoSuchVisit):  # deleted meanwhile: nothing of it is asked or kept
                trouble = trouble_in(
                    partial(self._rate, actor, visit, turn, rate), "a reply could not be rated", _SURPRISE, NoSuchVisit
                )
            with self._changed:
                key = (visit.record.id, turn.seq)
                self._under_way.discard(key)
                if trouble:
                    self._trouble[key] = trouble
                self._changed.notify_all()

    def _rate(self, actor: Actor, visit: OpenVisit, turn: Turn, rate: Callable[..., SecondRating]) -> None:
        visit_id = visit.record.id
        if any(one.seq == turn.seq and not one.failure for one in self._records.second_ratings(actor, visit_id)):
            return  # another process was quicker
        case = reply_case(visit, turn, EARLIER)
        flagged = addressed_places(turn.reading)
        second = rate(turn.clinician, turn.heard_words, case["earlier"], case["context"], flagged)
        made = second.as_json()
        skills = {skill: made[skill] for skill in SKILLS}
        apart = disagreements(turn.scorecard, second)
        case |= {"scorer": turn.scorecard.levels(), "second": skills, "apart": list(apart), "model": second.model}
        case["scorer_because"] = {skill: turn.scorecard[skill].because for skill in apart}
        rating = KeptRating(
            turn.seq, second.model, second.prompt_sha256, second.rubric_version, _json(skills),
            _json(list(second.raw_answers)), second.failure[:64], bool(apart), _json(case),
        )  # fmt: skip
        self._records.keep_second_rating(actor, visit_id, rating)


def _opinion(kept: KeptRating, turn: Turn) -> Opinion:
    skills = json.loads(kept.skills_json)
    why = next((one["not_rated"] for one in skills.values() if one["not_rated"]), "") if kept.failure else ""
    case = json.loads(kept.case_json)
    # What was far apart then may not be so with a later version's levels: it is shown as it stood when it was rated.
    stands = case["scorer"] == turn.scorecard.levels()
    return Opinion(skills, kept.model, tuple(case["apart"]) if stands else (), why, kept.rubric_version)


def as_data(opinions: dict[int, Opinion]) -> list[dict[str, Any]]:
    """Return what the second rater said in one visit as plain data, for the person's own download."""
    return [
        {"seq": seq, "model": one.model, "rubric_version": one.rubric_version, "skills": one.skills,
         "apart": list(one.apart), "not_rated": one.not_rated}
        for seq, one in sorted(opinions.items())
        if not one.waiting
    ]  # fmt: skip


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def two_apart_lines(records: Records, actor: Actor) -> str:
    """Return the replies on which the raters stand far apart, as JSON lines without names, ids or visit ids."""
    return "".join(case + "\n" for case in records.two_apart_given(actor))
