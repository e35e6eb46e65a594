"""The records of a study guide: typed, immutable, and free of anything about one film.

Each class is one kind of row in `data/`. Field descriptions are the documentation: they become the JSON Schemas that
an editor reads, and the units that `Table.frame()` states. Cross-references are declared where they stand, with `Ref`.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from studyguide.guide.values import Day, Grade, Id, Lang, Many, Ref, Text, Time, When, check_value


def _check_order(start: int, end: int) -> None:
    if start >= end:
        raise ValueError("it ends before it begins; `start` is earlier than `end`")


class Record(BaseModel):
    """An immutable row. Unknown fields and wrong types are faults."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, use_attribute_docstrings=True, defer_build=True)


class Sourced(Record):
    """A row that answers for itself."""

    sources: Annotated[Many[Annotated[str, Ref("sources")]], Field(min_length=1)]
    """Keys in references.bib, best first."""
    grade: Grade
    note: Text | None = None
    """What a reader should know about this row: a conflict, a doubt, a variant."""


class Disputed(Record):
    """A row that may repeat, or answer, what somebody claims."""

    claims: Many[Annotated[str, Ref("claims")]] = ()
    """Claims that the row touches: where it is shown, their verdict is shown too."""


Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
SourceKind = Literal["film", "official", "reference", "press", "criticism", "viewer", "copy"]


class Source(Record):
    """An entry of references.bib, as far as the guide shows it."""

    id: str
    title: Text
    publisher: str = ""
    year: str = ""
    url: str = ""
    note: str = ""
    kind: SourceKind | None = None
    """What it is: the film itself; official (makers, distributors, festivals, awarding bodies, also in interviews);
    reference (archives, handbooks, databases); press; criticism (signed); viewer; copy (of another page)."""
    copies: str = ""
    """Of a copy: what it copies, a key in references.bib or a name."""
    origin: str = ""
    """Pages that repeat one text share a name here, and count as one."""
    low_trust: bool = False
    """A page that stitches text from elsewhere: named, never linked, never enough for a C."""
    starting: bool = False
    """One of the pages that the guide set out from and checks claim by claim."""


class Accent(Record):
    """A guide's one colour beside paper and ink, as #rrggbb."""

    day: Colour
    night: Colour


class Cue(Record):
    """A line by which a reader can set the times by a copy of their own."""

    at: Time
    words: Text
    """Who says what, in our words, so that it can be found."""


class Film(Sourced):
    """The work this guide is about."""

    id: Id
    title: Text
    original_title: Text | None = None
    original_lang: Lang | None = None
    year: int
    """Year of first showing."""
    director: Text
    accent: Accent | None = None
    """The colour of the guide's pages and charts; dark enough by day, and light enough by night, to be read as text."""

    clock: Annotated[Many[Cue], Field(max_length=2)] = ()
    """An early and a late line; both or none."""

    @model_validator(mode="after")
    def _has_two_cues_or_none(self) -> Film:
        if self.clock and (len(self.clock) != 2 or self.clock[0].at >= self.clock[1].at):
            raise ValueError("`clock` needs an early and a late line; write two, the earlier one first")
        return self

    @property
    def accent_colours(self) -> dict[str, str] | None:
        """The colour by the time of day, for those who draw."""
        return self.accent.model_dump() if self.accent else None


class Fact(Sourced, Disputed):
    """One fact about the film, by label."""

    id: Id
    group: Text
    """Heading under which the fact stands on the film's card."""
    label: Text
    value: Annotated[str | int | float | Many[str], Field(union_mode="left_to_right"), BeforeValidator(check_value)]
    unit: Text | None = None
    """Of a number, in words: minutes, people."""


class Variant(Record):
    """Another form of a name."""

    name: Text
    lang: Lang | None = None
    where: Text | None = None
    """Who prints it so."""


class Person(Sourced):
    """Somebody who made the film."""

    id: Id
    name: Text
    variants: Many[Variant] = ()


class Tongue(Sourced):
    """A language that a character uses."""

    language: Text
    where: Text
    """Where in the film: on stage, off stage, throughout."""


class Character(Sourced):
    """Somebody in the film."""

    id: Id
    name: Text
    actor: Annotated[str, Ref("people")]
    role: Text
    """One line: who this is in the story."""
    variants: Many[Variant] = ()
    languages: Many[Tongue] = ()


class Credit(Sourced):
    """One person, one job."""

    id: Id
    department: Text
    job: Text
    person: Annotated[str, Ref("people")]


class Release(Sourced):
    """A first showing somewhere."""

    id: Id
    territory: Text
    kind: Literal["premiere", "festival", "cinema", "streaming", "disc"]
    date: When | None = None
    """Unknown where a distributor is sourced and a date is not."""
    event: Text | None = None
    """The festival, or the service."""
    distributor: Text | None = None


Measure = Literal["gross", "running total", "admissions", "screens", "per screen", "budget"]
MONEY: frozenset[str] = frozenset({"gross", "running total", "per screen", "budget"})


class Amount(Sourced):
    """One number of the box office: a place, a measure, a time, and for money a currency."""

    id: Id
    territory: Text
    measure: Measure
    value: Annotated[int, Field(ge=0)]
    """In `currency` where the measure is money, else a count of people or screens."""
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] | None = None
    """ISO 4217 code; for money only, and never missing there."""
    bound: Literal["exact", "about", "over", "under"] = "exact"
    start: Day | None = None
    """First day of a period; empty for a running total or a single day."""
    end: Day | None = None
    """Last day of the period, or the day at which a running total stood; empty when undated."""
    read_on: Day | None = None
    """For an undated figure: the day it was read."""
    status: Literal["reported", "derived", "disputed", "doubtful"] = "reported"
    """Disputed: another source gives another number for the same thing. Doubtful: it does not fit the rest."""
    period: Text | None = None
    """The period in words: weekend 12, opening."""

    @model_validator(mode="after")
    def _money_has_a_currency_and_all_a_date(self) -> Amount:
        if self.measure in MONEY and not self.currency:
            raise ValueError(f"{self.measure} without a currency; add an ISO code such as USD")
        if self.measure not in MONEY and self.currency:
            raise ValueError(f"{self.measure} with the currency {self.currency}; leave currency empty for counts")
        if not self.end and not self.read_on:
            raise ValueError("no date; give end, or read_on for an undated figure")
        if self.start and self.end and self.start > self.end:
            raise ValueError(f"it starts on {self.start}, after its end {self.end}; swap them")
        return self


class Event(Sourced):
    """A dated happening to show beside other figures."""

    id: Id
    date: When
    label: Text


class Award(Sourced):
    """One distinction, given or missed."""

    id: Id
    body: Text
    edition: Text | None = None
    date: When
    """When it was given or announced; for a nomination, the day of the ceremony."""
    category: Text
    recipient: Text
    result: Literal["won", "nominated", "runner-up", "competed"]


class Score(Sourced):
    """A number that a site puts on the film."""

    id: Id
    outlet: Text
    by: Literal["critics", "users"]
    value: Annotated[float, Field(ge=0, strict=False)]
    out_of: Annotated[int, Field(gt=0)]
    votes: Annotated[int, Field(ge=0)] | None = None
    date: When | None = None
    read_on: Day | None = None
    """For an undated score: the day it was read."""
    bound: Literal["exact", "at least"] = "exact"

    @model_validator(mode="after")
    def _dated_and_within_its_scale(self) -> Score:
        if self.value > self.out_of:
            raise ValueError(f"{self.value} out of {self.out_of}; check value and out_of")
        if not self.date and not self.read_on:
            raise ValueError("no date; give date, or read_on for an undated score")
        return self


class Ranking(Sourced):
    """A place in a list or poll."""

    id: Id
    poll: Text
    rank: Annotated[int, Field(gt=0)]
    of: Annotated[int, Field(gt=0)] | None = None
    voters: Text | None = None
    date: When


class Voice(Sourced):
    """What one critic or viewer holds about the film."""

    id: Id
    who: Text
    where: Text
    date: When | None = None
    stance: Literal["praise", "mixed", "dissent"]
    point: Text
    """In our words."""


class Step(Sourced, Disputed):
    """A step of the plot. Its number is its place in the file."""

    id: Id
    part: Text
    title: Text
    start: Time | None = None
    end: Time | None = None
    place: Text
    place_grade: Grade | None = None
    """Support for the place alone: F only where the film names or sounds it."""
    text: Text
    picture_grade: Grade | None = None
    """Support for what `text` tells of the picture; empty where it tells only what is said and heard, graded F."""
    differ: Text | None = None
    """What stays open here, or what the sources disagree about."""
    telltale: Many[Text] = ()
    """Few words that give it away to whoever has not seen it: whole words, in upper or lower case."""
    characters: Many[Annotated[str, Ref("characters")]] = ()


class Scene(Sourced):
    """A stretch of the film in one place, as far as its sound tells."""

    id: Id
    step: Annotated[str, Ref("steps")]
    start: Time
    end: Time
    place: Text
    place_grade: Grade
    heard: Many[Id] = ()
    """Who is heard, in order of first word: ids of characters, or `other-…` for those who are none."""

    @model_validator(mode="after")
    def _takes_time(self) -> Scene:
        _check_order(self.start, self.end)
        return self


LINE = 14
"""The most words of the film that are quoted at once."""
Channel = Literal["talk", "stage", "tape", "self", "phone", "tv", "signed", "sound", "music"]


class Turn(Record):
    """Captioned speech of one voice, or one captioned sound: neighbouring captions with less than 2 s between them."""

    id: Id
    start: Time
    end: Time
    speaker: Text
    """A character's id, or `other-…`; two with a `+` between them; `none` for a sound."""
    channel: Channel
    """talk; stage (lines of a play); tape (the recorded voice); self (speaking lines to the tape); phone; tv; signed;
    sound; music."""
    language: Text
    """BCP 47; `foreign` where the captions say no more; `none` for a sound."""
    basis: Literal["labelled", "inferred"]
    """Whether the captions name the speaker, or it was concluded from the talk."""

    @model_validator(mode="after")
    def _takes_time(self) -> Turn:
        _check_order(self.start, self.end)
        return self


class Reading(Sourced, Disputed):
    """An interpretation that somebody argues."""

    id: Id
    title: Text
    claim: Text
    """The reading in one sentence."""
    argued_by: Text
    case_for: Text
    case_against: Text
    steps: Annotated[Many[Annotated[str, Ref("steps")]], Field(min_length=2)]
    """Steps of the plot that the case leans on."""


Verdict = Literal["supported", "supported in part", "contradicted", "unsupported", "interpretation", "open"]


class Claim(Sourced):
    """A statement about the film that pages make, held against the sources."""

    id: Id
    subject: Literal["plot", "people", "production", "source texts", "money", "prizes", "reception"]
    claim: Text
    """What is said, in our words."""
    appearances: Annotated[Many[Annotated[str, Ref("sources")]], Field(min_length=1)]
    """Where it is made: keys in references.bib."""
    verdict: Verdict
    evidence: Text
    """What the sources say."""
    prints: Text
    """What this guide prints instead, or as well."""
    telltale: Many[Text] = ()
    """Few words or short phrases that give the claim away: whole words, in upper or lower case."""
    steps: Many[Annotated[str, Ref("steps")]] = ()
    """Steps of the plot that it is about."""


class Moment(Sourced):
    """A step of the plot in which a theme shows."""

    step: Annotated[str, Ref("steps")]
    text: Text
    """How it shows there, in a sentence or two."""


class Theme(Sourced):
    """What the film keeps coming back to."""

    id: Id
    title: Text
    question: Text
    idea: Text
    moments: Annotated[Many[Moment], Field(min_length=1)]


class Quotation(Sourced):
    """A short line of the film, in the guide's own translation."""

    id: Id
    speaker: Annotated[str, Ref("characters")]
    at: Time
    step: Annotated[str, Ref("steps")]
    theme: Annotated[str, Ref("themes")]
    line: Text
    said: Text | None = None
    """How it is said, where that is not plain talk in the film's first language: `in English`, `signed`."""
    use: Text
    """What the line can carry in an argument, and what it cannot."""

    @model_validator(mode="after")
    def _is_short(self) -> Quotation:
        if len(self.line.split()) > LINE:
            raise ValueError(f"{len(self.line.split())} words; quote at most {LINE}, and paraphrase the rest")
        return self


class Relation(Sourced):
    """What binds two characters."""

    id: Id
    one: Annotated[str, Ref("characters")]
    other: Annotated[str, Ref("characters")]
    kind: Text
    """In a word or two, of which a guide uses few: marriage, work, care."""
    text: Text
    steps: Many[Annotated[str, Ref("steps")]] = ()
    """Steps of the plot that show it."""

    @model_validator(mode="after")
    def _binds_two(self) -> Relation:
        if self.one == self.other:
            raise ValueError(f"both ends are {self.one}; name another character")
        return self


class Place(Sourced):
    """A place of the film on a schematic map. Its number is its place in the file: the order in which it is reached."""

    id: Id
    name: Text
    x: Annotated[float, Field(ge=0, le=100)]
    """From west (0) to east (100)."""
    y: Annotated[float, Field(ge=0, le=100)]
    """From north (0) to south (100)."""
    text: Text
    steps: Many[Annotated[str, Ref("steps")]] = ()
    """Steps of the plot that happen there."""


class Parallel(Sourced):
    """One cell of a comparison: what one work makes of one element."""

    id: Id
    element: Text
    """The row."""
    work: Text
    """The column."""
    text: Text


class Term(Record):
    """A word that the guide explains. A bare definition needs no source."""

    id: Id
    term: Text
    lang: Lang | None = None
    """The language of a foreign term."""
    group: Text
    """Heading under which it stands in the glossary."""
    meaning: Text
    sources: Many[Annotated[str, Ref("sources")]] = ()
    """Keys in references.bib, best first."""
