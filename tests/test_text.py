"""The words of the book: no disputed statement without its mark, one name a person, no slip that a machine sees."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import books
import pytest
from bs4 import BeautifulSoup, NavigableString, PageElement, Tag

from studyguide.guide import Guide

PAGES = [f"{chapter}.html" for chapter in books.chapters()]
# What a sentence stands in, and what a badge in it answers for: a paragraph, a row, a step, a question, a claim.
BLOCKS = ["p", "li", "dd", "td", "tr", "legend", "label", "details", "figcaption"]
NOT_PROSE = {"script", "style", "template", "pre", "code", "title", "select"}
# Titles and names as their makers write them stand here.
REFERENCES = "chapters/references.html"
FOREIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
DOUBLED = re.compile(r"\b([A-Za-z]{2,}) +\1\b")
MEANT = {"had had", "that that"}


@cache
def page(path: Path) -> Tag:
    """What a reader reads of a page."""
    article = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").find("article")
    assert isinstance(article, Tag), path
    return article


def prose(place: Tag) -> Iterator[NavigableString]:
    """Its texts, without scripts, code and choices."""
    for text in place.find_all(string=True):
        if type(text) is NavigableString and not any(parent.name in NOT_PROSE for parent in text.parents):
            yield text


def blocks(text: PageElement) -> Iterator[Tag]:
    """Everything around a text that a badge can answer for, from the inside."""
    for parent in text.parents:
        if parent.name in BLOCKS or parent.has_attr("data-item") or "sg-claim" in parent.get_attribute_list("class"):
            yield parent


def answered(text: PageElement, claim: str) -> bool:
    """Whether the badge of a claim, or the claim itself, stands in a block around a text."""
    for block in blocks(text):
        if block.get("id") == f"claim-{claim}" or block.find(href=f"claims.html#claim-{claim}"):
            return True
    return False


@pytest.mark.parametrize("name", PAGES)
def test_a_word_that_gives_a_disputed_claim_away_stands_only_beside_its_verdict(
    book: Path, guide: Guide, name: str
) -> None:
    if name == REFERENCES:
        return
    faults = []
    for claim in guide.claims:
        for word in claim.telltale:
            told = re.compile(rf"\b{re.escape(word)}\b", re.IGNORECASE)
            faults += [
                f"{name}: “{word}” without {claim.id}: {' '.join(text.split())[:80]}"
                for text in prose(page(book / name))
                if told.search(text) and not answered(text, claim.id)
            ]
    assert not faults, "\n".join(faults)


def test_the_mark_is_asked_for_by_at_least_one_word_of_the_book(book: Path, guide: Guide) -> None:
    """Else the test above looks at nothing."""
    words = {word for claim in guide.claims for word in claim.telltale}
    texts = " ".join(str(text) for name in PAGES for text in prose(page(book / name))).lower()
    assert [word for word in words if word.lower() in texts]


@pytest.mark.parametrize("name", PAGES)
def test_no_word_stands_twice_in_a_row(book: Path, name: str) -> None:
    found = []
    for block in page(book / name).find_all(["p", "li", "dd", "td", "label", "figcaption", "h1", "h2", "h3"]):
        if block.find(["p", "li", "pre", "select"]) is None:
            found += [match[0] for match in DOUBLED.finditer(" ".join(block.get_text().split()))]
    assert [words for words in found if words not in MEANT] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_word_in_another_script_says_its_language(book: Path, name: str) -> None:
    if name == REFERENCES:
        return
    article = page(book / name)
    faults = [
        str(text).strip()
        for text in prose(article)
        if FOREIGN.search(text)
        and not any(parent.has_attr("lang") for parent in text.parents if parent in article.descendants)
    ]
    assert not faults, "\n".join(faults)


# --- the sources ------------------------------------------------------------------------------------------------------

ROLE = re.compile(r"\{([a-z]+)\}`[^`]*`")
CODE = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)
QUOTED = re.compile(r"“[^”]*”|\*[^*]+\*")  # a name that is spoken about as a name


def chapter_prose(chapter: str) -> str:
    """What a chapter's author wrote, without code, roles and what is quoted."""
    text = (books.ROOT / f"{chapter}.md").read_text(encoding="utf-8").partition("\n---\n")[2]
    return QUOTED.sub(" ", ROLE.sub(" ", CODE.sub(" ", text)))


@pytest.mark.parametrize("chapter", books.chapters())
def test_a_person_has_one_name_in_prose(guide: Guide, chapter: str) -> None:
    text = chapter_prose(chapter)
    known = [person.name for person in (*guide.people, *guide.characters)]
    variants = [v.name for person in (*guide.people, *guide.characters) for v in person.variants]
    # A shorter form of a name is no other name.
    other = {name for name in variants if name.isascii() and not any(name in full for full in known)}
    assert [name for name in sorted(other) if re.search(rf"\b{re.escape(name)}\b", text)] == []


def test_no_word_is_misspelt_that_a_common_list_knows(guide: Guide) -> None:
    pytest.importorskip("codespell_lib", reason="codespell is not installed: call `make lock`, then install anew")
    places = [books.ROOT / name for name in ("chapters", "data", "src", "README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
    names = [record.name for record in (*guide.people, *guide.characters)]
    proper = ["didi", *{word.lower() for text in (*names, *guide.sources.ids()) for word in re.findall(r"\w+", text)}]
    options = ["--skip", "*.svg,*.json,*.bib,*.png", "--builtin", "clear"]
    options += ["--ignore-words-list", ",".join(sorted(proper)), "--ignore-regex", r"\w*[a-z][A-Z]\w*"]
    command = [sys.executable, "-m", "codespell_lib", *options, *map(str, places)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
