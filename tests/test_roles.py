"""The guide's own roles, and chapters as notebooks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jupytext
import nbformat
import pytest

from studyguide.chapters import notebooks, roles
from studyguide.guide import Guide, GuideError

CHAPTERS = sorted(p for p in (Path(__file__).parents[1] / "chapters").glob("*.md") if notebooks.is_chapter(p))


@pytest.mark.parametrize(
    ("role", "content", "text"),
    [
        ("fact", "running-time", "179 minutes"),
        ("figure", "us-w12-gross", "$192,949 (United States and Canada, 11–13 February 2022)"),
        ("figure", "short us-w12-gross", "$192,949"),
        ("score", "metascore", "91 out of 100 (critics, undated, read 22 November 2026)"),
        ("lang", "ja 音", "音"),
    ],
)
def test_a_role_says_what_the_data_says(guide: Guide, role: str, content: str, text: str) -> None:
    assert roles.resolve(guide, role, content).text == text


def test_a_step_is_known_by_its_number_and_leads_to_its_place(guide: Guide) -> None:
    found = roles.resolve(guide, "step", "sunroof")
    assert found.text == f"step {guide.steps.ids().index('sunroof') + 1}"
    assert found.target == "story.html#step-sunroof"
    assert found.step == guide.steps.number("sunroof")


def test_a_term_leads_to_the_glossary_and_tells_its_meaning(tiny: Guide) -> None:
    found = roles.resolve(tiny, "term", "cadrage")
    assert (found.text, found.target, found.lang) == ("cadrage", "glossary.html#term-cadrage", "fr")
    assert found.title == "What stands inside the picture, and what is left out of it."
    shown = roles.resolve(tiny, "term", "cards with words <intertitle>")
    assert (shown.text, shown.target, shown.lang) == ("cards with words", "glossary.html#term-intertitle", None)
    assert "*" not in shown.title


def test_a_claim_says_its_verdict_and_what_the_guide_prints(tiny: Guide) -> None:
    found = roles.resolve(tiny, "claim", "neutral")
    assert found.claim == "neutral"
    assert found.text.startswith("(disputed: contradicted; He is turned away because")


def test_a_section_can_say_how_far_it_goes_and_print_nothing(tiny: Guide) -> None:
    found = roles.resolve(tiny, "reaches", "bridge")
    assert (found.text, found.target, found.step) == ("", None, 4)


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("a {term}`cadrage`", 'a <span lang="fr">cadrage</span>'),
        ("its {term}`cards <intertitle>`", "its cards"),
        ("So.{reaches}`bridge`", "So."),
        (
            "So {claim}`neutral`.",
            "So (disputed: contradicted; He is turned away because an engine driver is needed where he is. "
            "[Fact check](fact-check.ipynb)).",
        ),
    ],
)
def test_terms_claims_and_reaches_are_plain_in_jupyter(tiny: Guide, myst: str, plain: str) -> None:
    assert notebooks.plain(tiny, myst) == plain


@pytest.mark.parametrize("role", ["term", "claim", "reaches"])
def test_an_unknown_record_behind_a_role_is_refused(tiny: Guide, role: str) -> None:
    with pytest.raises(GuideError, match="no `nothing` among"):
        roles.resolve(tiny, role, "nothing")


def test_an_unknown_id_names_the_nearest(guide: Guide) -> None:
    with pytest.raises(GuideError, match="did you mean `running-time`"):
        roles.resolve(guide, "fact", "runing-time")


def test_foreign_words_without_words_are_refused(guide: Guide) -> None:
    with pytest.raises(GuideError, match="as in `ja 音`"):
        roles.resolve(guide, "lang", "ja")


@pytest.mark.parametrize(
    ("myst", "plain"),
    [
        ("It runs {fact}`running-time`.", "It runs 179 minutes."),
        ("{lang}`ja 音` means sound", '<span lang="ja">音</span> means sound'),
        ("(here)=\n## Heading", "## Heading"),
        ("see [The story](story.md#tokyo)", "see [The story](story.ipynb)"),
        (":::{note}\nOne.\nTwo.\n:::", "> **Note.** One.\n> Two."),
        (":::{admonition} Spoilers\n:class: tip\nAll.\n:::", "> **Spoilers.** All."),
    ],
)
def test_markdown_for_jupyter_is_plain(guide: Guide, myst: str, plain: str) -> None:
    assert notebooks.plain(guide, myst) == plain


def test_a_citation_becomes_a_link_to_the_page_itself(guide: Guide) -> None:
    assert notebooks.plain(guide, "So {cite}`essay`.") == f"So ([Bright Wall/Dark Room]({guide.sources['essay'].url}))."


def test_a_page_of_low_trust_is_named_and_not_linked(guide: Guide) -> None:
    weak = next(source for source in guide.sources if source.low_trust)
    assert "](" not in notebooks.plain(guide, f"So {{cite}}`{weak.id}`.")


@pytest.mark.parametrize("text", ["{ref}`x`", "```{figure} x.png\n```\n"])
def test_what_no_notebook_can_show_is_refused(guide: Guide, text: str) -> None:
    with pytest.raises(GuideError, match="no form in a notebook"):
        notebooks.plain(guide, text)


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_becomes_a_valid_notebook_without_outputs_or_roles(guide: Guide, chapter: Path) -> None:
    notebook = notebooks.convert(guide, chapter)
    nbformat.validate(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
        else:
            assert not re.search(r"\{[a-z-]+\}`|^[:`]{3,}\{", cell.source, re.M), cell.source[:200]


def test_the_same_chapter_gives_the_same_bytes(guide: Guide, tmp_path: Path) -> None:
    for name in ("a", "b"):
        notebooks.write(guide, CHAPTERS[0], tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert json.loads((tmp_path / "a").read_text(encoding="utf-8"))["nbformat"] == 4


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_a_chapter_is_stored_as_jupytext_writes_it_so_that_saving_leaves_no_trace(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    assert jupytext.writes(jupytext.reads(text, fmt="md:myst"), fmt="md:myst") == text
