"""Twenty questions as an activity of this guide and in jupyterquiz, each on a page of one book: what they cost and do.

python -m benchmarks.quiz
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from textwrap import dedent

import click
import yaml
from playwright.sync_api import Browser, Page

from benchmarks import pages
from benchmarks.books import STRICT, Book, copy
from benchmarks.report import KIB, Row, say, table
from studyguide.guide import Choice, loading

QUESTIONS = 20
RUNS = 5
PHONE = pages.PHONE
TABS = 80
"""So many presses of Tab may pass before the first option has the focus."""
HEADER = """
---
jupytext:
  text_representation: {extension: .md, format_name: myst, format_version: 0.13}
kernelspec: {display_name: Python 3, language: python, name: python3}
---
"""
CELLS = {
    "none": "import studyguide",
    "ours": 'import studyguide\nstudyguide.activity("bench")',
    # As its documentation shows it, and with the option that keeps responses.
    "theirs": """
        import studyguide
        from jupyterquiz import display_quiz
        from studyguide.guide.wording import plain
        guide = studyguide.load()
        items = [guide.items[key] for key in guide.activities["bench"].items]
        display_quiz([
            {
                "question": plain(item.stem),
                "type": "multiple_choice" if item.cardinality == "single" else "many_choice",
                "answers": [
                    {"answer": plain(one.text), "correct": one.key, "feedback": plain(one.rationale)}
                    for one in item.options
                ],
            }
            for item in items
        ], preserve_responses=True)
    """,
}


@dataclass(frozen=True)
class Quiz:
    """Where on a page the questions are: CSS selectors."""

    page: str
    ready: str
    """What is there once the first question can be answered with feedback."""
    option: str
    """What is pressed to choose."""
    control: str
    """What holds the focus and the state."""
    check: str | None
    """What is pressed for feedback, if choosing does not give it at once."""
    feedback: str


OURS = Quiz(
    "ours",
    "[data-item] [data-do=check]",
    "[data-item] .sg-options label",
    "[data-item] .sg-options input",
    "[data-item] [data-do=check]",
    "[data-item] [data-verdict]",
)
THEIRS = Quiz("theirs", ".MCButton", ".MCButton", ".MCButton input", None, ".Feedback:not(:empty)")


@click.command()
def main() -> None:
    """Build the book, visit both pages, and print what was found; some two minutes."""
    with TemporaryDirectory(prefix="bench-") as temporary:
        book, stems = make(Path(temporary))
        say("building")
        book.build()
        with pages.browser() as browser, pages.served(book.site) as site:
            chromium = browser.version
            rows = compare(browser, site, stems)
    now = f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC"
    click.echo(f"Date: {now}. Command: `python -m benchmarks.quiz`; times are the median of {RUNS} visits.  ")
    click.echo(f"Versions: jupyterquiz {version('jupyterquiz')}, Chromium {chromium}.\n")
    click.echo(table(f"{QUESTIONS} questions", rows, "jupyterquiz"))


def make(folder: Path) -> tuple[Book, list[str]]:
    """A book of three pages in this book's own theme: no quiz, ours, theirs; and the stems of the questions."""
    copy(folder, "_config.yml", "data", "chapters/drawings")
    guide = loading.read(folder / "data")
    chosen = [item for item in guide.items if isinstance(item, Choice)][:QUESTIONS]
    if len(chosen) < QUESTIONS:
        raise click.ClickException(f"{len(chosen)} choice items in data/items.yaml; {QUESTIONS} are compared")
    activity = {"id": "bench", "title": "Questions", "intro": "Choose.", "items": [item.id for item in chosen]}
    path = folder / "data" / "activities.yaml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{yaml.safe_dump([activity])}", encoding="utf-8")
    (folder / "_toc.yml").write_text(
        "format: jb-book\nroot: chapters/none\nchapters: [{file: chapters/ours}, {file: chapters/theirs}]\n",
        encoding="utf-8",
    )
    for name, cell in CELLS.items():
        code = f"```{{code-cell}} ipython3\n:tags: [hide-input]\n{dedent(cell)}\n```\n"
        text = f"{HEADER.strip()}\n\n# Questions\n\nA page.\n\n{code}"
        (folder / "chapters" / f"{name}.md").write_text(text, encoding="utf-8")
    return Book(folder, tuple(option for option in STRICT if option != "-W")), [item.stem for item in chosen]


def compare(browser: Browser, site: str, stems: Sequence[str]) -> list[Row]:
    """A row for each thing that differs."""
    empty = pages.visit(browser, site, "chapters/none")
    both = [(quiz, pages.visit(browser, site, f"chapters/{quiz.page}")) for quiz in (OURS, THEIRS)]
    ours, theirs = ((visit.size - empty.size) / KIB for _, visit in both)
    times = [time_until_answerable(browser, site, quiz) for quiz, _ in both]
    asked: list[tuple[str, Callable[[Quiz], str]]] = [
        ("feedback reaches a live region", lambda quiz: announced(browser, site, quiz)),
        ("answered by keyboard alone", lambda quiz: by_keyboard(browser, site, quiz)),
        ("the answer is there after a reload", lambda quiz: reloaded(browser, site, quiz)),
        ("stems readable with scripts off", lambda quiz: readable(browser, site, quiz, stems)),
    ]
    return [
        ("KiB added to a page, gzip", f"{ours:.1f}", f"{theirs:.1f}", f"{ours / theirs:.2f}"),
        (
            "first question can be answered after",
            f"{times[0]:.0f} ms",
            f"{times[1]:.0f} ms",
            f"{times[0] / times[1]:.2f}",
        ),
        *((what, ask(OURS), ask(THEIRS), "") for what, ask in asked),
    ]


def opened(browser: Browser, site: str, quiz: Quiz, script: bool = True) -> Page:
    """The page of a quiz in a context of its own, which the caller closes."""
    page = browser.new_context(viewport=PHONE, java_script_enabled=script).new_page()
    page.goto(f"{site}/chapters/{quiz.page}.html")
    return page


def time_until_answerable(browser: Browser, site: str, quiz: Quiz) -> float:
    """Milliseconds from navigation until the first question can be answered and gives feedback."""
    watch = """selector => {
      const look = () => document.querySelector(selector)?.checkVisibility() ? (window.ready = performance.now())
        : requestAnimationFrame(look);
      look();
    }"""
    found = []
    for _ in range(RUNS):
        context = browser.new_context(viewport=PHONE)
        context.add_init_script(f"({watch})({quiz.ready!r})")
        page = context.new_page()
        page.goto(f"{site}/chapters/{quiz.page}.html")
        found.append(float(page.wait_for_function("() => window.ready").json_value()))
        context.close()
    return median(found)


def answer(page: Page, quiz: Quiz) -> None:
    """Choose the first option of the first question and ask for feedback."""
    page.locator(quiz.option).first.click()
    if quiz.check:
        page.locator(quiz.check).first.click()
    page.locator(quiz.feedback).first.wait_for()


def announced(browser: Browser, site: str, quiz: Quiz) -> str:
    """Whether anything appears in a live region when the first question is answered."""
    page = opened(browser, site, quiz)
    page.locator(quiz.ready).first.wait_for()
    answer(page, quiz)
    live = page.locator("[aria-live]:not(:empty), [role=status]:not(:empty), [role=alert]:not(:empty)").count()
    page.context.close()
    return "yes" if live else "no"


def by_keyboard(browser: Browser, site: str, quiz: Quiz) -> str:
    """Whether Tab, Space and Enter alone reach the first question, choose and get feedback."""
    page = opened(browser, site, quiz)
    page.locator(quiz.ready).first.wait_for()

    def tab_to(selector: str) -> bool:
        for _ in range(TABS):
            if page.evaluate("s => document.activeElement === document.querySelector(s)", selector):
                return True
            page.keyboard.press("Tab")
        return False

    done = tab_to(quiz.control)
    page.keyboard.press("Space")
    if done and quiz.check:
        done = tab_to(quiz.check)
        page.keyboard.press("Enter")
    done = done and page.locator(quiz.feedback).first.is_visible()
    page.context.close()
    return "yes" if done else "no"


def reloaded(browser: Browser, site: str, quiz: Quiz) -> str:
    """Whether the first question is still answered when the page is loaded again."""
    page = opened(browser, site, quiz)
    page.locator(quiz.ready).first.wait_for()
    answer(page, quiz)
    page.reload()
    page.locator(quiz.ready).first.wait_for()
    kept = page.locator(quiz.control).first.is_checked()
    page.context.close()
    return "yes" if kept else "no"


def readable(browser: Browser, site: str, quiz: Quiz, stems: Sequence[str]) -> str:
    """How many stems a reader without script can read."""
    page = opened(browser, site, quiz, script=False)
    text = " ".join(page.locator("body").inner_text().split())
    page.context.close()
    return f"{sum(' '.join(stem.replace('*', '').split()) in text for stem in stems)} of {len(stems)}"


if __name__ == "__main__":
    main()
