"""In a real JupyterLab: answers outlive the kernel, and menus draw charts anew. In Notebook 7 Python hears them too."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import labs
import nbformat
import pytest
from browsing import Look, Visit, listed
from labs import LONG, Notebook
from playwright.sync_api import Locator, expect

from studyguide.guide import Guide, Interpretation
from studyguide.kernel import store

pytestmark = pytest.mark.xdist_group("jupyter")  # in one process, so that one server serves a module

ACTIVITY = "ending"
CHAPTERS = (ACTIVITY, "money")
WINDOW = {"width": 1280, "height": 1600}
TALLY = """import studyguide
studyguide.live_tally(activity, {item!r})"""
# The last cell of the notebook under test: what Python holds, and in which kernel.
ASK = """import os
print("KERNEL", os.getpid())
print("ANSWERS", activity.responses)
print("NOTICE", activity.notice)
print("ROWS", len(activity.frame()), len(activity.store.history({item!r})))"""


@pytest.fixture(scope="module")
def item(guide: Guide) -> Interpretation:
    """The item that is answered."""
    found = guide.items[guide.activities[ACTIVITY].items[0]]
    assert isinstance(found, Interpretation)
    return found


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where that JupyterLab keeps everything."""
    return tmp_path_factory.mktemp("lab")


@pytest.fixture(scope="module")
def lab(guide: Guide, item: Interpretation, home: Path) -> Iterator[str]:
    """The address of a JupyterLab with the code of a chapter that has an activity, and of one that has menus."""
    root = project(guide, item, home / "project")
    with labs.serve(root, home) as address:
        yield address


def project(guide: Guide, item: Interpretation, folder: Path) -> Path:
    """The project with the code of those chapters as notebooks, the first of them with a cell that asks Python."""
    root = labs.project(guide, folder, *CHAPTERS)
    for chapter in CHAPTERS:
        written = nbformat.read(labs.notebook(root, chapter), as_version=4)
        code = [cell for cell in written.cells if cell.cell_type == "code"]
        written.cells = [nbformat.v4.new_markdown_cell(f"# {chapter}", id="title"), *code]
        if chapter == ACTIVITY:
            written.cells.append(nbformat.v4.new_code_cell(TALLY.format(item=item.id), id="tally"))
            written.cells.append(nbformat.v4.new_code_cell(ASK.format(item=item.id), id="ask"))
        nbformat.write(written, labs.notebook(root, chapter))
    return root


@pytest.fixture
def open_chapter(lab: str, look: Look) -> Any:
    """Opens a chapter in a window of its own."""

    def open_(name: str) -> tuple[Visit, Notebook]:
        visit = look(f"{lab}/tree/notebooks/{name}.ipynb?reset", viewport=WINDOW)
        return visit, Notebook(visit.page)

    return open_


def said(ask: Locator) -> dict[str, str]:
    """What the last cell printed, by its first words."""
    lines = ask.locator(".jp-OutputArea-output").inner_text().splitlines()
    return dict(line.split(" ", 1) for line in lines if " " in line)


def test_an_answer_given_by_click_reaches_python_and_outlives_the_kernel(
    open_chapter: Any, item: Interpretation, guide: Guide, home: Path, lab: str
) -> None:
    visit, notebook = open_chapter("ending")
    labs.run_all(visit.page)
    ask = notebook.cell(-1)
    expect(ask).to_contain_text("ANSWERS {}", timeout=LONG)
    notebook.rest()
    first_kernel = said(ask)["KERNEL"]

    form = notebook.root.locator(f'form[data-activity="{ACTIVITY}"]')
    reading = form.locator(f'input[name$="first-reading"][value="{item.readings[1]}"]')
    certainty = form.locator('input[name$="first-certainty"][value="2"]')
    step = form.locator(f'input[type=checkbox][value="{item.steps[0]}"]')
    for one in (reading, certainty, step):
        one.check()
    path = home / store.ENVIRONMENT.lower() / f"{guide.film.id}.sqlite"
    expect(form).to_contain_text(f"Saved in {path}.", timeout=LONG)

    carried = guide.steps[item.steps[0]].title
    expect(notebook.cell(-2).locator(".sg-finding").last).to_contain_text(f"{carried}” (1 of 1)", timeout=LONG)

    notebook.run(ask)
    expect(ask).to_contain_text(item.readings[1], timeout=LONG)
    answers = {
        "version": item.version,
        "first": {"reading": item.readings[1], "certainty": "2", "steps": [item.steps[0]]},
    }
    assert ast.literal_eval(said(ask)["ANSWERS"]) == {item.id: answers}
    assert said(ask)["NOTICE"] == f"Saved in {path}."
    assert said(ask)["ROWS"] == "3 3", "three parts now, and a row of history for each click"
    assert store.Store(path).latest() == {item.id: answers}

    notebook.menu("Kernel", "Restart Kernel and Run All Cells…")
    visit.page.get_by_role("button", name="Confirm Kernel Restart").click()
    expect(ask).to_contain_text("KERNEL", timeout=LONG)
    expect(ask).not_to_contain_text(f"KERNEL {first_kernel}\n", timeout=LONG)
    expect(ask).to_contain_text("ROWS", timeout=LONG)
    notebook.rest()
    for one in (reading, certainty, step):
        expect(one).to_be_checked()
    assert form.locator("input:checked").count() == 3
    assert ast.literal_eval(said(ask)["ANSWERS"]) == {item.id: answers}

    form.locator(f'input[name$="first-reading"][value="{item.readings[0]}"]').check()
    expect(form).to_contain_text(f"Saved in {path}.", timeout=LONG)
    assert store.Store(path).latest()[item.id]["first"]["reading"] == item.readings[0]
    assert notebook.failures() == []
    assert not visit.faults, listed(visit.faults)
    assert not (strangers := visit.strangers(lab)), listed(strangers)


def test_menus_draw_another_chart_or_say_why_there_is_none(open_chapter: Any, lab: str) -> None:
    visit, notebook = open_chapter("money")
    labs.run_all(visit.page)
    place = notebook.root.get_by_label("Place", exact=True)
    measure = notebook.root.get_by_label("Measure", exact=True)
    place.wait_for(timeout=LONG)
    notebook.rest()
    shown = notebook.root.locator(".jp-Cell", has=visit.page.get_by_label("Place", exact=True))
    finding = shown.locator(".sg-finding")
    expect(finding).to_contain_text("admissions (5)", timeout=LONG)
    expect(shown.locator(".js-plotly-plot .point").first).to_be_visible(timeout=LONG)

    place.select_option("Japan")
    expect(finding).to_contain_text("budget (3)", timeout=LONG)
    expect(shown.locator(".js-plotly-plot")).to_have_count(1, timeout=LONG)
    measure.select_option("per screen")
    expect(shown).to_contain_text("Japan: no figure of this kind was found.", timeout=LONG)
    expect(finding).to_have_count(0)
    place.select_option("United States and Canada")
    expect(finding).to_contain_text(re.compile(r"^Figures found: per screen \(3\)"), timeout=LONG)
    assert notebook.failures() == []
    assert not visit.faults, listed(visit.faults)
    assert not (strangers := visit.strangers(lab)), listed(strangers)


def test_in_notebook_7_python_hears_the_answers_too(
    look: Look, guide: Guide, item: Interpretation, tmp_path: Path
) -> None:
    root = project(guide, item, tmp_path / "project")
    with labs.serve(root, tmp_path, "notebook") as address:
        visit = look(f"{address.removesuffix('/tree')}/notebooks/notebooks/{ACTIVITY}.ipynb", viewport=WINDOW)
        page = visit.page
        page.locator(".jp-Notebook h1").first.wait_for(timeout=LONG)
        labs.run_all(page)
        ask = page.locator(".jp-Notebook .jp-Cell").last
        expect(ask).to_contain_text("ANSWERS {}", timeout=LONG)
        form = page.locator(f'form[data-activity="{ACTIVITY}"]')
        form.locator(f'input[name$="first-reading"][value="{item.readings[1]}"]').check()
        expect(form).to_contain_text("Saved in ", timeout=LONG)
        ask.locator(".cm-content").click()
        page.keyboard.press("Control+Enter")
        expect(ask).to_contain_text(item.readings[1], timeout=LONG)
        assert ast.literal_eval(said(ask)["ANSWERS"])[item.id]["first"] == {"reading": item.readings[1]}
        # Not `visit.faults`: Notebook itself stumbles over the settings of an extension that is JupyterLab's alone.
        assert not (strangers := visit.strangers(address)), listed(strangers)
