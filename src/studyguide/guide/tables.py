"""Records of one kind as a table, and all tables together: the guide."""

from __future__ import annotations

import datetime as dt
import types
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal, TypeVar, Union, get_args, get_origin, overload

from studyguide.guide import showing
from studyguide.guide.errors import GuideError, UnknownIdError, did_you_mean
from studyguide.guide.items import Activity, Item
from studyguide.guide.records import (
    Amount,
    Award,
    Character,
    Claim,
    Credit,
    Disputed,
    Event,
    Fact,
    Film,
    Parallel,
    Person,
    Place,
    Quotation,
    Ranking,
    Reading,
    Record,
    Relation,
    Release,
    Scene,
    Score,
    Source,
    Sourced,
    Step,
    Term,
    Theme,
    Turn,
    Voice,
)

if TYPE_CHECKING:
    import pandas as pd

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
        """The rows whose fields equal `wanted`, in order.

        GuideError names a field that these records do not have; a word that none of them holds, and that is no choice
        of its field, is warned of, since it may be misspelt.
        """
        for name, value in wanted.items():
            self._check_wanted(name, value)
        return Table(self.record, (r for r in self if all(getattr(r, k, None) == v for k, v in wanted.items())))

    def _check_wanted(self, name: str, value: object) -> None:
        """Refuse a field that there is not; warn of a word that is nowhere in it."""
        kinds: list[type[Record]] = [self.record, *{type(row) for row in self}]
        known = dict.fromkeys(field for record in kinds for field in record.model_fields)
        kind = self.record.__name__.lower()
        if name not in known:
            raise GuideError(f"{kind} records have no field `{name}`; {did_you_mean(name, known)}")
        if not isinstance(value, str) or not self:
            return
        held = {getattr(row, name, None) for row in self}
        if value not in held and value not in _choices(getattr(self.record.model_fields.get(name), "annotation", None)):
            near = did_you_mean(value, sorted(one for one in held if isinstance(one, str)))
            warnings.warn(f"no {kind} record has `{value}` as its {name}; {near}", stacklevel=3)

    def _repr_html_(self) -> str:
        return showing.table(self.record.__name__, columns(self.record), self.record.model_fields, self)

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """What IPython prints instead of every record."""
        printer.text(f"{len(self)} {self.record.__name__} records: {showing.some(self.ids())}")

    def _ipython_key_completions_(self) -> list[str]:
        return self.ids()

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


def _choices(annotation: object) -> set[object]:
    """The words that a field may hold, where they are a closed list."""
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    if get_origin(annotation) in (Annotated, Union, types.UnionType):
        return {choice for part in get_args(annotation) for choice in _choices(part)}
    return set()


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


READ: set[str] = set()
"""The names of the tables that were asked of a guide in this process: a build runs again what read a changed one."""


@dataclass(frozen=True)
class Guide:
    """Everything in one `data/` folder, checked."""

    film: Film
    facts: Table[Fact]
    people: Table[Person]
    characters: Table[Character]
    credits: Table[Credit]
    releases: Table[Release]
    box_office: Table[Amount]
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
    quotations: Table[Quotation]
    relations: Table[Relation]
    places: Table[Place]
    adaptation: Table[Parallel]
    terms: Table[Term]
    items: Table[Item]
    activities: Table[Activity]
    sources: Table[Source]

    def _repr_html_(self) -> str:
        return showing.guide(
            f"{self.film.title} ({self.film.year})", [(name, len(table)) for name, table in self.tables()]
        )

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(f"Guide to {self.film.title} ({self.film.year}): {', '.join(name for name, _ in self.tables())}")

    def tables(self) -> Iterator[tuple[str, Table[Any]]]:
        """Each table with its name."""
        for name in _TABLES:
            if isinstance(value := getattr(self, name), Table):
                yield name, value


class _Asked:
    """A table of a guide that remembers having been asked for; unlike `__getattribute__` it lets IPython complete."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __get__(self, guide: Guide | None, kind: type[Guide]) -> Any:
        if guide is None:
            return self
        READ.add(self.name)
        return guide.__dict__[self.name]

    def __set__(self, guide: Guide, value: object) -> None:
        guide.__dict__[self.name] = value


_TABLES = tuple(field.name for field in fields(Guide))
for _name in _TABLES:
    setattr(Guide, _name, _Asked(_name))
