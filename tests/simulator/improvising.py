"""A model that says what it was told to say, and the page on which a patient's line appears, for the tests of wording."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from simulator.encounter import Encounter
from simulator.improvised import ImprovisedVoice
from tests.library import library

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.scenario import Scenario

LIBRARY = {name: loaded.scenario for name, loaded in library().items() if loaded.scenario.language == "en"}


class Scripted:
    """A model that says what it was told to say, in pieces, one answer for each time it is asked."""

    def __init__(self, *answers: str | Exception, size: int = 3) -> None:
        self.answers = list(answers)
        self.asked: list[dict[str, Any]] = []
        self.size = size

    def __call__(self, prompt: str, **context: Any) -> Speech:
        self.asked.append(context)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return Speech(answer, self.size)


class Speech:
    model, prompt_sha256 = "fake", "p" * 64

    def __init__(self, answer: str | Exception, size: int) -> None:
        self.answer, self.size = answer, size
        self.finish: str | None = None

    def __iter__(self) -> Iterator[str]:
        if isinstance(self.answer, Exception):
            raise self.answer
        for at in range(0, len(self.answer), self.size):
            yield self.answer[at : at + self.size]
        self.finish = "stop"

    def close(self) -> None:
        pass


class Page:
    """What somebody at the page sees, with everything that was ever on it."""

    def __init__(self) -> None:
        self.text = ""
        self.ever = ""

    def show(self, more: str) -> None:
        self.text += more
        self.ever += more

    def withdraw(self) -> None:
        self.text = ""
        self.ever += "\n"


def asked(scenario: Scenario, *replies: str) -> Encounter:
    encounter = Encounter(scenario)
    for reply in replies:
        encounter.reply(reply)
    return encounter


@cache
def asked_about_sleep(scenario: str) -> Encounter:
    """A patient of the library after one plain question; shared, so it may be looked at and worded, not replied to."""
    return asked(LIBRARY[scenario], "How have you been sleeping?")


def worded(encounter: Encounter, *answers: str | Exception, **more: Any) -> tuple[Any, Page, Scripted]:
    page, model = Page(), Scripted(*answers)
    voice = ImprovisedVoice(encounter.scenario, model)
    wording = voice.word(encounter.turns[-1], encounter.turns[:-1], encounter.opening, page.show, page.withdraw, **more)
    return wording, page, model


def maya_asked() -> Encounter:
    """Maya after one plain question, which she has answered."""
    encounter = asked(LIBRARY["maya-numb"], "How have you been sleeping?")
    assert encounter.turns[-1].patient == "Okay. I sleep."
    return encounter
