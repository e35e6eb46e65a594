"""The kinds of value in a record: ids, dates, times of the film, languages, grades, references to other records."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema

WHEN = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?\Z")
RUNNING_TIME = re.compile(r"(\d):([0-5]\d):([0-5]\d)\Z")


@dataclass(frozen=True)
class Ref:
    """Marks a field whose text is the id of a record in `table`."""

    table: str


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


def check_value(value: object) -> object:
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
        description="Support by the sources. F: the film says it or lets it be heard at the given time, by captions; "
        "that proves words, speakers, order and sounds, not pictures. A: read in full, proves what that page says. "
        "B: two or more pages. C: one page. D: pages disagree, or only weak ones. E: derived from B and C. "
        "There is no G (general knowledge): what no page says is not printed."
    ),
]
T = TypeVar("T")
Many = tuple[T, ...]
