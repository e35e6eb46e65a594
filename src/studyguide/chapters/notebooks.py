"""Chapters as notebooks: what `make lab` opens and what a page offers for download.

Jupyter shows MyST roles and directives as raw text, so here they become words, links and pictures. The code cells stay
as they are.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from studyguide.chapters import roles
from studyguide.guide import Guide, GuideError, Source

ROLE = re.compile(r"\{([a-z]+)\}`([^`]+)`")
DIRECTIVE = re.compile(r"^(:::+|```+)\{([a-z-]+)\}[ \t]*([^\n]*)\n(.*?)^\1[ \t]*$\n?", re.MULTILINE | re.DOTALL)
TARGET = re.compile(r"^\([a-z0-9-]+\)=\n", re.MULTILINE)
CHAPTER_LINK = re.compile(r"\[([^\]]*)\]\(([a-z-]+)\.md(#[\w-]+)?\)")
OPTION = re.compile(r"^:[a-z-]+:.*\n?", re.MULTILINE)
ADMONITIONS = {"note": "Note", "tip": "Tip", "warning": "Take care", "important": "Important"}


def is_chapter(path: str | Path) -> bool:
    """Whether a source file is a chapter that runs: a MyST notebook, known by its header."""
    path = Path(path)
    return path.suffix == ".md" and "format_name: myst" in path.read_text(encoding="utf-8")[:600]


def drawing_path(chapter: Path, name: str) -> Path:
    """Where the drawing of this name lies, seen from a chapter."""
    return chapter.parent / "drawings" / f"{name}.svg"


def write(guide: Guide, chapter: Path, target: Path) -> None:
    """The chapter as an .ipynb at `target`; the same chapter and data give the same bytes."""
    import nbformat

    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(nbformat.writes(convert(guide, chapter)) + "\n", encoding="utf-8")


def convert(guide: Guide, chapter: Path) -> Any:
    """The chapter as a notebook without outputs, its Markdown free of roles and directives.

    GuideError names the chapter and what in it no notebook can show.
    """
    import jupytext

    notebook = jupytext.read(chapter, fmt="md:myst")
    notebook.metadata.pop("myst", None)
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"{chapter.stem}-{number}"[:64]
        if cell.cell_type == "markdown":
            try:
                cell.source = plain(guide, cell.source, partial(_picture, chapter), partial(_runs, chapter))
            except GuideError as error:
                raise GuideError(f"{chapter.name}: {error}") from None
    return notebook


def plain(
    guide: Guide,
    text: str,
    draw: Callable[[str], str] = lambda name: "",
    runs: Callable[[str], bool] = lambda name: True,
) -> str:
    """Markdown for Jupyter: roles as words and links, directives as ordinary Markdown.

    `draw` gives the picture of a drawing, `runs` tells whether there is a notebook of a chapter to link to.
    """
    text = DIRECTIVE.sub(lambda match: _directive(guide, match, draw), text)
    text = TARGET.sub("", text)
    text = ROLE.sub(lambda match: _role(guide, match[1], match[2]), text)
    return CHAPTER_LINK.sub(lambda m: f"[{m[1]}]({m[2]}.ipynb)" if runs(m[2]) else m[1], text).strip()


def _role(guide: Guide, role: str, content: str) -> str:
    if role == "cite":
        return f"({'; '.join(_link(guide.sources[key.strip()]) for key in content.split(','))})"
    if role not in roles.ROLES:
        raise GuideError(f"the role `{role}` has no form in a notebook; known are cite, {', '.join(roles.ROLES)}")
    found = roles.resolve(guide, role, content)
    return f'<span lang="{found.lang}">{found.text}</span>' if found.lang else found.text


def _link(source: Source) -> str:
    name = source.publisher or source.title
    return f"[{name}]({source.url})" if source.url and not source.low_trust else name


def _directive(guide: Guide, match: re.Match[str], draw: Callable[[str], str]) -> str:
    _, name, argument, body = match.groups()
    body = OPTION.sub("", body).strip()
    if name == "drawing":
        return draw(argument.strip()) + "\n"
    if name == "bibliography":
        return "\n".join(f"- {_entry(source)}" for source in guide.sources) + "\n"
    if name in ADMONITIONS or name == "admonition":
        title = ADMONITIONS.get(name, argument.strip())
        return f"> **{title}.** " + body.replace("\n", "\n> ") + "\n"
    raise GuideError(f"the directive `{name}` has no form in a notebook")


def _entry(source: Source) -> str:
    parts = [f"**{source.title}**", source.publisher, source.year, source.note, f"<{source.url}>" if source.url else ""]
    return ". ".join(part for part in parts if part)


def _picture(chapter: Path, name: str) -> str:
    """The drawing inside the Markdown: JupyterLab shows no SVG that is attached to a cell."""
    svg = drawing_path(chapter, name).read_text(encoding="utf-8")
    title = re.search(r"<title[^>]*>([^<]*)</title>", svg)
    data = base64.b64encode(svg.encode()).decode()
    return f"![{title[1] if title else name}](data:image/svg+xml;base64,{data})"


def _runs(chapter: Path, name: str) -> bool:
    return is_chapter(chapter.parent / f"{name}.md")
