"""A built page without a browser: its links and anchors, its head, its prose, its folded code and its charts."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
ADDRESSES = {"href", "src", "xlink:href", "srcset", "data", "poster", "action"}


@dataclass
class ChartOnPage:
    """What a reader gets of one chart: the sentence, the rows of the table, and what Plotly is given."""

    finding: str = ""
    table: str = ""
    json: str = ""

    @property
    def spec(self) -> Any:
        """Plotly's data and layout."""
        return json.loads(self.json)


@dataclass
class Page(HTMLParser):
    """One file of the built book."""

    path: Path
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
        self.html = self.path.read_text(encoding="utf-8")
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
        if tag not in VOID:
            self.stack.append((tag, attributes))

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
        chart = next((self.charts[a["id"]] for _, a in reversed(self.stack) if "data-chart" in a), None)
        if tags[-1:] == ["title"] and "svg" not in tags:
            self.title += data
        if "cell_input" in classes and "details" not in tags and data.strip():
            self.unfolded.append(data)
        if chart and "sg-finding" in classes:
            chart.finding += data
        elif chart and "sg-figure" in classes:
            chart.json += data
        elif chart and "table" in tags:
            chart.table += data
        elif "article" in tags and not {"script", "style", "table", "pre", "figure"} & {*tags}:
            self.prose += data
