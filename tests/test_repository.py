"""What lies in the repository: text, drawings and two pictures, one version, and nothing that a build made."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from pathlib import Path

import books
import pytest

import studyguide
from studyguide.guide import Guide

ROOT = Path(__file__).parents[1]
# Kinds of file that may be tracked, by ending or, without one, by name; and the only ones that are no text.
TEXT = {
    "bib", "cff", "css", "csv", "html", "js", "json", "lock", "md", "mjs", "py", "svg", "toml", "typed", "yaml", "yml",
    "LICENSE", "Makefile", "run", "gitignore", ".gitattributes", ".gitignore", ".keep",
}  # fmt: skip
PICTURES = {"chapters/drawings/screenshot.png", "chapters/drawings/social-card.png"}
LARGEST = 200_000
"""Bytes; the lock file and the bibliography may be larger."""
LARGE = {"requirements.lock", "data/references.bib"}


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    """Every file that git tracks, or would with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def kind(path: Path) -> str:
    return path.suffix.removeprefix(".") or path.name


def test_only_known_kinds_of_file_are_tracked(tracked: list[Path]) -> None:
    places = {path: path.relative_to(ROOT).as_posix() for path in tracked if "bad_data" not in path.parts}
    strange = [name for path, name in places.items() if kind(path) not in TEXT and name not in PICTURES]
    assert len(places) > 100
    assert not strange, f"no wheel, bundle or build belongs here: {strange}"


def test_no_tracked_file_is_large_or_minified(tracked: list[Path]) -> None:
    large = [
        path.name for path in tracked if path.stat().st_size > LARGEST and str(path.relative_to(ROOT)) not in LARGE
    ]
    assert not large
    assert not [path.name for path in tracked if ".min." in path.name]


def test_the_version_stands_in_one_place_and_changelog_and_citation_agree() -> None:
    version = studyguide.__version__
    cited = re.search(r"^version: \"?([\d.]+)", (ROOT / "CITATION.cff").read_text("utf-8"), re.MULTILINE)
    assert cited and cited[1] == version
    assert 'dynamic = ["version"]' in (ROOT / "pyproject.toml").read_text("utf-8")
    headings = re.findall(r"^## (.+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert headings[0] == "Unreleased"
    assert headings[1:2] in ([], [version]) or headings[1].startswith(f"{version} (")


def test_publishing_waits_for_the_tests() -> None:
    publish = (ROOT / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    assert "workflow_run" in publish or "needs:" in publish


def test_the_makefile_lists_every_command_once() -> None:
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert not [name for name, count in Counter(targets).items() if count > 1]


def test_the_package_names_no_film_no_page_and_no_colour_of_this_guide(guide: Guide) -> None:
    sources = [path for path in (ROOT / "src").rglob("*") if path.suffix in {".py", ".js", ".css", ".html"}]
    own = [path for path in sources if "starter" not in path.parts]
    assert len(own) > 80
    accent = guide.film.accent_colours or {}
    people = {record.name for record in (*guide.people, *guide.characters) if " " in record.name}
    pages = {f"{chapter.rpartition('/')[2]}.html" for chapter in books.chapters()} - {"glossary.html", "class.html"}
    words = {guide.film.title, *people, *accent.values(), "hamaguchi", "fact-check", "welcome#", "chapters/story.html"}
    faults = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in own
        for text in [path.read_text("utf-8").lower()]
        for word in (*words, *(f'"{page}' for page in pages), *(f"/{page}" for page in pages))
        if word.lower() in text
    ]
    assert not faults, "\n".join(faults)
