"""Shared by all tests: a tiny guide to another film, and this book's own."""

from __future__ import annotations

import ast
import contextlib
import os
import shutil
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import books
import browsing
import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from playwright.sync_api import Error as PlaywrightError

from studyguide.chapters import paper
from studyguide.charts import Chart
from studyguide.guide import Guide, loading
from studyguide.page import links

TESTS = Path(__file__).parent
# What a test needs, by the fixtures that it asks for: `pytest -m "not browser"` and the like leave it out.
NEEDS = {"book": {"book", "site", "builds"}, "browser": {"browser", "look", "context"}, "jupyter": {"lab"}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with what it needs, however deep among its fixtures the need stands."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        for mark, fixtures in NEEDS.items():
            if asked & fixtures:
                item.add_marker(mark)


@pytest.fixture(scope="session")
def tiny_folder() -> Path:
    """The data folder of a complete small guide to The General (1926)."""
    return TESTS / "tiny" / "data"


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Guide:
    """That guide, loaded."""
    return loading.read(tiny_folder)


@pytest.fixture
def in_book(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a build of this book: links lead to its pages."""
    monkeypatch.setenv(links.ENVIRONMENT, books.HOST)


@pytest.fixture(scope="session")
def guide() -> Guide:
    """The guide of this book."""
    return loading.read(TESTS.parent / "data")


# --- the built book, and a browser to look at it ----------------------------------------------------------------------

NO_BROWSER = pytest.StashKey[str]()


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The folder of pages, built once from a copy of the project by the ordinary command without a warning.

    Where tests run side by side the first process that wants it builds it for all.
    """
    alone = worker_id == "master"
    root = tmp_path_factory.getbasetemp() if alone else tmp_path_factory.getbasetemp().parent
    folder, done = root / "book", root / "book-is-built"
    with FileLock(root / "book.lock"):
        if not done.exists():
            books.build(books.copy_sources(folder))
            done.touch()
    return books.html(folder)


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the standard library's)
        pass


@pytest.fixture(scope="session")
def site(book: Path) -> Iterator[str]:
    """The address at which the built book is served, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(book)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture(scope="session")
def browser(pytestconfig: pytest.Config) -> Iterator[Browser]:
    """An installed Chrome or Chromium, else Playwright's own. Without any: a failure in CI, else a skip said aloud."""
    with sync_playwright() as playwright:
        failures = []
        installed = [path for name in paper.BROWSERS if (path := shutil.which(name))]
        for path in [*installed, None]:
            try:
                launched = playwright.chromium.launch(executable_path=path, args=list(browsing.FLAGS))
            except PlaywrightError as error:
                failures.append(f"{path or 'of Playwright'}: {error.message.splitlines()[0]}")
            else:
                yield launched
                launched.close()
                return
        reason = f"no browser could be started ({'; '.join(failures)})"
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytestconfig.stash[NO_BROWSER] = reason
        pytest.skip(reason)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say in one line that nobody looked at the pages, if so."""
    if reason := config.stash.get(NO_BROWSER, ""):
        terminalreporter.write_line(f"WARNING: THE BROWSER TESTS DID NOT RUN: {reason}", red=True, bold=True)


@pytest.fixture
def look(browser: Browser) -> Iterator[browsing.Look]:
    """Opens a page and records what goes wrong on it; closes it after the test."""
    made: list[Page | BrowserContext] = []

    def open_page(url: str, context: BrowserContext | None = None, **settings: Any) -> browsing.Visit:
        if context is None:
            context = browser.new_context(**settings)
            context.set_default_timeout(15_000)
            made.append(context)
        page = context.new_page()
        made.append(page)
        visit = browsing.Visit(page)
        page.goto(url)
        return visit

    yield open_page
    for one in reversed(made):
        one.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One reader's browser, for what happens across pages and tabs."""
    made = browser.new_context()
    made.set_default_timeout(15_000)
    yield made
    made.close()


@pytest.fixture(scope="session")
def charts() -> dict[str, dict[str, Chart]]:
    """Every chart of every chapter, by chapter and id, as the chapter's own cells make them."""
    import jupytext

    found: dict[str, dict[str, Chart]] = {}
    with pytest.MonkeyPatch.context() as patch, contextlib.chdir(books.ROOT / "chapters"):
        patch.setenv(
            links.ENVIRONMENT, books.HOST
        )  # activities as HTML: there is no kernel here for a widget to talk to
        for name in books.chapters():
            notebook = jupytext.read(books.ROOT / f"{name}.md", fmt="md:myst")
            results: list[object] = []
            namespace: dict[str, object] = {}
            for cell in notebook.cells:
                if cell.cell_type == "code":
                    results.append(_run(cell.source, namespace))
            found[name] = {chart.id: chart for chart in results if isinstance(chart, Chart)}
    return found


def _run(source: str, namespace: dict[str, object]) -> object:
    """A cell's result: the value of its last line, if that is an expression."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), namespace)
    return eval(compile(ast.Expression(last.value), "cell", "eval"), namespace) if last else None
