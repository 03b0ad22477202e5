"""The scenario: what an educator writes about one patient and one visit, one YAML file each.

The models are strict: an unknown field is a problem, never ignored. Every field carries the sentence that
editors, the reference page and the error messages show. Reading and error wording live in ``reading.py``
and ``loading.py``; what an author may leave out is filled in by ``defaults.py``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from scoring.scorecard import HELPING_MOVES
from simulator.afterwards import Ending, FourWeeks, OnceSaid, OtherWay
from simulator.defaults import fill_in
from simulator.fields import Line, Name, Strict, Text, Whole

SkillName = Literal["validation", "reflection", "sdm"]
Speech = Literal["terse", "chatty", "formal", "teenage", "anxious", "weary"]
Wariness = Literal["being managed", "being judged", "being rushed", "being talked down to", "empty promises"]

FormatNumber = Annotated[Literal[1], BeforeValidator(lambda value: 1 if value == "1" else value)]
"""Hand-written files hold text only, so the number arrives as typed."""


class Visit(Strict):
    """The kind of visit and where it takes place."""

    model_config = ConfigDict(title="visit")
    kind: Literal["follow-up", "intake", "review", "urgent"] = Field(
        "follow-up", description="What sort of visit it is."
    )
    setting: Line = Field("outpatient clinic", description="Where it takes place, in a few words.")
    minutes: Whole = Field(20, ge=5, le=60, description="How many minutes the visit is booked for.")
    first_meeting: bool = Field(
        False,
        description="True if you and the patient have never met: greeted with “you again”, they say so. An intake is "
        "always a first meeting.",
    )

    @property
    def is_first_meeting(self) -> bool:
        """True if the two have never met."""
        return self.first_meeting or self.kind == "intake"


class Temperament(Strict):
    """How the patient starts out and what moves them most."""

    model_config = ConfigDict(title="temperament")
    trust: Whole = Field(40, ge=5, le=90, description="Trust at the door, 0–100. 40 is polite and careful.")
    willingness: Whole = Field(
        50, ge=5, le=95, description="Willingness to take what is on the table, at the door, 0–100."
    )
    warms_to: SkillName | None = Field(
        None, description="The skill that counts a little more for this patient: validation, reflection or sdm."
    )
    wary_of: Wariness | None = Field(
        None, description="The kind of treatment that costs a little more with this patient."
    )


class Patient(Strict):
    """Who the patient is."""

    model_config = ConfigDict(title="patient")
    name: Line = Field(description="First and last name, as it stands on the door note.")
    age: Whole = Field(ge=5, le=110, description="Age in years.")
    pronouns: Line = Field("they/them", description="The patient's pronouns, for example she/her.")
    manner: Line = Field("", description="How they come across: voice, pace, gestures.", min_length=0)
    speech: Speech = Field("terse", description="Which everyday stock of answers fits how they talk.")
    story: Text = Field(description="Who they are and what led here. Never shown to the trainee before the end.")
    temperament: Temperament = Field(
        Temperament.model_construct(), description="How they start out and what moves them most."
    )


class Companion(Strict):
    """Somebody who sits in with the patient, such as a parent, and steps out when you ask for a word alone."""

    model_config = ConfigDict(title="companion")
    leaves: Line = Field(description="How they go, and what the patient says to it, when you ask for a word alone.")
    marks: tuple[Line, ...] = Field(
        min_length=1,
        description="Phrases of lines that are said only while they are in the room, such as “her mother”. After that "
        "another line is said, or this one without its gesture.",
    )
    asks_alone: tuple[Line, ...] = Field(
        (),
        description="How the patient lets you see, once, that there is something for your ears alone, when a concern "
        "with only_alone would come out while they listen. Left out: they keep it to themselves.",
    )
    noticed: tuple[Line, ...] = Field(
        (),
        description="Gestures and words by which they are noticed while they are there, such as “(looks at her "
        "mother)”; each must hold one of the marks. One is put before what the patient says to something delicate, and "
        "now and then.",
    )
    called: tuple[Line, ...] = Field(
        (),
        description="Words by which the patient speaks of them, such as Mum. While they listen nothing open is said "
        "in which one of these stands, unless it is said so that only you notice (see marks).",
    )


class Fact(Strict):
    """What the patient says when asked about a topic, guarded or open."""

    guarded: Line = Field(description="What they say while they hold back.")
    open: Line = Field(description="What they say once they trust you.")
    told: Line = Field(
        "",
        min_length=0,
        description="What they say about it once the concern close to it has been said. Left out: that you know.",
    )
    asked_as: tuple[Line, ...] = Field((), description="Further words that ask about it, for topics of your own.")
    asked_like: tuple[Line, ...] = Field(
        (), description="Whole questions that ask for it, as different from each other as clinicians would put them."
    )

    @model_validator(mode="before")
    @classmethod
    def _one_line_is_enough(cls, value: Any) -> Any:
        """Let a fact be a single line, said alike whether guarded or open."""
        return {"guarded": value, "open": value} if isinstance(value, str) else value


class OwnWords(Strict):
    """The patient's own lines for an everyday act. A line or a list of lines is enough: said alike in both cases."""

    says: tuple[Line, ...] = Field((), description="Lines said alike, whether guarded or open.")
    guarded: tuple[Line, ...] = Field((), description="Lines while they hold back.")
    open: tuple[Line, ...] = Field((), description="Lines once they trust you.")

    @model_validator(mode="before")
    @classmethod
    def _a_list_is_enough(cls, value: Any) -> Any:
        """Let the lines stand as a line or a list."""
        if isinstance(value, str):
            return {"says": [value]}
        return {"says": value} if isinstance(value, list) else value

    @property
    def lines(self) -> tuple[str, ...]:
        """All the lines, in the order of the file."""
        return (*self.says, *self.guarded, *self.open)


class Gate(Strict):
    """What must happen before a concern is said out loud."""

    model_config = ConfigDict(title="opens_when")
    trust: Whole = Field(
        50, ge=0, le=100, description="The least trust at which they would say it; a little less to who listens well."
    )
    any: tuple[str, ...] = Field(
        (),
        description="Any one of these moves opens it. Left out: a question about it or an open question.",
        json_schema_extra={"items": {"type": "string", "enum": list(HELPING_MOVES)}},
    )


class Danger(Strict):
    """How the patient goes on when a concern is about safety."""

    asked: Line = Field(description="What they say when you ask about it plainly and kindly.")
    ignored: Line = Field(description="What they say when it is stepped over.")


class Concern(Strict):
    """Something the patient came with and may not say."""

    id: Name = Field(description="A short name for it in this file, such as numb; moments point to it.")
    about: tuple[Line, ...] = Field(min_length=1, description="Words by which a clinician would touch on it.")
    hint: Line = Field(
        description="What slips out before they say it. Must not give it away. Left out: an everyday hint.",
    )
    says: Line = Field(description="What they say once the gate is open.")
    begins: Line = Field(
        "",
        min_length=0,
        description="The sentences with which it begins, as they stand there: what comes out first, when the rest "
        "waits for how that is received. Left out: it is always told whole.",
    )
    worries: Line = Field(
        "",
        min_length=0,
        description="Once it has been said: what they answer when asked what worries them about the plan.",
    )
    carries: Line = Field(
        "",
        min_length=0,
        description="Once it has been said: what they answer when asked what that has been like, or what is hardest.",
    )
    undecided: Line = Field(
        "",
        min_length=0,
        description="Once it has been said and not taken up: which way they lean, or why they cannot choose yet, where "
        "several ways are put to them. Left out: an everyday line.",
    )
    against: Line = Field(
        "",
        min_length=0,
        description="Once it has been said and not taken up: what they answer, once, where what is on the table is put "
        "to them all the same. Left out: an everyday line.",
    )
    provided: Line = Field(
        "",
        min_length=0,
        description="Once it has been said and not taken up: the condition on which they would say yes. Left out: an "
        "everyday line.",
    )
    opens_when: Gate = Field(Gate.model_construct(), description="What must happen before it is said out loud.")
    would_have_opened: Line = Field(
        description="A question that would have opened it, for the debrief. Left out: a general one."
    )
    if_never_opened: Line = Field(description="What follows if it is never said. Left out: a general sentence.")
    name: Line = Field(description="What to call it in the debrief, in a few words. Left out: its id.")
    changes_the_plan: bool = Field(
        False, description="True if, once it is known, taking what is on the table is no longer the right outcome."
    )
    four_weeks_later: OnceSaid | None = Field(
        None, description="Stories in place of the scenario's own where this was said, if those take it for unsaid."
    )
    only_alone: bool = Field(
        False, description="True if it is not said while the companion listens; it waits until they have stepped out."
    )
    danger: Danger | None = Field(None, description="How they go on when it is about safety; only for such concerns.")


class Prescriber(Strict):
    """One prescriber's way with a moment."""

    says: Line = Field(description="What the prescriber says at this moment.")
    patient: Line = Field(description="What the patient answers to it.")
    thinks: Line = Field("", min_length=0, description="What the patient thinks and does not say.")
    only_here: bool = Field(
        False,
        description="True if the answer fits these words of the prescriber only, such as the answer to a question. "
        "Left out: it answers any reply that is about as good.",
    )


class Moment(Strict):
    """A moment of the visit: what the patient says, and two ways to meet it."""

    id: Name = Field(description="A short name for the moment. Left out: moment-1, moment-2 and so on.")
    patient: Line = Field(description="What the patient says.")
    calls_for: tuple[SkillName, ...] = Field(
        min_length=1, description="The skills that this moment calls for: validation, reflection, sdm."
    )
    leads_to: Name | None = Field(None, description="The id of the concern that this moment is a door to.")
    more: Line = Field(
        "",
        min_length=0,
        description="What they add about the same thing once it is met well, or come back to when it was stepped over. "
        "It answers no question and gives no concern away. Left out: they add nothing.",
    )
    subject: Line = Field(
        "",
        min_length=0,
        description="What it is about in a few of the patient's words, for coming back to it when it was stepped over: "
        '"the form out there". Left out: "something I said".',
    )
    only_accompanied: bool = Field(
        False, description="True if it is about the companion being there; not said once they have stepped out."
    )
    only_alone: bool = Field(
        False, description="True if it waits until the companion has stepped out; said later then, or not at all."
    )
    on_the_plan: bool = Field(
        False,
        description="True if it speaks of the plan on the table as what will be done; not said once another way has "
        "been agreed on.",
    )
    let_be: bool = Field(
        False, description="True if they ask you themselves to leave it alone; then they do not come back to it."
    )
    rushed: Prescriber = Field(description="How a hurried prescriber meets it, and what the patient answers.")
    collaborative: Prescriber = Field(description="How a listening prescriber meets it, and what the patient answers.")


class Scenario(Strict):
    """One patient, one visit."""

    model_config = ConfigDict(defer_build=False)
    format: FormatNumber = Field(1, description="The version of this format; 1 today.")
    id: Name = Field(description="The same as the file's name without .yaml: small letters, digits and hyphens.")
    title: Line = Field(description="What the card on the first page says. Must not give a concern away.")
    teaches: Line = Field(description="What a trainee can learn here, in one line.")
    language: Literal["en", "es"] = Field("en", description="The language that the patient speaks.")
    visit: Visit = Field(Visit.model_construct(), description="The kind of visit and where it takes place.")
    difficulty: Whole = Field(2, ge=1, le=3, description="1 is a first visit to learn on, 3 is hard.")
    content_notes: tuple[Line, ...] = Field(
        (), description="What a trainee may want to know beforehand, such as suicide or abuse."
    )
    reviewed_by: Line = Field("none", description="The clinician who checked it, or none.")
    sources: tuple[Line, ...] = Field((), description="Where doses and facts were checked.")
    patient: Patient = Field(description="Who the patient is.")
    companion: Companion | None = Field(None, description="Who sits in with the patient and can be asked to step out.")
    door_note: Text = Field(description="What the trainee knows before going in.")
    task: Line = Field(description="What the trainee is asked to do. Left out: a general task.")
    plan_on_the_table: Line = Field(description="The medicine or step both prescribers have in mind.")
    plan_called: tuple[Line, ...] = Field(
        (),
        description="Further words by which a clinician names the plan on the table, such as the medicine and its "
        "brands. A medicine with its dose is known from the plan itself.",
    )
    taken_already: bool = Field(
        True,
        description="False if the patient takes nothing yet that they could be told to keep taking: they say so then.",
    )
    other_ways: tuple[OtherWay, ...] = Field(
        (), description="Other ways than the plan on the table that a clinician may offer and agree on."
    )
    opening: Line = Field(description="The patient's first words. Left out: those of the first moment.")
    facts: dict[str, Fact] = Field(
        default_factory=dict, description="Answers to what a clinician may ask; the rest comes from the everyday stock."
    )
    own_words: dict[str, OwnWords] = Field(
        default_factory=dict,
        description="How they say everyday things, such as thanks or hurt; each act by its name with a list of lines. "
        "The rest comes from the everyday stock.",
    )
    questions: tuple[Line, ...] = Field((), description="What the patient would like to ask about the plan.")
    concerns: tuple[Concern, ...] = Field((), description="What the patient came with and may not say.")
    moments: tuple[Moment, ...] = Field(
        min_length=1, description="The moments of the visit, in order; each with two ways to meet it."
    )
    ending: Ending = Field(description="The patient's parting words. Left out: everyday ones.")
    four_weeks_later: FourWeeks = Field(description="Four weeks later, one story for each way it can go.")

    @model_validator(mode="before")
    @classmethod
    def _small_is_complete(cls, value: Any) -> Any:
        """Fill in what the author may leave out."""
        return fill_in(value) if isinstance(value, dict) else value

    def concern(self, concern_id: str) -> Concern:
        """Return the concern with this id; raises KeyError if there is none."""
        for concern in self.concerns:
            if concern.id == concern_id:
                return concern
        raise KeyError(concern_id)
