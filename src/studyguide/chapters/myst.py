"""MyST text by its own parser's tokens: the roles, links, directives and paragraphs of a chapter, each with its place.

Nothing here knows what a role means. Places are exact, so that a converter can change a chapter where it must and leave
every other character as its author wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

# What this kind of book turns on in _config.yml: `myst_enable_extensions`.
EXTENSIONS = {"attrs_inline", "colon_fence"}
CODE_CELL = "code-cell"
_DIRECTIVE = re.compile(r"\{([\w:-]+)\}\s*(.*)", re.DOTALL)
_OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")


@dataclass(frozen=True)
class Inline:
    """A role, a link or a piece of code in a paragraph. `start` and `end` are places in the paragraph's content."""

    kind: str
    """role, link, image or code."""
    name: str
    """Of a role its name, of a link or image where it leads."""
    content: str
    """Of a role what stands between its ticks."""
    start: int
    end: int
    label_end: int = 0
    """Of a link where its words end."""


@dataclass(frozen=True)
class Prose:
    """A paragraph, a heading, a cell of a table: text with its pieces in order."""

    line: int
    end: int
    """The line after the last; lines count from 1."""
    content: str
    level: int
    """Of a heading, from 1; 0 for any other text."""
    pieces: tuple[Inline, ...]


@dataclass(frozen=True)
class Directive:
    """`{name} argument` with its options and its body."""

    line: int
    end: int
    name: str
    argument: str
    options: dict[str, str]
    body: str
    body_line: int


@dataclass(frozen=True)
class Mark:
    """What no reader sees: a target, a comment or the header."""

    line: int
    end: int
    kind: str
    """target, comment, break or header."""
    content: str


Block = Prose | Directive | Mark


def read(text: str, line: int = 1) -> list[Block]:
    """The blocks of a MyST text in order; `line` is where it begins in its file. Plain code is no block."""
    found: list[Block] = []
    tokens = _parser().parse(text)
    for index, token in enumerate(tokens):
        if token.map is None:
            continue
        first, end = token.map[0] + line, token.map[1] + line
        if token.type == "inline":
            before = tokens[index - 1]
            level = int(before.tag[1:]) if before.type == "heading_open" else 0
            found.append(Prose(first, end, token.content, level, tuple(_pieces(token.children or ()))))
        elif token.type in {"fence", "colon_fence"} and (match := _DIRECTIVE.match(token.info.strip())):
            found.append(_directive(match, token, first, end))
        elif kind := _MARKS.get(token.type):
            found.append(Mark(first, end, kind, token.content))
    return found


def everything(text: str, line: int = 1) -> Iterator[Block]:
    """The blocks of a text and of what its directives hold, from the outside in; code cells are not looked into."""
    for block in read(text, line):
        yield block
        if isinstance(block, Directive) and holds_text(block):
            yield from everything(block.body, block.body_line)


def without_roles(block: Prose) -> str:
    """A paragraph's own words, without roles and code."""
    words = block.content
    for piece in reversed(block.pieces):
        if piece.kind in {"role", "code"}:
            words = words[: piece.start] + " " + words[piece.end :]
    return words


def holds_text(directive: Directive) -> bool:
    """Whether a directive's body is text of the book, and not code, formulas or a list of pages."""
    return directive.name not in _NOT_TEXT


_MARKS = {
    "myst_target": "target",
    "myst_line_comment": "comment",
    "myst_block_break": "break",
    "front_matter": "header",
}
_NOT_TEXT = {CODE_CELL, "code", "code-block", "math", "eval-rst", "toctree", "tableofcontents", "raw", "bibliography"}


@cache
def _parser() -> MarkdownIt:
    from markdown_it.renderer import RendererHTML
    from myst_parser.config.main import MdParserConfig
    from myst_parser.parsers.mdit import create_md_parser

    parser = create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)
    for rule in ("myst_role", "link", "image", "backticks"):
        parser.inline.ruler.at(rule, _with_place(_rule(parser, rule)))
    return parser


def _rule(parser: MarkdownIt, name: str) -> Callable[[StateInline, bool], bool]:
    rules = parser.inline.ruler.__rules__
    return next(rule.fn for rule in rules if rule.name == name)


def _with_place(rule: Callable[[StateInline, bool], bool]) -> Callable[[StateInline, bool], bool]:
    """A rule whose first token also remembers from where to where in the paragraph it was made."""

    def placed(state: StateInline, silent: bool) -> bool:
        from markdown_it.helpers import parseLinkLabel

        start, before = state.pos, len(state.tokens)
        label = parseLinkLabel(state, start, True) if state.src[start] == "[" else 0
        # Text that waits to become a token of its own does so before the rule's first one.
        waiting = bool(state.pending)
        made = rule(state, silent)
        if made and not silent and len(state.tokens) > before:
            token = state.tokens[min(before + waiting, len(state.tokens) - 1)]
            token.meta = {**(token.meta or {}), "place": (start, state.pos, label)}
        return made

    return placed


def _pieces(tokens: Iterable[Token]) -> Iterator[Inline]:
    for token in tokens:
        place = (token.meta or {}).get("place")
        if not place:
            continue
        match token.type:
            case "myst_role":
                yield Inline("role", token.meta["name"], token.content, *place)
            case "link_open":
                yield Inline("link", str(token.attrs.get("href", "")), "", *place)
            case "image":
                yield Inline("image", str(token.attrs.get("src", "")), token.content, *place)
            case "code_inline":
                yield Inline("code", "", token.content, *place)


def _directive(match: re.Match[str], token: Token, first: int, end: int) -> Directive:
    body, start = token.content, first + 1
    options: dict[str, str] = {}
    lines = body.split("\n")
    if lines[0].strip() == "---":  # options as a block of YAML
        closing = next((at for at, one in enumerate(lines[1:], 1) if one.strip() == "---"), 0)
        loaded: Any = yaml.safe_load("\n".join(lines[1:closing])) if closing else {}
        options = {str(name): str(value) for name, value in (loaded or {}).items()}
        lines, start = lines[closing + 1 :], start + closing + 1
    else:
        while lines and (option := _OPTION.fullmatch(lines[0].strip())):
            options[option[1]] = option[2]
            lines, start = lines[1:], start + 1
    return Directive(first, end, match[1], match[2].strip(), options, "\n".join(lines).rstrip("\n"), start)
