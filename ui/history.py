"""What a person's list of visits says about one patient. Knows no Streamlit."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ui import wording
from ui.language import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from records import VisitSummary
    from simulator.scenario import Scenario


def still_going(visits: Sequence[VisitSummary]) -> VisitSummary | None:
    """Return the latest visit that has begun to be talked in and has not ended."""
    return next((one for one in visits if one.status == "talking" and one.replies), None)


def outcome_of(visit: VisitSummary) -> dict[str, str]:
    """Return a visit's outcome as it was kept; empty where it has not ended."""
    kept = json.loads(visit.outcome_json) if visit.outcome_json else {}
    return kept if isinstance(kept, dict) else {}


def last_time(visits: Sequence[VisitSummary], scenario: Scenario) -> str | None:
    """Return one line about the last attempt at a patient, or None where there was none."""
    name = scenario.patient.name.split()[0]
    last = next((one for one in visits if one.scenario_id == scenario.id), None)
    if last is None:
        return None
    day = wording.day(last.last_at)
    if last.status == "talking":
        return _(
            "Last time, on %(day)s: still going, %(replies)s so far.", day=day, replies=wording.replies(last.replies)
        )
    decision = wording.decision(str(outcome_of(last).get("decision", "")), name)
    return _("Last time, on %(day)s: %(decision)s", day=day, decision=decision)
