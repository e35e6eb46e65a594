"""The guide's own roles, and chapters as notebooks."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jupytext
import nbformat
import pytest

from studyguide.chapters import notebooks, roles, starting
from studyguide.chapters.notebooks import Converter
from studyguide.guide import Guide, GuideError

CHAPTERS = sorted(p for p in (Path(__file__).parents[1] / "chapters").glob("*.md") if notebooks.is_chapter(p))
CHAPTER = CHAPTERS[0].parent / "story.md"
STARTER = sorted(p for p in (starting.STARTER / "chapters").glob("*.md") if notebooks.is_chapter(p))


def plain(guide: Guide, text: str) -> str:
    """Chapter text as a notebook shows it, free of faults."""
    converter = Converter(guide, CHAPTER)
    shown = converter.text(text).strip()
    assert not converter.faults, converter.faults
    return shown


@pytest.mark.parametrize(
    ("role", "content", "text"),
    [
        ("fact", "running-time", "179 minutes"),
        ("figure", "us-w12-gross", "$192,949 (United States and Canada, 11–13 February 2022)"),
        ("figure", "short us-w12-gross", "$192,949"),
        ("score", "rotten-tomatoes-2021", "100 out of 100 (critics, 1 December 2021)"),
        ("lang", "ja 音", "音"),
    ],
)
def test_a_role_says_what_the_data_says(guide: Guide, role: str, content: str, text: str) -> None:
    assert roles.resolve(guide, role, content).text == text


@pytest.mark.usefixtures("in_book")
def test_a_step_is_known_by_its_number_and_leads_to_its_place(guide: Guide) -> None:
    found = roles.resolve(guide, "step", "sunroof")
    assert found.text == f"step {guide.steps.ids().index('sunroof') + 1}"
    assert found.target == "story.html#step-sunroof"
    assert found.step == guide.steps.number("sunroof")


@pytest.mark.usefixtures("in_book")
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
    assert found.text.startswith("(wrong; this guide prints: He is turned away because")
    shown = roles.resolve(tiny, "claim", "he is a coward <neutral>")
    assert (shown.claim, shown.said) == ("neutral", "he is a coward")
    assert shown.text.startswith("he is a coward (wrong; this guide prints: ")


def test_a_section_can_say_with_which_step_it_opens_and_print_nothing(tiny: Guide) -> None:
    found = roles.resolve(tiny, "opens", "bridge")
    assert (found.text, found.target, found.step) == ("", None, 4)
    assert roles.resolve(tiny, "opens", "start").step == 0


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a {term}`cadrage`", 'a <span lang="fr">cadrage</span>'),
        ("its {term}`cards <intertitle>`", "its cards"),
        ("So.{opens}`bridge`", "So."),
        (
            "So {claim}`neutral`.",
            "So (wrong; this guide prints: He is turned away because an engine driver is needed where he is.).",
        ),
        (
            "So {claim}`he\nis brave <neutral>`, to {lang}`ja 音`\nand {term}`cadrage`.",
            "So he is brave (wrong; this guide prints: "
            "He is turned away because an engine driver is needed where he is.),"
            ' to <span lang="ja">音</span>\nand <span lang="fr">cadrage</span>.',
        ),
    ],
)
def test_terms_claims_and_openings_are_plain_in_jupyter(tiny: Guide, text: str, shown: str) -> None:
    assert plain(tiny, text) == shown


@pytest.mark.parametrize("role", ["term", "claim", "opens"])
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
    ("text", "shown"),
    [
        ("It runs {fact}`running-time`.", "It runs 179 minutes."),
        ("{lang}`ja 音` means sound", '<span lang="ja">音</span> means sound'),
        ("(here)=\n## Heading", "## Heading"),
        ("see [The story](story.md#tokyo)", "see [The story](story.ipynb)"),
        (":::{note}\nOne.\nTwo.\n:::", "> **Note.** One.\n> Two."),
        (":::{admonition} Spoilers\n:class: tip\nAll.\n:::", "> **Spoilers.** All."),
        ("`` {fact}`x` `` is code", "`` {fact}`x` `` is code"),
        ("```python\n{fact}`x`\n```", "```python\n{fact}`x`\n```"),
        ("```{math}\nx^2\n```", "$$\nx^2\n$$"),
        ("{math}`x^2` and {sub}`2`", "$x^2$ and <sub>2</sub>"),
        ("It took $3 and $4, or `$5`.", "It took \\$3 and \\$4, or `$5`."),
        (
            "::::{note}\nOne {fact}`running-time`.\n:::{tip}\nTwo.\n:::\n::::",
            "> **Note.** One 179 minutes.\n> > **Tip.** Two.",
        ),
        (
            "| a | b |\n|---|---|\n| {fact}`running-time` | {fact}`running-time` |",
            "| a | b |\n|---|---|\n| 179 minutes | 179 minutes |",
        ),
        ("[{fact}`running-time`](story.md)", "[179 minutes](story.ipynb)"),
        ("[the list](references.md)", "the list"),
        ("so\n{lang}`ja\n音` it\nis", 'so\n<span lang="ja">音</span> it\nis'),
        ("% a comment\nSo.", "So."),
    ],
)
def test_markdown_for_jupyter_is_plain(guide: Guide, text: str, shown: str) -> None:
    assert plain(guide, text) == shown


def test_a_citation_becomes_a_link_to_the_page_itself(guide: Guide) -> None:
    assert plain(guide, "So {cite}`essay`.") == f"So ([Bright Wall/Dark Room]({guide.sources['essay'].url}))."


def test_a_page_of_low_trust_is_named_and_not_linked(guide: Guide) -> None:
    weak = next(source for source in guide.sources if source.low_trust)
    assert "](" not in plain(guide, f"So {{cite}}`{weak.id}`.")


MISTAKES = [
    ("{wrong}`x`", 1, "the role `wrong`, which has no form in a notebook"),
    ("So.\n\n{fact}`runing-time`", 3, "no `runing-time` among fact records"),
    ("- one\n- {cite}`no-such-page`", 2, "no `no-such-page` among source records"),
    ("> {at}`99:00`", 1, "`99:00` is not a time of the film"),
    ("| a |\n|---|\n| {step}`no` |", 3, "no `no` among step records"),
    (":::{note}\nOne.\n::::{tip}\n{score}`x`\n::::\n:::", 4, "no `x` among score records"),
    ("```{figure} x.png\n```", 1, "no picture at `x.png`"),
    ("```{mermaid}\nA\n```", 1, "the directive `mermaid`, which has no form in a notebook"),
    (":::{drawing} nothing\n:::", 1, "no drawing at `drawings/nothing.svg`"),
    ("see [it](strory.md)", 1, "a link to `strory.md`, which is no chapter"),
    ("see {doc}`strory`", 1, "a link to `strory`, which is no chapter"),
]


@pytest.mark.parametrize(("text", "line", "found"), MISTAKES)
def test_a_mistake_in_a_chapter_is_one_fault_with_its_line(guide: Guide, text: str, line: int, found: str) -> None:
    converter = Converter(guide, CHAPTER)
    converter.text(text)
    [fault] = converter.faults
    assert (fault.file, fault.line) == ("story.md", line)
    assert found in fault.found
    assert fault.right


def test_all_mistakes_of_a_chapter_come_at_once(guide: Guide, tmp_path: Path) -> None:
    chapter = tmp_path / "story.md"
    head = CHAPTER.read_text(encoding="utf-8").split("\n---\n")[0] + "\n---\n"
    chapter.write_text(head + "\n{fact}`no` and {wrong}`x`\n", encoding="utf-8")
    with pytest.raises(notebooks.ChapterError, match="2 faults in the chapters"):
        notebooks.convert(guide, chapter)


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


@pytest.mark.parametrize("chapter", [*CHAPTERS, *STARTER], ids=lambda path: f"{path.parents[1].name}-{path.stem}")
def test_a_chapter_is_stored_as_jupytext_writes_it_so_that_saving_leaves_no_trace(chapter: Path) -> None:
    text = chapter.read_text(encoding="utf-8")
    assert jupytext.writes(jupytext.reads(text, fmt="md:myst"), fmt="md:myst") == text
