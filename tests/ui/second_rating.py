"""A second rater that answers as it is told to, and an ended visit for it to rate."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from language_model import LanguageModel, Settings
from raters import Judge, rubric_in_use
from records import Actor
from scoring import SKILLS
from ui.second import SecondRater

if TYPE_CHECKING:
    from tests.fake_model import FakeModel
    from ui.service import Service

ME, TEACHER = Actor("local"), Actor("teacher", "educator")
ME_TEACHING = Actor("local", "educator")
SAID = "Okay, here is your refill then."


def rating(level: int | None, quote: str = SAID) -> str:
    one = {"reason": "So it reads to me.", "quotes": [quote], "called_for": level is not None, "level": level}
    return json.dumps({"addressed_to_rater": [], **dict.fromkeys(SKILLS, one)})


def rater(fake: FakeModel, name: str = "judge") -> SecondRater:
    model = LanguageModel(
        Settings(base_url=fake.url, judge_model=name, read_seconds=10, total_seconds=20, backoff_seconds=0.001)
    )
    return SecondRater(Judge(model.ask, rubric_in_use()).rate, model.settings.shown_address, True, 2)


def ended(service: Service, *replies: str) -> Any:
    visit_id = service.begin(ME, "maya-numb", "off")
    for seq, reply in enumerate(replies or (SAID,), 1):
        service.say(ME, visit_id, seq, f"t{seq}", reply)
    service.end(ME, visit_id)
    return service.open(ME, visit_id)
