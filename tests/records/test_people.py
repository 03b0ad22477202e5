"""Who may do what with whose visit: the whole matrix, deny by default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pytest

from records import ROLES, Actor, NoSuchVisit, Records, Role

if TYPE_CHECKING:
    from collections.abc import Callable

OWNER = Actor("owner")
ACTS: dict[str, Callable[[Records, Actor, str], object]] = {
    "read": lambda records, actor, visit: records.visit(actor, visit),
    "reply": lambda records, actor, visit: records.commit_reply(actor, visit, 2, "b", "Hello."),
    "answer": lambda records, actor, visit: records.commit_turn(actor, visit, 1, "{}"),
    "coach": lambda records, actor, visit: records.set_coach(actor, visit, "off"),
    "end": lambda records, actor, visit: records.end(actor, visit, "{}"),
    "delete": lambda records, actor, visit: records.delete(actor, visit),
}


@pytest.fixture
def someones(records: Records) -> str:
    visit = records.begin(OWNER, "maya", "", 0, "each")
    records.commit_reply(OWNER, visit, 1, "a", "Private words.")
    return visit


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("whose", ["own", "other"])
@pytest.mark.parametrize("role", ROLES)
def test_practice_is_private_whatever_the_role(
    records: Records, someones: str, role: Role, whose: Literal["own", "other"], act: str
) -> None:
    actor = Actor("owner" if whose == "own" else "somebody", role)
    allowed = whose == "own" or (role == "administrator" and act == "delete")
    if allowed:
        ACTS[act](records, actor, someones)
        return
    with pytest.raises(NoSuchVisit) as theirs:
        ACTS[act](records, actor, someones)
    with pytest.raises(NoSuchVisit) as missing:
        ACTS[act](records, actor, "0" * 32)
    assert theirs.value.sentence == missing.value.sentence, "another person's visit must look like no visit at all"
    assert records.visit(OWNER, someones).words == ("Private words.",)
    assert records.visit(OWNER, someones).status == "talking"


@pytest.mark.parametrize("role", ROLES)
def test_the_list_holds_own_visits_only(records: Records, someones: str, role: Role) -> None:
    assert [one.id for one in records.visits(Actor("owner", role))] == [someones]
    assert records.visits(Actor("somebody", role)) == []


@pytest.mark.parametrize("odd", ["", "\0", "\ud800", "' OR 1=1 --", "%", "x" * 5000, "../visit"])
def test_a_strange_address_is_no_visit(records: Records, someones: str, odd: str) -> None:
    with pytest.raises(NoSuchVisit):
        records.visit(OWNER, odd)
