"""The scenario: what an educator writes about one patient and one visit, one YAML file each.

The models are strict: an unknown field is a problem, never ignored. Every field carries the sentence that
editors, the reference page and the error messages show. Reading and error wording live in ``reading.py``
and ``loading.py``; nothing here opens a file.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=600)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
SkillName = Literal["validation", "reflection", "sdm"]
Speech = Literal["terse", "chatty", "formal", "teenage", "anxious", "weary"]
Wariness = Literal["being managed", "being judged", "being rushed", "being talked down to", "empty promises"]

FormatNumber = Annotated[Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value)]
"""Hand-written files hold text only, so the number arrives as typed."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Visit(_Strict):
    """The kind of visit and where it takes place."""

    kind: Literal["follow-up", "intake", "review", "urgent"] = Field(
        "follow-up", description="What sort of visit it is."
    )
    setting: Line = Field("outpatient clinic", description="Where it takes place, in a few words.")
    minutes: int = Field(20, ge=5, le=60, description="How long the visit is booked for.")


class Temperament(_Strict):
    """How the patient starts out and what moves them most."""

    trust: int = Field(40, ge=5, le=90, description="Trust at the door, 0–100.")
    willingness: int = Field(
        50, ge=5, le=95, description="Willingness to take what is on the table, at the door, 0–100."
    )
    warms_to: SkillName | None = Field(None, description="The skill that counts a little more for this patient.")
    wary_of: Wariness | None = Field(
        None, description="The kind of treatment that costs a little more with this patient."
    )


class Patient(_Strict):
    """Who the patient is."""

    name: Line
    age: int = Field(ge=5, le=110)
    pronouns: Line = "they/them"
    manner: Line = Field("", description="How they come across: voice, pace, gestures.", min_length=0)
    speech: Speech = Field("terse", description="Which everyday stock of answers fits how they talk.")
    story: Text = Field(description="Who they are and what led here. Never shown to the trainee before the end.")
    temperament: Temperament = Temperament()


class Fact(_Strict):
    """What the patient says when asked about a topic, guarded or open."""

    guarded: Line = Field(description="What they say while they hold back.")
    open: Line = Field(description="What they say once they trust you.")
    asked_as: tuple[Line, ...] = Field((), description="Further words that ask about it, for topics of your own.")

    @model_validator(mode="before")
    @classmethod
    def _one_line_is_enough(cls, value: Any) -> Any:
        """Let a fact be a single line, said alike whether guarded or open."""
        return {"guarded": value, "open": value} if isinstance(value, str) else value


class Gate(_Strict):
    """What must happen before a concern is said out loud."""

    trust: int = Field(50, ge=0, le=100, description="The least trust at which they would say it.")
    any: tuple[str, ...] = Field(
        (), description="Any one of these moves opens it. Left out: a question about it or an open question."
    )


class Danger(_Strict):
    """How the patient goes on when a concern is about safety."""

    asked: Line = Field(description="What they say when you ask about it plainly and kindly.")
    ignored: Line = Field(description="What they say when it is stepped over.")


class Concern(_Strict):
    """Something the patient came with and may not say."""

    id: Name
    about: tuple[Line, ...] = Field(min_length=1, description="Words by which a clinician would touch on it.")
    hint: Line = Field(description="What slips out before they say it. Must not give it away.")
    says: Line = Field(description="What they say once the gate is open.")
    opens_when: Gate = Gate()
    would_have_opened: Line = Field(description="A question that would have opened it, for the debrief.")
    if_never_opened: Line = Field(description="What follows if it is never said.")
    name: Line = Field(description="What to call it in the debrief, in a few words.")
    changes_the_plan: bool = Field(
        False, description="True if, once it is known, taking what is on the table is no longer the right outcome."
    )
    danger: Danger | None = Field(None, description="Only for concerns about safety.")


class Prescriber(_Strict):
    """One prescriber's way with a moment."""

    says: Line
    patient: Line = Field(description="What the patient answers to it.")
    thinks: Line = Field(description="What the patient thinks and does not say.")


class Moment(_Strict):
    """A moment of the visit: what the patient says, and two ways to meet it."""

    id: Name
    patient: Line = Field(description="What the patient says.")
    calls_for: tuple[SkillName, ...] = Field(min_length=1, description="The skills that this moment calls for.")
    leads_to: Name | None = Field(None, description="The concern that this moment is a door to.")
    rushed: Prescriber
    collaborative: Prescriber


class Ending(_Strict):
    """The patient's parting words."""

    willing: Line
    unsure: Line
    unwilling: Line


class FourWeeks(_Strict):
    """What happened four weeks later: one possible story for each way it can go."""

    kept: Text
    halved: Text
    stopped_told: Text
    stopped_hidden: Text
    changed_plan: Text | None = Field(
        None, description="If a concern changes the plan: what happened where it was said and the plan was changed."
    )


class Scenario(_Strict):
    """One patient, one visit."""

    format: FormatNumber = 1
    id: Name
    title: Line
    teaches: Line
    language: Literal["en", "es"] = "en"
    visit: Visit = Visit()
    difficulty: int = Field(2, ge=1, le=3)
    content_notes: tuple[Line, ...] = ()
    reviewed_by: Line = Field("none", description="The clinician who checked it, or none.")
    sources: tuple[Line, ...] = Field((), description="Where doses and facts were checked.")
    patient: Patient
    door_note: Text = Field(description="What the trainee knows before going in.")
    task: Line = Field("Talk about the plan on the table and agree on what happens next.")
    plan_on_the_table: Line = Field(description="The medicine or step both prescribers have in mind.")
    opening: Line = Field(description="The patient's first words.")
    facts: dict[str, Fact] = Field(default_factory=dict)
    questions: tuple[Line, ...] = Field((), description="What the patient would like to ask about the plan.")
    concerns: tuple[Concern, ...] = ()
    moments: tuple[Moment, ...] = Field(min_length=1)
    ending: Ending
    four_weeks_later: FourWeeks

    def concern(self, concern_id: str) -> Concern:
        """Return the concern with this id; raises KeyError if there is none."""
        for concern in self.concerns:
            if concern.id == concern_id:
                return concern
        raise KeyError(concern_id)
