"""A real JupyterLab or Notebook over a copy of the project, with nothing of this machine's own settings in it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import books
from playwright.sync_api import Error, Locator, Page

from studyguide.chapters import notebooks
from studyguide.guide import Guide
from studyguide.kernel import store

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+/(lab|tree)")
# JupyterLab on its own: no news, no updates, no look-up of extensions.
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
PLACES = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
    store.ENVIRONMENT,
)
LONG = 60_000  # milliseconds: a kernel that starts on a busy machine


def project(guide: Guide, folder: Path, *chapters: str) -> Path:
    """A copy of the project in `folder`, with these chapters as notebooks in `notebooks/`."""
    root = books.copy_sources(folder)
    for chapter in chapters:
        notebooks.write(guide, books.ROOT / "chapters" / f"{chapter}.md", notebook(root, chapter))
    return root


def notebook(root: Path, chapter: str) -> Path:
    """Where `project` writes a chapter's notebook."""
    return root / "notebooks" / f"{chapter}.ipynb"


@contextmanager
def serve(root: Path, own: Path, program: str = "jupyterlab") -> Iterator[str]:
    """The address of a JupyterLab over `root` that keeps its settings, and its kernels the answers, in `own`.

    `program` may also be `notebook`.
    """
    environment = books.plain_environment() | {name: str(own / name.lower()) for name in PLACES}
    command = [sys.executable, "-m", program, *OPTIONS, f"--ServerApp.root_dir={root}"]
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
            raise AssertionError(f"{program} did not start:\n{''.join(log)}")
        # Somebody has to go on reading, or the server stops when the pipe is full.
        reader = Thread(target=log.extend, args=(server.stdout,))
        reader.start()
        try:
            yield found[0]
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()
            reader.join()


def run_all(page: Page) -> None:
    """Run every cell, in JupyterLab or Notebook.

    What is asked before the kernel listens is lost without a word, so this asks again until a cell has run.
    """
    ran = page.locator(".jp-Notebook .jp-InputPrompt", has_text=re.compile(r"\[\d+\]")).first
    for _ in range(3):
        for name in ("Run", "Run All Cells"):
            page.get_by_role("menuitem", name=name, exact=True).click()
        try:
            ran.wait_for(timeout=LONG / 2)
        except Error:
            continue
        return
    raise AssertionError("the kernel never ran a cell")


class Notebook:
    """One notebook open in JupyterLab."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.root = page.locator(".jp-Notebook")
        self.idle = page.locator(".jp-Notebook-ExecutionIndicator[data-status=idle]")
        self.root.locator("h1").first.wait_for(timeout=LONG)
        self.rest()  # what is run before the kernel is there is lost

    def rest(self) -> None:
        """Wait until the kernel has nothing to do."""
        self.idle.wait_for(timeout=LONG)

    def menu(self, *names: str) -> None:
        """Choose from the menus, as in Run > Run All Cells."""
        for name in names:
            self.page.get_by_role("menuitem", name=name, exact=True).click()

    def cell(self, index: int) -> Locator:
        """A cell by its place; -1 is the last, -2 the one before."""
        cells = self.root.locator(".jp-Cell")
        return cells.nth(index)

    def run(self, cell: Locator) -> None:
        """Run one cell by keyboard."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+Enter")

    def failures(self) -> list[str]:
        """Errors and warnings among the outputs."""
        return self.root.locator("[data-mime-type*=error], [data-mime-type*=stderr]").all_inner_texts()
