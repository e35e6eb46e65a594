"""With scripts off the book is a book: everything can be read, nothing pretends to work, and paper shows it all."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import books
import pytest
from browsing import Look, Visit, listed

from studyguide.charts import Chart
from studyguide.guide import Choice, Guide, Interpretation, Item, Match, Order, Prompt, Rating, Sort, wording

CHAPTERS = books.chapters()
# What a reader must be able to see at once, and what after opening the folds around it.
AT_ONCE = (
    "article h1, article h2, article h3, article section > p, article section > ul, .sg-finding, .sg-chart-title, "
    ".sg-legend li, .sg-lane, .sg-stem, .sg-activity legend, .sg-activity label, .sg-cases > details > summary, "
    ".sg-steps li, .sg-card dd, .sg-voices li, .sg-claim p, .sg-quotations li, .sg-glossary dd, table caption, "
    ":not([hidden], details *) > summary, .sg-drawing svg"
)
IN_FOLDS = (
    ".sg-data table, .sg-data tr, .sg-sources > div, .sg-case, .sg-case p, .sg-cases .sg-evidence, .cell_input pre, "
    ".sg-key li, .sg-key p, .sg-theme li, details details > summary"
)
UNSEEN = """(selector) => [...document.querySelectorAll(selector)].filter((one) => {
  const { width, height } = one.getBoundingClientRect();
  const seen = one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  return !(width && height && seen) && !one.closest("[data-with-script]");
}).map((one) => `${one.tagName.toLowerCase()}.${one.className}: ${one.textContent.trim().slice(0, 60)}`)"""


def unseen(visit: Visit, selector: str) -> list[str]:
    """What of `selector` is in the page and cannot be seen."""
    return list(visit.page.evaluate(UNSEEN, selector))


def offered(guide: Guide, item: Item) -> list[str]:
    """Everything that an item has for its reader, from the stem to the last reason."""
    match item:
        case Choice(options=options):
            parts = [part for option in options for part in (option.text, option.rationale)]
        case Order(entries=entries):
            parts = [part for entry in entries for part in (entry.text, entry.rationale)]
        case Match(pairs=pairs, spare=spare):
            parts = [part for pair in pairs for part in (pair.text, pair.match, pair.rationale)] + list(spare)
        case Sort(bins=bins, entries=entries):
            parts = [part for entry in entries for part in (entry.text, entry.rationale)] + [one.text for one in bins]
        case Rating(aspects=aspects):
            parts = [aspect.text for aspect in aspects]
        case Prompt(hint=hint):
            parts = [hint] if hint else []
        case Interpretation(readings=keys, steps=steps):
            readings = [guide.readings[key] for key in keys]
            parts = [p for r in readings for p in (r.title, r.claim, r.case_for, r.case_against)]
            parts += [guide.steps[step].title for step in steps]
        case _:
            raise TypeError(item.type)
    return [item.stem, *parts]


def words(text: str) -> str:
    """Text without its white space, as a PDF breaks lines where it likes."""
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_everything_can_be_read_and_every_fold_opens_by_itself(site: str, look: Look, chapter: str) -> None:
    visit = look(f"{site}/{chapter}.html", java_script_enabled=False)
    assert not (faults := unseen(visit, AT_ONCE)), listed(faults)
    for fold in visit.page.locator("article details:not([hidden], [data-with-script] *) > summary").all():
        fold.click()
    assert visit.page.locator("article details:not([open], [hidden], [data-with-script] *)").count() == 0
    assert not (faults := unseen(visit, IN_FOLDS)), listed(faults)


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_no_button_that_does_nothing_is_shown_and_every_chart_is_there(
    site: str, look: Look, charts: dict[str, dict[str, Chart]], chapter: str
) -> None:
    visit = look(f"{site}/{chapter}.html", java_script_enabled=False)
    # A badge opens by itself: what it opens is a native popover.
    buttons = visit.page.locator(
        "button:not([popovertarget]):visible, [role=button]:visible, input[type=submit]:visible, article output"
    )
    assert [button.inner_text() for button in buttons.all()] == []
    assert visit.page.locator(".sg-picture:visible").count() == len(charts[chapter])


def test_every_activity_is_complete_with_options_steps_and_each_case(
    book: Path, site: str, look: Look, guide: Guide
) -> None:
    found = []
    for chapter in CHAPTERS:
        if "data-activity" not in (book / f"{chapter}.html").read_text(encoding="utf-8"):
            continue
        visit = look(f"{site}/{chapter}.html", java_script_enabled=False)
        for form in visit.page.locator("[data-activity]").all():
            activity = guide.activities[form.get_attribute("data-activity") or ""]
            found.append(activity.id)
            for item in (guide.items[key] for key in activity.items):
                text = words(form.locator(f"[data-item={item.id}]").text_content() or "")
                missing = [part for part in offered(guide, item) if words(wording.plain(part)) not in text]
                assert not missing, f"{item.id}: {missing[0][:80]}"
    assert set(found) == set(guide.activities.ids())


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_on_paper_everything_folded_is_open_and_every_chart_is_printed(
    site: str, look: Look, charts: dict[str, dict[str, Chart]], tmp_path: Path, chapter: str
) -> None:
    visit = look(f"{site}/{chapter}.html", java_script_enabled=False)
    visit.page.emulate_media(media="print")
    # What stays away from paper: code, a chart's data, which its picture shows, and ways on to other pages.
    away = ".cell_input *, .hide > summary, .sg-data:not(.sg-sources) *, [id$=where-to-look-next] *"
    faults = unseen(visit, f":is({AT_ONCE}, {IN_FOLDS}):not({away})")
    assert not faults, listed(faults)
    assert visit.page.locator(".sg-picture:visible").count() == len(charts[chapter])
    assert visit.page.locator("button:not([popovertarget]):visible").count() == 0

    paper = tmp_path / "chapter.pdf"
    visit.page.pdf(path=paper)
    assert paper.read_bytes().startswith(b"%PDF")
    if reader := shutil.which("pdftotext"):  # poppler's: where it is installed, the words themselves are looked for
        read = subprocess.run([reader, "-raw", paper, "-"], capture_output=True, text=True, check=True).stdout
        # Raised numbers are painted last, so their lines may stand between two others.
        text = words("".join(line for line in read.splitlines() if not line.isdigit()))
        for chart in charts[chapter].values():
            assert words(chart.finding) in text
            assert words(chart.drawing[-1].rows[-1].label) in text
