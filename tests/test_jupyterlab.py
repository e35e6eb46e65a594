"""A chapter in a real JupyterLab: it runs, it reads well, and Python hears the learner's answers."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import books
import nbformat
import pytest
from browsing import Look, listed
from playwright.sync_api import Page, expect

from studyguide import notebooks
from studyguide.model import Guide

CHAPTER = "ending"
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
    log = tmp_path / "lab.log"
    with (
        log.open("w", encoding="utf-8") as sink,
        subprocess.Popen(
            [sys.executable, "-m", "jupyterlab", *OPTIONS, f"--ServerApp.root_dir={root}"],
            env=books.plain_environment() | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as server,
    ):
        assert server.stdout
        address = ""
        for line in server.stdout:
            sink.write(line)
            if found := ADDRESS.search(line):
                address = found[0]
                break
        assert address, log.read_text(encoding="utf-8")
        os.set_blocking(server.stdout.fileno(), False)
        yield address
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def run_all(page: Page) -> None:
    """Run > Run All Cells, by the menu, and wait until the kernel rests."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_a_chapter_runs_in_jupyterlab_and_python_hears_the_answers(lab: str, look: Look, guide: Guide) -> None:
    item = guide.items[guide.activities["ending"].items[0]]
    visit = look(f"{lab}/tree/notebooks/{CHAPTER}.ipynb?reset", viewport={"width": 1280, "height": 1600})
    page = visit.page
    page.locator(".jp-Notebook .jp-MarkdownOutput h1").first.wait_for(timeout=60_000)
    run_all(page)
    last = page.locator(".jp-Notebook .jp-Cell").last
    expect(last).to_contain_text("ANSWERS {}", timeout=60_000)
    page.screenshot(path="/tmp/g/lab.png")
    print(page.locator(".jp-Notebook .jp-Cell").count(), page.locator(".sg-activity").count(), page.locator(".js-plotly-plot").count())
    assert not visit.faults, listed(visit.faults)
