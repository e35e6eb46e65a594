"""The records of a study guide: typed, immutable, and free of anything about one film.

Each class is one kind of row in `data/`. Field descriptions are the documentation: they become the JSON Schemas that
an editor reads, and the units that `Table.frame()` states. Cross-references are declared where they stand, with `Ref`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import difflib
import re
import types
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, overload

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)

if TYPE_CHECKING:
    import pandas as pd

WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
RUNNING_TIME = re.compile(r"(\d):([0-5]\d):([0-5]\d)\Z")


@dataclass(frozen=True)
class Ref:
    """Marks a field whose text is the id of a record in `table`."""

    table: str


class GuideError(Exception):
    """Anything the guide says on purpose: the message tells what was found and what would be right."""


class UnknownIdError(GuideError, KeyError):
    """An id that no record of a table has."""

    def __str__(self) -> str:  # KeyError would show the repr, quotes and all
        return str(self.args[0])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`; did you mean …?` for the nearest of `known`, or a short list of what there is."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    if near:
        return f"did you mean `{near[0]}`?"
    shown = ", ".join(f"`{name}`" for name in known[:6])
    return f"known: {shown}{', …' if len(known) > 6 else ''}" if known else "there are none yet"


def _as_text(value: object) -> object:
    """YAML reads 2021-07-11 as a date and 2021 as a number; a `When` is the text that stood in the file."""
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_when(value: str) -> str:
    first_day(value)
    return value


def _check_day(value: object) -> object:
    """Of a CSV cell only YYYY-MM-DD: left alone, pydantic also takes seconds since 1970 and times of day."""
    if isinstance(value, str):
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            raise ValueError("not a day; write YYYY-MM-DD")
        try:
            return dt.date.fromisoformat(value)
        except ValueError:
            raise ValueError("no such day in the calendar; write YYYY-MM-DD") from None
    return value


def _as_seconds(value: object) -> object:
    """`H:MM:SS` as seconds. YAML 1.1 reads such a text as a number in base 60, which is the same number."""
    if isinstance(value, str):
        match = RUNNING_TIME.match(value)
        if not match:
            raise ValueError("not a time of the film; write H:MM:SS")
        hours, minutes, seconds = map(int, match.groups())
        return 3600 * hours + 60 * minutes + seconds
    return value


def _check_value(value: object) -> object:
    """One fault for a wrong value, where the union would report one for each of its members."""
    many = isinstance(value, list | tuple) and value and all(isinstance(part, str) and part for part in value)
    one = isinstance(value, str | int | float) and not isinstance(value, bool) and value == value and value != ""
    if not (many or one):
        raise ValueError("neither text, number nor list of texts; write one of these")
    return value


def first_day(when: str) -> dt.date:
    """The first day that `when` (YYYY, YYYY-MM or YYYY-MM-DD) can mean; ValueError if there is no such day."""
    match = WHEN.match(when)
    if not match:
        raise ValueError("not a date; write YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else 1 for part in match.groups())
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise ValueError("no such day in the calendar; write YYYY-MM-DD, YYYY-MM or YYYY") from None


def last_day(when: str) -> dt.date:
    """The last day that `when` can mean: the end of its month or year where it names no day."""
    first = first_day(when)
    match when.count("-"):
        case 0:
            return first.replace(month=12, day=31)
        case 1:
            return first.replace(day=calendar.monthrange(first.year, first.month)[1])
    return first


Id = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$"),
    Field(description="Written by hand and permanent: lower-case letters, digits and hyphens."),
]
Text = Annotated[str, StringConstraints(min_length=1)]
When = Annotated[
    str,
    BeforeValidator(_as_text),
    AfterValidator(_check_when),
    WithJsonSchema(
        {
            "description": "A day, month or year: YYYY-MM-DD, YYYY-MM or YYYY.",
            "anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d\d(-\d\d)?)?$"}, {"type": "integer"}],
        }
    ),
]
Day = Annotated[dt.date, BeforeValidator(_check_day)]
Time = Annotated[
    int,
    Field(ge=0),
    BeforeValidator(_as_seconds),
    WithJsonSchema(
        {
            "description": "A time of the film, H:MM:SS from the first frame; read as whole seconds.",
            "anyOf": [{"type": "string", "pattern": r"^\d:[0-5]\d:[0-5]\d$"}, {"type": "integer"}],
        }
    ),
]
Lang = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"), Field(description="BCP 47 tag.")]
Grade = Annotated[
    Literal["F", "A", "B", "C", "D", "E"],
    Field(
        description="Support by the sources. F: the film says or sounds it at the time given, by its captions; that "
        "proves words, speakers, order and sounds, not pictures. A: read in full, proves what that page says. B: two or more pages. "
        "C: one page. D: pages disagree, or only weak ones. E: derived from B and C. "
        "There is no G (general knowledge): what no page says is not printed."
    ),
]
T = TypeVar("T")
Many = tuple[T, ...]


def _in_order(row: Any) -> Any:
    if row.start >= row.end:
        raise ValueError("it ends before it begins; `start` is earlier than `end`")
    return row


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


class Film(Sourced):
    """The work this guide is about."""

    id: Id
    title: Text
    original_title: Text | None = None
    original_lang: Lang | None = None
    year: int
    """Year of first showing."""
    director: Text


class Fact(Sourced, Disputed):
    """One fact about the film, by label."""

    id: Id
    group: Text
    """Heading under which the fact stands on the film's card."""
    label: Text
    value: Annotated[str | int | float | Many[str], Field(union_mode="left_to_right"), BeforeValidator(_check_value)]
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


class Figure(Sourced):
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
    def _money_has_a_currency_and_all_a_date(self) -> Figure:
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
        return _in_order(self)


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
        return _in_order(self)


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


class Item(Record):
    """Something a reader is asked. A change of its meaning gives it a new version; its id stays."""

    id: Id
    version: Annotated[int, Field(ge=1)]
    type: str
    stem: Text
    steps: Many[Annotated[str, Ref("steps")]] = ()
    """Steps of the plot that it is about."""


class Option(Record):
    """Something to choose, with what a reader should learn from having chosen it."""

    id: Id
    text: Text
    rationale: Text
    key: bool = False
    """Whether it belongs to the right response."""


class KeyedItem(Item, Sourced, Disputed):
    """An item with a right response, which its sources carry."""


class Choice(KeyedItem):
    """Choose one option (single) or all that hold (multiple)."""

    type: Literal["choice"]
    cardinality: Literal["single", "multiple"]
    options: Annotated[Many[Option], Field(min_length=2)]

    @model_validator(mode="after")
    def _has_a_key_and_a_distractor(self) -> Choice:
        keys = sum(option.key for option in self.options)
        if self.cardinality == "single" and keys != 1:
            raise ValueError(f"{keys} keys; a single choice has exactly one option with `key: true`")
        if not 0 < keys < len(self.options):
            raise ValueError(f"{keys} keys of {len(self.options)} options; write at least one key and one distractor")
        return self


class Entry(Record):
    """One of several things to put in order."""

    id: Id
    text: Text
    rationale: Text


class Order(KeyedItem):
    """Put the entries in order. They stand in the right one here, and by the alphabet where they are shown."""

    type: Literal["order"]
    entries: Annotated[Many[Entry], Field(min_length=3, max_length=7)]


class Pair(Record):
    """Two texts that belong together."""

    id: Id
    text: Text
    match: Text
    rationale: Text


class Match(KeyedItem):
    """Find to each text the one that belongs to it; `spare` ones belong to none."""

    type: Literal["match"]
    pairs: Annotated[Many[Pair], Field(min_length=3, max_length=8)]
    spare: Many[Text] = ()


class Aspect(Record):
    """Something to rate by itself."""

    id: Id
    text: Text
    half: bool = False
    """Whether half stars may be given."""


class Rating(Item):
    """Rate aspects from 1 to 5 stars, before and after; not rating is always possible."""

    type: Literal["rating"]
    aspects: Annotated[Many[Aspect], Field(min_length=1)]


class Prompt(Item):
    """An open question, answered in writing."""

    type: Literal["prompt"]
    hint: Text | None = None
    """How to begin."""


class Interpretation(Item):
    """An item without a key: choose a reading, weigh it, choose again."""

    type: Literal["interpretation"]
    readings: Annotated[Many[Annotated[str, Ref("readings")]], Field(min_length=2)]
    steps: Annotated[Many[Annotated[str, Ref("steps")]], Field(min_length=2)]
    """Steps offered as support."""


ITEM_TYPES: dict[str, type[Item]] = {
    "choice": Choice,
    "order": Order,
    "match": Match,
    "rating": Rating,
    "prompt": Prompt,
    "interpretation": Interpretation,
}
AnyItem = Annotated[
    Choice | Order | Match | Rating | Prompt | Interpretation,
    Field(discriminator="type"),
]


class Activity(Record):
    """An ordered set of items, with a title and an introduction."""

    id: Id
    title: Text
    intro: Text
    items: Annotated[Many[Annotated[str, Ref("items")]], Field(min_length=1)]
    check: Literal["each", "end"] = "each"
    """Whether keyed items are checked one by one as the reader goes, or all at the end."""
    chapter: Text | None = None
    """The chapter it belongs to, by file name without ending."""


R = TypeVar("R", bound=Record)


class Table(tuple[R, ...], Generic[R]):
    """Records of one kind in the order of their file: a tuple that also finds by id and becomes a DataFrame."""

    record: type[R]

    def __new__(cls, record: type[R], rows: Iterable[R] = ()) -> Table[R]:
        table = super().__new__(cls, tuple(rows))
        table.record = record
        return table

    def __getnewargs__(self) -> tuple[type[R], tuple[R, ...]]:
        return self.record, tuple(self)  # else copies and pickles come out empty

    @overload  # type: ignore[override]
    def __getitem__(self, key: str) -> R: ...
    @overload
    def __getitem__(self, key: int) -> R: ...
    @overload
    def __getitem__(self, key: slice) -> Table[R]: ...
    def __getitem__(self, key: str | int | slice) -> R | Table[R]:
        """The record with this id (text) or at this place (number); UnknownIdError names the nearest id."""
        if isinstance(key, slice):
            return Table(self.record, super().__getitem__(key))
        if isinstance(key, int):
            return super().__getitem__(key)
        for row in self:
            if row.id == key:  # type: ignore[attr-defined]
                return row
        raise UnknownIdError(
            f"no `{key}` among {self.record.__name__.lower()} records; {did_you_mean(key, self.ids())}"
        )

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [row.id for row in self]  # type: ignore[attr-defined]

    def where(self, **wanted: object) -> Table[R]:
        """The rows whose fields equal `wanted`, in order."""
        return Table(self.record, (r for r in self if all(getattr(r, k) == v for k, v in wanted.items())))

    def number(self, key: str) -> int:
        """The place of a record in its file, from 1."""
        return self.ids().index(self[key].id) + 1  # type: ignore[attr-defined]

    def frame(self) -> pd.DataFrame:
        """A new DataFrame, one row a record, one column a field.

        dtypes: text `string`, whole numbers `Int64`, other numbers `Float64`, days `datetime64[s]`, everything that
        has parts `object`. `frame.attrs["fields"]` holds each column's meaning and unit. Imports pandas.
        """
        import pandas as pd

        series = {
            name: pd.Series([getattr(row, name, None) for row in self], dtype=_dtype(field.annotation))
            for name, field in ((name, self.record.model_fields[name]) for name in columns(self.record))
        }
        frame = pd.DataFrame(series)
        frame.attrs["fields"] = {n: f.description for n, f in self.record.model_fields.items() if f.description}
        return frame


def columns(record: type[Record]) -> list[str]:
    """The fields of a record as a table shows them: its own first, then what answers for them."""
    answers = Sourced.model_fields | Disputed.model_fields
    own = [name for name in record.model_fields if name not in answers]
    return own + [name for name in answers if name in record.model_fields]


def _dtype(annotation: object) -> Any:
    """The pandas dtype for a field's type."""
    if get_origin(annotation) is Annotated:
        return _dtype(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        kinds = {_dtype(part) for part in get_args(annotation) if part is not type(None)}
        return kinds.pop() if len(kinds) == 1 else "object"
    if get_origin(annotation) is Literal:
        return "string"
    known = {str: "string", int: "Int64", float: "Float64", bool: "boolean", dt.date: "datetime64[s]"}
    return known.get(annotation, "object") if isinstance(annotation, type) else "object"


@dataclass(frozen=True)
class Guide:
    """Everything in one `data/` folder, checked."""

    film: Film
    facts: Table[Fact]
    people: Table[Person]
    characters: Table[Character]
    credits: Table[Credit]
    releases: Table[Release]
    box_office: Table[Figure]
    events: Table[Event]
    awards: Table[Award]
    scores: Table[Score]
    rankings: Table[Ranking]
    voices: Table[Voice]
    steps: Table[Step]
    scenes: Table[Scene]
    turns: Table[Turn]
    readings: Table[Reading]
    claims: Table[Claim]
    themes: Table[Theme]
    relations: Table[Relation]
    places: Table[Place]
    adaptation: Table[Parallel]
    terms: Table[Term]
    items: Table[Item]
    activities: Table[Activity]
    sources: Table[Source]

    def tables(self) -> Iterator[tuple[str, Table[Any]]]:
        """Each table with its name."""
        for name, value in vars(self).items():
            if isinstance(value, Table):
                yield name, value
