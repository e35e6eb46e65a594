"""Hand-in codes: the responses to one activity as a short text without a name, which a chat can carry.

    <activity>.<2 characters of fingerprint><responses as one number>.<4 characters of check>

Each item's response is a few digits, each under a base of its own; all of them make one number, the first item's
most significant. Numbers are written in Crockford's base 32, which has no letters that look like digits and is read
in any case. frontend/shared/codes.js and frontend/class_room/codes.js are the twins of this module.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zlib import crc32

from studyguide.guide import Guide, GuideError, limits
from studyguide.questions import scoring, slots
from studyguide.questions.slots import Response, Spec

BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("OIL", "011")
_SHAPE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*)\.([0-9a-z]{3,})\.([0-9a-z]{4})", re.ASCII | re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LINE_END = re.compile("\r\n|[\n\r\u2028\u2029]")
_RUN = re.compile(r"[A-Za-z0-9.@/-]+")

Refusal = Literal["prompts", "empty", "long", "shape", "activity", "check", "version", "range"]
REFUSALS: dict[Refusal, str] = {
    "prompts": "`{}` has only open questions, which a code cannot hold; export a file instead",
    "empty": "nothing of `{}` is answered yet, so there is nothing to hand in",
    "long": "these responses to `{}` are too long for a code; export a file instead",
    "shape": "this is not a code, or a part of it is missing",
    "activity": "this guide has no activity `{}`",
    "check": "this code for `{}` has a slip in it; compare it with the original, letter by letter",
    "version": "this code comes from another version of `{}`",
    "range": "this code for `{}` holds answers that do not exist",
}


class CodeError(GuideError):
    """A code that cannot be made or read; `fault` names the reason in a word, the message in a sentence."""

    def __init__(self, fault: Refusal, activity: str = "") -> None:
        super().__init__(REFUSALS[fault].format(activity))
        self.fault = fault


@dataclass(frozen=True)
class Decoded:
    """What a code says. `code` is its normal form: equal codes are equal texts."""

    activity: str
    responses: dict[str, Response]
    code: str


def encode(guide: Guide, activity_id: str, responses: Mapping[str, object]) -> str:
    """The code for these responses; CodeError if there is none, UnknownIdError if there is no such activity."""
    return write(scoring.spec(guide, activity_id), responses)


def decode(guide: Guide, text: str) -> Decoded:
    """What a code for an activity of this guide says; CodeError tells why it cannot be read.

    Texts, rating ideas, and whether feedback was asked for are not in a code.
    """
    name = text.partition(".")[0].strip().lower()
    return read([scoring.spec(guide, name)] if name in guide.activities.ids() else [], text)


def write(spec: Spec, responses: Mapping[str, object]) -> str:
    """The code for responses to the activity of this spec; CodeError if there is none."""
    activity = spec["activity"]
    if not any(_bases(item) for item in spec["items"]):
        raise CodeError("prompts", activity)
    number = 0
    for item in spec["items"]:
        response = scoring.usable(item, responses.get(item["id"]))
        for base, digit in zip(_bases(item), _digits(item, response), strict=True):
            number = number * base + digit
    if not number:
        raise CodeError("empty", activity)
    body = f"{activity}.{_fingerprint(spec)}{_base32(number)}"
    code = f"{body}.{_check(body)}"
    if len(code) > limits.CODE:
        raise CodeError("long", activity)
    return code


def read(specs: Iterable[Spec], text: str) -> Decoded:
    """What a code for one of these activities says; CodeError tells why it cannot be read."""
    shape = _SHAPE.fullmatch(text.strip()) if len(text) <= 2 * limits.CODE else None
    if not shape or len(shape[0]) > limits.CODE:
        raise CodeError("shape")
    activity, payload, check = shape[1].lower(), _readable(shape[2]), _readable(shape[3])
    if not set(payload + check) <= set(BASE32):
        raise CodeError("shape")
    spec = next((spec for spec in specs if spec["activity"] == activity), None)
    if spec is None:
        raise CodeError("activity", activity)
    if check != _check(f"{activity}.{payload}"):
        raise CodeError("check", activity)
    if payload[:2] != _fingerprint(spec):
        raise CodeError("version", activity)
    number, responses = _peel(spec, int(payload[2:].translate(_TO_PYTHON), 32))
    if number or payload[2] == "0":
        raise CodeError("range", activity)
    return Decoded(activity, responses, f"{activity}.{payload}.{check}")


def find(activities: Iterable[str], text: str) -> Iterator[tuple[int, str]]:
    """Line number and text of everything in a pasted chat that is a code, or was meant as one.

    Names, times, addresses and emoji around it are passed over; a code for one of `activities` that was cut short is
    not.
    """
    known = set(activities)
    for number, line in enumerate(_LINE_END.split(_INVISIBLE.sub("", text)), 1):
        for run in _RUN.findall(line):
            trimmed = run.strip(".-")
            if _meant_as_code(known, trimmed):
                yield number, trimmed


def _meant_as_code(activities: set[str], run: str) -> bool:
    if "@" in run or "/" in run:
        return False
    match run.split(".", 3):
        case [_, payload, check] if len(payload) >= 3 and len(check) == 4:
            return True
        case [activity, payload, *_]:
            codelike = len(payload) >= 3 and (payload == payload.upper() or bool(re.search("[0-9]", payload)))
            return codelike and activity.lower() in activities
    return False


def _peel(spec: Spec, number: int) -> tuple[int, dict[str, Response]]:
    """The responses in a number, in the activity's order, and what is left of it: 0 for a number that was written."""
    responses: dict[str, Response] = {}
    for item in reversed(spec["items"]):
        digits: list[int] = []
        for base in reversed(_bases(item)):
            number, digit = divmod(number, base)
            digits.insert(0, digit)
        response = _response(item, digits) if any(digits) else None
        if response:
            responses[item["id"]] = response
    return number, dict(reversed(responses.items()))


def _bases(item: Spec) -> list[int]:
    """How many values each digit of an item can take. Items without digits travel by file alone."""
    return [_base(slot, len(slots.values(item, slot))) for slot in _coded(item)]


def _coded(item: Spec) -> list[Spec]:
    """The slots that have a digit: all but text."""
    return [slot for slot in item["slots"] if slot["kind"] != "text"]


def _base(slot: Spec, count: int) -> int:
    match slot["kind"]:
        case "order":
            return math.factorial(count) + 1
        case "set" if slot.get("most") != 1:
            return int(2**count) + bool(slot.get("zero"))
    return count + 1


def _digits(item: Spec, response: Response | None) -> list[int]:
    """A usable response as digits, each under its base; all 0 for None."""
    return [_digit(slot, slots.values(item, slot), slots.at(response, slot["path"])) for slot in _coded(item)]


def _digit(slot: Spec, known: Sequence[Any], value: Any) -> int:
    if value is None:
        return 0
    match slot["kind"]:
        case "order":
            return 1 + _rank(known, value)
        case "set" if slot.get("most") == 1:
            return _place(known, value[0])
        case "set":
            return bool(slot.get("zero")) + _mask(known, value)
    return _place(known, value)


def _response(item: Spec, digits: Sequence[int]) -> Response | None:
    """What `_digits` made digits of; None where a digit says nothing (a multiple choice of no option)."""
    parts: Response = {"version": item["version"]}
    for slot, digit in zip(_coded(item), digits, strict=True):
        if digit:
            slots.put(parts, slot["path"], _value(slot, slots.values(item, slot), digit))
    return scoring.usable(item, parts)


def _value(slot: Spec, known: Sequence[Any], digit: int) -> Any:
    match slot["kind"]:
        case "order":
            return _at_rank(known, digit - 1)
        case "set" if slot.get("most") == 1:
            return [_at(known, digit)]
        case "set":
            return _unmask(known, digit - bool(slot.get("zero")))
    return _at(known, digit)


def _place(known: Sequence[Any], value: object) -> int:
    """The place of a value from 1; 0 if it is missing."""
    return known.index(value) + 1 if value in known else 0


def _at(known: Sequence[Any], place: int) -> Any:
    return known[place - 1] if place else None


def _mask(known: Sequence[str], chosen: Sequence[str]) -> int:
    return sum(1 << bit for bit, one in enumerate(known) if one in chosen)


def _unmask(known: Sequence[str], mask: int) -> list[str]:
    return [one for bit, one in enumerate(known) if mask >> bit & 1]


def _rank(shown: Sequence[str], order: Sequence[str]) -> int:
    """The place of a permutation among all of `shown`, in lexicographic order, from 0."""
    left, rank = list(shown), 0
    for one in order:
        rank = rank * len(left) + left.index(one)
        left.remove(one)
    return rank


def _at_rank(shown: Sequence[str], rank: int) -> list[str]:
    places: list[int] = []
    for size in range(1, len(shown) + 1):
        rank, place = divmod(rank, size)
        places.insert(0, place)
    left = list(shown)
    return [left.pop(place) for place in places]


def _fingerprint(spec: Spec) -> str:
    """Ten bits that change with whatever changes the meaning of the digits."""
    canonical = ";".join(
        ":".join(
            [item["id"], str(item["version"]), item["type"], ",".join(item["ids"]), ",".join(map(str, _bases(item)))]
        )
        for item in spec["items"]
    )
    return _base32(crc32(canonical.encode()) & 0x3FF).rjust(2, "0")


def _check(body: str) -> str:
    return _base32(crc32(body.encode()) & 0xFFFFF).rjust(4, "0")


def _readable(text: str) -> str:
    """As Crockford reads: any case, and letters that are mistaken for digits."""
    return text.upper().translate(_MISREAD)


def _base32(number: int) -> str:
    text = ""
    while number:
        number, digit = divmod(number, 32)
        text = BASE32[digit] + text
    return text


_TO_PYTHON = str.maketrans(BASE32, "0123456789ABCDEFGHIJKLMNOPQRSTUV")
"""Crockford's digits to those that `int(…, 32)` reads."""
