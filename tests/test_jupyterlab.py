"""A chapter in a real JupyterLab: it runs, it reads well, and Python hears the learner's answers."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import books
import nbformat
import pytest
from browsing import Look, listed
from playwright.sync_api import expect

from studyguide import notebooks
from studyguide.model import Guide

CHAPTER = ACTIVITY = "ending"
LONG = 60_000  # milliseconds: a kernel that starts on a busy machine
ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/lab")
RAW = re.compile(r"\{[a-z:-]+\}`|:::|```\{")
# JupyterLab on its own: nothing from this machine's settings, no news, no updates, no look-up of extensions.
OPTIONS = (
    "--no-browser",
    "--allow-root",
    "--ip=127.0.0.1",
    "--port=0",
    "--IdentityProvider.token=",
    "--LabApp.news_url=None",
    "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    "--LabApp.extension_manager=readonly",
)


@pytest.fixture
def lab(guide: Guide, tmp_path: Path) -> Iterator[str]:
    """The address of a JupyterLab over a copy of the project with the chapter as a notebook."""
    root = books.copy_sources(tmp_path / "project")
    target = root / "notebooks" / f"{CHAPTER}.ipynb"
    notebooks.write(guide, books.ROOT / "chapters" / f"{CHAPTER}.md", target)
    notebook = nbformat.read(target, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell('print("ANSWERS", activity.responses)', id="ask"))
    nbformat.write(notebook, target)

    places = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "IPYTHONDIR")
    own = {name: str(tmp_path / name.lower()) for name in (*places, "JUPYTERLAB_WORKSPACES_DIR")}
    command = [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={root}"]
    environment = books.plain_environment() | own
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as server:
        assert server.stdout
        log: list[str] = []
        for line in server.stdout:
            log.append(line)
            if found := ADDRESS.search(line):
                break
        else:
            pytest.fail(f"JupyterLab did not start:\n{''.join(log)}")
        # Somebody has to go on reading, or the server stops when the pipe is full.
        reader = Thread(target=log.extend, args=(server.stdout,))
        reader.start()
        yield found[0]
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        reader.join()


def test_a_chapter_runs_in_jupyterlab_and_python_hears_the_answers(lab: str, look: Look, guide: Guide) -> None:
    item = guide.items[guide.activities[ACTIVITY].items[0]]
    visit = look(f"{lab}/tree/notebooks/{CHAPTER}.ipynb?reset", viewport={"width": 1280, "height": 1600})
    page = visit.page
    notebook = page.locator(".jp-Notebook")
    ask = notebook.locator(".jp-Cell").last
    notebook.locator("h1").first.wait_for(timeout=LONG)
    idle = page.locator("#jp-bottom-panel").get_by_text("| Idle")
    idle.wait_for(timeout=LONG)  # what is run before the kernel is there is lost

    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(ask).to_contain_text("ANSWERS {}", timeout=LONG)
    idle.wait_for(timeout=LONG)

    assert notebook.locator("[data-mime-type*=error], [data-mime-type*=stderr]").count() == 0
    assert notebook.locator(".js-plotly-plot .point").count() > 0
    expect(notebook.locator(".sg-finding")).to_be_visible()
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
    ask.locator(".cm-content").click()
    page.keyboard.press("Control+Enter")
    expect(ask).to_contain_text(item.readings[1], timeout=LONG)
    answers = ast.literal_eval(ask.locator(".jp-OutputArea-output").inner_text().removeprefix("ANSWERS "))
    assert answers[item.id]["first"] == {"reading": item.readings[1], "certainty": "2", "steps": [item.steps[0]]}

    assert not (strangers := visit.strangers(lab)), listed(strangers)
    assert not visit.faults, listed(visit.faults)
