"""Which paragraphs of a chapter state something and do not say where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from studyguide.chapters import uncited
from studyguide.cli import main

HEADER = "---\nformat_name: myst\ndescription: Made in 1926\n---\n\n# The General in 1926\n\n"


def found(folder: Path, text: str) -> list[str]:
    chapter = folder / "chapter.md"
    chapter.write_text(HEADER + text, encoding="utf-8")
    return [f"{one.line}: {one.words}" for one in uncited.uncited(chapter)]


@pytest.mark.parametrize(
    "text",
    [
        "The film ran for 75 minutes.",
        "It was drawn by Keaton himself.",
        "It was called “The General” by them.",
        "It opened with {term}`intertitle` in 1926.",
    ],
)
def test_a_name_a_number_or_a_date_wants_a_source(tmp_path: Path, text: str) -> None:
    assert len(found(tmp_path, text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "The film ran for 75 minutes {cite}`credits`.",
        "It ran for {fact}`length` and Keaton ran with it.",
        "In 1926 he ran ({step}`theft`).",
        "As [The story](story.md) has it, Johnnie ran.",
        "He is called a coward in 1926 {claim}`neutral`.",
        "Look again. The smoke moves first.",
        "## The bridge in 1926",
        "```{code-cell} ipython3\nguide = studyguide.load(1926)\n```",
        ":::{drawing} Bridge\n:::",
    ],
)
def test_what_answers_for_itself_or_states_nothing_is_left_alone(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, text) == []


def test_a_paragraph_is_named_by_its_line_and_its_first_words(tmp_path: Path) -> None:
    text = "Fine {cite}`x`.\n\n(there)=\n## There\n\nOne long sentence about Buster Keaton and the year 1926 in\nall.\n"
    assert found(tmp_path, text) == ["13: One long sentence about Buster Keaton and the"]


def test_the_command_lists_them_and_finds_no_fault(tmp_path: Path) -> None:
    found(tmp_path, "The film ran for 75 minutes.")
    result = CliRunner().invoke(main, ["uncited", "--chapters", str(tmp_path)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [f"{tmp_path / 'chapter.md'}:8: The film ran for 75 minutes. …"]
