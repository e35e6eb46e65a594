"""The whole built book as one PDF, with a contents page, page numbers and bookmarks.

Printed by a browser, because the book's pages and their print styles are made for one: WeasyPrint, which was tried,
knows no subgrid, so that the rows of a chart fall apart. The pages are joined into one document first; it is printed
twice, since only then it is known on which page each chapter begins.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyguide.chapters import checking
from studyguide.guide import GuideError

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

BROWSERS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
)
FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")
LEFT_OUT = "script, noscript, .headerlink, .sg-explore, .sg-controls, .sg-handin, .sg-watched, .sg-clock, .sg-take"
"""What paper has no use for."""
PATIENCE = 300_000
"""In milliseconds: how long a busy machine may take to print it all."""
REFERRING = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "popovertarget")
STYLE = """
.sg-chapter { break-before: page; }
.sg-front { height: 235mm; display: flex; flex-direction: column; justify-content: center; }
.sg-front h1 { font-size: 30pt; }
.sg-toc { break-before: page; list-style: none; padding: 0; font-size: 12pt; }
.sg-toc li { display: flex; gap: 0.5em; margin: 0.25em 0; }
.sg-toc li::before { content: ""; order: 1; flex: 1; border-bottom: 1px dotted #666; transform: translateY(-0.35em); }
.sg-toc li > span { order: 2; min-width: 1.6em; text-align: right; font-variant-numeric: tabular-nums; }
"""
FOOT = (
    '<div style="width:100%;padding:0 16mm;font:8pt sans-serif;color:#555;display:flex;justify-content:space-between">'
    '<span>{}</span><span class="pageNumber"></span></div>'
)


def write(book: Path, target: Path) -> int:
    """Print the book that was built in `book` to `target`; returns how many pages it has.

    GuideError if the book is not built, or if what prints it is not installed.
    """
    names = [path.relative_to(book).with_suffix("").as_posix() for path in checking.contents(book)]
    site = book / "_build" / "html"
    pages = [site / f"{name}.html" for name in names]
    missing = next((page for page in pages if not page.is_file()), None)
    if missing:
        raise GuideError(f"no page at `{missing}`; build the book first: make book")
    try:
        from bs4 import BeautifulSoup
        from playwright.sync_api import sync_playwright
        from pypdfium2 import PdfDocument
    except ImportError as error:
        raise GuideError(f"{error.name} is not installed; call: pip install 'studyguide[pdf]'") from None
    soups = {page.stem: BeautifulSoup(page.read_text(encoding="utf-8"), "html.parser") for page in pages}
    # Beside the chapters, so that the addresses of styles and pictures stay right.
    whole = pages[0].parent / "book-to-print.html"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with sync_playwright() as playwright:
            browser = _launch(playwright)
            begins: dict[str, int] = {}
            for _ in range(2):
                whole.write_text(_joined(soups, begins), encoding="utf-8")
                _print(browser, whole, target, _title(soups))
                begins = dict(_begins(PdfDocument(target), soups))
            browser.close()
    finally:
        whole.unlink(missing_ok=True)
    return len(PdfDocument(target))


def _launch(playwright: Any) -> Any:
    installed = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    try:
        return playwright.chromium.launch(executable_path=installed, args=list(FLAGS))
    except Exception as error:  # Playwright's own errors share no base class with a public name
        reason = str(error).strip().splitlines()[0]
        raise GuideError(f"no browser to print with ({reason}); install Chromium or Chrome") from None


def _print(browser: Any, page: Path, target: Path, title: str) -> None:
    tab = browser.new_page(java_script_enabled=False)
    tab.set_default_timeout(PATIENCE)
    tab.goto(page.resolve().as_uri())
    tab.pdf(
        path=target,
        format="A4",
        margin={"top": "18mm", "bottom": "20mm", "left": "16mm", "right": "16mm"},
        display_header_footer=True,
        header_template="<span></span>",
        footer_template=FOOT.format(escape(title)),
        print_background=True,
        outline=True,
        tagged=True,
    )
    tab.close()


def _joined(soups: Mapping[str, BeautifulSoup], begins: Mapping[str, int]) -> str:
    """All chapters as one document: every id with its chapter's name before it, every link inside."""
    first = next(iter(soups.values()))
    styles = "".join(str(link) for link in first.select('head link[rel="stylesheet"]'))
    title = escape(_title(soups))
    contents = "".join(
        f'<li><a href="#{name}">{escape(_heading(soup))}</a><span>{begins.get(name, "")}</span></li>'
        for name, soup in soups.items()
    )
    cover = first.select_one(".sg-drawing")
    front = f'<div class="sg-front"><h1>{title}</h1>{cover or ""}</div><ol class="sg-toc">{contents}</ol>'
    chapters = "".join(_chapter(name, soup) for name, soup in soups.items())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>{styles}'
        f'<style>{STYLE}</style></head><body data-theme="light"><article>{front}{chapters}</article></body></html>'
    )


def _chapter(name: str, soup: BeautifulSoup) -> str:
    from bs4 import BeautifulSoup

    article = BeautifulSoup(str(soup.select_one("article")), "html.parser")
    for one in article.select(LEFT_OUT):
        one.decompose()
    for element in article.find_all(True):
        _lead(name, element)
    content = article.article.decode_contents() if article.article else ""
    return f'<section class="sg-chapter" id="{name}">{content}</section>'


def _lead(name: str, element: Tag) -> None:
    """Ids and what refers to them, with the chapter's name before them."""
    if element.get("id"):
        element["id"] = f"{name}--{element['id']}"
    for attribute in REFERRING:
        if value := element.get(attribute):
            element[attribute] = " ".join(f"{name}--{one}" for one in str(value).split())
    if style := element.get("style"):
        element["style"] = re.sub(r"url\(#", f"url(#{name}--", str(style))
    match = re.fullmatch(r"(?:([\w-]+)\.html)?(?:#(.*))?", str(element.get("href") or "-"))
    if match and (match[1] or match[2]):
        chapter = match[1] or name
        element["href"] = f"#{chapter}--{match[2]}" if match[2] else f"#{chapter}"


def _title(soups: Mapping[str, BeautifulSoup]) -> str:
    brand = next(iter(soups.values())).select_one(".sidebar-brand-text")
    return brand.get_text(strip=True) if brand else ""


def _heading(soup: BeautifulSoup) -> str:
    heading = soup.select_one("article h1")
    for link in heading.select(".headerlink") if heading else ():
        link.decompose()
    return " ".join(heading.get_text().split()) if heading else ""


def _begins(document: Any, soups: Mapping[str, BeautifulSoup]) -> Iterator[tuple[str, int]]:
    """On which page each chapter begins, by the bookmarks, which follow the headings in their order."""
    marks = [(mark.get_title(), mark.get_dest().get_index() + 1) for mark in document.get_toc() if mark.get_dest()]
    for name, soup in soups.items():
        wanted = _heading(soup)
        while marks:
            title, page = marks.pop(0)
            if " ".join(title.split()) == wanted:
                yield name, page
                break


__all__ = ["write"]
