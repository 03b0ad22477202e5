"""What every page shares: the look, the service, the person, and errors as sentences."""

from __future__ import annotations

import logging
import secrets
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import streamlit as st

from records import Actor, RecordsError, data_folder, default_url, open_records
from ui import second, spoken, voice
from ui.drawing import LOOK, piece
from ui.identity import MODE, current_actor
from ui.language import N_, _, worded
from ui.voiced import VoicedService

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ui.service import OpenVisit

CHOOSE, DOOR, TALK, DEBRIEF = "ui/choose.py", "ui/door.py", "ui/talk.py", "ui/debrief.py"
YOUR_VISITS, ABOUT, TRUST, WEIGH = "ui/your_visits.py", "ui/about.py", "ui/trust.py", "ui/weigh.py"
SURPRISE = N_(
    "Something went wrong on this page. Everything you said in a visit is kept. "
    "Please reload the page; if it happens again, go on from “Your visits”."
)


def draw(name: str, /, **values: Any) -> None:
    """Draw one escaped piece."""
    st.html(piece(name, **values))


def look() -> None:
    """Bring in the style sheet."""
    st.html(LOOK)


@st.cache_resource(show_spinner=False)
def _service(url: str) -> VoicedService:
    return VoicedService(open_records(url), voice.at_hand().stream)


def service() -> VoicedService:
    """Return the service, or say in one sentence why there is none and stop the page."""
    try:
        return _service(default_url())
    except RecordsError as error:
        stop(error.sentence)


@st.cache_resource(show_spinner=False)
def _opinions(url: str) -> second.SecondOpinions:
    return second.SecondOpinions(_service(url).records, second.at_hand())


def opinions(visit: OpenVisit) -> dict[int, second.Opinion]:
    """Return the second rater's opinions on an ended visit; none where the records cannot give them just now."""
    try:
        return _opinions(default_url()).of(actor(), visit)
    except RecordsError:
        return {}  # a debrief is whole without them


def may_ask_again(visit: OpenVisit, given: dict[int, second.Opinion]) -> bool:
    """Return True if the second rater can be asked again about replies that it could not rate."""
    return _opinions(default_url()).may_ask_again(visit, given) if given else False


def ask_again(visit: OpenVisit) -> None:
    """Ask the second rater again about the replies that it could not rate."""
    _opinions(default_url()).ask_again(actor(), visit)


def what_is_sent() -> str:
    """Return what leaves the visit, and to whom; empty where nothing does."""
    parts = (voice.at_hand().what_is_sent, spoken.what_is_sent(), second.at_hand().what_is_sent)
    return " ".join(filter(None, parts))


def actor() -> Actor:
    """Return the person at this page, or ask for the cookie by which visits are found again."""
    person = current_actor()
    if person is None:
        stop(
            N_("Your browser keeps no cookie for this page, so your visits could not be found again. Please allow one.")
        )
    return person


def stop(sentence: str) -> NoReturn:
    """Show one sentence and draw nothing more of the page."""
    st.error(worded(sentence))
    st.stop()


@contextmanager
def errors_shown() -> Iterator[None]:
    """Turn an error of the records into its sentence on the page."""
    try:
        yield
    except RecordsError as error:
        stop(error.sentence)


def surprise(error: Exception) -> bool:
    """Show one sentence for what nobody foresaw. The log gets the kind of error and its place, none of the words."""
    logging.getLogger("rapport").error(
        "a page failed: %s at %s",
        type(error).__name__,
        "; ".join(_places(error)),
    )
    st.error(_(SURPRISE))
    return True


def _places(error: Exception) -> list[str]:
    places, at = [], error.__traceback__
    while at is not None:
        places.append(f"{at.tb_frame.f_code.co_name}:{at.tb_lineno}")
        at = at.tb_next
    return places[-4:]


def go(page: str, **parameters: str) -> NoReturn:
    """Go to another page, with its address complete."""
    st.switch_page(page, query_params=parameters)
    raise AssertionError("switch_page does not return")


def visit_in_address() -> str:
    """Return the visit named in the address, or lead back to the choice of patients."""
    visit_id = st.query_params.get("visit", "")
    if not visit_id:
        go(CHOOSE)
    return visit_id


def token_for(visit_id: str, seq: int) -> str:
    """Return this page's token for one reply: the same for each try, another one in another tab."""
    nonce = st.session_state.setdefault("nonce", secrets.token_hex(8))
    return f"{visit_id[:16]}-{nonce}-{seq}"


def place_of_records() -> str:
    """Return where the words are kept, as the end of a sentence."""
    if MODE.served_to_others:
        return _("on the server that shows you this page, and nowhere else")
    return _("on this computer, in %(folder)s, and nowhere else", folder=data_folder())


def who_sees() -> str:
    """Return who can see the words."""
    if MODE.served_to_others:
        return _("Nobody but you sees it on these pages; whoever runs the server could read its files.")
    return _("Whoever uses this computer account can see it.")
