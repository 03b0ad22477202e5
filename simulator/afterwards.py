"""What an educator writes about how a visit ends: parting words, the four weeks after, and other ways to agree on."""

from __future__ import annotations

from typing import Literal

from pydantic import ConfigDict, Field

from simulator.fields import Line, Name, Strict, Text

Step = Literal["switch", "lower", "wait", "stop", "keep", "start", "test", "refer", "talk"]


class Ending(Strict):
    """The patient's parting words."""

    model_config = ConfigDict(title="ending")
    willing: Line = Field(description="Parting words when they will do what was agreed.")
    unsure: Line = Field(description="Parting words when they have not decided.")
    unwilling: Line = Field(description="Parting words when they will not.")


class FourWeeks(Strict):
    """What happened four weeks later: one possible story for each way it can go."""

    model_config = ConfigDict(title="four_weeks_later")
    kept: Text = Field(description="They took it as agreed.")
    halved: Text = Field(description="They took some of it, some of the time.")
    stopped_told: Text = Field(description="They stopped, and said so.")
    stopped_hidden: Text = Field(description="They stopped, and hid it.")
    never_began: Text = Field(
        default="", description="They had not said yes in the visit, and did not do it. Left out: general words."
    )
    tried_later: Text = Field(
        description="They had not said yes in the visit, and did it later of their own accord. Left out: general words."
    )
    changed_plan: Text | None = Field(
        None, description="If a concern changes the plan: what happened where it was said and the plan was changed."
    )
    nothing_agreed: Text | None = Field(
        None, description="Nothing was agreed in the visit, and things went on as they were. Left out: general words."
    )


class OnceSaid(Strict):
    """Stories of the four weeks after in place of the scenario's own, once a concern was said in the visit."""

    model_config = ConfigDict(title="four_weeks_later of a concern")
    kept: Text | None = Field(None, description="They took it as agreed, and this had been said.")
    halved: Text | None = Field(None, description="They took some of it, and this had been said.")
    stopped_told: Text | None = Field(None, description="They stopped and said so, and this had been said.")
    stopped_hidden: Text | None = Field(None, description="They stopped and hid it, and this had been said.")
    never_began: Text | None = Field(None, description="They did not begin, and this had been said.")
    tried_later: Text | None = Field(None, description="They did it later, and this had been said.")


class OtherWay(Strict):
    """Another way than the plan on the table, that a clinician may offer and the patient agree to."""

    id: Name = Field(description="A short name for it in this file, such as bupropion.")
    name: Line = Field(description="What it is, in full, as the debrief names it: medicine, dose, when.")
    called: tuple[Line, ...] = Field(
        min_length=1,
        description="Words by which a clinician names it, such as the medicine and its brands: bupropion, wellbutrin.",
    )
    sort: Step = Field(
        "switch",
        description="What sort of step it is. Named in general words, as in “so we switch” or “let's wait”, it is this "
        "one that is meant.",
    )
    changed_plan: bool = Field(
        False,
        description="True if it is what four_weeks_later tells of under changed_plan: the way to take once something "
        "was confided that changes the plan.",
    )
    four_weeks_later: Text | None = Field(
        None,
        description="What happened four weeks later where it was agreed on and kept to. It must be true whatever was "
        "confided. Left out: general words that name it.",
    )
