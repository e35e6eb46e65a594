"""The two books: ours, and the same chapters under stock Jupyter Book. Each is made in a folder of its own."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import jupytext
import nbformat
import yaml

from studyguide.chapters import notebooks
from studyguide.guide import loading

ROOT = Path(__file__).parents[1]
CONTENTS = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
CHAPTERS: list[str] = [
    CONTENTS["root"],
    *(entry["file"] for part in CONTENTS["parts"] for entry in part["chapters"]),
]
STRICT = ("-W", "-n", "--keep-going")
# The one number that is changed, the page that shows it, and what a reader sees before and after.
CHANGED = ("us-w9-gross,", ",96250,", ",96350,")
PAGE, BEFORE, AFTER = "chapters/money", "96,250", "96,350"
# Stock: no theme and no extension is named. The `parse` line is ours, or every sum in dollars would be a formula.
STOCK = {
    "title": "Drive My Car: a study guide",
    "author": "The study guide's authors",
    "only_build_toc_files": True,
    "parse": {"myst_enable_extensions": ["colon_fence", "attrs_inline"]},
    "bibtex_bibfiles": [f"data/{loading.BIBLIOGRAPHY}"],
}
# What a stock book knows too and what therefore stays; our own roles and directives become plain text.
KEPT = {"{cite}": "<cite>", "{bibliography}": "<bibliography>"}
# First cell of every stock chapter that runs: charts as ordinary Plotly figures, by Plotly's own route to a page.
START = """
import plotly.io
from IPython.display import HTML, display

from studyguide import charts
from studyguide.kernel import widgets
from studyguide.page import render

plotly.io.renderers.default = "notebook_connected"


def show(chart):
    chart.figure.show()
    display(HTML(render.fill("chart.html", chart=chart, live=False)))


def first(draw, **choices):
    return draw(**{name: next(iter(dict(values).values() if isinstance(values, dict) else values))
                   for name, values in choices.items()})


charts.Chart._ipython_display_ = show
widgets.explore = first  # menus need a kernel, which a published page does not have
""".strip()


class Cost(NamedTuple):
    """What a build took, in seconds."""

    seconds: float
    work: float
    """Time of all processors together, kernels included: it hardly changes when the machine has other things to do."""


@dataclass(frozen=True)
class Book:
    """The sources of a book in `folder`, and the options it is built with."""

    folder: Path
    options: tuple[str, ...] = ()

    @property
    def site(self) -> Path:
        """Where its pages are once it is built."""
        return self.folder / "_build" / "html"

    def page(self, name: str) -> str:
        """The HTML of a built page, by name: `chapters/money`."""
        return (self.site / f"{name}.html").read_text(encoding="utf-8")

    def build(self, *more: str) -> Cost:
        """Build it with the command that its readers use; what that took."""
        program = "from jupyter_book.cli.main import main; main()"
        command = [sys.executable, "-c", program, "build", ".", *self.options, *more]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("STUDYGUIDE_")}
        began, started = os.times(), time.perf_counter()
        done = subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, encoding="utf-8")
        seconds, ended = time.perf_counter() - started, os.times()
        if done.returncode:
            raise RuntimeError(f"the build in {self.folder.name} failed:\n{done.stdout}\n{done.stderr}")
        work = ended.children_user + ended.children_system - began.children_user - began.children_system
        return Cost(seconds, work)

    def change_a_number(self) -> None:
        """Write another number into data/box_office.csv, as an author would."""
        path = self.folder / "data" / "box_office.csv"
        row_id, old, new = CHANGED
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        if sum(line.startswith(row_id) and old in line for line in lines) != 1 or BEFORE not in self.page(PAGE):
            raise RuntimeError(f"{PAGE} does not show {BEFORE} of {row_id}; name another figure in {__name__}")
        text = "".join(line.replace(old, new) if line.startswith(row_id) else line for line in lines)
        path.write_text(text, encoding="utf-8")

    def shows_the_change(self) -> bool:
        """Whether the page has the new number."""
        return AFTER in self.page(PAGE)


def ours(folder: Path, times: int = 1) -> Book:
    """This book as it is, with `times` times the records."""
    copy(folder, "_config.yml", "_toc.yml", "chapters", "data")
    multiply(folder / "data", times)
    return Book(folder, STRICT)


def stock(folder: Path, times: int = 1, *, cited: bool = True, execute: str = "auto") -> Book:
    """The same chapters as notebooks without our roles, under Jupyter Book's default theme and extensions.

    `cited` False turns citations into plain links too; `execute` is Jupyter Book's `execute_notebooks`.
    """
    copy(folder, "_toc.yml", "data", "chapters/drawings")
    multiply(folder / "data", times)
    settings = STOCK | {"execute": {"execute_notebooks": execute, "timeout": 120}}
    (folder / "_config.yml").write_text(yaml.safe_dump(settings, sort_keys=False), encoding="utf-8")
    kept = KEPT if cited else {}
    guide = loading.read(folder / "data")
    chapters = [folder / f"{name}.md" for name in CHAPTERS]
    for chapter in chapters:  # all of them first: a link is a link only where there is a chapter behind it
        source = ROOT / "chapters" / chapter.name
        chapter.write_text(_replaced(source.read_text(encoding="utf-8"), kept), encoding="utf-8")
    for chapter in chapters:
        nbformat.write(_ordinary(notebooks.convert(guide, chapter), chapter), chapter.with_suffix(".ipynb"))
    for chapter in chapters:
        chapter.unlink()
    return Book(folder)


def _replaced(text: str, pairs: dict[str, str]) -> str:
    for old, new in pairs.items():
        text = text.replace(old, new)
    return text


def _ordinary(notebook: Any, chapter: Path) -> Any:
    """The notebook as a stock book wants it: pictures as files, the page's description, charts by Plotly's route."""
    header = jupytext.read(chapter, fmt="md:myst").metadata
    notebook.metadata.update({key: header[key] for key in ("myst",) if key in header})
    for cell in notebook.cells:
        cell.pop("attachments", None)  # MyST-NB shows no attachments
        cell.source = _replaced(cell.source, {new: old for old, new in KEPT.items()})
        cell.source = cell.source.replace("](attachment:", "](drawings/")
    if any(cell.cell_type == "code" for cell in notebook.cells):
        start = nbformat.v4.new_code_cell(START, id="start", metadata={"tags": ["remove-cell"]})
        notebook.cells.insert(0, start)
    return notebook


def copy(folder: Path, *names: str) -> None:
    """Files and folders of this project, by name, into another folder."""
    for name in names:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "_build"))
        else:
            shutil.copyfile(source, target)


def multiply(folder: Path, times: int) -> None:
    """Give a data folder `times` times its records, the new ones under ids of their own; the film stays one."""
    if times == 1:
        return
    endings = ["", *(f"-again-{number}" for number in range(2, times + 1))]
    for file, _ in loading.FILES.values():
        path = folder / file
        text = path.read_text(encoding="utf-8")
        if file.endswith(".csv"):
            path.write_text(_csv_rows(text, endings), encoding="utf-8")
        elif isinstance(rows := yaml.safe_load(text), list):
            rows = [row | {"id": row["id"] + ending} for ending in endings for row in rows]
            # Without aliases: every row stands alone, as an author writes it.
            path.write_text(yaml.dump(rows, Dumper=_Plain, allow_unicode=True, sort_keys=False), encoding="utf-8")
    bibliography = folder / loading.BIBLIOGRAPHY
    text = bibliography.read_text(encoding="utf-8")
    copies = (re.sub(r"(?m)^(@\w+\{[^,\s]+),", rf"\g<1>{ending},", text) for ending in endings)
    bibliography.write_text("\n".join(copies), encoding="utf-8")


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:
        return True


def _csv_rows(text: str, endings: list[str]) -> str:
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    column = header.index("id")
    for ending in endings:
        writer.writerows([*row[:column], row[column] + ending, *row[column + 1 :]] for row in rows)
    return out.getvalue()
