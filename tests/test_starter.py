"""A guide to another film: what `studyguide new` writes is a whole book, which builds, works and tests itself."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import books
import pytest
import yaml
from browsing import Look, listed
from click.testing import CliRunner

import studyguide
from studyguide.chapters import checking, roles, starting
from studyguide.cli import main
from studyguide.guide import ITEM_TYPES, GuideError, loading

PAGES = ("welcome", "story", "people", "fact-check", "talk", "my-work", "class", "glossary", "references")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book as it is written, built by the ordinary command without a warning."""
    folder = tmp_path_factory.mktemp("new") / "book"
    assert CliRunner().invoke(main, ["new", str(folder)]).exit_code == 0
    books.build(folder)
    return folder


def test_the_new_book_has_every_type_of_question_and_every_role(tmp_path: Path) -> None:
    starting.start(tmp_path / "book", starting.Film())
    guide = loading.read(tmp_path / "book" / "data")
    assert {item.type for item in guide.items} == set(ITEM_TYPES)
    text = " ".join(path.read_text("utf-8") for path in (tmp_path / "book" / "chapters").glob("*.md"))
    assert [role for role in roles.ROLES if f"{{{role}}}`" not in text] == []
    for piece in ("charts.grid(", "{drawing}", "page.my_work(", "page.class_page(", "{cite}`", "{bibliography}"):
        assert piece in text


def test_every_example_of_the_documentation_works_in_the_new_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starting.start(tmp_path / "book", starting.Film())
    monkeypatch.chdir(tmp_path / "book")
    text = (books.ROOT / "docs" / "another-film.md").read_text("utf-8")
    known = {"guide": studyguide.load(), "studyguide": studyguide, "page": studyguide.page}
    calls = [
        call
        for row in re.findall(r"^\| (`(?:page|studyguide)\..*?`) \|", text, re.M)
        for call in row[1:-1].split("`, `")
    ]
    blocks = re.findall(r"^```python\n(.*?)^```", text, re.M | re.S)
    assert len(calls) > 12 and len(blocks) == 1
    for code in (*calls, *blocks):
        exec(code, dict(known))


def test_the_film_the_year_and_the_director_are_the_authors_whatever_signs_they_hold(tmp_path: Path) -> None:
    film = starting.Film('Le "Samouraï": 1', 1967, "Jean-Pierre Melville # 2")
    made = starting.start(tmp_path / "book", film)
    guide = loading.read(tmp_path / "book" / "data")
    assert (guide.film.id, guide.film.title, guide.film.year) == ("le-samourai-1", film.title, 1967)
    assert guide.film.director == film.director
    config = yaml.safe_load((tmp_path / "book" / "_config.yml").read_text("utf-8"))
    assert config["title"] == 'Le "Samouraï": 1: a study guide'
    assert "still speaks of *Sherlock Jr.*" in (tmp_path / "book" / "chapters" / "welcome.md").read_text("utf-8")
    checking.check(guide, tmp_path / "book")
    assert tmp_path / "book" / ".gitignore" in made
    assert not [path for path in made if re.search("%[A-Z_]+%", path.read_text("utf-8"))]


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    with pytest.raises(GuideError, match="is not empty"):
        starting.start(tmp_path, starting.Film())
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.book
def test_the_new_books_own_tests_pass(built: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q"]
    done = subprocess.run(command, cwd=built, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
    assert "4 passed" in done.stdout


@pytest.mark.book
@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_new_book_works_in_a_browser(built: Path, look: Look, name: str) -> None:
    visit = look((books.html(built) / "chapters" / f"{name}.html").as_uri(), viewport={"width": 1280, "height": 900})
    assert all(visit.marks().values())
    faults = [*visit.faults, *visit.sideways(), *visit.axe_violations(), *visit.strangers("file://")]
    assert not faults, listed(faults)


@pytest.mark.install
def test_the_new_book_builds_and_tests_itself_on_a_machine_with_python_and_make(tmp_path: Path) -> None:
    """From the wheel alone, in an environment of its own, by the two commands of the book's own README."""
    wheels = tmp_path / "wheels"
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(wheels)]
    subprocess.run(command, cwd=books.ROOT, check=True, capture_output=True)
    [wheel] = wheels.glob("studyguide-*.whl")
    folder = tmp_path / "book"
    starting.start(folder, starting.Film())
    make = shutil.which("make")
    assert make, "make is needed"
    for target in ("book", "test"):
        wanted = [make, target, f"PYTHON={sys.executable}", f"STUDYGUIDE=studyguide[book] @ {wheel.as_uri()}"]
        plain = books.plain_environment()
        done = subprocess.run(wanted, cwd=folder, capture_output=True, text=True, check=False, env=plain)
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert (folder / "_build" / "html" / "index.html").is_file()
