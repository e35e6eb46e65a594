"""What a class handed in is counted, refused and left out alike by Python and by the Class page: shared cases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import classroom
import pytest

from studyguide.guide import Guide
from studyguide.questions import collecting, reporting, scoring
from studyguide.questions.tallying import Collected, collect

CASES = Path(__file__).parent / "cases"
COUNTING = json.loads((CASES / "counting.json").read_text(encoding="utf-8"))
CELLS = json.loads((CASES / "csv.json").read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def school(tiny: Guide) -> Guide:
    return classroom.guide_of_all_types(tiny)


def told(collected: Collected) -> dict[str, Any]:
    """What was counted, as the cases have it."""
    counts = {}
    for activity in collected.guide.activities:
        for item in activity.items:
            for (round_, name), given in collected.counts(activity.id, item).items():
                part = f"{round_} {name}".strip()
                counts |= {f"{activity.id} {item}: {part} = {answer}": n for answer, n in given.items() if n}
    return {
        "handedIn": [one.activity for one in collected.hand_ins],
        "repeats": len(collecting.repeats(collected.hand_ins)),
        "broken": [one.fault for one in collected.broken],
        "leftOut": dict.fromkeys(collecting.LEFT_OUT, 0) | dict(collected.left_out),
        "counts": counts,
    }


def test_the_cases_are_about_this_guide(school: Guide) -> None:
    assert COUNTING["guide"] == school.film.id
    assert COUNTING["specs"] == [scoring.spec(school, activity.id) for activity in school.activities]


@pytest.mark.parametrize("case", COUNTING["cases"], ids=lambda case: case["name"])
def test_a_class_is_counted_as_the_table_says(school: Guide, tmp_path: Path, case: dict[str, Any]) -> None:
    paths = []
    for number, content in enumerate(case["files"]):
        path = tmp_path / f"{number}.json"
        path.write_text(content, encoding="utf-8")
        paths.append(path)
    assert told(collect(school, [*paths, *([case["text"]] if case["text"] else [])])) == case["expected"]


def test_the_table_has_every_reason(school: Guide) -> None:
    broken = {fault for case in COUNTING["cases"] for fault in case["expected"]["broken"]}
    assert {"shape", "activity", "check", "version", "json", "guide", "empty"} <= broken
    left_out = {why for case in COUNTING["cases"] for why, count in case["expected"]["leftOut"].items() if count}
    assert left_out == set(collecting.LEFT_OUT)


@pytest.mark.parametrize(("text", "cell"), CELLS, ids=[repr(text) for text, _ in CELLS])
def test_a_cell_of_a_table_runs_in_no_spreadsheet(text: str, cell: str) -> None:
    assert reporting.no_formula(text) == cell


def test_what_was_left_out_is_reported(school: Guide) -> None:
    case = next(case for case in COUNTING["cases"] if case["expected"]["leftOut"]["outdated"])
    lines = list(reporting.report(collect(school, case["files"])))
    assert "1 answer in files left out: to another version of their question" in lines
