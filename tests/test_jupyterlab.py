"""A chapter in a real JupyterLab: it runs, it reads well, and Python hears the learner's answers."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import labs
import nbformat
import pytest
from browsing import Look, listed
from labs import LONG, Notebook
from playwright.sync_api import expect

from studyguide.guide import Guide

pytestmark = pytest.mark.xdist_group("jupyter")  # in one process, so that one server serves a module

CHAPTER = ACTIVITY = "ending"
RAW = re.compile(r"\{[a-z:-]+\}`|:::|```\{")


@pytest.fixture
def lab(guide: Guide, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab over a copy of the project with the chapter as a notebook."""
    root = labs.project(guide, tmp_path / "project", CHAPTER)
    target = labs.notebook(root, CHAPTER)
    notebook = nbformat.read(target, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell('print("ANSWERS", activity.responses)', id="ask"))
    nbformat.write(notebook, target)
    with labs.serve(root, tmp_path) as address:
        yield address


def test_a_chapter_runs_in_jupyterlab_and_python_hears_the_answers(lab: str, look: Look, guide: Guide) -> None:
    item = guide.items[guide.activities[ACTIVITY].items[0]]
    visit = look(f"{lab}/tree/notebooks/{CHAPTER}.ipynb?reset", viewport={"width": 1280, "height": 1600})
    opened = Notebook(visit.page)
    notebook = opened.root
    ask = opened.cell(-1)
    labs.run_all(visit.page)
    expect(ask).to_contain_text("ANSWERS {}", timeout=LONG)
    opened.rest()

    assert opened.failures() == []
    assert notebook.locator(".js-plotly-plot .point").count() > 0
    expect(notebook.locator(".sg-finding").first).to_be_visible()
    texts = notebook.locator(".jp-RenderedMarkdown").all_text_contents()
    assert len(texts) >= 2
    assert [raw for text in texts for raw in RAW.findall(text)] == []
    broken = "(all) => all.filter((one) => !(one.complete && one.naturalWidth)).map((one) => one.alt || one.src)"
    drawings = notebook.locator(".jp-RenderedMarkdown img")
    expect(drawings.first).to_be_visible()
    assert drawings.evaluate_all(broken) == []

    form = notebook.locator(f'[data-item="{item.id}"]')
    form.locator(f'input[name$="first-reading"][value="{item.readings[1]}"]').check()
    form.locator('input[name$="first-certainty"][value="2"]').check()
    form.locator(f'input[type=checkbox][value="{item.steps[0]}"]').check()
    form.locator('[data-do="weigh"]').click()
    expect(form.locator("[data-cases]")).to_be_visible()
    opened.run(ask)
    expect(ask).to_contain_text(item.readings[1], timeout=LONG)
    answers = ast.literal_eval(ask.locator(".jp-OutputArea-output").inner_text().removeprefix("ANSWERS "))
    assert answers[item.id]["first"] == {"reading": item.readings[1], "certainty": "2", "steps": [item.steps[0]]}

    assert not (strangers := visit.strangers(lab)), listed(strangers)
    assert not visit.faults, listed(visit.faults)
