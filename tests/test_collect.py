"""What a class handed in: read out of chats and files, counted, printed, and as a table."""

from __future__ import annotations

import csv
import json
import math
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import classroom
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from hypothesis import given

from studyguide import cli
from studyguide.guide import Guide
from studyguide.questions import codes, collecting, reporting, tallying
from studyguide.questions.tallying import Ratings, collect

QUIZ = {
    "burns": {"version": 1, "choice": ["bridge"]},
    "iron": {"version": 1, "choice": ["cannon"]},
    "line": {"version": 1, "order": ["chase", "theft", "return"]},
    "who": {"version": 1, "match": {"johnnie": "johnnie", "spies": "spare-1"}},
}


@pytest.fixture(scope="module")
def school(tiny: Guide) -> Guide:
    return classroom.guide_of_all_types(tiny)


def talk(first: str | None, second: str | None = None) -> dict[str, Any]:
    given = {"first": {"reading": first, "certainty": "2", "steps": ["theft"]}, "second": {"reading": second}}
    return {"what-drives-him": {"version": 1, **given}}


def stars(before: Iterable[float], after: Iterable[float] = ()) -> list[dict[str, Any]]:
    """One response for each rating before, and each after."""
    return [
        {"rate": {"version": 1, round_: {"overall": star}}}
        for round_, given in (("before", before), ("after", after))
        for star in given
    ]


def chat(school: Guide, activity: str, responses: Iterable[dict[str, Any]]) -> str:
    """One line a person, as a class would paste it."""
    lines = zip(classroom.people(), responses, strict=False)
    return "\n".join(f"[10:42] {name}: {codes.encode(school, activity, one)}" for name, one in lines)


def export(school: Guide, responses: object, **more: object) -> str:
    return json.dumps({"studyguide": 1, "guide": school.film.id, "responses": responses} | more)


def test_a_pasted_chat_is_counted_by_activity(school: Guide) -> None:
    text = chat(school, "talk", [talk("machine")] * 3) + "\nlovely film!!\n" + chat(school, "quiz", [QUIZ])
    collected = collect(school, [text])
    assert collected.n == {"quiz": 1, "talk": 3}
    assert [one.where for one in collected.hand_ins] == ["line 1", "line 2", "line 3", "line 5"]
    assert not collected.broken


def test_several_codes_in_one_line_are_all_read(school: Guide) -> None:
    code = codes.encode(school, "quiz", QUIZ)
    assert collect(school, [f"{code} {code},{code};\t{code}"]).n == {"quiz": 4}


def test_what_cannot_be_read_is_told_with_its_line_and_reason(school: Guide) -> None:
    code = codes.encode(school, "quiz", QUIZ)
    slip = f"{code[:-1]}{'1' if code[-1] == '0' else '0'}"
    collected = collect(school, [f"{code}\n{slip}\n{code[:-5]}\nAna: quizz{code[4:]}"])
    assert collected.n == {"quiz": 1}
    assert [(one.where, one.text, one.reason) for one in collected.broken] == [
        ("line 2", slip, "this code for `quiz` has a slip in it; compare it with the original, letter by letter"),
        ("line 3", code[:-5], "this is not a code, or a part of it is missing"),
        ("line 4", f"quizz{code[4:]}", "this guide has no activity `quizz`"),
    ]


def test_equal_codes_are_counted_and_told(school: Guide) -> None:
    code = codes.encode(school, "quiz", QUIZ)
    collected = collect(school, [f"{code} {code.lower()} {code}", chat(school, "talk", [talk("orders")])])
    assert collected.n == {"quiz": 3, "talk": 1}
    assert collected.repeated == {code: 3}


def test_exported_files_are_read_with_their_texts(school: Guide, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json", tmp_path / "two.json"
    one.write_text(export(school, QUIZ | talk("machine", "orders")), encoding="utf-8")
    two.write_text(export(school, {"write": {"version": 1, "text": "Steam."}, "rate": {"version": 1, "ideas": "Go"}}),
                   encoding="utf-8")  # fmt: skip
    collected = collect(school, [one, two])
    # `burns` stands in the quiz and in the talk, and was answered in both.
    assert collected.n == {"quiz": 1, "stars": 1, "talk": 1, "essay": 1}
    assert collected.hand_ins[1].responses.keys() == {"what-drives-him", "burns"}
    assert collected.hand_ins[0].where == "one.json"
    assert collected.texts("essay", "write") == ["Steam."]
    assert collected.texts("stars", "rate") == ["Go"]
    assert not collected.broken


def test_what_the_class_page_saved_is_read_again(school: Guide) -> None:
    code = codes.encode(school, "quiz", QUIZ)
    saved = {
        "studyguide": 1,
        "guide": school.film.id,
        "codes": [code, code, "quiz.0", 7],
        "files": [QUIZ, None, talk("orders")],
    }
    collected = collect(school, [json.dumps(saved)])
    assert collected.n == {"quiz": 3, "talk": 2}
    assert [one.text for one in collected.broken] == ["quiz.0"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{", "is not a file that a study guide exports"),
        ("{" * 100_000, "is not a file that a study guide exports"),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, "is not a file that a study guide exports"),
        ('{"studyguide": ' + "9" * 5000 + "}", "is not a file that a study guide exports"),
        ('{"studyguide": 2}', "is not a file that a study guide exports"),
        ('{"studyguide": 1}', "belongs to another guide"),
        ('{"studyguide": 1, "guide": ["the-general"]}', "belongs to another guide"),
        ('{"studyguide": 1, "guide": "the-general"}', "holds no answer to a question of this guide"),
        ('{"studyguide": 1, "guide": "the-general", "responses": [1]}', "holds no answer to a question of this guide"),
        ('{"studyguide": 1, "guide": "the-general", "responses": {"burns": {"version": 9, "choice": ["bridge"]}}}',
         "holds no answer to a question of this guide"),
        ('{"studyguide": 1, "guide": "the-general", "responses": {"burns": NaN}, "codes": {}, "files": "x"}',
         "holds no answer to a question of this guide"),
    ],
    ids=["open", "many braces", "deep", "huge number", "other format", "no guide", "odd guide", "nothing", "a list",
         "other version", "odd kinds"],
)  # fmt: skip
def test_a_file_that_is_none_is_told_in_words(school: Guide, tmp_path: Path, content: str, reason: str) -> None:
    assert school.film.id == "the-general"
    path = tmp_path / "hand-in.json"
    path.write_text(content, encoding="utf-8")
    collected = collect(school, [path])
    assert not collected.hand_ins
    assert collected.broken == (collecting.Broken("hand-in.json", "", reason),)


def test_a_file_that_is_not_there_or_too_long_is_told_in_words(school: Guide, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("é" * 2_000_001, encoding="utf-8")
    collected = collect(school, [tmp_path / "none.txt", tmp_path, tmp_path / "long.txt"])
    assert [one.reason for one in collected.broken] == [
        "cannot be opened: No such file or directory",
        "cannot be opened: Is a directory",
        "is longer than 2,000,000 characters",
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "latin-1"])
def test_a_file_is_read_in_whatever_encoding_it_was_saved(school: Guide, tmp_path: Path, encoding: str) -> None:
    pasted, exported = tmp_path / "chat.txt", tmp_path / "export.json"
    pasted.write_text(f"Chloé: {codes.encode(school, 'quiz', QUIZ)}", encoding=encoding)
    exported.write_text(export(school, {"write": {"version": 1, "text": "Chloé"}}), encoding=encoding)
    assert collect(school, [pasted, exported]).n == {"quiz": 1, "essay": 1}


@classroom.patient
@given(classroom.JSON, classroom.JSON, classroom.JSON)
def test_no_file_whatever_raises(school: Guide, responses: object, of_codes: object, of_files: object) -> None:
    for handed_in in (json.dumps(responses), export(school, responses, codes=of_codes, files=of_files)):
        list(reporting.report(collect(school, [handed_in])))


def test_hostile_responses_in_a_file_are_never_counted(school: Guide) -> None:
    hostile = {
        "burns": {"version": 1, "choice": ["bridge", "engine"]},
        "iron": {"version": 1, "choice": {"cannon": True}},
        "line": {"version": 1, "order": [["theft"], None, 3]},
        "who": {"version": 1, "match": {"__proto__": "johnnie"}},
        "rate": {"version": 1, "before": {"overall": 50, "pace": "5"}, "ideas": "x" * 100_000},
        "what-drives-him": {"version": 1, "first": {"reading": "<script>"}},
        "write": {"version": 1, "text": "\ud800"},
        "<img onerror=alert(1)>": {"version": 1, "text": "x"},
    }
    collected = collect(school, [export(school, hostile)])
    assert collected.n == {"essay": 1}
    assert collected.texts("essay", "write") == ["\ufffd"]


def test_every_answer_is_counted_and_none_is_left_out(school: Guide) -> None:
    other = {"burns": {"version": 1, "choice": ["cannon"]}, "who": {"version": 1, "match": {"johnnie": "annabelle"}}}
    collected = collect(school, [chat(school, "quiz", [QUIZ, QUIZ, other])])
    assert collected.counts("quiz", "burns") == {("", "choice"): {"cannon": 1, "bridge": 2, "engine": 0}}
    assert collected.counts("quiz", "line")["", "chase"] == {"1": 2, "2": 0, "3": 0}
    assert collected.counts("quiz", "who")["", "johnnie"] == {"johnnie": 2, "spare-1": 0, "spies": 0, "annabelle": 1}
    assert len(collected.responses("quiz", "line")) == 2
    assert collected.counts("essay", "write") == {}


def test_the_shift_counts_who_went_from_where_to_where(school: Guide) -> None:
    moves = [("machine", "orders")] * 2 + [("machine", "machine"), ("orders", "orders"), ("orders", None)]
    collected = collect(school, [chat(school, "talk", [talk(*move) for move in moves])])
    shift = collected.shift("talk", "what-drives-him")
    assert shift == {"machine": {"machine": 1, "orders": 2}, "orders": {"machine": 0, "orders": 1}}
    assert tallying.changed(shift) == "2 of 4 changed their reading."
    assert collected.counts("talk", "what-drives-him")["first", "reading"] == {"machine": 3, "orders": 2}
    assert collected.counts("talk", "what-drives-him")["first", "step"]["theft"] == 5
    assert tallying.changed(collect(school, []).shift("talk", "what-drives-him")) == "Nobody has chosen twice yet."


@pytest.mark.parametrize(
    ("given", "n", "mean", "median", "said"),
    [
        ([], 0, None, None, "no ratings yet"),
        ([4], 1, None, None, "1 rating, too few for an average"),
        ([4, 4, 4, 4], 4, None, None, "4 ratings, too few for an average"),
        ([0.5, 1, 3, 5, 5], 5, 2.9, 3, "5 ratings, mean 2.9, median 3"),
        ([1, 2, 3, 4, 4.5, 5], 6, 3.25, 3.5, "6 ratings, mean 3.2, median 3.5"),
    ],
)
def test_ratings_have_no_average_under_five(
    school: Guide, given: list[float], n: int, mean: float | None, median: float | None, said: str
) -> None:
    collected = collect(school, [chat(school, "stars", stars(given))])
    ratings = collected.ratings("stars", "rate")["before", "overall"]
    assert (ratings.n, ratings.median, str(ratings)) == (n, median, said)
    assert ratings.mean == mean if mean is None else math.isclose(ratings.mean or 0, mean)
    assert collected.ratings("stars", "rate")["after", "overall"] == Ratings([])


def test_the_table_has_one_row_for_each_answered_part(school: Guide) -> None:
    text = export(school, {"rate": {"version": 1, "before": {"overall": 3.5}, "ideas": "Steam"}})
    frame = collect(school, [chat(school, "quiz", [QUIZ]), chat(school, "talk", [talk("orders")]), text]).frame()
    assert frame.dtypes.astype(str).to_dict() == {
        "hand_in": "Int64", "where": "string", "activity": "string", "item": "string", "version": "Int64",
        "type": "string", "round": "string", "part": "string", "answer": "string", "number": "Float64",
        "right": "boolean",
    }  # fmt: skip
    rows = frame.drop(columns=["where", "activity", "version", "type"]).astype(object).where(frame.notna(), None)
    assert rows.to_numpy().tolist() == [
        [1, "burns", "", "choice", "bridge", None, True],
        [1, "iron", "", "choice", "cannon", None, True],
        [1, "line", "", "chase", None, 1.0, False],
        [1, "line", "", "theft", None, 2.0, False],
        [1, "line", "", "return", None, 3.0, True],
        [1, "who", "", "johnnie", "johnnie", None, True],
        [1, "who", "", "spies", "spare-1", None, False],
        [2, "what-drives-him", "first", "reading", "orders", None, None],
        [2, "what-drives-him", "first", "certainty", None, 2.0, None],
        [2, "what-drives-him", "first", "step", "theft", None, None],
        [3, "rate", "before", "overall", None, 3.5, None],
        [3, "rate", "", "ideas", "Steam", None, None],
    ]


def test_the_table_of_nothing_has_its_columns_and_dtypes(school: Guide) -> None:
    full, empty = collect(school, [chat(school, "quiz", [QUIZ])]).frame(), collect(school, []).frame()
    assert empty.empty
    pd.testing.assert_series_equal(full.dtypes, empty.dtypes)


def test_two_hundred_codes_are_collected_within_a_second(school: Guide) -> None:
    text = chat(school, "quiz", [QUIZ] * 100) + "\n" + chat(school, "talk", [talk("machine", "orders")] * 100)

    def seconds() -> float:
        start = time.perf_counter()
        collected = collect(school, [text])
        assert len(collected.hand_ins) == 200 and list(reporting.report(collected))
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 1


def test_a_flood_of_what_looks_like_codes_takes_no_ages_and_no_pages(school: Guide) -> None:
    start = time.perf_counter()
    collected = collect(school, ["quiz.000.0000 " * 20_000])
    lines = list(reporting.report(collected))
    assert time.perf_counter() - start < 10
    assert len(collected.broken) == 20_000
    assert lines[-1] == "and 19,900 more that could not be read"
    assert len(lines) == 101


# --- on the command line ----------------------------------------------------------------------------------------------


@pytest.fixture
def command(school: Guide, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(cli.finding, "load", lambda folder: school)

    def run(*args: str | Path, piped: str | bytes = "") -> Result:
        return CliRunner().invoke(cli.main, ["collect", *map(str, args)], input=piped)

    return run


def test_collect_prints_a_plain_table_and_exits_with_0(school: Guide, tmp_path: Path, command: Any) -> None:
    code = codes.encode(school, "quiz", QUIZ)
    (tmp_path / "chat.txt").write_text(f"Ana: {code}\nBen: {code}\nCleo: {code[:-5]}", encoding="utf-8")
    result = command(tmp_path / "chat.txt")
    assert result.exit_code == 0, result.stderr
    lines = result.stdout.splitlines()
    assert lines[:7] == [
        "Quiz (quiz): 2 hand-ins",
        "",
        "  What burns?",
        "  burns: 2 of 2 answered",
        "        0  The cannon",
        "        2  The bridge  (right)",
        "        0  The engine",
    ]
    assert lines[-2:] == [
        "1 hand-in came again; two people with the same answers have the same code",
        f"chat.txt, line 3: `{code[:-5]}`: this is not a code, or a part of it is missing",
    ]


def test_collect_reads_what_is_piped_in(school: Guide, command: Any) -> None:
    piped = chat(school, "talk", [talk("machine", "orders"), talk("machine", "machine")])
    result = command("-", piped=piped.encode("utf-8-sig"))
    assert result.exit_code == 0, result.stderr
    assert "1 of 2 changed their reading." in result.stdout


def test_collect_exits_with_1_if_there_is_nothing_to_count(school: Guide, tmp_path: Path, command: Any) -> None:
    for args, piped in ((["-"], b"hello"), (["-"], b""), (["-"], bytes(range(256))), ([tmp_path / "none"], b"")):
        result = command(*args, piped=piped)
        assert result.exit_code == 1
        assert result.stderr == "nothing to count: no code and no file that could be read\n"
    assert "cannot be opened" in result.stdout


def test_collect_prints_ratings_and_texts_in_words(school: Guide, command: Any) -> None:
    response = {"rate": {"version": 1, "after": {"pace": 4}, "ideas": "a\x1b[2Jb\nc\u202ed"}}
    result = command("-", piped=export(school, response))
    assert "    Pace, after: 1 rating, too few for an average" in result.stdout
    assert "    Overall, before: no ratings yet" in result.stdout
    assert "    - a [2Jb c d" in result.stdout, "nothing that a reader wrote steers the terminal"


def test_collect_writes_a_table_that_no_spreadsheet_runs(school: Guide, tmp_path: Path, command: Any) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", 'plain, "quoted"\nand long']
    piped = export(school, None, files=[{"write": {"version": 1, "text": text}} for text in texts])
    result = command("-", "--csv", tmp_path / "class.csv", piped=piped)
    assert result.exit_code == 0, result.stderr
    with (tmp_path / "class.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(tallying.Row._fields)
    assert [row["answer"] for row in rows] == [f"'{text}" for text in texts[:-1]] + texts[-1:]
