"""A page, or a piece of one, without a browser: links, anchors, head, prose, folded code, charts and their pictures."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ADDRESSES = {"href", "src", "xlink:href", "srcset", "data", "poster", "action"}


@dataclass
class Drawn:
    """A mark of a picture: where it stands and how wide it is, in per cent of the strip; how high; what it says."""

    x: float
    width: float
    height: float
    says: str = ""


@dataclass
class ChartOnPage:
    """What a reader gets of one chart: the sentence, the picture's words and marks, and the rows of the table."""

    finding: str = ""
    table: str = ""
    names: list[str] = field(default_factory=list)
    """Of the picture: what its rows and columns are called, and the headings of its groups."""
    values: list[str] = field(default_factory=list)
    """Of the picture: the figures at the ends of its rows."""
    marks: list[Drawn] = field(default_factory=list)
    explore: str = ""
    """Where the figure for Plotly is."""


@dataclass
class Piece(HTMLParser):
    """HTML as a reader gets it."""

    html: str
    ids: set[str] = field(default_factory=set)
    addresses: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    """Every address in the page: tag, attributes, value."""
    metas: dict[str, str] = field(default_factory=dict)
    relations: dict[str, str] = field(default_factory=dict)
    """`link` elements: rel and href."""
    title: str = ""
    prose: str = ""
    """Text of the article outside of charts, tables and code."""
    unfolded: list[str] = field(default_factory=list)
    """Lines of code that stand on the page outside of a `details`."""
    charts: dict[str, ChartOnPage] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self.stack: list[tuple[str, dict[str, str]]] = []
        self.feed(self.html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if "id" in attributes:
            self.ids.add(attributes["id"])
        self.addresses += [(tag, attributes, value) for name, value in attributes.items() if name in ADDRESSES]
        if tag == "meta":
            self.metas[attributes.get("name") or attributes.get("property", "")] = attributes.get("content", "")
        if tag == "link":
            self.relations[attributes.get("rel", "")] = attributes.get("href", "")
        if "data-chart" in attributes:
            self.charts[attributes["id"]] = ChartOnPage()
        self._picture(tag, attributes)
        if tag not in VOID:
            self.stack.append((tag, attributes))

    def _picture(self, tag: str, attributes: dict[str, str]) -> None:
        chart = self._chart()
        if chart is None:
            return
        kinds = attributes.get("class", "").split()
        if "sg-lane-name" in kinds or "sg-lanes-name" in kinds or (tag == "span" and self._is_in("sg-names")):
            chart.names.append("")
        elif "sg-lane-value" in kinds:
            chart.values.append("")
        elif "sg-explore" in kinds:
            chart.explore = attributes["data-explore"]
        elif tag in {"rect", "circle"} and self._is_in("sg-strip"):
            width, height = (float(attributes.get(name, "0").rstrip("%")) for name in ("width", "height"))
            chart.marks.append(Drawn(float((attributes.get("cx") or attributes["x"]).rstrip("%")), width, height))
        elif tag == "svg" and self._is_in("sg-strip"):
            chart.marks.append(Drawn(float(attributes["x"].rstrip("%")), 0, 0))

    def _is_in(self, kind: str) -> bool:
        return any(kind in attributes.get("class", "").split() for _, attributes in self.stack)

    def _chart(self) -> ChartOnPage | None:
        return next((self.charts[a["id"]] for _, a in reversed(self.stack) if "data-chart" in a), None)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag: str) -> None:
        while self.stack and self.stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _ in self.stack]
        classes = [name for _, attributes in self.stack for name in attributes.get("class", "").split()]
        chart = self._chart()
        if tags[-1:] == ["title"] and "svg" not in tags:
            self.title += data
        if "cell_input" in classes and "details" not in tags and data.strip():
            self.unfolded.append(data)
        if chart and "sg-finding" in classes:
            chart.finding += data
        elif chart and tags[-1] == "title" and "sg-strip" in classes:
            chart.marks[-1].says += data
        elif chart and {"sg-lane-name", "sg-lanes-name", "sg-names"} & {*classes} and data.strip():
            chart.names[-1] += data
        elif chart and "sg-lane-value" in classes:
            chart.values[-1] += data
        elif chart and "table" in tags:
            chart.table += data
        elif "article" in tags and not {"script", "style", "table", "pre", "figure"} & {*tags}:
            self.prose += data


class Page(Piece):
    """One file of the built book."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(path.read_text(encoding="utf-8"))


def figure_of(script: str) -> Any:
    """What Plotly is given when a reader asks to explore a chart, by the chart's script: its data and layout."""
    return json.loads(script.partition(" = ")[2].rstrip(";\n"))
