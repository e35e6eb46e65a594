"""A real browser on every page: nothing fails, nothing leaves the site, and every chart shows its data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import books
import pytest
from browsing import CUT_SHORT, Look, Visit, listed
from playwright.sync_api import Browser, BrowserContext

from studyguide.charts import Chart

CHAPTERS = books.chapters()
PAGES = [*CHAPTERS, "search", "genindex"]
WIDTHS = [1280, 360]
CONTRAST = "color-contrast"
# What the page shows of each chart: text as a reader gets it, cell by cell.
CHARTS = """() => Object.fromEntries([...document.querySelectorAll("[data-chart]")].map((figure) => {
  const texts = (selector, root = figure) => [...root.querySelectorAll(selector)].map((one) => one.textContent);
  return [figure.id, {
    title: texts(".sg-chart-title"),
    finding: texts(".sg-finding"),
    columns: texts("table thead th"),
    rows: [...figure.querySelectorAll("table tbody tr")].map((row) => texts("th, td", row)),
    sources: texts(".sg-sources a").length + (texts(".sg-sources").join().match(/low trust/g) ?? []).length,
    legend: texts(".sg-legend li").map((one) => one.trim()),
  }];
}))"""


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[int, BrowserContext]]:
    """One context for each width, shared by the pages: the second page finds script and style in the cache."""
    made = {width: browser.new_context(viewport={"width": width, "height": 900}) for width in WIDTHS}
    yield made
    for context in made.values():
        context.close()


def undrawn(visit: Visit, charts: dict[str, Chart]) -> list[str]:
    """The charts whose picture does not show every mark of their rows."""
    wanted = {
        f"chart-{chart.id}": sum(len(row.marks) for group in chart.drawing for row in group.rows)
        for chart in charts.values()
    }
    drawn = visit.marks()
    return [f"{name}: {drawn.get(name)} marks of {n}" for name, n in wanted.items() if drawn.get(name) != n]


def test_the_site_has_exactly_the_pages_that_are_visited_here(book: Path) -> None:
    built = {path.relative_to(book).with_suffix("").as_posix() for path in book.rglob("*.html")}
    assert built - {"index"} == set(PAGES)  # index only forwards to the first chapter


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_works_at_this_width_by_day_and_by_night(
    site: str,
    look: Look,
    contexts: dict[int, BrowserContext],
    charts: dict[str, dict[str, Chart]],
    page: str,
    width: int,
) -> None:
    visit = look(f"{site}/{page}.html", contexts[width])
    faults = visit.sideways()
    faults += undrawn(visit, charts.get(page, {}))
    visit.open_folds()
    faults += visit.sideways()
    # Contrast takes axe the longest, and does not depend on the width.
    by_colour = width == WIDTHS[0]
    faults += visit.axe_violations(without=[] if by_colour else [CONTRAST])
    # Night comes without a second visit: the page follows the system.
    visit.change_light("dark")
    if by_colour:
        faults += [f"by night: {violation}" for violation in visit.axe_violations(only=[CONTRAST])]
    faults += [f"another host: {url}" for url in visit.strangers(site)]
    faults += visit.faults
    assert not faults, listed(faults)


def test_the_front_page_forwards_to_the_first_chapter(site: str, look: Look) -> None:
    visit = look(f"{site}/")
    visit.page.wait_for_url(f"{site}/{CHAPTERS[0]}.html")
    faults = [fault for fault in visit.faults if CUT_SHORT not in fault]
    assert not faults, listed(faults)


@pytest.mark.parametrize("page", CHAPTERS)
def test_every_chart_shows_title_finding_sources_and_exactly_its_data(
    site: str, look: Look, contexts: dict[int, BrowserContext], charts: dict[str, dict[str, Chart]], page: str
) -> None:
    visit = look(f"{site}/{page}.html", contexts[1280])
    shown = visit.page.evaluate(CHARTS)
    assert set(shown) == {f"chart-{chart}" for chart in charts[page]}
    for chart in charts[page].values():
        there = shown[f"chart-{chart.id}"]
        assert there["title"] == [chart.title]
        assert there["finding"] == [chart.finding]
        assert there["columns"] == list(chart.columns)
        assert there["rows"] == [list(row) for row in chart.rows]
        assert there["sources"] == len(chart.sources) > 0
        assert there["legend"] == [f"{mark} {meaning}" for mark, meaning in chart.legend]
    assert visit.page.locator(".sg-picture").count() == len(charts[page])  # and no picture stands outside a chart
