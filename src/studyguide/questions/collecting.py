"""What a class handed in, read: codes out of pasted chats, and exported files. Its twin is class_room/collect.js.

An item may stand in two activities; a file then counts for both, as its reader answered the item in both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from studyguide.guide import Guide, limits
from studyguide.questions import codes, scoring
from studyguide.questions.slots import Response, given, own_value

Fault = codes.Refusal | Literal["json", "guide", "empty", "large", "unreadable"]
REASONS = {
    "json": "is not a file that a study guide exports",
    "guide": "belongs to another guide",
    "empty": "holds no answer to a question of this guide",
    "large": f"is longer than {limits.FILE:,} characters",
}
LeftOut = Literal["outdated", "unknown", "unusable"]
LEFT_OUT: dict[LeftOut, str] = {
    "outdated": "to another version of their question",
    "unknown": "to no question of this guide",
    "unusable": "not in a form that an answer has",
}
"""Why answers in files were not counted."""


@dataclass(frozen=True)
class HandIn:
    """One person's responses to one activity; only what is usable of them, and at least one."""

    activity: str
    responses: Mapping[str, Response]
    where: str
    """`line 3`, or a file's name, for the person who collects."""
    code: str | None = None
    """In normal form; None if it came in a file of responses."""
    key: str = ""
    """Equal choices have equal keys, whether they came as a code or in a file."""
    written: str = ""
    """What no code can hold."""


@dataclass(frozen=True)
class Broken:
    """Something that was handed in and could not be read."""

    where: str
    text: str
    reason: str
    fault: str = field(default="", compare=False)
    """The reason in one word, the same as on the Class page."""


def read_text(file: BinaryIO) -> str:
    """A file's text, or so much of it that it is found too long; bytes that are no text become marks."""
    content = file.read(4 * limits.FILE + 1)  # no character takes more than four bytes
    # Some systems write UTF-16, and say so with a byte order mark.
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return content.decode(encoding, "replace")


def repeats(hand_ins: Sequence[HandIn]) -> list[HandIn]:
    """Those that equal one before them: the same choices, and nothing else written."""
    seen: set[str] = set()
    found = []
    for one in hand_ins:
        whole = f"{one.key} {one.written}"
        if (whole if one.written else one.key) in seen:
            found.append(one)
        seen |= {one.key, whole}
    return found


class Collector:
    """Reads one text after another. Nothing that is handed in makes it fail."""

    def __init__(self, guide: Guide) -> None:
        self.guide = guide
        self.specs = {activity: scoring.spec(guide, activity) for activity in guide.activities.ids()}
        self.items = {item["id"]: item for spec in self.specs.values() for item in spec["items"]}
        self.hand_ins: list[HandIn] = []
        self.broken: list[Broken] = []
        self.left_out: dict[LeftOut, int] = dict.fromkeys(LEFT_OUT, 0)

    def read(self, handed_in: Iterable[str | Path]) -> None:
        """Texts are pasted chats or the content of exported files, paths are opened."""
        for one in handed_in:
            if isinstance(one, Path):
                self.path(one)
            else:
                self.text(one, "")

    def path(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                text = read_text(file)
        except OSError as error:
            reason = f"cannot be opened: {error.strerror or error}"
            self.broken.append(Broken(path.name, "", reason, "unreadable"))
            return
        self.text(text, path.name)

    def text(self, text: str, name: str) -> None:
        if len(text) > limits.FILE:
            self._refuse(name, "large")
            return
        if text.lstrip().startswith("{"):
            self.file(text, name)
            return
        for line, code in codes.find(self.specs, text):
            self.code(code, f"{name}, line {line}" if name else f"line {line}")

    def code(self, text: str, where: str) -> None:
        try:
            decoded = codes.read(self.specs.values(), text)
        except codes.CodeError as error:
            self.broken.append(Broken(where, text[: limits.CODE], str(error), error.fault))
        else:
            if decoded.responses:
                hand_in = HandIn(decoded.activity, decoded.responses, where, decoded.code, decoded.code)
                self.hand_ins.append(hand_in)

    def file(self, text: str, name: str) -> None:
        """One reader's export, or what the Class page saved: the responses of several files, and codes."""
        try:
            content = json.loads(text)
        except (ValueError, RecursionError):
            content = None
        if own_value(content, "studyguide") != limits.FORMAT:
            return self._refuse(name, "json")
        if own_value(content, "guide") != self.guide.film.id:
            return self._refuse(name, "guide")
        readers = [one for one in (content.get("responses"), *_list(content.get("files"))) if isinstance(one, dict)]
        texts = [code for code in _list(content.get("codes")) if isinstance(code, str)]
        if not readers and not texts:
            return self._refuse(name, "empty")
        for responses in readers:
            self.one_reader(responses, name)
        for code in texts:
            self.code(code, name)
        return None

    def one_reader(self, responses: dict[str, Any], name: str) -> None:
        """One reader's responses, to however many activities."""
        used: set[str] = set()
        for activity, spec in self.specs.items():
            found = {item["id"]: scoring.usable(item, responses.get(item["id"])) for item in spec["items"]}
            answered = {item: response for item, response in found.items() if response}
            if answered:
                self.hand_ins.append(self._from_file(activity, answered, name))
                used |= answered.keys()
        for item, response in responses.items():
            if item not in used:
                self.left_out[self._why(item, response)] += 1
        if not used:
            self._refuse(name, "empty")

    def _from_file(self, activity: str, responses: dict[str, Response], name: str) -> HandIn:
        spec = self.specs[activity]
        try:
            key = codes.write(spec, responses)
        except codes.CodeError:
            key = activity
        items = {item["id"]: item for item in spec["items"]}
        texts = [
            value
            for item, response in responses.items()
            for slot, value in given(items[item], response)
            if slot["kind"] == "text"
        ]
        return HandIn(activity, responses, name, None, key, "\n".join(texts))

    def _why(self, item: str, response: object) -> LeftOut:
        if item not in self.items:
            return "unknown"
        version = own_value(response, "version")
        other = isinstance(version, int) and not isinstance(version, bool) and version != self.items[item]["version"]
        return "outdated" if other else "unusable"

    def _refuse(self, name: str, fault: Fault) -> None:
        self.broken.append(Broken(name, "", REASONS[fault], fault))


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
