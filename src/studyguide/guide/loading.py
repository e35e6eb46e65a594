"""`data/` in, one checked `Guide` out. The only module that opens data files.

A guide is checked at this door and trusted inside: `read` collects every fault in every file before it speaks, each
with file, line, id, what was found and what would be right.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from studyguide.guide import (
    Fault,
    FaultsError,
    Guide,
    Record,
    Source,
    Table,
    columns,
    did_you_mean,
    items,
    records,
)
from studyguide.guide.crosschecking import CrossCheck, marks

BIBLIOGRAPHY = "references.bib"
NEEDED = {BIBLIOGRAPHY, "film.yaml", "steps.yaml"}
"""Files that every guide has; a table without a file is empty."""


# One row a file: the table in the Guide, the file, the record. Film is the one table that is a single record.
FILES: dict[str, tuple[str, type[Record]]] = {
    "film": ("film.yaml", records.Film),
    "facts": ("facts.yaml", records.Fact),
    "people": ("people.yaml", records.Person),
    "characters": ("characters.yaml", records.Character),
    "credits": ("credits.csv", records.Credit),
    "releases": ("releases.csv", records.Release),
    "box_office": ("box_office.csv", records.Amount),
    "events": ("events.csv", records.Event),
    "awards": ("awards.csv", records.Award),
    "scores": ("scores.csv", records.Score),
    "rankings": ("rankings.csv", records.Ranking),
    "voices": ("voices.yaml", records.Voice),
    "steps": ("steps.yaml", records.Step),
    "scenes": ("scenes.csv", records.Scene),
    "turns": ("turns.csv", records.Turn),
    "readings": ("readings.yaml", records.Reading),
    "claims": ("claims.yaml", records.Claim),
    "themes": ("themes.yaml", records.Theme),
    "quotations": ("quotations.yaml", records.Quotation),
    "relations": ("relations.yaml", records.Relation),
    "places": ("places.yaml", records.Place),
    "adaptation": ("adaptation.yaml", records.Parallel),
    "terms": ("terms.yaml", records.Term),
    "items": ("items.yaml", items.Item),
    "activities": ("activities.yaml", items.Activity),
}

# An address in references.bib becomes a link: nothing else than a web page may stand behind it.
_ADDRESS = re.compile(r"https?://[^\s\"<>]+\Z")

Path_ = tuple[str | int, ...]


class DataError(FaultsError):
    """All faults of one `data/` folder."""

    kind = "the data"


def read(folder: Path) -> Guide:
    """The checked guide in exactly this folder; DataError lists everything that is wrong with it."""
    reader = _Reader(folder)
    tables: dict[str, Any] = {"sources": Table(Source, reader.bibliography())}
    for name, (file, record) in FILES.items():
        tables[name] = Table(record, reader.rows(file, record))
    reader.cross_check(tables)
    if reader.faults:
        raise DataError(reader.faults)
    return Guide(**{**tables, "film": tables["film"][0]})


def schemas() -> dict[str, dict[str, Any]]:
    """The JSON Schema of every YAML file, by the schema's file name."""
    found = {}
    for file, record in FILES.values():
        if not file.endswith(".yaml"):
            continue
        row: Any = items.any_item() if record is items.Item else record
        schema = TypeAdapter(row if file == FILES["film"][0] else list[row]).json_schema()
        found[f"{Path(file).stem}.json"] = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return found


def _exact(record: type[Record], row: Any) -> type[Record] | None:
    """The class that a row is checked by: an item's is named by its type; None when there is no such type."""
    if record is not items.Item or not isinstance(row, dict):
        return record
    return items.ITEM_TYPES.get(str(row.get("type")))


@dataclass
class _Reader:
    """Reads files and remembers what is wrong with them and where each record stood."""

    folder: Path
    faults: list[Fault] = field(default_factory=list)
    lines: dict[tuple[str, str], int] = field(default_factory=dict)

    def fault(self, file: str, line: int, row_id: str, found: str, right: str) -> None:
        self.faults.append(Fault(file, line, row_id, _one_line(found), _one_line(right)))

    def text(self, file: str) -> str | None:
        """The text of a file, or None after reporting why there is none."""
        path = self.folder / file
        try:
            raw = path.read_bytes()
        except FileNotFoundError:
            if file in NEEDED:
                self.fault(file, 1, "", "the file is missing", "add it: a guide has a film, steps and sources")
            return None  # any other table may be left out: it is empty
        except OSError as error:
            self.fault(file, 1, "", f"the file cannot be read ({error.strerror})", "check its permissions")
            return None
        raw = raw.removeprefix(b"\xef\xbb\xbf")  # some editors put a byte order mark before UTF-8
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            line = raw[: error.start].count(b"\n") + 1
            self.fault(file, line, "", f"byte 0x{raw[error.start]:02x}, which is not UTF-8", "save as UTF-8")
            return None
        if not text.strip():
            self.fault(file, 1, "", "an empty file", "write `[]` for an empty table, or a CSV header")
            return None
        return text

    def rows(self, file: str, record: type[Record]) -> Iterator[Record]:
        """The valid records of one file; the others are reported."""
        text = self.text(file)
        if text is None:
            return
        raw = self._csv(file, text, record) if file.endswith(".csv") else self._yaml(file, text)
        for row, lines in raw:
            row_id = row["id"] if isinstance(row, dict) and isinstance(row.get("id"), str) else ""
            first = lines[()]
            if row_id and (file, row_id) in self.lines:
                self.fault(file, first, row_id, f"the id of line {self.lines[file, row_id]} again", "give it its own")
                continue
            self.lines[file, row_id] = first
            exact = _exact(record, row)
            if exact is None:
                found = f"the type {_shorten(row.get('type', 'none'))}"
                self.fault(
                    file,
                    _nearest(lines, ("type",)),
                    row_id,
                    found,
                    did_you_mean(str(row.get("type")), items.ITEM_TYPES),
                )
                continue
            try:
                yield exact.model_validate(row, strict=not file.endswith(".csv"))
            except ValidationError as error:
                for detail in error.errors(include_url=False):
                    found, right = _explain(detail, exact)
                    self.fault(file, _nearest(lines, detail["loc"]), row_id, found, right)

    def _yaml(self, file: str, text: str) -> Iterator[tuple[Any, Mapping[Path_, int]]]:
        try:
            data, lines = _parse_yaml(text)
        except _RepeatedKeyError as error:
            return self.fault(file, error.line, "", f"the key `{error.key}` twice", "keep one of them")
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line = mark.line + 1 if mark else 1
            return self.fault(file, line, "", f"not YAML ({error.problem or error.context})", "mend the syntax here")
        except (yaml.YAMLError, ValueError, RecursionError, OverflowError) as error:
            return self.fault(file, 1, "", f"not YAML ({error})", "mend the syntax")
        if file == FILES["film"][0]:
            data, lines = (data,), {(0, *path): line for path, line in lines.items()}
        if not isinstance(data, tuple):
            return self.fault(file, 1, "", f"a {_kind(data)}", "write a list of records, each beginning with `- id:`")
        for index, row in enumerate(data):
            yield row, {path[1:]: line for path, line in lines.items() if path[:1] == (index,)}

    def _csv(self, file: str, text: str, record: type[Record]) -> Iterator[tuple[Any, Mapping[Path_, int]]]:
        rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        line = 0
        try:
            header = next(rows)
            if len(header) == 1 and header[0].count(";") >= 2:
                found = "columns separated by `;`, as spreadsheets of some languages save them"
                return self.fault(file, 1, "", found, "save with commas: CSV (comma delimited), UTF-8")
            if not self._header(file, header, record):
                return
            line = rows.line_num
            for cells in rows:
                here, line = line + 1, rows.line_num
                if not cells:
                    continue
                if len(cells) != len(header):
                    right = f"the header names {len(header)} columns; quote a cell that holds a comma"
                    self.fault(file, here, cells[0], f"{len(cells)} cells", right)
                    continue
                row = {name: _cell(record, name, cell) for name, cell in zip(header, cells, strict=True) if cell}
                yield row, {(): here}
        except csv.Error as error:
            self.fault(file, line + 1, "", f"not CSV ({error})", "check the quotes in the row that begins here")

    def _header(self, file: str, header: list[str], record: type[Record]) -> bool:
        """Whether the columns are the record's fields; if not, its rows would only repeat the fault."""
        fields = record.model_fields
        before = len(self.faults)
        for name in dict.fromkeys(header):
            if name not in fields:
                self.fault(file, 1, "", f"the unknown column `{name}`", did_you_mean(name, fields))
            elif header.count(name) > 1:
                self.fault(file, 1, "", f"the column `{name}` twice", "keep one of them")
        for name in fields:
            if name not in header:
                self.fault(file, 1, "", f"no column `{name}`", f"the columns are {','.join(columns(record))}")
        return len(self.faults) == before

    def bibliography(self) -> Iterator[Source]:
        """The entries of references.bib; faults in its syntax are reported."""
        from pybtex.database import BibliographyDataError
        from pybtex.database.input.bibtex import Parser
        from pybtex.exceptions import PybtexError

        text = self.text(BIBLIOGRAPHY)
        if text is None:
            return
        places = {m[1]: text[: m.start()].count("\n") + 1 for m in re.finditer(r"@\w+\s*\{\s*([^,\s]+)", text)}
        self.lines.update(((BIBLIOGRAPHY, key), line) for key, line in places.items())
        try:
            entries = Parser().parse_string(text).entries
        except BibliographyDataError as error:
            named = re.search(r"(?:entry: |with key )(\S+)", str(error))
            key = named[1] if named else ""
            return self.fault(BIBLIOGRAPHY, places.get(key, 1), key, str(error), "keep one of them")
        except PybtexError as error:  # its syntax errors know their line; an unreadable name does not
            quoted = re.search(r"'(.+)'", str(error))
            place = text.find(quoted[1]) if quoted else -1
            line = getattr(error, "lineno", None) or text.count("\n", 0, max(place, 0)) + 1
            return self.fault(BIBLIOGRAPHY, line, "", f"not BibTeX ({error})", "mend the entry here")
        for key, entry in entries.items():
            fields = {name.lower(): value for name, value in entry.fields.items()}
            title = _plain(fields.get("title", ""))
            if not title:
                self.fault(BIBLIOGRAPHY, places.get(key, 1), key, "no title", "add `title = {…}`")
                continue
            kind: Any = fields.get("kind", "")
            if kind not in get_args(records.SourceKind):
                found = f"the kind `{kind}`" if kind else "no `kind`"
                self.fault(
                    BIBLIOGRAPHY, places.get(key, 1), key, found, did_you_mean(kind, get_args(records.SourceKind))
                )
                continue
            url = fields.get("url", "")
            if url and not _ADDRESS.match(url):
                right = "write a web address that begins with https://, or give the `doi`"
                self.fault(BIBLIOGRAPHY, places.get(key, 1), key, f"the address `{url[:40]}`", right)
                continue
            if kind == "copy" and not fields.get("copies"):
                self.fault(
                    BIBLIOGRAPHY, places.get(key, 1), key, "a copy of nothing", "say in `copies` what it repeats"
                )
                continue
            people = ", ".join(_plain(str(person)) for person in entry.persons.get("author", ()))
            outlets = (_plain(fields.get(f, "")) for f in ("publisher", "journal", "howpublished", "organization"))
            yield Source(
                id=key,
                title=title,
                publisher=next((outlet for outlet in outlets if outlet), people),
                year=fields.get("year", ""),
                url=url or (f"https://doi.org/{fields['doi']}" if "doi" in fields else ""),
                note=_plain(fields.get("note", "")),
                kind=kind,
                copies=_plain(fields.get("copies", "")),
                origin=fields.get("origin", ""),
                low_trust="low-trust" in fields.get("keywords", ""),
                starting="starting-article" in fields.get("keywords", ""),
            )

    def cross_check(self, tables: Mapping[str, Table[Any]]) -> None:
        """Report what no row can tell by itself."""
        files = {name: file for name, (file, _) in FILES.items()} | {"sources": BIBLIOGRAPHY}
        faulty = {fault.file for fault in self.faults}

        def tell(name: str, row: Any, found: str, right: str) -> None:
            self.fault(files[name], self.lines.get((files[name], row.id), 1), row.id, found, right)

        broken = frozenset(name for name, file in files.items() if file in faulty)
        CrossCheck(tables, broken, tell, files.__getitem__).run()


class _RepeatedKeyError(Exception):
    def __init__(self, key: object, line: int) -> None:
        self.key, self.line = key, line


def _parse_yaml(text: str) -> tuple[Any, dict[Path_, int]]:
    """The value of a YAML text with tuples for its lists, as records want them, and the line of every part of it."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    lines: dict[Path_, int] = {}

    def build(node: yaml.Node, path: Path_) -> Any:
        lines.setdefault(path, node.start_mark.line + 1)
        if isinstance(node, yaml.SequenceNode):
            return tuple(build(child, (*path, index)) for index, child in enumerate(node.value))
        if isinstance(node, yaml.MappingNode):
            values: dict[Any, Any] = {}
            for key_node, value_node in node.value:
                key = key_node.value if isinstance(key_node, yaml.ScalarNode) else str(key_node.value)
                if key in values:
                    raise _RepeatedKeyError(key, key_node.start_mark.line + 1)
                lines[*path, key] = key_node.start_mark.line + 1
                values[key] = build(value_node, (*path, key))
            return values
        if node.tag == "tag:yaml.org,2002:timestamp":
            return node.value  # the text that stood in the file: an impossible day is for the record to refuse
        try:
            return loader.construct_object(node)
        except (ValueError, LookupError) as error:  # `!!bool x`, `!!int ""`: PyYAML lets these through
            problem = f"`{node.value}` does not fit its tag"
            raise yaml.constructor.ConstructorError(problem=problem, problem_mark=node.start_mark) from error

    try:
        node = loader.get_single_node()
        return (build(node, ()) if node is not None else None), lines or {(): 1}
    finally:
        loader.dispose()


def _cell(record: type[Record], name: str, cell: str) -> Any:
    """A CSV cell as the field wants it: lists are written with spaces between their members."""
    info = record.model_fields.get(name)
    is_list = info is not None and "tuple" in str(info.annotation)
    return cell.split() if is_list else cell


def _nearest(lines: Mapping[Path_, int], path: Path_) -> int:
    """The line of `path`, or of the closest part around it that has one."""
    while path and path not in lines:
        path = path[:-1]
    return lines[path]


def _explain(detail: ErrorDetails, record: type[Record]) -> tuple[str, str]:
    """What a pydantic error found, and what would be right, in words for an author."""
    kind, path, context = detail["type"], detail["loc"], detail.get("ctx", {})
    where = ".".join(str(part) for part in path if not (isinstance(part, str) and "[" in part)) or "the record"
    value = detail["input"]
    shown = f"`{where}` is {_shorten(value)}"
    match kind:
        case "missing":
            return f"no `{where}`", "add it"
        case "extra_forbidden":
            return f"the unknown field `{where}`", did_you_mean(str(path[-1]), _fields_at(record, path))
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", str(context["expected"]))
            return shown, did_you_mean(str(value), allowed)
        case "value_error":
            found, _, right = str(context["error"]).partition("; ")
            return (f"{shown}: {found}" if path else found), right or "mend it"
        case "string_pattern_mismatch" if context["pattern"].startswith("^[a-z0-9]+"):
            return shown, "ids are lower-case letters, digits and hyphens"
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{where} is a {_kind(value)}", "write a record: fields with values"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            return shown, f"write a number {detail['msg'].removeprefix('Input should be ')}"
        case "int_parsing" | "int_from_float" | "int_type":
            return f"{shown} ({_kind(value)})", "write a whole number, in digits alone"
        case "too_long":
            return f"`{where}` has {context['actual_length']} members", f"write at most {context['max_length']}"
        case "too_short":
            return shown, f"name at least {context['min_length']}"
        case "string_too_short":
            return shown, "write some text"
        case "tuple_type":
            return f"{shown} ({_kind(value)})", "write a list"
        case _:
            message = detail["msg"].removeprefix("Input should be ").removeprefix("a valid ")
            return f"{shown} ({_kind(value)})", f"write {message[0].lower()}{message[1:]}"


def _fields_at(record: type[Record], path: Path_) -> list[str]:
    """The field names that are right at the place where an unknown one stood."""
    for part in path[:-1]:
        if isinstance(part, str) and part in record.model_fields:
            held = [record.model_fields[part].annotation, *marks(record.model_fields[part].annotation)]
            record = next((m for m in held if isinstance(m, type) and issubclass(m, Record)), record)
    return list(record.model_fields)


def _kind(value: object) -> str:
    names = {
        dict: "mapping",
        tuple: "list",
        list: "list",
        str: "text",
        bool: "truth value",
        int: "number",
        float: "number",
    }
    return names.get(type(value), "blank" if value is None else type(value).__name__)


def _shorten(value: object) -> str:
    text = value if isinstance(value, str) else repr(list(value) if isinstance(value, tuple) else value)
    return f"`{text[:57]}…`" if len(text) > 60 else f"`{text}`"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _plain(text: str) -> str:
    """BibTeX text without its braces and escapes."""
    return re.sub(r"\\([&%_#$])", r"\1", text).replace("{", "").replace("}", "")
