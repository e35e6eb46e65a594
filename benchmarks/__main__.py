"""Measures this book against stock Jupyter Book and prints the figures as Markdown. README.md says what is compared."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import click

from benchmarks import audits, books, pages
from benchmarks.books import Book, Cost
from benchmarks.report import KIB, Row, say, table
from studyguide.chapters.book.assets import plotly_script

PACKAGES = ("jupyter-book", "sphinx", "myst-nb", "furo", "sphinx-book-theme", "plotly", "anywidget")
RUNS = 3
TIMES = 10
AUDITED = 2
"""How many of our heaviest pages Lighthouse looks at."""


@click.command()
@click.option("--quick", is_flag=True, help="Run everything once instead of three times.")
def main(quick: bool) -> None:
    """Build both books, visit their pages, and print what was found; some 20 minutes, or 8 with --quick."""
    runs = 1 if quick else RUNS
    began, load = dt.datetime.now(dt.UTC), os.getloadavg()[0]
    with TemporaryDirectory(prefix="bench-") as temporary:
        folder = Path(temporary)
        building, ours, stock = cold_and_warm(folder, runs)
        weights, heaviest, chromium = weigh(ours, stock)
        auditing = audit(folder / "lighthouse", ours, stock, heaviest[:AUDITED], runs)
        building += changed(ours, stock, folder)
    command = f"python -m benchmarks{' --quick' if quick else ''}"
    head = [
        f"Date: {began:%Y-%m-%d %H:%M} UTC. Command: `{command}`; times and scores are the median of {runs} runs.",
        f"Machine: {os.cpu_count()} cores, {platform.system()}, load {load:.1f} at the start.",
        f"Versions: Python {platform.python_version()}, {', '.join(f'{name} {version(name)}' for name in PACKAGES)}, "
        f"Chromium {chromium}, Lighthouse {audits.VERSION}.",
    ]
    click.echo("\n\n".join(["  \n".join(head), *weights, table("Building", building), *auditing]))


def compared(what: str, ours: float, stock: float, form: str = "{:.0f}") -> Row:
    """A row of two figures, and ours as a share of the stock one."""
    return what, form.format(ours), form.format(stock), f"{ours / stock:.2f}" if stock else ""


def timed(what: str, ours: float, stock: float) -> Row:
    """A row of two times in seconds."""
    return compared(what, ours, stock, "{:.1f} s")


def cost(what: str, ours: Sequence[Cost], stock: Sequence[Cost]) -> list[Row]:
    """Two rows: the typical time of builds, and of all processors together."""
    our, their = (Cost(*(median(found) for found in zip(*costs, strict=True))) for costs in (ours, stock))
    return [timed(what, our.seconds, their.seconds), timed("– processor time", our.work, their.work)]


def cold_and_warm(folder: Path, runs: int) -> tuple[list[Row], Book, Book]:
    """Times of cold builds, and of the same again; in turn, so that noise meets both books alike."""
    makers: dict[str, Callable[[Path], Book]] = {
        "ours": books.ours,
        "stock": books.stock,
        "stock, linked": lambda path: books.stock(path, cited=False),
        "ours, tenfold": lambda path: books.ours(path, TIMES),
        "stock, tenfold": lambda path: books.stock(path, TIMES),
    }
    costs: dict[str, list[Cost]] = {}
    made: dict[str, Book] = {}
    for run in range(1, runs + 1):
        made = {name: make(folder / f"{name.replace(', ', '-')}-{run}") for name, make in makers.items()}
        again = {f"{name}, again": made[name] for name in ("ours", "stock")}
        for name, book in (made | again).items():
            costs.setdefault(name, []).append(book.build())
            say(f"build {run} of {runs}, {name}: {costs[name][-1].seconds:.1f} s")
    rows = [
        *cost("cold build", costs["ours"], costs["stock"]),
        *cost("cold build, stock with links for citations", costs["ours"], costs["stock, linked"]),
        *cost(f"cold build, {TIMES} times the records", costs["ours, tenfold"], costs["stock, tenfold"]),
        *cost("nothing changed", costs["ours, again"], costs["stock, again"]),
    ]
    return rows, made["ours"], made["stock"]


def changed(ours: Book, stock: Book, folder: Path) -> list[Row]:
    """What a build makes of one changed number, with no option and with `--all`."""
    cached = books.stock(folder / "cached", execute="cache")
    cached.build()
    for book in (ours, stock, cached):
        book.change_a_number()

    def built(book: Book, *options: str) -> tuple[list[Cost], str]:
        return [book.build(*options)], "yes" if book.shows_the_change() else "**no**"

    rows: list[Row] = []
    for what, options, peer in (
        ("one number changed", (), stock),
        ("then `--all`", ("--all",), stock),
        ("then `--all`, stock with `execute_notebooks: cache`", ("--all",), cached),
    ):
        say(f"build, {what}")
        (our_cost, we_show), (their_cost, they_show) = built(ours, *options), built(peer, *options)
        rows += [*cost(what, our_cost, their_cost), ("– the page shows it", we_show, they_show, "")]
    return rows


def named(hosts: set[str]) -> str:
    """How many hosts, and which."""
    return " ".join([f"{len(hosts)}", *sorted(hosts)])


def weigh(ours: Book, stock: Book) -> tuple[list[str], list[str], str]:
    """What a cold visit transfers, page by page; our pages, heaviest first; the browser's version."""
    with pages.browser() as browser, pages.served(ours.site) as here, pages.served(stock.site) as there:
        chromium = browser.version
        visits = {
            name: (pages.visit(browser, here, name), pages.visit(browser, there, name)) for name in books.CHAPTERS
        }
    sizes: list[Row] = []
    requests: list[Row] = []
    hosts: list[Row] = []
    for name, (our, their) in visits.items():
        say(f"visited {name}")
        short = name.rpartition("/")[2]
        if (drawn := stock.page(name).count('class="plotly-graph-div"')) != ours.page(name).count('class="sg-picture"'):
            raise RuntimeError(f"the stock page {short} shows {drawn} charts and ours another number")
        sizes.append(compared(short, our.size / KIB, their.size / KIB, "{:.1f}"))
        requests.append(compared(short, our.requests, their.requests))
        hosts.append((short, named(our.hosts), named(their.hosts), ""))
    plotly = len(pages.squeezed(plotly_script().read_bytes()))
    asking = sum(any("plotly" in url for url in their.strangers) for _, their in visits.values())
    note = (
        f"Not counted: Plotly's script, which {asking} of the stock pages ask another host for at once "
        f"({plotly / KIB:.0f} KiB, weighed from the installed package), and all else that other hosts would send."
    )
    heaviest = sorted(visits, key=lambda name: -visits[name][0].size)
    tables = [table("KiB before scrolling, from the book's own host", sizes), note]
    return [*tables, table("Requests", requests), table("Other hosts asked", hosts)], heaviest, chromium


def audit(folder: Path, ours: Book, stock: Book, names: Sequence[str], runs: int) -> list[str]:
    """Lighthouse on some pages, a table each; or a line that says why there is none."""
    tables = []
    try:
        say("Lighthouse from npm")
        lighthouse = audits.install(folder)
        with pages.served(ours.site) as here, pages.served(stock.site) as there:
            for name in names:
                say(f"Lighthouse on {name}")
                our, their = lighthouse.scores([f"{site}/{name}.html" for site in (here, there)], runs)
                rows = [compared(category, our[category], their[category]) for category in audits.CATEGORIES]
                rows.append(timed(audits.PAINT, our[audits.PAINT], their[audits.PAINT]))
                tables.append(table(f"Lighthouse on {name.rpartition('/')[2]}", rows))
    except audits.UnavailableError as error:
        tables.append(table("Lighthouse", [(f"could not be had: {error}", "", "", "")]))
    return tables


if __name__ == "__main__":
    main()
