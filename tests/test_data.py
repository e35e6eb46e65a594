"""The data door: what it lets in, what it refuses, and in which words."""

from __future__ import annotations

import copy
import dataclasses
import datetime as dt
import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import books
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from IPython.core.completer import provisionalcompleter
from IPython.core.interactiveshell import InteractiveShell
from IPython.lib import pretty
from pydantic import ValidationError

from studyguide.guide import Guide, GuideError, Interpretation, Table, UnknownIdError, finding, loading
from studyguide.guide.crosschecking import BASIC, GOOD, parts, references
from studyguide.guide.finding import ENVIRONMENT
from studyguide.guide.loading import BIBLIOGRAPHY, FILES, DataError
from studyguide.guide.records import Sourced

BAD_DATA = Path(__file__).parent / "bad_data"
DELETE = "DELETE-"  # an empty file `DELETE-x` stands for: x is not there
EVERY_FILE = sorted([BIBLIOGRAPHY, *(file for file, _ in FILES.values())])
EVENT_COLUMNS = "the columns are id,date,label,sources,grade,note"
ANY_DATE = "write YYYY-MM-DD, YYYY-MM or YYYY"

# One mistake each, by the name of its folder in bad_data/, and all that is said about it.
FAULTS = {
    # the file itself
    "missing-file": "steps.yaml:1: -: the file is missing; add it: a guide has a film, steps and sources",
    "empty-file": "events.csv:1: -: an empty file; write `[]` for an empty table, or a CSV header",
    "not-utf-8": "events.csv:3: -: byte 0xe8, which is not UTF-8; save as UTF-8",
    "semicolons": "events.csv:1: -: columns separated by `;`, as spreadsheets of some languages save them; "
    "save with commas: CSV (comma delimited), UTF-8",
    # YAML
    "yaml-syntax": "people.yaml:6: -: not YAML (mapping values are not allowed in this context); mend the syntax here",
    "yaml-tag": "facts.yaml:4: -: not YAML (`perhaps` does not fit its tag); mend the syntax here",
    "key-twice": "people.yaml:3: -: the key `name` twice; keep one of them",
    "mapping-on-top": "people.yaml:1: -: a mapping; write a list of records, each beginning with `- id:`",
    "only-a-comment": "film.yaml:1: -: the record is a blank; write a record: fields with values",
    "two-films": "film.yaml:1: -: the record is a list; write a record: fields with values",
    # CSV
    "column-missing": f"events.csv:1: -: no column `grade`; {EVENT_COLUMNS}",
    "column-unknown": "events.csv:1: -: the unknown column `place`; did you mean `label`?",
    "column-twice": "events.csv:1: -: the column `date` twice; keep one of them",
    "too-many-cells": "events.csv:3: bridge: 7 cells; the header names 6 columns; quote a cell that holds a comma",
    "open-quote": "events.csv:3: -: not CSV (unexpected end of data); check the quotes in the row that begins here",
    # BibTeX
    "bib-syntax": "references.bib:16: -: not BibTeX (syntax error in line 16: '=' expected); mend the entry here",
    "bib-name-with-three-commas": "references.bib:27: -: not BibTeX (Too many commas in 'Hall, Mordaunt, Jr, Sir'); "
    "mend the entry here",
    "bib-key-twice": "references.bib:42: afi: repeated bibliography entry: afi; keep one of them",
    "bib-key-twice-inside-another-word": "references.bib:46: afi: repeated bibliography entry: afi; keep one of them",
    "bib-field-twice": "references.bib:14: credits: entry with key credits has a duplicate year field; "
    "keep one of them",
    "address-that-runs": "references.bib:1: registry: the address `javascript:alert(1)//www.loc.gov/program`; "
    "write a web address that begins with https://, or give the `doi`",
    "bib-without-title": "references.bib:20: afi: no title; add `title = {…}`",
    # fields
    "id-twice": "people.yaml:5: buster-keaton: the id of line 1 again; give it its own",
    "id-in-capitals": "facts.yaml:1: Registry-Year: `id` is `Registry-Year`; "
    "ids are lower-case letters, digits and hyphens",
    "unknown-field": "people.yaml:3: buster-keaton: the unknown field `source`; did you mean `sources`?",
    "unknown-inner-field": "people.yaml:5: buster-keaton: the unknown field `variants.0.langs`; did you mean `lang`?",
    "missing-field": "people.yaml:5: marion-mack: no `name`; add it",
    "wrong-type": "people.yaml:2: buster-keaton: `name` is `1895` (number); write string",
    "list-as-text": "people.yaml:3: buster-keaton: `sources` is `credits` (text); write a list",
    "value-left-blank": "facts.yaml:4: registry-year: `value` is `None`: neither text, number nor list of texts; "
    "write one of these",
    "one-step-for-a-reading": "readings.yaml:16: orders: `steps` is `['bridge']`; name at least 2",
    "too-many-readings": "items.yaml:5: what-drives-him: `readings` has 27 members; write at most 26",
    "too-many-spares": "items.yaml:21: who: `spare` has 30 members; write at most 18",
    "grade-g": "facts.yaml:6: registry-year: `grade` is `G`; known: `F`, `A`, `B`, `C`, `D`, `E`",
    "unknown-result": "awards.csv:2: registry-1989: `result` is `wonn`; did you mean `won`?",
    "score-beyond-its-scale": "scores.csv:2: test-critics: 80.0 out of 10; check value and out_of",
    "fault-after-a-cell-of-two-lines": "box_office.csv:4: us-screens: `value` is `many` (text); "
    "write a whole number, in digits alone",
    "unknown-verdict": "claims.yaml:5: neutral: `verdict` is `refuted`; known: `supported`, `supported in part`, "
    "`contradicted`, `unsupported`, `interpretation`, `open`",
    "claim-without-appearance": "claims.yaml:4: neutral: `appearances` is `[]`; name at least 1",
    "relation-to-oneself": "relations.yaml:1: courtship: both ends are johnnie-gray; name another character",
    "off-the-map": "places.yaml:4: marietta: `y` is `190`; write a number less than or equal to 100",
    "cell-without-work": "adaptation.yaml:1: heroes-memoir: no `work`; add it",
    "term-graded": "terms.yaml:6: intertitle: the unknown field `grade`; known: `id`, `term`, `lang`, `group`, "
    "`meaning`, `sources`",
    # dates
    "impossible-date": f"voices.yaml:4: hall: `date` is `1927-02-30`: no such day in the calendar; {ANY_DATE}",
    "impossible-month": f"events.csv:2: registry: `date` is `1989-13`: no such day in the calendar; {ANY_DATE}",
    "impossible-day": "box_office.csv:3: us-second: `end` is `1927-02-30`: no such day in the calendar; "
    "write YYYY-MM-DD",
    "date-in-words": "box_office.csv:3: us-second: `end` is `18 February 1927`: not a day; write YYYY-MM-DD",
    "day-as-seconds": "box_office.csv:3: us-second: `end` is `86400`: not a day; write YYYY-MM-DD",
    "no-date": "box_office.csv:3: us-total: no date; give end, or read_on for an undated figure",
    "start-after-end": "box_office.csv:3: us-second: it starts on 1927-02-18, after its end 1927-02-12; swap them",
    # money and counts
    "money-without-currency": "box_office.csv:3: us-second: gross without a currency; add an ISO code such as USD",
    "count-with-currency": "box_office.csv:3: us-seats: admissions with the currency USD; "
    "leave currency empty for counts",
    "negative-count": "box_office.csv:3: us-seats: `value` is `-5`; write a number greater than or equal to 0",
    # from file to file
    "unknown-source": "facts.yaml:1: registry-year: `sources` names `registri`, which is not in references.bib; "
    "did you mean `registry`?",
    "unknown-step": "readings.yaml:10: orders: `steps` names `bridges`, which is not in steps.yaml; "
    "did you mean `bridge`?",
    "unknown-claim": "facts.yaml:7: source: `claims` names `from-the-memoir`, which is not in claims.yaml; "
    "did you mean `from-a-memoir`?",
    "unknown-appearance": "claims.yaml:1: neutral: `appearances` names `made-out`, which is not in references.bib; "
    "did you mean `made-up`?",
    "unknown-step-inside": "themes.yaml:17: duty: `moments 2: step` names `bridges`, which is not in steps.yaml; "
    "did you mean `bridge`?",
    "unknown-character": "relations.yaml:1: courtship: `other` names `annabelle`, which is not in characters.yaml; "
    "did you mean `annabelle-lee`?",
    "low-trust-alone": "facts.yaml:7: location: grade C on low-trust pages alone; "
    "grade it D, or add a source that can be trusted",
    "low-trust-inside": "characters.yaml:1: johnnie-gray: grade C on low-trust pages alone; "
    "grade it D, or add a source that can be trusted",
}


@pytest.fixture
def folder(tiny_folder: Path, tmp_path: Path) -> Path:
    """A copy of the tiny guide's data, to be spoilt."""
    return Path(shutil.copytree(tiny_folder, tmp_path / "book" / "data"))


def spoil(folder: Path, *mistakes: str) -> None:
    """Lay the files of the named mistakes over the data in `folder`."""
    for mistake in mistakes:
        for file in (BAD_DATA / mistake).iterdir():
            if file.name.startswith(DELETE):
                (folder / file.name.removeprefix(DELETE)).unlink()
            else:
                shutil.copy(file, folder / file.name)


def faults(folder: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        loading.read(folder)
    return [str(fault) for fault in caught.value.faults]


# What is refused


@pytest.mark.parametrize("mistake", FAULTS)
def test_a_single_mistake_gives_a_single_fault_that_says_where_what_and_how_to_mend_it(
    mistake: str, folder: Path
) -> None:
    spoil(folder, mistake)
    assert faults(folder) == [FAULTS[mistake]]


def test_every_broken_input_has_its_expected_fault_and_lays_over_one_file() -> None:
    assert sorted(path.name for path in BAD_DATA.iterdir()) == sorted(FAULTS)
    for mistake in BAD_DATA.iterdir():
        (file,) = mistake.iterdir()
        assert file.name.removeprefix(DELETE) in EVERY_FILE


def test_the_faults_of_all_files_come_at_once_and_in_order(folder: Path) -> None:
    mistakes = ["unknown-step", "bib-without-title", "no-date", "id-twice", "grade-g"]
    spoil(folder, *mistakes)
    (folder / "events.csv").write_text(
        "id,date,label,sources,grade,note\na,1,x,registry,C,\nb,2,y,registry,C,\n", "utf-8"
    )
    with pytest.raises(DataError) as caught:
        loading.read(folder)
    lines = [
        FAULTS["no-date"],
        f"events.csv:2: a: `date` is `1`: not a date; {ANY_DATE}",
        f"events.csv:3: b: `date` is `2`: not a date; {ANY_DATE}",
        FAULTS["grade-g"],
        FAULTS["id-twice"],
        FAULTS["unknown-step"],
        FAULTS["bib-without-title"],
    ]
    assert str(caught.value).splitlines() == [*lines, "7 faults in the data"]
    assert caught.value.faults == sorted(caught.value.faults)


# What only several rows together can get wrong: the file, what stands in it, what is put there, what is then said.
TOGETHER = {
    "a copy alone": (
        "facts.yaml",
        "sources: [registry]\n  grade: C",
        "sources: [reprint]\n  grade: C",
        "grade C on viewers or copies alone; grade it D and say so in `note`, or add a better source",
    ),
    "a basic fact on a copy alone, unsaid": (
        "facts.yaml",
        "sources: [registry]\n  grade: C",
        "sources: [reprint]\n  grade: D",
        "grade D without a good source and without a note; say in `note` that it is viewers only, or through a copy",
    ),
    "two pages of one origin": (
        "steps.yaml",
        "sources: [credits, memoir]\n  grade: B\n- id: chase-back",
        "sources: [memoir, reprint]\n  grade: B\n- id: chase-back",
        "grade B on one origin; grade it C, or add a source of another origin",
    ),
    "the film's grade without the film": (
        "facts.yaml",
        "sources: [registry]\n  grade: C",
        "sources: [registry]\n  grade: F",
        "grade F without the film among its sources; name the film, or grade the pages",
    ),
    "a step that ends before it begins": (
        "steps.yaml",
        "place: A halt on the line",
        "start: 0:09:00\n  end: 0:08:00\n  place: A halt on the line",
        "it begins and does not end after that; give `end`, later than `start`",
    ),
    "a step before the one above": (
        "steps.yaml",
        "place: A halt on the line",
        "start: 0:01:00\n  end: 0:01:30\n  place: A halt on the line",
        "put the steps in the order of the film",
    ),
    "a scene outside its step": (
        "scenes.csv",
        "0:05:00",
        "1:05:00",
        "mend its times, or name another step",
    ),
    "a voice that nobody has": (
        "turns.csv",
        "johnnie-gray",
        "johnny-gray",
        "the voice `johnny-gray`, which is no character; did you mean `johnnie-gray`?; somebody without a name is "
        "`other-…`",
    ),
}
REPRINT = "@misc{reprint,\n  kind = {copy},\n  copies = {memoir},\n  title = {The memoir, typed out}\n}\n"


@pytest.mark.parametrize("mistake", TOGETHER)
def test_what_sources_cannot_carry_and_times_out_of_order_are_told(mistake: str, folder: Path) -> None:
    file, old, new, said = TOGETHER[mistake]
    for name, text in ((file, (old, new)), (BIBLIOGRAPHY, ("@misc{registry,", f"{REPRINT}@misc{{registry,"))):
        path = folder / name
        before = path.read_text("utf-8")
        assert text[0] in before
        path.write_text(before.replace(*text, 1), "utf-8")
    found = faults(folder)
    assert len(found) == 1 and found[0].startswith(f"{file}:") and found[0].endswith(said), found


def test_lines_are_sorted_as_numbers(folder: Path) -> None:
    rows = "".join(f"e{number},19 BC,x,registry,C,\n" for number in range(12))
    (folder / "events.csv").write_text(f"id,date,label,sources,grade,note\n{rows}", "utf-8")
    with pytest.raises(DataError) as caught:
        loading.read(folder)
    assert [fault.line for fault in caught.value.faults] == list(range(2, 14))


def test_a_file_with_faults_is_not_blamed_on_those_who_refer_to_it(folder: Path) -> None:
    spoil(folder, "missing-file")  # readings, items and their steps all point into it
    assert faults(folder) == [FAULTS["missing-file"]]


def test_every_reference_in_every_table_is_followed(folder: Path) -> None:
    emptied = ("steps.yaml", "people.yaml", "characters.yaml", "readings.yaml", "items.yaml", "claims.yaml")
    for name in (*emptied, "facts.yaml", "themes.yaml", "relations.yaml", "places.yaml", "quotations.yaml"):
        (folder / name).write_text("[]\n", "utf-8")
    (folder / "activities.yaml").write_text("- {id: look, title: Look, intro: Look, items: [nothing]}\n", "utf-8")
    said = faults(folder)
    assert "activities.yaml:1: look: `items` names `nothing`, which is not in items.yaml; there are none yet" in said
    credits_ = [line for line in said if line.startswith("credits.csv")]
    assert len(credits_) == 4
    assert len(said) == 8


def test_a_file_that_cannot_be_read_is_a_fault_too(folder: Path) -> None:
    (folder / "events.csv").unlink()
    (folder / "events.csv").mkdir()
    (fault,) = faults(folder)
    assert fault.startswith("events.csv:1: -: the file cannot be read (")


@pytest.mark.parametrize(
    ("mistakes", "last"), [(["grade-g"], "1 fault in the data"), (["grade-g", "no-date"], "2 faults in the data")]
)
def test_the_message_ends_with_the_number_of_faults(mistakes: list[str], last: str, folder: Path) -> None:
    spoil(folder, *mistakes)
    with pytest.raises(DataError) as caught:
        loading.read(folder)
    assert str(caught.value).splitlines()[-1] == last


# What is let in


def test_a_sound_folder_becomes_a_guide_with_every_table(tiny: Guide) -> None:
    assert tiny.film.title == "The General"
    assert {name for name, _ in tiny.tables()} == {*FILES, "sources"} - {"film"}
    assert all(len(table) for _, table in tiny.tables())


def test_values_arrive_with_their_types(tiny: Guide) -> None:
    week = tiny.box_office["us-opening"]
    assert (week.value, week.currency, week.start, week.read_on) == (50000, "USD", dt.date(1927, 2, 5), None)
    assert tiny.box_office["us-total"].read_on == dt.date(2026, 11, 22)
    assert tiny.box_office["us-total"].note == "Undated; read on 22 November 2026"
    assert tiny.box_office["world-total"].sources == ("made-up", "patchwork")
    assert tiny.voices["hall"].date == "1927-02-08"
    assert tiny.facts["registry-year"].value == 1989
    assert tiny.facts["location"].value == ("Cottage Grove", "Oregon")
    assert tiny.facts["score"].value == 7.5
    assert tiny.rankings["afi-2007"].poll == "100 Years, 100 Movies"
    assert tiny.characters["johnnie-gray"].languages[0].language == "English"
    assert tiny.people["marion-mack"].variants[0].name == "マリオン・マック"


def test_sources_arrive_as_plain_text(tiny: Guide) -> None:
    assert tiny.sources["credits"].title == "The General: opening credits and intertitles"
    assert tiny.sources["afi"].title == "100 Years & 100 Movies, tenth anniversary edition"
    assert tiny.sources["afi"].publisher == "American Film Institute"
    assert tiny.sources["times"].publisher == "The New York Times"
    assert tiny.sources["memoir"].publisher == "Pittenger, William"
    assert [source.id for source in tiny.sources if source.low_trust] == ["patchwork"]


def test_rows_keep_the_order_of_their_file(tiny: Guide) -> None:
    assert tiny.steps.ids() == ["refused", "theft", "chase-back", "bridge"]
    assert tiny.steps.number("chase-back") == 3


def test_columns_may_stand_in_any_order_and_lines_may_end_in_any_way(folder: Path) -> None:
    (folder / "events.csv").write_bytes(b"note,label,grade,sources,date,id\r\n\r\n,The end,C,registry,1989,end\r\n")
    assert loading.read(folder).events["end"].label == "The end"


def test_empty_tables_are_sound_where_nothing_refers_to_them(folder: Path) -> None:
    (folder / "activities.yaml").write_text("[]\n", "utf-8")
    (folder / "events.csv").write_text("id,date,label,sources,grade,note\n", "utf-8")
    guide = loading.read(folder)
    assert (len(guide.activities), len(guide.events)) == (0, 0)


def test_a_low_trust_page_may_stand_beside_a_better_one(folder: Path) -> None:
    text = (folder / "events.csv").read_text("utf-8")
    (folder / "events.csv").write_text(text.replace("patchwork,D", "patchwork registry,C"), "utf-8")
    assert loading.read(folder).events["bridge"].grade == "C"


# Where the data is found


def test_load_reads_the_path_it_is_given(folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(ENVIRONMENT, str(tmp_path / "nowhere"))
    assert finding.load(folder) == finding.load(str(folder)) == loading.read(folder)


def test_load_reads_the_folder_in_the_environment_before_it_looks_around(
    folder: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    film = folder / "film.yaml"
    film.write_text(film.read_text("utf-8").replace("The General", "Another film"), "utf-8")
    monkeypatch.chdir(tiny_folder.parent)
    monkeypatch.setenv(ENVIRONMENT, str(folder))
    assert finding.load().film.title == "Another film"


def test_load_walks_up_to_the_book_around_it(folder: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    shutil.copy(tiny_folder.parent / "_config.yml", folder.parent)
    inner = folder.parent / "chapters" / "data"  # a `data` without `_config.yml` beside it is not the one
    inner.mkdir(parents=True)
    monkeypatch.chdir(inner)
    assert finding.find().samefile(folder)
    assert finding.load().film.id == "the-general"


def test_load_says_what_to_do_when_it_finds_no_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(GuideError) as caught:
        finding.load()
    for words in ("no guide here", str(tmp_path), "`_config.yml`", "load()", ENVIRONMENT):
        assert words in str(caught.value)


@pytest.mark.parametrize("named", ["by path", "by environment"])
def test_load_says_so_when_the_named_folder_is_not_there(
    named: str, tiny_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tiny_folder.parent)  # walking up would find something, and must not be tried
    away = tmp_path / "away"
    monkeypatch.setenv(ENVIRONMENT, str(away))
    with pytest.raises(GuideError) as caught:
        finding.load(away if named == "by path" else None)
    assert str(caught.value) == f"no data folder at `{away}`; give the folder that holds film.yaml"


# Records and tables


def test_a_record_cannot_be_changed(tiny: Guide) -> None:
    with pytest.raises(ValidationError, match="frozen"):
        tiny.steps[0].title = "Another"
    with pytest.raises(dataclasses.FrozenInstanceError):
        tiny.film = tiny.film  # type: ignore[misc]
    with pytest.raises(TypeError):
        tiny.steps[0] = tiny.steps[1]  # type: ignore[index]


def test_a_table_finds_by_id_and_by_place(tiny: Guide) -> None:
    assert tiny.steps["theft"] is tiny.steps[1]
    assert tiny.steps[-1].id == "bridge"


def test_a_table_names_the_nearest_id_when_there_is_none(tiny: Guide) -> None:
    with pytest.raises(UnknownIdError) as caught:
        _ = tiny.steps["thieft"]
    assert str(caught.value) == "no `thieft` among step records; did you mean `theft`?"
    assert isinstance(caught.value, KeyError)
    with pytest.raises(GuideError, match="known: `buster-keaton`, `clyde-bruckman`, `marion-mack`"):
        _ = tiny.people["zzz"]


def test_where_keeps_the_rows_that_match_in_order(tiny: Guide) -> None:
    totals = tiny.box_office.where(measure="running total", currency="USD")
    assert totals.ids() == ["us-total", "world-total"]
    assert len(tiny.box_office.where(measure="budget")) == 0


def test_where_refuses_a_field_that_there_is_not_and_says_which_is_near(tiny: Guide) -> None:
    with pytest.raises(GuideError, match="amount records have no field `mesure`; did you mean `measure`"):
        tiny.box_office.where(mesure="budget")
    question = tiny.items[0]
    assert isinstance(question, Interpretation)
    assert question in tiny.items.where(readings=question.readings), "a field that only some kinds of item have"


def test_where_warns_of_a_word_that_no_record_has(tiny: Guide) -> None:
    with pytest.warns(UserWarning, match="no step record has `Marieta` as its part; did you mean `Marietta`"):
        assert tiny.steps.where(part="Marieta") == ()
    assert tiny.steps[:0].where(part="Marieta") == (), "of an empty table nothing is said"


def test_a_table_shows_its_first_rows_and_what_its_columns_mean(tiny: Guide) -> None:
    shown = tiny.steps._repr_html_()
    for words in ("Step records", tiny.steps[0].title, "All ", "Support by the sources"):
        assert words in shown
    assert len(shown) < 6000
    for name, table in tiny.tables():
        assert table._repr_html_().count("<tr>") >= 1 + min(len(table), 5), name
    assert (
        "<script"
        not in Table(type(tiny.people[0]), [tiny.people[0].model_copy(update={"name": "<script>"})])._repr_html_()
    )


def test_a_guide_shows_its_tables_and_ipython_prints_no_record(tiny: Guide) -> None:
    shown = tiny._repr_html_()
    assert all(f"<th scope='row'>{name}</th><td>{len(table)}</td>" in shown for name, table in tiny.tables())
    assert pretty.pretty(tiny.steps) == "4 Step records: refused, theft, chase-back, bridge"
    assert pretty.pretty(tiny).startswith("Guide to The General (1926): facts, people")


@pytest.mark.parametrize(
    ("typed", "wanted"), [('guide.steps["th', "theft"), ("guide.st", "steps"), ("step.ti", "title")]
)
def test_ids_tables_and_fields_complete_in_ipython(tiny: Guide, typed: str, wanted: str) -> None:
    shell = InteractiveShell.instance()
    shell.push({"guide": tiny, "step": tiny.steps["theft"]})
    with provisionalcompleter():
        found = {one.text for one in shell.Completer.completions(typed, len(typed))}
    assert wanted in {one.strip('".]') for one in found}


def test_a_folder_without_a_guide_is_said_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(GuideError) as caught:
        finding.load(tmp_path)
    assert str(caught.value) == f"no guide in `{tmp_path}`; give the folder that holds film.yaml"


def test_a_slice_of_a_table_is_a_table(tiny: Guide) -> None:
    assert tiny.steps[1:3].ids() == ["theft", "chase-back"]


@pytest.mark.parametrize("way", [copy.copy, copy.deepcopy, lambda guide: pickle.loads(pickle.dumps(guide))])
def test_a_copied_guide_is_the_same_guide(way: Any, tiny: Guide) -> None:
    again = way(tiny)
    assert again == tiny
    assert again.steps["theft"].title == "The train is stolen"


# Frames


def dtypes(table: Table[Any]) -> dict[str, str]:
    return {str(name): str(kind) for name, kind in table.frame().dtypes.items()}


@pytest.mark.parametrize("empty", [False, True])
def test_frame_has_the_dtypes_it_documents(empty: bool, tiny: Guide) -> None:
    figures = tiny.box_office[:0] if empty else tiny.box_office
    kinds = dtypes(figures)
    assert kinds.pop("value") == "Int64"
    assert [kinds.pop(name) for name in ("start", "end", "read_on")] == ["datetime64[s]"] * 3
    assert kinds.pop("sources") == "object"
    assert set(kinds.values()) == {"string"}
    scores = dtypes(tiny.scores)
    assert (scores["value"], scores["out_of"], scores["votes"]) == ("Float64", "Int64", "Int64")
    assert dtypes(tiny.facts)["value"] == "object"
    assert dtypes(tiny.people)["variants"] == "object"
    assert dtypes(tiny.sources)["low_trust"] == "boolean"


def test_frame_has_one_row_a_record_and_one_column_a_field(tiny: Guide) -> None:
    for name, table in tiny.tables():
        frame = table.frame()
        assert sorted(frame.columns) == sorted(table.record.model_fields), name
        assert frame.columns[0] == "id", name
        assert list(frame["id"]) == table.ids(), name
    figures = tiny.box_office.frame().set_index("id")
    assert figures.loc["us-opening", "value"] == 50000
    assert figures["start"].isna().tolist() == [False, True, True, True]
    assert figures["currency"].isna().tolist() == [False, False, False, True]


def test_frame_says_what_its_columns_mean(tiny: Guide) -> None:
    fields = tiny.box_office.frame().attrs["fields"]
    assert fields["currency"] == "ISO 4217 code; for money only, and never missing there."
    assert "Support by the sources" in fields["grade"]
    assert set(fields) <= set(tiny.box_office.record.model_fields)
    assert all(isinstance(meaning, str) and meaning for meaning in fields.values())


def test_a_changed_frame_leaves_the_guide_and_the_next_frame_alone(tiny: Guide) -> None:
    frame = tiny.box_office.frame()
    frame.loc[0, "value"] = 1
    frame.attrs["fields"].clear()
    assert tiny.box_office[0].value == tiny.box_office.frame().loc[0, "value"] == 50000
    assert tiny.box_office.frame().attrs["fields"]


def test_only_frame_imports_pandas(tiny_folder: Path) -> None:
    code = f"""
import sys, studyguide
guide = studyguide.load({str(tiny_folder)!r})
for name, table in guide.tables():
    table[0], table[table.ids()[0]], table.number(table.ids()[0]), table.where(id="x"), repr(table)
try:
    guide.steps["thieft"]
except studyguide.GuideError as error:
    str(error)
assert "pandas" not in sys.modules, "before"
guide.steps.frame()
assert "pandas" in sys.modules, "after"
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


# Anything at all


@pytest.fixture(scope="module")
def scratch(tiny_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One copy of the data for all examples of the property; each example puts back what it broke."""
    yield Path(shutil.copytree(tiny_folder, tmp_path_factory.mktemp("mangled") / "data"))


ODD_TEXT = st.text(max_size=8) | st.sampled_from(
    ["!!bool x", "!!int ''", "&a [*a]", '"', "{", "}", "@x{", "- ", ": ", "\0"]
)
CHANGE = st.tuples(
    st.sampled_from(["cut", "flip", "put in", "drop line", "repeat line", "keep only"]),
    st.floats(0, 1, exclude_max=True),
    ODD_TEXT,
)


def mangled(raw: bytes, changes: list[tuple[str, float, str]]) -> bytes:
    for how, place, odd in changes:
        at = int(place * len(raw))
        lines = raw.splitlines(keepends=True)
        row = int(place * len(lines))
        match how:
            case "cut":
                raw = raw[:at]
            case "flip":
                raw = raw[:at] + bytes([raw[at] ^ (1 << len(odd) % 8)]) + raw[at + 1 :] if raw else raw
            case "put in":
                raw = raw[:at] + odd.encode("utf-8", "surrogatepass") + raw[at:]
            case "drop line":
                raw = b"".join(lines[:row] + lines[row + 1 :])
            case "repeat line":
                raw = b"".join(lines[: row + 1] + lines[row:])
            case "keep only":
                raw = odd.encode("utf-8", "surrogatepass")
    return raw


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(file=st.sampled_from(EVERY_FILE), changes=st.lists(CHANGE, min_size=1, max_size=4))
@example(file="film.yaml", changes=[("keep only", 0.0, "# nothing")])
@example(file="people.yaml", changes=[("keep only", 0.0, "&a [*a]")])
@example(file="voices.yaml", changes=[("keep only", 0.0, "!!timestamp x")])
@example(file="voices.yaml", changes=[("keep only", 0.0, "!!float ''")])
@example(file="references.bib", changes=[("keep only", 0.0, "@misc{a, author = {a, b, c, d}}")])
@example(file="events.csv", changes=[("keep only", 0.0, "\n\nid")])
@example(file="items.yaml", changes=[("keep only", 0.0, "[" * 5000)])
def test_whatever_is_in_a_file_the_answer_is_a_guide_or_a_data_error(
    file: str, changes: list[tuple[str, float, str]], scratch: Path
) -> None:
    path = scratch / file
    before = path.read_bytes()
    path.write_bytes(mangled(before, changes))
    try:
        assert isinstance(loading.read(scratch), Guide)
    except DataError as error:
        assert error.faults
        for fault in error.faults:
            assert (scratch / fault.file).is_file()
            assert fault.line >= 1
            assert fault.found and fault.right
            assert "\n" not in str(fault)
    finally:
        path.write_bytes(before)


# --- installed guides, and files as people save them ------------------------------------------------------------------


@pytest.fixture
def install(tmp_path: Path, tiny_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Installs the tiny guide as a package of this name, in a folder on the path with metadata such as pip writes."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(ENVIRONMENT, raising=False)
    monkeypatch.syspath_prepend(str(tmp_path / "site"))

    def put(name: str) -> Path:
        module = name.replace("-", "_")
        package, info = tmp_path / "site" / module, tmp_path / "site" / f"{module}-1.0.dist-info"
        shutil.copytree(tiny_folder, package / "data")
        (package / "__init__.py").touch()
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n", "utf-8")
        (info / "entry_points.txt").write_text(f"[studyguide.guides]\n{name} = {module}\n", "utf-8")
        return package / "data"

    return put


def test_without_a_folder_of_ones_own_the_installed_guide_is_loaded(install: Callable[[str], Path]) -> None:
    installed = install("the-general")
    assert finding.find() == installed
    assert finding.load().film.title == "The General"


def test_of_several_installed_guides_one_is_named(install: Callable[[str], Path]) -> None:
    install("the-general"), install("the-navigator")
    with pytest.raises(GuideError, match=r"name one: load\('the-general'\), load\('the-navigator'\)"):
        finding.load()
    assert finding.load("the-navigator").film.title == "The General"


def test_a_table_without_a_file_is_empty(folder: Path) -> None:
    for name, (file, _) in FILES.items():
        if name in {"voices", "scores", "rankings", "terms", "adaptation", "turns"}:
            (folder / file).unlink()
    guide = loading.read(folder)
    assert len(guide.voices) == len(guide.turns) == 0
    assert len(guide.steps) > 0


def test_a_byte_order_mark_is_passed_over(folder: Path) -> None:
    for name in ("events.csv", "people.yaml", BIBLIOGRAPHY):
        (folder / name).write_bytes(b"\xef\xbb\xbf" + (folder / name).read_bytes())
    assert loading.read(folder).events


# ---- This guide's bibliography ----

NO_ADDRESS = re.compile(
    r"webcache|/cache\b|cache\.aspx|\bweb\.archive\.org|//(bit\.ly|t\.co|x\.gd|buff\.ly|goo\.gl|tinyurl\.com)/"
    r"|/(search|tags?|news_tags|categor(y|ies)|authors?|hashtag)/|[?&](q|s|tag_id|utm_\w+|fbclid|gclid|ncid|KeepThis)="
    r"|/amp$|[?&]amp\b|//[^/]+/(?:[^/]+/)?20\d\d/\d{1,2}(/\d{1,2})?/?$|/page/\d+/?$"
)
"""Caches, short links, pages of results, lists of articles, and marks that track a reader: none is a page's own."""

CITED = re.compile(r"\{cite(?::\w+)?\}`([^`]+)`")

MARKED = {"film-page-claim"}
"""What stands in a table of basic facts without a good source: the figure that the film page gives, as its claim."""


def citations(guide: Guide) -> set[str]:
    """The sources that a record or a chapter names."""
    found: set[str] = set()
    for table in (getattr(guide, name) for name in FILES if name != "film"):
        for row in (*table, guide.film):
            for part, _ in parts(row):
                for column, target in references(type(part)):
                    value = getattr(part, column) if target == "sources" else None
                    found.update((value,) if isinstance(value, str) else value or ())
    for name in books.chapters():
        for keys in CITED.findall((books.ROOT / f"{name}.md").read_text("utf-8")):
            found.update(key.strip() for key in keys.split(","))
    return found


def test_no_two_sources_are_printed_by_the_same_name(guide: Guide) -> None:
    names: dict[str, list[str]] = {}
    for source in guide.sources:
        names.setdefault((source.publisher or source.title).casefold(), []).append(source.id)
    assert {name: keys for name, keys in names.items() if len(keys) > 1} == {}


def test_every_address_is_a_page_of_its_own(guide: Guide) -> None:
    assert {source.id: source.url for source in guide.sources if NO_ADDRESS.search(source.url)} == {}


def test_no_two_sources_have_the_same_address(guide: Guide) -> None:
    addresses = sorted(source.url for source in guide.sources if source.url)
    assert len(addresses) == len(set(addresses))


def test_every_source_is_cited(guide: Guide) -> None:
    assert set(guide.sources.ids()) - citations(guide) == set()


def test_a_copy_says_what_it_copies_and_nothing_else_does(guide: Guide) -> None:
    assert [source.id for source in guide.sources if (source.kind == "copy") != bool(source.copies)] == []


def test_a_basic_fact_has_a_good_source_unless_it_is_marked(guide: Guide) -> None:
    weak = {
        row.id
        for name in BASIC
        for row in getattr(guide, name)
        if isinstance(row, Sourced) and not any(guide.sources[key].kind in GOOD for key in row.sources)
    }
    assert weak == MARKED
