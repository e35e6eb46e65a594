"""A book's chapters held against its data before anything is built: one report for `studyguide check` and the build."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml

from studyguide.chapters import myst, roles
from studyguide.chapters.notebooks import ChapterError, Converter
from studyguide.guide import Claim, Fault, Guide, GuideError, did_you_mean

CONTENTS = "_toc.yml"


def contents(book: Path) -> list[Path]:
    """The files of a book's chapters, in the order of its _toc.yml; GuideError if that cannot be read."""
    try:
        toc: Any = yaml.safe_load((book / CONTENTS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise GuideError(f"no {CONTENTS} in `{book}`; call this in a book's folder") from None
    except yaml.YAMLError as error:
        raise GuideError(f"{CONTENTS} is not YAML ({error}); mend its syntax") from None
    return [book / f"{name.removesuffix('.md')}.md" for name in _files(toc)]


def _files(entry: Any) -> Iterator[str]:
    if isinstance(entry, list):
        for one in entry:
            yield from _files(one)
    elif isinstance(entry, dict):
        yield from (str(entry[key]) for key in ("root", "file") if key in entry)
        for key in ("parts", "chapters", "sections"):
            yield from _files(entry.get(key))


def check(guide: Guide, book: Path) -> None:
    """Raise ChapterError with every fault of the chapters that _toc.yml names: roles, ids, citations, links, drawings,
    telltale words without their claim's badge, and activities that name no chapter."""
    chapters = contents(book)
    faults = [fault for chapter in chapters for fault in chapter_faults(guide, chapter)]
    faults += _activity_faults(guide, chapters)
    if faults:
        raise ChapterError(faults)


def chapter_faults(guide: Guide, chapter: Path) -> list[Fault]:
    """What is wrong in one chapter."""
    try:
        text = chapter.read_text(encoding="utf-8")
    except OSError as error:
        return [Fault(chapter.name, 1, "", f"it cannot be read ({error.strerror})", f"write it, or mend {CONTENTS}")]
    if fault := _header_fault(chapter, text):
        return [fault]
    converter = Converter(guide, chapter)
    converter.text(text)
    blocks = list(myst.everything(text))
    found = [*_telltales(guide.claims, chapter, blocks), *_anchors(chapter, blocks)]
    return [*converter.faults, *found, *([] if converter.faults else _openings(guide, chapter, blocks))]


def _header_fault(chapter: Path, text: str) -> Fault | None:
    """A header that is no YAML: the chapter would be read without it, and its code not run."""
    if not text.startswith("---\n"):
        return None
    try:
        yaml.safe_load(text[4:].partition("\n---")[0])
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        right = "mend the header; a text with a colon in it stands in quotation marks"
        return Fault(chapter.name, line, "", f"a header that is not YAML ({error.problem})", right)
    return None


def _telltales(claims: Sequence[Claim], chapter: Path, blocks: Sequence[myst.Block]) -> Iterator[Fault]:
    """Words that give a disputed claim away, in a paragraph without that claim's badge."""
    told = [(claim, word, _word(word)) for claim in claims for word in claim.telltale]
    for block in blocks:
        if not isinstance(block, myst.Prose):
            continue
        marks = [piece for piece in block.pieces if piece.kind == "role" and piece.name == "claim"]
        answered = {roles.named(piece.content)[1] for piece in marks}
        words = myst.without_roles(block)
        for claim, word, pattern in told:
            if claim.id not in answered and pattern.search(words):
                right = f"mark the words, {{claim}}`… <{claim.id}>`, or say it otherwise"
                yield Fault(chapter.name, block.line, "", f"“{word}”, which is what {claim.id} claims", right)


def _word(telltale: str) -> re.Pattern[str]:
    return re.compile(rf"\b{re.escape(telltale)}\b", re.IGNORECASE)


def _openings(guide: Guide, chapter: Path, blocks: Sequence[myst.Block]) -> Iterator[Fault]:
    """Places that open to a reader still watching before a step that they speak of, by link, time, claim or word."""
    last = len(guide.steps)
    telltales = [(n, _word(word)) for n, step in enumerate(guide.steps, start=1) for word in step.telltale]
    opens, row, row_opens = last, 0, 0
    for block in blocks:
        if not isinstance(block, myst.Prose):
            continue
        if block.level in {1, 2}:
            opens = last
        found = [roles.resolve(guide, one.name, one.content) for one in block.pieces if one.name in roles.ROLES]
        marks = [one.step or 0 for one in found if one.kind == "opens"]
        if marks and (block.level or not myst.without_roles(block).strip()):
            opens = marks[0]
            continue
        reached = [one.step or 0 for one in found if one.kind != "opens"]
        reached += [guide.steps.number(key) for one in found if one.claim for key in guide.claims[one.claim].steps]
        reached += [number for number, told in telltales if told.search(myst.without_roles(block))]
        if marks:  # cells of a row stand in one line
            row, row_opens = block.line, marks[0]
        furthest, here = max(reached, default=0), row_opens if block.line == row else opens
        if furthest > here:
            said = f"it goes on to step {furthest}, but is shown {f'with step {here}' if here else 'from the start'}"
            right = f"write {{opens}}`{guide.steps[furthest - 1].id}` here or under its heading, or take that out"
            yield Fault(chapter.name, block.line, "", said, right)


def _anchors(chapter: Path, blocks: Sequence[myst.Block]) -> Iterator[Fault]:
    """Links to a place in a chapter that has no such heading or target."""
    for block in blocks:
        pieces = block.pieces if isinstance(block, myst.Prose) else ()
        for piece in pieces:
            name, mark, anchor = piece.name.partition("#")
            if piece.kind != "link" or not mark or not (name.endswith(".md") or not name):
                continue
            target = chapter.parent / name if name else chapter
            known = _places(target) if target.is_file() else {anchor}
            if anchor not in known:
                found = f"a link to `{piece.name}`, where no heading or target has this name"
                yield Fault(chapter.name, block.line, "", found, did_you_mean(anchor, sorted(known)))


def _places(chapter: Path) -> set[str]:
    """The anchors that an author can link to: targets, and headings as Sphinx names them. Data has more of its own."""
    blocks = list(myst.everything(chapter.read_text(encoding="utf-8")))
    targets = {block.content for block in blocks if isinstance(block, myst.Mark) and block.kind == "target"}
    headings = (myst.without_roles(block) for block in blocks if isinstance(block, myst.Prose) and block.level)
    return targets | {re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-") for words in headings}


def _activity_faults(guide: Guide, chapters: Sequence[Path]) -> Iterator[Fault]:
    names = [chapter.stem for chapter in chapters]
    for activity in guide.activities:
        if activity.chapter and activity.chapter not in names:
            found = f"`chapter` names `{activity.chapter}`, which is not in {CONTENTS}"
            yield Fault("activities.yaml", 1, activity.id, found, did_you_mean(activity.chapter, names))


__all__ = ["ChapterError", "chapter_faults", "check", "contents"]
