"""How soon the patient's first words stand on the page once a model has begun to send them, in Chromium.

A server that speaks OpenAI's protocol over HTTP runs beside the app and notes when it sends each piece. Each visit is
begun afresh. The model says what was decided, word for word, after words of its own where told so. Two clocks run until
the first words of the answer stand in the page: from the model's first piece, and from the piece with which the first
words have passed the guards (some words are held back, so that a line is stopped before it says what it must not).
Prints a JSON line.

    python benchmarks/first_words.py [--visits 40] [--replies 1] [--first 0.5] [--piece 0.03] [--lead TEXT]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from playwright.sync_api import sync_playwright  # noqa: E402

from benchmarks.page_turn import spin  # noqa: E402
from run import find_chromium  # noqa: E402
from simulator.encounter import Encounter  # noqa: E402
from simulator.improvised import ImprovisedVoice, reword  # noqa: E402
from simulator.loading import load_folder  # noqa: E402
from tests.browser.conftest import ARGUMENTS  # noqa: E402
from tests.browser.served import Served  # noqa: E402
from tests.browser.steps import SCENARIO, begin, settled  # noqa: E402
from tests.fake_model import FakeModel  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

ASKED = (
    "What's in the 'I guess'?",
    "How have you been sleeping?",
    "And how are things at home?",
    "How is work?",
    "What would matter most to you, if we changed something?",
    "How is your appetite?",
    "What does a day look like for you?",
    "Who knows how you are doing?",
    "How is your energy?",
    "What worries you about the pills?",
)
"""What is said, in turn; a visit that goes on asks them again with a number behind."""
PIECE = 5
"""Characters that the server sends at once, about what a token of English holds."""
WATCH = """number => {
    window.firstWords = null;
    const look = () => {
        const words = document.querySelectorAll('.rp-say.them .words')[number];
        if (window.firstWords === null && words && words.textContent.trim()) {
            window.firstWords = (performance.timeOrigin + performance.now()) / 1000;
        }
    };
    window.watching?.disconnect();
    window.watching = new MutationObserver(look);
    window.watching.observe(document.body, {subtree: true, childList: true, characterData: true});
}"""


@dataclass
class Pieces:
    """An answer whose pieces are counted as they are taken."""

    line: str
    taken: int = 0
    model: str = "counted"
    prompt_sha256: str = ""
    finish: str | None = "stop"

    def __iter__(self) -> Iterator[str]:
        """Yield the pieces as the server cuts them."""
        for at in range(0, len(self.line), PIECE):
            self.taken += 1
            yield self.line[at : at + PIECE]

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Line:
    """One answer: what was asked, the answer, and with which of its pieces, from 1, words may be shown."""

    asked: str
    words: str
    passes: int
    by_model: bool


def spoken(seed: int, replies: int, lead: str = "") -> list[Line]:
    """Return the answers of a visit, the model saying what was decided, with words of its own before it if any."""
    scenario = load_folder().scenarios[SCENARIO].scenario
    encounter = Encounter(scenario, seed)
    made = []
    for number in range(replies):
        asked = ASKED[number % len(ASKED)] + (f" ({number})" if number >= len(ASKED) else "")
        before = list(encounter.turns)
        turn = encounter.reply(asked)
        pieces = Pieces(lead + turn.patient)
        shown_at: list[int] = []
        voice = ImprovisedVoice(scenario, lambda *_, pieces=pieces, **__: pieces)
        wording = voice.word(
            turn, before, encounter.opening, lambda _, at=shown_at, pieces=pieces: at.append(pieces.taken)
        )
        by_model = wording.voice == "improvised"
        assert by_model or not pieces.taken, f"{turn.patient}: {wording.withdrawn}"
        if by_model:
            reword(encounter, wording)
        made.append(Line(asked, pieces.line, shown_at[0] if by_model else 0, by_model))
    return made


def measure(visits: int, replies: int, first: float, piece: float, lead: str = "") -> list[tuple[float, float]]:
    """Return for each answer the seconds from the model's first piece, and from the first words' passing the guards."""
    path = find_chromium()
    if path is None:
        sys.exit("No Chromium here (Debian: sudo apt install chromium).")
    took = []
    with tempfile.TemporaryDirectory() as folder, FakeModel() as fake, sync_playwright() as playwright:
        fake.first_seconds, fake.piece_seconds = first, piece
        os.environ |= {"OPENAI_BASE_URL": fake.url, "RAPPORT_PATIENT_MODEL": "fake"}
        app = Served(Path(folder))
        app.start()
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        try:
            for seed in range(visits):
                page = browser.new_page(viewport={"width": 1280, "height": 800})
                box = begin(page, app.url)
                for number, line in enumerate(spoken(seed, replies, lead), 1):
                    fake.answers = [line.words]
                    fake.sent.clear()
                    page.evaluate(WATCH, number)
                    box.fill(line.asked)
                    box.press("Enter")
                    page.wait_for_function("() => window.firstWords")
                    seen = page.evaluate("() => window.firstWords")
                    page.get_by_text(f"Coach, reply {number}", exact=True).wait_for()
                    settled(page)
                    if line.by_model:
                        took.append((seen - fake.sent[0][0], seen - fake.sent[line.passes - 1][0]))
                page.close()
        finally:
            browser.close()
            app.kill()
    return took


def summary(took: list[float]) -> dict[str, float]:
    """Return the figures of one clock, in seconds."""
    return {
        "median_s": round(statistics.median(took), 3),
        "p95_s": round(sorted(took)[max(0, round(len(took) * 0.95) - 1)], 3),
        "first_s": round(took[0], 3),
        "most_s": round(max(took), 3),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=40)
    parser.add_argument("--replies", type=int, default=1, help="replies in each visit, each of them measured")
    parser.add_argument("--first", type=float, default=0.5, help="seconds from the request to the first piece")
    parser.add_argument("--piece", type=float, default=0.03, help="seconds between two pieces")
    parser.add_argument("--lead", default="", help='words of the model before what was decided, such as "Honestly, "')
    asked = parser.parse_args()
    took = measure(asked.visits, asked.replies, asked.first, asked.piece, asked.lead)
    print(
        json.dumps(
            {
                "visits": asked.visits,
                "answers": len(took),
                "first_piece_after_s": asked.first,
                "seconds_a_piece": asked.piece,
                "held_back_s": round(statistics.median(one - other for one, other in took), 3),
                "from_first_piece": summary([one for one, _ in took]),
                "from_words_that_passed": summary([other for _, other in took]),
                "machine": {"load_1min": round(os.getloadavg()[0], 1), "loop_s": round(spin(), 2)},
            }
        )
    )


if __name__ == "__main__":
    main()
