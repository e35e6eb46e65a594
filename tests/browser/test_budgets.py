"""A page weighs what its text weighs: the budgets of a cold visit, before anything is scrolled."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import books
import pytest
from browsing import Look, Visit

CHAPTERS = books.chapters()
KIB = 1024
PAGE = 80 * KIB
LONG = 120 * KIB  # the ledger and the mixed test
LONG_PAGES = {"chapters/claims", "chapters/test-yourself"}
OURS = 16 * KIB
PLACES = 160 * KIB  # every word of the book, with where it stands
PHONE = {"width": 412, "height": 823}


def weights(visit: Visit) -> dict[str, int]:
    """What each file that the page asked for weighs in transfer, gzip-compressed."""
    visit.page.wait_for_load_state("networkidle")
    bodies = {response.url: response.body() for response in visit.responses}
    return {urlsplit(url).path: len(gzip.compress(body, compresslevel=6)) for url, body in bodies.items()}


@pytest.mark.parametrize("page", [*CHAPTERS, "search", "genindex"])
def test_a_cold_visit_on_a_phone_keeps_the_budget(site: str, look: Look, page: str) -> None:
    found = weights(look(f"{site}/{page}.html", viewport=PHONE))
    heaviest = sorted(found.items(), key=lambda one: -one[1])
    budget = LONG if page in LONG_PAGES else PAGE
    assert sum(found.values()) <= budget, f"{sum(found.values()) / KIB:.1f} KiB; heaviest first: {heaviest[:6]}"
    names = {"study.js", "study.css", "activity.js"}
    ours = {path: size for path, size in found.items() if path.rpartition("/")[2] in names}
    assert {"study.js", "study.css"} <= {path.rpartition("/")[2] for path in ours}
    assert sum(ours.values()) <= OURS, f"{sum(ours.values()) / KIB:.1f} KiB: {ours}"


def test_the_list_of_places_comes_with_the_first_question_and_keeps_its_own_budget(site: str, look: Look) -> None:
    assert not any("places.js" in path for path in weights(look(f"{site}/search.html", viewport=PHONE)))
    found = weights(look(f"{site}/search.html?q=car", viewport=PHONE))
    [places] = [size for path, size in found.items() if path.endswith("places.js")]
    assert places <= PLACES, f"{places / KIB:.1f} KiB"
