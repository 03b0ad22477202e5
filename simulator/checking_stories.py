"""What can be checked in the stories of the four weeks after: nothing of the visit is taken for granted in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from simulator.checking_lines import in_language
from simulator.defaults import default_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from simulator.problems import Problem
    from simulator.reading import Document, Path_
    from simulator.scenario import Scenario


def check_stories(document: Document, scenario: Scenario) -> Iterator[Problem]:
    """Yield a warning for each story that says outright what was or was not said, though it may be told of either.

    The story of the changed plan is told only where something was said, and so are a concern's own.
    """
    if not scenario.concerns:
        return
    general = {str(text) for text in default_words(scenario.language)["four_weeks_later"].values()}
    once_said = [one.four_weeks_later for one in scenario.concerns if one.four_weeks_later is not None]
    told: list[tuple[Path_, str, bool]] = [
        (("four_weeks_later", key), text, any(getattr(one, key, None) for one in once_said))
        for key, text in scenario.four_weeks_later
        if key != "changed_plan" and text and text not in general
    ]
    told += [
        (("other_ways", number, "four_weeks_later"), way.four_weeks_later, False)
        for number, way in enumerate(scenario.other_ways)
        if way.four_weeks_later
    ]
    for path, text, has_another in told:
        for kind in ("unsaid", "said"):
            words = takes_for_granted(text, kind, scenario.language)
            if words and not (kind == "unsaid" and has_another):
                yield document.at("story-presupposes", *document.place(path, key=True), words=words, taken=kind)


def takes_for_granted(story: str, kind: str, language: str = "en") -> str:
    """Return the words by which a story takes something for unsaid or for said; empty where there are none."""
    plain = " ".join(story.casefold().replace("’", "'").split())
    return next((words for words in in_language(language)["stories"][kind] if words in plain), "")
