"""Chapters against data: every fault with file, line and what would be right, before any page is built."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from click.testing import CliRunner

from studyguide.chapters import checking, drawings
from studyguide.cli import main
from studyguide.guide import Activity, Claim, Guide, GuideError, Step, Table

HEAD = "---\njupytext:\n  text_representation:\n    format_name: myst\n---\n\n# A page\n\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg"><title>A road</title>{}</svg>'


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A book of one chapter with a drawing."""
    (tmp_path / "chapters" / "drawings").mkdir(parents=True)
    (tmp_path / "_toc.yml").write_text("format: jb-book\nroot: chapters/page\n", "utf-8")
    (tmp_path / "chapters" / "drawings" / "road.svg").write_text(SVG.format('<path d="M0 0"/>'), "utf-8")
    write(tmp_path, "All is well.")
    return tmp_path


def write(book: Path, text: str) -> None:
    (book / "chapters" / "page.md").write_text(HEAD + text + "\n", "utf-8")


def faults(guide: Guide, book: Path) -> list[str]:
    """What is wrong with the chapters, one line a fault."""
    try:
        checking.check(guide, book)
    except checking.ChapterError as error:
        return [str(fault) for fault in error.faults]
    return []


def test_a_sound_chapter_has_no_fault(tiny: Guide, book: Path) -> None:
    write(book, ":::{drawing} road\n:::\n\nHe is {fact}`age`, see [above](#a-page) and [here](page.md#a-page).")
    assert faults(tiny, book) == []


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("{fact}`nothing`", 9, "no `nothing` among fact records"),
        ("So.\n\n[there](page.md#nowhere)", 11, "no heading or target has this name"),
        ("[there](gone.md)", 9, "which is no chapter"),
        (":::{drawing} gone\n:::", 9, "draw it in the folder drawings/"),
        ("He did it {cite}`nobody-wrote-this`.", 9, "no `nobody-wrote-this` among source records"),
    ],
)
def test_a_mistake_in_a_chapter_is_one_line(tiny: Guide, book: Path, text: str, line: int, words: str) -> None:
    write(book, text)
    [fault] = faults(tiny, book)
    assert fault.startswith(f"page.md:{line}: -: ")
    assert words in fault


def test_a_telltale_word_asks_for_its_claims_badge(tiny: Guide, book: Path) -> None:
    claim = next(claim for claim in tiny.claims if claim.telltale)
    write(book, f"They say {claim.telltale[0]}.")
    [fault] = faults(tiny, book)
    assert f"{{claim}}`… <{claim.id}>`" in fault
    for marked in (f"{claim.telltale[0]} {{claim}}`{claim.id}`", f"{{claim}}`{claim.telltale[0]} <{claim.id}>`"):
        write(book, f"They say {marked}.")
        assert faults(tiny, book) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{opens}`theft`\n\nSo it is ({step}`bridge`).", "it goes on to step 4, but is shown with step 2"),
        ("{opens}`start`\n\nSo it is ({step}`theft`).", "it goes on to step 2, but is shown from the start"),
        ("{opens}`start`\n\n{opens}`theft` So it is ({step}`bridge`).", "is shown with step 2"),
        ("{opens}`bridge`\n\n## Next\n\n{opens}`theft`\n\nFire {claim}`neutral`.", "but is shown with step 2"),
        ("{opens}`gone`\n\nSo.", "no `gone` among step records"),
    ],
)
def test_what_opens_before_it_may_is_a_fault(tiny: Guide, book: Path, text: str, words: str) -> None:
    claim = tiny.claims["neutral"].model_copy(update={"steps": ("bridge",)})
    claims = Table(Claim, [claim if one.id == claim.id else one for one in tiny.claims])
    write(book, text)
    [fault] = faults(dataclasses.replace(tiny, claims=claims), book)
    assert words in fault


@pytest.mark.parametrize(
    "text",
    [
        "So it is ({step}`bridge`).",  # without a word a section opens at the end
        "{opens}`start`\n\n{opens}`bridge` So it is ({step}`bridge`).",
        "{opens}`start`\n\n| a | b |\n|---|---|\n| {opens}`bridge` a | {step}`bridge` |",
    ],
)
def test_what_opens_late_enough_is_none(tiny: Guide, book: Path, text: str) -> None:
    write(book, text)
    assert faults(tiny, book) == []


def test_a_word_that_gives_a_later_step_away_is_a_fault(tiny: Guide, book: Path) -> None:
    steps = [one.model_copy(update={"telltale": ("fire",)} if one.id == "bridge" else {}) for one in tiny.steps]
    write(book, "{opens}`theft`\n\nNo smoke without Fire.")
    [fault] = faults(dataclasses.replace(tiny, steps=Table(Step, steps)), book)
    assert "it goes on to step 4" in fault


def test_an_activity_of_no_chapter_is_a_fault(tiny: Guide, book: Path) -> None:
    lost = tiny.activities[0].model_copy(update={"chapter": "pag"})
    [fault] = faults(dataclasses.replace(tiny, activities=Table(Activity, [lost])), book)
    assert fault == (
        f"activities.yaml:1: {lost.id}: `chapter` names `pag`, which is not in _toc.yml; did you mean `page`?"
    )


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        ("<script>alert(1)</script>", "the element `script`"),
        ('<path onclick="alert(1)"/>', "the attribute `onclick`"),
        ('<a href="https://example.org"><path/></a>', "which runs or fetches something"),
        ("<path", "no well-formed SVG"),
    ],
)
def test_a_drawing_that_does_more_than_draw_is_refused(tmp_path: Path, inside: str, words: str) -> None:
    path = tmp_path / "road.svg"
    path.write_text(SVG.format(inside), "utf-8")
    with pytest.raises(GuideError, match=words):
        drawings.title(path)


def test_every_drawing_of_this_book_only_draws() -> None:
    folder = Path(__file__).parents[1] / "chapters" / "drawings"
    assert all(drawings.title(path) for path in folder.glob("*.svg") if path.stem not in {"favicon", "social-card"})


def test_the_command_reads_the_chapters_beside_the_data(book: Path, tiny_folder: Path) -> None:
    (book / "data").symlink_to(tiny_folder)
    write(book, "{wrong}`x`")
    result = CliRunner().invoke(main, ["check", "--data", str(book / "data")])
    assert result.exit_code == 1
    assert "page.md:9: -: the role `wrong`, which has no form in a notebook" in result.stderr
    assert result.stderr.splitlines()[-1].endswith("in the chapters")


def test_a_header_that_is_no_yaml_is_a_fault_with_its_line(tiny: Guide, book: Path) -> None:
    page = book / "chapters" / "page.md"
    page.write_text(HEAD.replace("jupytext:", "myst:\n  description: one: two\njupytext:"), "utf-8")
    [fault] = faults(tiny, book)
    assert fault.startswith("page.md:3: -: a header that is not YAML (mapping values are not allowed here)")
