"""How the book is written: habits of a writer's hand, counted over all chapters, and where it speaks of itself."""

from __future__ import annotations

import re

import books
import pytest

CODE = re.compile(r"^```\{code-cell\}.*?^```$", re.MULTILINE | re.DOTALL)
ROLE = re.compile(r"\{(?:at|cite|step|opens|drawing|fact|figure|lang|term|claim)\}`[^`]*`")
SPACE = re.compile(r"\s+")
# The end of a sentence, and not the point after an initial: "A. O. Scott".
SENTENCE = re.compile(r"(?<=[.!?])(?<!\b[A-Z]\.)[”\"')*]*\s+(?=[A-Z“\"'*(\[{0-9])")
# A word that a reader notices is a word too many: at most so often in the whole book.
HABITS = {
    r"\b(?:stands?|stood|standing)\b": 15,
    r"\b(?:one|a|an|another) (?:\w+ )?(?:viewer|critic|page)s?\b": 10,
    r"\bno (?:other )?page\b": 4,
    r"\bsomebody\b": 12,
    r"\bnobody\b": 10,
    r"\bwhoever\b": 4,
}
# What an editor struck out, in English that was thought in another language.
STRUCK = (
    "stands nothing",
    "only do not do both at once",
    "strong stuff",
    "should not teach it yet",
    "needs a word",
    "is not a slip of ours",
    "all that hold",
    "that is our remark",
    "to us the play",
)
SELF = {"welcome", "fact-check", "claims", "about"}
# The pages that the guide is used with speak of it as of a tool; so do the last lines that lead on.
TOOLS = {"teach", "class", "my-work", "test-yourself", "glossary", "references", "talk"}
STARTING = re.compile(r"\b(?:film page|ending article|starting articles?)\b", re.IGNORECASE)


def prose(chapter: str) -> str:
    """What a chapter's author wrote, without header, code and roles, on one line."""
    text = (books.ROOT / f"{chapter}.md").read_text(encoding="utf-8").partition("\n---\n")[2]
    return SPACE.sub(" ", ROLE.sub(" ", CODE.sub(" ", text)))


@pytest.mark.parametrize("habit", HABITS)
def test_a_habit_of_the_writer_is_kept_in_check_over_the_whole_book(habit: str) -> None:
    found = {chapter: re.findall(habit, prose(chapter), re.IGNORECASE) for chapter in books.chapters()}
    told = {chapter: len(words) for chapter, words in found.items() if words}
    assert sum(told.values()) <= HABITS[habit], told


@pytest.mark.parametrize("chapter", books.chapters())
def test_no_phrase_that_an_editor_struck_out_is_back(chapter: str) -> None:
    text = prose(chapter).lower()
    assert [phrase for phrase in STRUCK if phrase in text] == []


@pytest.mark.parametrize("chapter", books.chapters())
def test_a_sentence_has_one_citation_mark(chapter: str) -> None:
    text = CODE.sub("", (books.ROOT / f"{chapter}.md").read_text(encoding="utf-8").partition("\n---\n")[2])
    paragraphs = [one for one in re.split(r"\n\s*\n", text) if not one.lstrip().startswith(("#", "|", ":::"))]
    many = [one[:120] for paragraph in paragraphs for one in SENTENCE.split(paragraph) if one.count("{cite}") > 1]
    assert many == []


@pytest.mark.parametrize("chapter", [one for one in books.chapters() if one.rpartition("/")[2] not in SELF])
def test_the_starting_articles_are_named_in_the_fact_check_alone(chapter: str) -> None:
    assert STARTING.findall(prose(chapter)) == []


@pytest.mark.parametrize("chapter", [one for one in books.chapters() if one.rpartition("/")[2] not in SELF | TOOLS])
def test_the_guide_speaks_of_itself_only_where_it_is_asked_to(chapter: str) -> None:
    text = prose(chapter).split("## Where to look next")[0]
    told = r"[^.?!]*\b(?:this guide|the guide|our sources?|was found|were found|that was read|our inference)\b[^.?!]*"
    assert [one.strip() for one in re.findall(told, text)] == []
