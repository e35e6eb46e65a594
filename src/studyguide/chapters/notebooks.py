"""Chapters as notebooks: what `make lab` opens and what a page offers for download.

Jupyter shows MyST roles and directives as raw text, so here they become words, links and pictures; every other
character stays as it is, and so do the code cells. What has no form in a notebook is a fault with its line, found
before any page is written.
"""

from __future__ import annotations

import base64
import hashlib
import json
import mimetypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from studyguide.chapters import drawings, myst, roles
from studyguide.guide import Fault, FaultsError, Guide, GuideError, Source, did_you_mean

ADMONITIONS = {
    "attention": "Attention",
    "caution": "Caution",
    "danger": "Danger",
    "error": "Error",
    "hint": "Hint",
    "important": "Important",
    "note": "Note",
    "seealso": "See also",
    "tip": "Tip",
    "warning": "Take care",
}
CITATIONS = {"cite", "cite:p", "cite:t", "cite:ps", "cite:ts"}
# Roles of MyST and docutils whose words Markdown or HTML can write.
PLAIN_ROLES = {
    "abbr": "{}",
    "code": "`{}`",
    "emphasis": "*{}*",
    "kbd": "<kbd>{}</kbd>",
    "math": "${}$",
    "numref": "{}",
    "ref": "{}",
    "strong": "**{}**",
    "sub": "<sub>{}</sub>",
    "subscript": "<sub>{}</sub>",
    "sup": "<sup>{}</sup>",
    "superscript": "<sup>{}</sup>",
}
NOTICE = "\n\n*A notebook hides nothing: it may tell the film to its last step, {}.*"
"""Under the first words of every notebook, since only a page can keep back what its reader has not seen."""
NOTHING = {"raw", "tableofcontents", "toctree"}
"""Directives that a notebook does without."""
_NAMED = re.compile(r"(.+?)\s*<(.+)>", re.DOTALL)
_CHAPTER = re.compile(r"(?!https?:|mailto:|//)([^#?]+)\.md(#[\w-]+)?")


class ChapterError(FaultsError):
    """All faults of one or more chapters."""

    kind = "the chapters"


def is_chapter(path: str | Path) -> bool:
    """Whether a source file is a chapter that runs: a MyST notebook, known by its header."""
    path = Path(path)
    return path.suffix == ".md" and "format_name: myst" in path.read_text(encoding="utf-8")[:600]


def write(guide: Guide, chapter: Path, target: Path) -> None:
    """The chapter as an .ipynb at `target`; the same chapter and data give the same bytes."""
    _store(convert(guide, chapter), target)


def _store(notebook: Any, target: Path) -> None:
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(nbformat.writes(notebook) + "\n", encoding="utf-8")


def renew(guide: Guide, chapter: Path, target: Path) -> Literal["written", "current", "kept"]:
    """Write the chapter at `target` unless a learner's work is there.

    `written`: nothing was there, or an older one in which no cell was changed. `current`: it has the chapter's cells,
    and keeps its outputs. `kept`: its cells are no longer those that were written, or it cannot be read.
    """
    notebook = convert(guide, chapter)
    if target.exists():
        try:
            found = json.loads(target.read_text(encoding="utf-8"))
            cells, written = _digest(found["cells"]), found["metadata"].get("studyguide", {}).get("cells")
        except (ValueError, LookupError, TypeError, AttributeError):
            return "kept"
        if cells == _digest(notebook.cells):
            return "current"
        if cells != written:
            return "kept"
    _store(notebook, target)
    return "written"


def _digest(cells: list[Any]) -> str:
    """What makes a notebook a learner's own work: the kinds and words of its cells, and not their outputs.

    In a file the words of a cell are a list of lines.
    """
    words = json.dumps([[cell["cell_type"], "".join(cell["source"])] for cell in cells])
    return hashlib.sha256(words.encode()).hexdigest()


def convert(guide: Guide, chapter: Path) -> Any:
    """The chapter as a notebook without outputs, its Markdown free of roles and directives.

    ChapterError names every place of the chapter that no notebook can show.
    """
    import jupytext

    converter = Converter(guide, chapter)
    text = converter.text(chapter.read_text(encoding="utf-8"))
    if converter.faults:
        raise ChapterError(converter.faults)
    notebook = jupytext.reads(text, fmt="md:myst")
    notebook.metadata.pop("myst", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{chapter.stem}-{number}"[:64]
    notebook.cells = [cell for cell in notebook.cells if cell.source.strip()]
    if notebook.cells and guide.steps:
        notebook.cells[0].source += NOTICE.format(len(guide.steps))
    notebook.metadata["studyguide"] = {"cells": _digest(notebook.cells)}
    return notebook


@dataclass(frozen=True)
class _Edit:
    """New words for a stretch from a place in one line to a place in the same or a later one, which then are one."""

    line: int
    start: int
    last: int
    end: int
    new: str

    def apply(self, lines: list[str | None]) -> None:
        """Change the lines; whatever stands further on in them must have been changed before."""
        head, tail = (lines[self.line] or "")[: self.start], (lines[self.last] or "")[self.end :]
        for gone in range(self.line + 1, self.last + 1):
            lines[gone] = None
        lines[self.line] = head + self.new + tail


@dataclass
class Converter:
    """One chapter's text, changed place by place; what cannot be changed is in `faults`."""

    guide: Guide
    chapter: Path
    faults: list[Fault] = field(default_factory=list)

    def text(self, text: str, line: int = 1) -> str:
        """MyST as Markdown for Jupyter; `line` is where the text begins in the chapter."""
        lines: list[str | None] = list(text.split("\n"))
        ends: dict[int, int] = {}
        edits: list[_Edit] = []
        for block in myst.read(text):
            match block:
                case myst.Prose():
                    edits += self._prose(lines, ends, block, line - 1)
                case myst.Directive() if block.name != myst.CODE_CELL:
                    self._replace(lines, block, self._directive(block, line - 1))
                case myst.Mark(kind="target" | "comment"):
                    self._replace(lines, block, "")
        for edit in reversed(edits):
            edit.apply(lines)
        return "\n".join(one for one in lines if one is not None)

    def fault(self, line: int, found: str, right: str) -> None:
        """Remember what is wrong at a line of the chapter."""
        self.faults.append(Fault(self.chapter.name, line, "", found, right))

    # --- blocks -------------------------------------------------------------------------------------------------------

    def _replace(self, lines: list[str | None], block: myst.Directive | myst.Mark, new: str) -> None:
        """Put new text in the place of a block's lines, as far from the margin as it stood."""
        first = lines[block.line - 1] or ""
        margin = first[: len(first) - len(first.lstrip(" >"))]
        for at in range(block.line - 1, block.end - 1):
            lines[at] = None
        if new:
            lines[block.line - 1] = "\n".join(f"{margin}{one}".rstrip() for one in new.split("\n"))

    def _directive(self, block: myst.Directive, before: int) -> str:
        line = block.line + before
        match block.name:
            case "drawing":
                return self._drawing(block.argument, line)
            case "bibliography":
                return "\n".join(f"- {_entry(source)}" for source in self.guide.sources)
            case "figure" | "image":
                return self._image(block, line, before)
            case "math":
                return f"$$\n{block.body}\n$$"
            case "code" | "code-block":
                return f"```{block.argument}\n{block.body}\n```"
            case "admonition" | "dropdown":
                return self._quoted(block.argument or "Note", block, before)
            case name if name in ADMONITIONS:
                return self._quoted(ADMONITIONS[name], block, before)
            case name if name in NOTHING:
                return ""
        known = ("drawing", "bibliography", "figure", "image", "math", "code-block", "admonition", *ADMONITIONS)
        self.fault(
            line, f"the directive `{block.name}`, which has no form in a notebook", did_you_mean(block.name, known)
        )
        return ""

    def _quoted(self, title: str, block: myst.Directive, before: int) -> str:
        body = self.text(block.body, block.body_line + before)
        return "> " + f"**{title}.** {body}".replace("\n", "\n> ")

    def _drawing(self, name: str, line: int) -> str:
        path = drawings.path(self.chapter, name)
        try:
            return _picture(path, drawings.title(path) or name)
        except GuideError as error:
            found, _, right = str(error).partition("; ")
            self.fault(line, found, right)
            return ""

    def _image(self, block: myst.Directive, line: int, before: int) -> str:
        path = self.chapter.parent / block.argument
        caption = self.text(block.body, block.body_line + before)
        if not path.is_file():
            self.fault(line, f"no picture at `{block.argument}`", "put it there, or mend the path")
            return caption
        return f"{_picture(path, block.options.get('alt', ''))}\n\n{caption}".strip()

    # --- paragraphs ---------------------------------------------------------------------------------------------------

    def _prose(self, lines: list[str | None], ends: dict[int, int], block: myst.Prose, before: int) -> Iterator[_Edit]:
        changes = sorted(change for piece in block.pieces for change in self._piece(piece, block, before))
        code = [(piece.start, piece.end) for piece in block.pieces if piece.kind in {"code", "role"}]
        # Jupyter would set what stands between two of them as a formula.
        signs = [match.start() for match in re.finditer(r"(?<!\\)\$", block.content)]
        changes += [(at, at + 1, "\\$") for at in signs if not any(start <= at < end for start, end in code)]
        if changes:
            places = _places(lines, ends, block)
            for start, end, new in sorted(changes):
                yield _edit(places, block.content, start, end, new)

    def _piece(self, piece: myst.Inline, block: myst.Prose, before: int) -> Iterator[tuple[int, int, str]]:
        line = block.line + before + block.content[: piece.start].count("\n")
        if piece.kind == "role":
            yield piece.start, piece.end, self._role(piece, line)
        elif piece.kind == "link" and (match := _CHAPTER.fullmatch(piece.name)):
            target = self.chapter.parent / f"{match[1]}.md"
            if not target.is_file():
                self.fault(line, f"a link to `{piece.name}`, which is no chapter", self._chapters(match[1]))
            elif is_chapter(target):
                yield piece.label_end + 1, piece.end, f"({match[1]}.ipynb)"
            else:
                yield piece.start, piece.start + 1, ""
                yield piece.label_end, piece.end, ""

    def _chapters(self, name: str) -> str:
        return did_you_mean(name, sorted(path.stem for path in self.chapter.parent.glob("*.md")))

    def _role(self, piece: myst.Inline, line: int) -> str:
        named = _NAMED.fullmatch(piece.content)
        words, target = (named[1], named[2]) if named else (piece.content, piece.content)
        try:
            if piece.name in CITATIONS:
                return f"({'; '.join(_link(self.guide.sources[key.strip()]) for key in piece.content.split(','))})"
            if piece.name in roles.ROLES:
                return _marked(roles.resolve(self.guide, piece.name, piece.content))
        except GuideError as error:
            found, _, right = str(error).partition("; ")
            self.fault(line, f"{{{piece.name}}}`{piece.content}`: {found}", right or "mend it")
            return piece.content
        if piece.name == "doc":
            path = self.chapter.parent / f"{target.strip('/').removesuffix('.md')}.md"
            if not path.is_file():
                self.fault(line, f"a link to `{target}`, which is no chapter", self._chapters(path.stem))
            return f"[{words}]({path.stem}.ipynb)" if path.is_file() and is_chapter(path) else words
        if piece.name in PLAIN_ROLES:
            return PLAIN_ROLES[piece.name].format(words)
        known = ("cite", "doc", *roles.ROLES, *PLAIN_ROLES)
        self.fault(line, f"the role `{piece.name}`, which has no form in a notebook", did_you_mean(piece.name, known))
        return piece.content


def _places(lines: list[str | None], ends: dict[int, int], block: myst.Prose) -> list[tuple[int, int]]:
    """Where in the file each line of a paragraph begins: index and column. Cells of one row follow each other."""
    found = []
    for number, words in enumerate(block.content.split("\n")):
        at = block.line - 1 + number
        column = (lines[at] or "").find(words, ends.get(at, 0))
        ends[at] = column + len(words)
        found.append((at, column))
    return found


def _edit(places: list[tuple[int, int]], content: str, start: int, end: int, new: str) -> _Edit:
    (first, begin), (last, close) = (_place(places, content, at) for at in (start, end))
    return _Edit(first, begin, last, close, new)


def _place(places: list[tuple[int, int]], content: str, at: int) -> tuple[int, int]:
    """Line and column, in the file, of a place in a paragraph."""
    line, column = places[content[:at].count("\n")]
    return line, column + at - (content.rfind("\n", 0, at) + 1)


def _marked(found: roles.Resolved) -> str:
    """A role's words with their language; a `$` in them is money."""
    words = found.text.replace("$", "\\$")
    return f'<span lang="{found.lang}">{words}</span>' if found.lang else words


def _link(source: Source) -> str:
    name = source.publisher or source.title
    return f"[{name}]({source.url})" if source.url and not source.low_trust else name


def _entry(source: Source) -> str:
    parts = [f"**{source.title}**", source.publisher, source.year, source.note, f"<{source.url}>" if source.url else ""]
    return ". ".join(part for part in parts if part).replace("$", "\\$")


def _picture(path: Path, title: str) -> str:
    """A picture inside the Markdown: JupyterLab shows no SVG that is attached to a cell."""
    kind = mimetypes.guess_type(path.name)[0] or "image/svg+xml"
    return f"![{title}](data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()})"


__all__ = ["ChapterError", "Converter", "convert", "is_chapter", "renew", "write"]
