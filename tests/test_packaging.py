"""The wheels, in an environment of their own: a learner's install has no Sphinx, and an installed guide is found."""

from __future__ import annotations

import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from studyguide.guide import packaging
from studyguide.guide.loading import DataError

ROOT = Path(__file__).parents[1]
BOOK_ALONE = ("sphinx", "myst_nb", "myst_parser", "jupyter_book", "jupytext", "nbformat", "furo", "minify")


def test_a_guides_wheel_holds_its_data_and_gives_the_same_bytes_again(tiny_folder: Path, tmp_path: Path) -> None:
    one, other = (packaging.package(tiny_folder, tmp_path / name) for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()
    names = zipfile.ZipFile(one).namelist()
    assert "the_general_guide/data/film.yaml" in names
    assert not [name for name in names if "schemas" in name]


def test_faulty_data_are_not_packaged(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(DataError, match=r"film\.yaml:1"):
        packaging.package(tmp_path / "data", tmp_path)
    assert not list(tmp_path.glob("*.whl"))


def run(folder: Path, *command: str | Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout


@pytest.mark.install
def test_a_learner_installs_two_files_and_loads_the_guide_in_an_empty_folder(tmp_path: Path) -> None:
    """Everything that the wheel asks for comes from the package index, as on a learner's machine."""
    wheels, empty, home = tmp_path / "wheels", tmp_path / "empty", tmp_path / "venv"
    empty.mkdir()
    run(ROOT, sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", wheels)
    guide = packaging.package(ROOT / "data", wheels)
    venv.create(home, with_pip=True)
    python = home / "bin" / "python"
    run(empty, python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wheels.glob("*.whl"))
    assert guide.is_file()
    code = "import studyguide; guide = studyguide.load(); print(guide.film.title); print(len(guide.facts.frame()))"
    title, facts = run(empty, python, "-c", code).splitlines()
    assert title == "Drive My Car" and int(facts) > 10
    found = f"import importlib.util as u; print([n for n in {BOOK_ALONE!r} if u.find_spec(n)])"
    assert run(empty, python, "-c", found).strip() == "[]"
