"""What the search finds: not pages alone, but places on them, each with its words and the step with which it opens.

Read off each page as it is written; a page that is not written anew keeps its file. Sphinx's own index knows words and
pages, and Pagefind, which knows places, asks for a server: this one is a script, which works from `file://` too.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyguide.chapters.book import openings

if TYPE_CHECKING:
    from sphinx.application import Sphinx

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
PASSED_OVER = {"script", "style", "svg", "button", "select", "sup", "noscript", "pre"}
QUIET = {"citation", "headerlink", "hide", "sg-controls", "sg-data", "sg-evidence", "sg-handin", "sg-key", "sg-popover"}
QUIET |= {"sg-unseen", "sg-watched", "sg-clock"}
"""Classes of what is not searched: apparatus, and keys to questions."""
KINDS = ("step", "term", "claim", "item", "fact", "chart", "line")
"""Records with a place of their own, by the beginning of their ids."""
TITLES = {"sg-step-title", "sg-said", "sg-stem", "sg-chart-title"}
INLINE = {"a", "abbr", "b", "cite", "code", "em", "i", "mark", "q", "span", "strong", "sub", "sup"}
_KEYWORDS = re.compile(r'<meta(?=[^>]*name="keywords")[^>]*content="([^"]*)"')


@dataclass
class Place:
    """A place on a page: what it is, where, what it is called, and what it says."""

    kind: str
    anchor: str
    opens: int
    title: str = ""
    texts: dict[int, str] = field(default_factory=dict)
    """What it says, by the step with which that opens: a paragraph may open later than its section."""

    def rows(self) -> list[list[str | int]]:
        """As the script has it: a row for each step with which a part of it opens."""
        title = _plain(self.title)
        texts = {self.opens: "", **self.texts}
        return [[self.kind, self.anchor, title, _plain(text), opens] for opens, text in texts.items()]


def _plain(words: str) -> str:
    return " ".join(words.replace("¶", "").split())


@dataclass
class _Element:
    tag: str
    place: Place
    in_title: bool
    quiet: bool
    opens: int


@dataclass
class _Reader(HTMLParser):
    """Finds the places of a page's body. `opens`: the step with which the page itself opens."""

    opens: int
    places: list[Place] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        page = Place("chapter", "", self.opens)
        self.places.append(page)
        self.stack = [_Element("body", page, False, False, 0)]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        around = self.stack[-1]
        self._part(tag)
        own = {name: value or "" for name, value in attrs}
        classes = set(own.get("class", "").split())
        match = openings.CLASS.search(own.get("class", ""))
        opens = max(around.opens, int(match[1]) if match else 0)
        # A question may stand twice on a page, so it has no id; spine.js finds it by its name.
        name = f"item-{own['data-item']}" if "data-item" in own else own.get("id", "")
        place = self._begun(tag, name, opens) or around.place
        is_title = tag in {"h1", "h2", "h3", "h4", "dt"} or bool(classes & TITLES)
        self.stack.append(
            _Element(
                tag,
                place,
                (around.in_title and place is around.place) or (is_title and not place.title),
                around.quiet or tag in PASSED_OVER or bool(classes & QUIET),
                opens,
            )
        )

    def _begun(self, tag: str, name: str, opens: int) -> Place | None:
        """The place that begins with this element."""
        kind = name.partition("-")[0]
        if tag == "section" and name and len([one for one in self.stack if one.tag == "section"]):
            place = Place("section", name, opens)
        elif kind in KINDS and name != kind:
            place = Place(kind, name, opens)
        else:
            return None
        self.places.append(place)
        return place

    def _part(self, tag: str) -> None:
        """Words of two blocks are two words."""
        if tag not in INLINE and not self.stack[-1].quiet:
            self._say(" ")

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        while len(self.stack) > 1 and self.stack.pop().tag != tag:
            pass

    def handle_data(self, data: str) -> None:
        here = self.stack[-1]
        if here.quiet:
            return
        if here.in_title:
            here.place.title += data
        else:
            self._say(data)

    def _say(self, words: str) -> None:
        here = self.stack[-1]
        opens = max(here.opens, here.place.opens)
        here.place.texts[opens] = here.place.texts.get(opens, "") + words


def keep(app: Sphinx, page: str, context: dict[str, Any]) -> None:
    """Read the places of a page that is being written."""
    reader = _Reader(openings.at(app.env, page))
    reader.feed(context["body"])
    reader.close()
    keywords = _KEYWORDS.search(context.get("metatags") or "")
    found = {
        "page": page,
        "keywords": keywords[1] if keywords else "",
        "places": [row for place in reader.places if place.title.strip() for row in place.rows()],
    }
    path = _folder(app) / f"{Path(page).name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Put the places of all chapters together, in the order of the book."""
    if exception or app.builder.format != "html":
        return
    names = [name for name in _in_order(app) if (_folder(app) / f"{Path(name).name}.json").is_file()]
    pages = [json.loads((_folder(app) / f"{Path(name).name}.json").read_text(encoding="utf-8")) for name in names]
    text = json.dumps(pages, ensure_ascii=False, separators=(",", ":"))
    (Path(app.outdir) / "_static" / "places.js").write_text(f"window.studyguidePlaces = {text};\n", encoding="utf-8")


def _in_order(app: Sphinx) -> list[str]:
    """The chapters as the contents have them."""
    relations = app.env.collect_relations()
    return [name for name in relations if name in app.env.found_docs]


def _folder(app: Sphinx) -> Path:
    return Path(app.doctreedir) / "studyguide-places"
