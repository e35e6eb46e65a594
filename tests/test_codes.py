"""Hand-in codes: there and back, alike in Python and JavaScript, and broken ones told in words."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import classroom
import node
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studyguide.guide import Guide, GuideError, UnknownIdError
from studyguide.questions import codes, scoring, slots
from studyguide.questions.codes import CodeError

TESTS = Path(__file__).parent
TABLE = json.loads((TESTS / "cases" / "scoring.json").read_text(encoding="utf-8"))
ANSWERS = {"burns": {"version": 1, "choice": ["bridge"]}, "line": {"version": 1, "order": ["chase", "theft", "return"]}}


def spec_of(*items: str) -> dict[str, Any]:
    return {"activity": "class-1", "items": [TABLE["items"][item] for item in items]}


def carried(spec: dict[str, Any], responses: dict[str, Any]) -> dict[str, Any]:
    """What a code can carry of responses: all that is usable but texts, and whether feedback was asked for."""
    kept = {}
    for item in spec["items"]:
        usable = scoring.usable(item, responses.get(item["id"])) or {}
        parts: dict[str, Any] = {"version": usable.get("version")}
        for slot, value in slots.given(item, usable):
            if slot["kind"] != "text":
                slots.put(parts, slot["path"], value)
        if parts.keys() - {"version"}:
            kept[item["id"]] = parts
    return kept


@pytest.fixture(scope="module")
def school(tiny: Guide) -> Guide:
    return classroom.guide_of_all_types(tiny)


def fault(school: Guide, text: str) -> str:
    with pytest.raises(CodeError) as caught:
        codes.decode(school, text)
    assert len(str(caught.value)) < 120 and "\n" not in str(caught.value)
    return caught.value.fault


@pytest.mark.parametrize(
    ("name", "items", "responses", "code"), TABLE["codes"], ids=[case[0] for case in TABLE["codes"]]
)
def test_a_code_that_was_once_handed_in_can_be_read_for_ever(
    name: str, items: list[str], responses: dict[str, Any], code: str
) -> None:
    assert codes.write(spec_of(*items), responses) == code
    assert codes.read([spec_of(*items)], code) == codes.Decoded("class-1", responses, code)


@classroom.patient
@given(classroom.answered())
def test_what_a_code_carries_comes_back(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
    spec, responses = case
    expected = carried(spec, responses)
    assume(expected)
    code = codes.write(spec, responses)
    assert codes.read([spec], code) == codes.Decoded("class-1", expected, code)
    assert codes.write(spec, expected) == code
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyz0123456789-." + codes.BASE32)


def test_javascript_makes_and_reads_every_code_alike(tmp_path: Path) -> None:
    batch: list[dict[str, Any]] = []

    @settings(classroom.patient, max_examples=300)
    @given(classroom.answered())
    def gather(case: tuple[dict[str, Any], dict[str, Any]]) -> None:
        spec, responses = case
        if decoded := carried(spec, responses):
            code = codes.write(spec, responses)
            batch.append({"spec": spec, "responses": responses, "code": code, "decoded": decoded})

    gather()
    file = tmp_path / "codes.json"
    file.write_text(json.dumps(batch), encoding="utf-8")
    status, output = node.run(tmp_path, file)
    assert status == 0, output[-3000:]
    assert "every code that Python made" in output


@classroom.patient
@given(classroom.answered(), st.data())
def test_one_slip_in_a_code_is_always_noticed(case: tuple[dict[str, Any], dict[str, Any]], data: st.DataObject) -> None:
    spec, responses = case
    assume(carried(spec, responses))
    code = codes.write(spec, responses)
    place = data.draw(st.integers(len("class-1."), len(code) - 1).filter(lambda place: code[place] != "."))
    slip = data.draw(st.sampled_from(codes.BASE32).filter(lambda letter: letter != code[place]))
    with pytest.raises(CodeError) as caught:
        codes.read([spec], code[:place] + slip + code[place + 1 :])
    assert caught.value.fault == "check"


@classroom.patient
@given(st.text(), st.text(codes.BASE32, min_size=1), st.text(codes.BASE32.lower(), min_size=1))
def test_no_text_whatever_raises_anything_but_a_code_error(text: str, payload: str, check: str) -> None:
    for hostile in (text, f"quiz.{payload}.{check}", f"quiz.{text}.{check}", f"{text}.{payload}.{check}"):
        with pytest.raises(CodeError):
            codes.read([spec_of("single", "match") | {"activity": "quiz"}], hostile)


@pytest.mark.parametrize(("zero", "one"), ["oi", "OI", "ol", "OL"])
def test_a_code_is_read_in_any_case_and_with_letters_that_look_like_digits(zero: str, one: str) -> None:
    assert {"0", "1"} <= {*"".join(code for *_, code in TABLE["codes"])}
    for _, items, responses, code in TABLE["codes"]:
        activity, digits = code.split(".", 1)
        misread = f"{activity}.{digits.replace('0', zero).replace('1', one)}"
        for same in (misread, misread.lower(), code.lower(), code.upper(), f"  {code}\n"):
            assert codes.read([spec_of(*items)], same) == codes.Decoded("class-1", responses, code)


def test_every_fault_is_told_by_name_and_in_words(school: Guide) -> None:
    code = codes.encode(school, "quiz", ANSWERS)
    assert fault(school, "hello") == "shape"
    assert fault(school, code[:-1]) == "shape"
    assert fault(school, code.replace(".", " . ")) == "shape"
    assert fault(school, f"{code[:-4]}UUUU") == "shape"
    assert fault(school, code.replace("quiz", "quizz")) == "activity"
    assert fault(school, f"{code[:-1]}{'1' if code[-1] == '0' else '0'}") == "check"
    with pytest.raises(CodeError, match="this guide has no activity `quizz`"):
        codes.decode(school, code.replace("quiz", "quizz"))
    assert issubclass(CodeError, GuideError)


@pytest.mark.parametrize("change", ["version", "options", "cardinality"])
def test_a_code_for_another_form_of_the_activity_is_told_apart_from_a_slip(change: str) -> None:
    item = TABLE["items"]["single"]
    code = codes.write({"activity": "class-1", "items": [item]}, {"single": {"version": 1, "choice": ["a"]}})
    other = {
        "version": item | {"version": 2},
        "options": item | {"ids": ["a", "c", "b"]},
        "cardinality": item | {"slots": [item["slots"][0] | {"most": 0, "zero": True}]},
    }[change]
    with pytest.raises(CodeError) as caught:
        codes.read([{"activity": "class-1", "items": [other]}], code)
    assert caught.value.fault == "version"


def test_a_corrected_key_leaves_codes_readable() -> None:
    item = TABLE["items"]["single"]
    code = codes.write({"activity": "class-1", "items": [item]}, {"single": {"version": 1, "choice": ["a"]}})
    corrected = item | {"slots": [item["slots"][0] | {"key": ["a"]}]}
    assert codes.read([{"activity": "class-1", "items": [corrected]}], code).code == code


@pytest.mark.parametrize("digits", ["4", "ZZ", "02", "Z" * 60])
def test_an_answer_that_does_not_exist_is_told_apart_from_a_slip(digits: str) -> None:
    spec = spec_of("single")
    body = f"class-1.{codes._fingerprint(spec)}{digits}"
    with pytest.raises(CodeError) as caught:
        codes.read([spec], f"{body}.{codes._check(body)}")
    assert caught.value.fault == "range"


def test_an_activity_of_prompts_alone_says_so_instead_of_making_a_code(school: Guide) -> None:
    with pytest.raises(CodeError, match="`essay` has only open questions"):
        codes.encode(school, "essay", {"write": {"version": 1, "text": "A train."}})


def test_nothing_answered_makes_no_code(school: Guide) -> None:
    for responses in ({}, {"burns": {"version": 2, "choice": ["bridge"]}}, {"rate": {"version": 1, "ideas": "x"}}):
        with pytest.raises(CodeError, match="nothing of `quiz` is answered yet"):
            codes.encode(school, "quiz", responses)


def test_a_code_that_would_be_too_long_is_not_made() -> None:
    with pytest.raises(CodeError, match="too long for a code"):
        codes.write(
            spec_of(*["order"] * 90), {"order": {"version": 1, "order": ["first", "second", "third", "constructor"]}}
        )


def test_an_unknown_activity_cannot_be_handed_in(school: Guide) -> None:
    with pytest.raises(UnknownIdError, match="did you mean `quiz`"):
        codes.encode(school, "quizz", {})


def fullest(item: dict[str, Any]) -> dict[str, Any]:
    """The response to an item that makes the largest number."""
    response: dict[str, Any] = {"version": item["version"]}
    for slot in item["slots"]:
        known = item["lists"].get(slot.get("of"), [])
        last = {"order": known[::-1], "set": known[-1:] if slot.get("most") == 1 else known}
        if slot["kind"] != "text":
            slots.put(response, slot["path"], last.get(slot["kind"], known[-1:][0] if known else None))
    return response


def test_every_activity_of_this_book_fits_into_a_code_of_80_characters(guide: Guide) -> None:
    made = 0
    for activity in guide.activities:
        spec = scoring.spec(guide, activity.id)
        if any(item["type"] != "prompt" for item in spec["items"]):
            code = codes.encode(guide, activity.id, {item["id"]: fullest(item) for item in spec["items"]})
            assert len(code) <= 80
            assert codes.decode(guide, code).responses.keys() == {
                i["id"] for i in spec["items"] if i["type"] != "prompt"
            }
            made += 1
    assert made


def test_two_hundred_codes_are_made_and_read_within_a_second(school: Guide) -> None:
    def seconds() -> float:
        start = time.perf_counter()
        for _ in range(200):
            codes.decode(school, codes.encode(school, "quiz", ANSWERS))
        return time.perf_counter() - start

    assert min(seconds() for _ in range(3)) < 1


@pytest.mark.parametrize("piece", ["a", "a-", "a.", "-", ".", "a.b", "\u200b", "quiz.0"])
def test_a_long_line_without_an_end_is_passed_over_at_once(piece: str) -> None:
    start = time.perf_counter()
    list(codes.find(["quiz"], piece * 100_000))
    with pytest.raises(CodeError):
        codes.read([], piece * 100_000)
    assert time.perf_counter() - start < 1


def test_codes_are_found_between_names_times_addresses_and_emoji(school: Guide) -> None:
    code = codes.encode(school, "quiz", ANSWERS)
    chat = [
        f"10:42 Ana: {code} 🎬",
        "Ben (10:43): hi Ms. Smith, see https://abc.example.info or mail ana@class.abc.defg",
        f'*{code}*, ({code.lower()}). "{code}"',
        f"[22/11/26, 10:44] Zoë:{code[:9]}\u200b{code[9:]}\u200b",
        f"Cleo: {code[:-5]}",
        "I liked quiz.The end",
    ]
    found = [(1, code), (3, code), (3, code.lower()), (3, code), (4, code), (5, code[:-5])]
    assert list(codes.find(["quiz"], "\r\n".join(chat))) == found


def test_codes_need_nothing_heavy(tiny_folder: Path) -> None:
    program = f"import studyguide, sys; from studyguide.questions import codes; studyguide.load({str(tiny_folder)!r})"
    program += "; print([name for name in ('pandas', 'numpy', 'plotly', 'jinja2') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
