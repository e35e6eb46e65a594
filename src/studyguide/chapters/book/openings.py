"""From which step of the film on each page, section and paragraph may be seen by a reader who is still watching.

`{opens}` with a step's id, or `start`, stands alone under a heading for all that follows it, or in a paragraph, list
item or row of a table for that one. Whatever says nothing opens with the last step. What is found becomes a class,
`opens-22`, on the element, and on every entry of a table of contents that leads there; the page's script hides by that
class alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from studyguide.chapters.book.settings import guide_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Openings = dict[str, int]
"""Of one page: the number of the step for each section, by its id; for what stands before the sections, by ""."""

_ENTRY = re.compile(r'<li(?: class="([^"]*)")?>(<a class="[^"]*" href="([^"]*)")')
_PART = re.compile(r'(<p )class="caption"([^>]*>.*?</p>\s*)(<ul.*?</ul>)', re.DOTALL)
CLASS = re.compile(r"\bopens-(\d+)")
"""The class of what opens with a step, with the step's number."""
_ROW = re.compile(r'<tr class="([^"]*)">(<td><p><a class="[^"]*" href="([^"]*)")')


class Opens(nodes.Inline, nodes.Element):
    """The mark of `{opens}`; gone after `Mark`."""


class Mark(SphinxTransform):
    """Turn the marks of a chapter into classes, and remember them for the pages that lead to it."""

    default_priority = 400

    def apply(self, **kwargs: Any) -> None:
        last = len(guide_of(self.app).steps)
        found: Openings = {}
        for section in self.document.findall(nodes.section):
            mark = _own(section)
            depth = sum(isinstance(one, nodes.section) for one in _ancestors(section))
            if mark is None and depth > 1:  # it opens with the section around it
                found |= dict.fromkeys(section["ids"], found[section.parent["ids"][0]])
                continue
            step = last if mark is None else mark["step"]
            if depth:
                _classify(section, step)
                found |= dict.fromkeys(section["ids"], step)
            else:
                found[""] = step
                for child in section.children:
                    if isinstance(child, nodes.Element) and not isinstance(child, nodes.section):
                        _classify(child, step)
        for mark in list(self.document.findall(Opens)):
            block = next(one for one in _ancestors(mark) if isinstance(one, nodes.paragraph | nodes.title))
            _classify(_whole(block), mark["step"])
            mark.parent.remove(mark)
        of_book(self.env)[self.env.docname] = found


def _own(section: nodes.section) -> Opens | None:
    """The mark that stands alone in a paragraph of a section; the paragraph goes."""
    for child in list(section.children):
        marks = [one for one in child.children if isinstance(one, Opens)]
        if isinstance(child, nodes.paragraph) and marks and not child.astext().strip():
            section.remove(child)
            return marks[0]
    return None


def _whole(block: nodes.Element) -> nodes.Element:
    """What a mark in a paragraph is for: the paragraph, the item of a list, or the row of a table."""
    match block.parent:
        case nodes.list_item() as item:
            return item
        case nodes.entry(parent=nodes.row() as row):
            return row
    return block


def _ancestors(node: nodes.Node) -> Iterable[nodes.Element]:
    while node.parent is not None:
        node = node.parent
        yield node


def _classify(element: nodes.Element, step: int) -> None:
    others = [name for name in element["classes"] if not name.startswith("opens-")]
    element["classes"] = [*others, f"opens-{step}"] if step else others


def of_book(env: Any) -> dict[str, Openings]:
    """The openings of each page."""
    if not hasattr(env, "studyguide_openings"):
        env.studyguide_openings = {}
    found: dict[str, Openings] = env.studyguide_openings
    return found


def purge(app: Sphinx, env: Any, name: str) -> None:
    """Forget a chapter."""
    of_book(env).pop(name, None)


def merge(app: Sphinx, env: Any, names: Iterable[str], other: Any) -> None:
    """Take over what another process read."""
    of_book(env).update({name: found for name, found in of_book(other).items() if name in names})


def at(env: Any, page: str, anchor: str = "") -> int:
    """The number of the step with which a page, or a section of it, opens; 0 for what gives nothing away."""
    found = of_book(env).get(page, {})
    return found.get(anchor, found.get("", 0))


def mark_contents(env: Any, page: str, context: dict[str, Any]) -> None:
    """Mark what leads elsewhere: both tables of contents, the ways on and back, and rows of tables about chapters."""
    # Chapters lie side by side, so that a file's name is enough.
    names = {name.rpartition("/")[2]: name for name in of_book(env)}

    def step_of(address: str) -> int:
        path, _, anchor = address.partition("#")
        target = names.get(path.rpartition("/")[2].removesuffix(".html"), page if not path else "")
        return at(env, target, anchor)

    def entry(match: re.Match[str]) -> str:
        step = step_of(match[3])
        classes = " ".join(filter(None, [match[1], f"opens-{step}" if step else ""]))
        return f'<li class="{classes}">{match[2]}' if classes else match[0]

    def part(match: re.Match[str]) -> str:
        """The caption of a part opens with the first of its chapters."""
        entries = re.findall(r'<li class="toctree-l1[^"]*"', match[3])
        step = min((int(found[1]) if (found := CLASS.search(one)) else 0 for one in entries), default=0)
        return f'{match[1]}class="caption opens-{step}"{match[2]}{match[3]}' if step else match[0]

    def row(match: re.Match[str]) -> str:
        step = step_of(match[3]) if ".html" in match[3] else 0
        return f'<tr class="{match[1]} opens-{step}">{match[2]}' if step else match[0]

    for name in ("furo_navigation_tree", "toc"):
        context[name] = _PART.sub(part, _ENTRY.sub(entry, context.get(name) or ""))
    context["body"] = _ROW.sub(row, context["body"])
    for name in ("prev", "next"):
        near: Mapping[str, str] | None = context.get(name)
        if near and (step := step_of(near["link"])):
            context[name] = {**near, "title": f'<span class="opens-{step}">{near["title"]}</span>'}
