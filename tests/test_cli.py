"""The command line: what it says, where it says it, and its exit status."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studyguide import __version__
from studyguide.cli import main
from studyguide.guide import finding, loading

TESTS = Path(__file__).parent


@pytest.fixture
def broken_folder(tiny_folder: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    shutil.copytree(tiny_folder, folder)
    shutil.copy(TESTS / "bad_data" / "grade-g" / "facts.yaml", folder)
    shutil.copy(TESTS / "bad_data" / "unknown-result" / "awards.csv", folder)
    return folder


def check(*args: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, args)])


def test_check_counts_every_table_of_sound_data_and_exits_with_0(tiny_folder: Path) -> None:
    result = check("--data", tiny_folder)
    assert result.exit_code == 0, result.stderr
    assert result.stderr == ""
    lines = result.stdout.splitlines()
    assert lines[-1] == "The General (1926): everything is in order"
    assert "    4  box office" in lines
    assert len(lines) == len(loading.FILES) + 1  # film is no table, but sources are one


def test_check_puts_every_fault_on_stderr_and_exits_with_1(broken_folder: Path) -> None:
    result = check("--data", broken_folder)
    assert result.exit_code == 1
    assert result.stdout == ""
    assert result.stderr.splitlines() == [
        "awards.csv:2: registry-1989: `result` is `wonn`; did you mean `won`?",
        "facts.yaml:6: registry-year: `grade` is `G`; known: `F`, `A`, `B`, `C`, `D`, `E`",
        "2 faults in the data",
    ]


@pytest.mark.parametrize("kind", ["nowhere", "a file", "an empty folder"])
def test_check_explains_a_bad_path_in_words_and_exits_with_1(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "data"
    if kind == "a file":
        path.write_text("not a folder", encoding="utf-8")
    elif kind == "an empty folder":
        path.mkdir()
    result = check("--data", path)
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit), result.exception
    if kind == "an empty folder":
        assert f"{len(loading.NEEDED)} faults in the data" in result.stderr
        assert result.stderr.count("the file is missing") == len(loading.NEEDED)
    else:
        assert result.stderr == f"no data folder at `{path}`; give the folder that holds film.yaml\n"


def test_check_finds_the_data_of_the_book_it_stands_in(
    tiny_folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv(finding.ENVIRONMENT, raising=False)
    monkeypatch.chdir(tiny_folder.parent)
    assert check().exit_code == 0
    monkeypatch.chdir(tmp_path)
    away = check()
    assert away.exit_code == 1
    assert away.stderr.startswith("no guide here: ")


@pytest.mark.parametrize("where", ["sound", "broken", "nowhere"])
def test_the_installed_command_never_shows_a_traceback(where: str, tiny_folder: Path, broken_folder: Path) -> None:
    folder = {"sound": tiny_folder, "broken": broken_folder, "nowhere": broken_folder / "nowhere"}[where]
    done = subprocess.run(
        [sys.executable, "-c", "from studyguide.cli import main; main()", "check", "--data", str(folder)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        check=False,
    )
    assert done.returncode == (0 if where == "sound" else 1)
    assert "Traceback" not in done.stderr + done.stdout
    assert bool(done.stderr) == (where != "sound")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (["build", "."], "no _toc.yml in `.`; call this in a book's folder"),
        (["conf", "."], "call this in a book's folder"),
        (["new", "file/book"], "the system refuses `file/book`: Not a directory; name another place"),
        (["schemas"], "no guide here"),
    ],
)
def test_a_command_in_the_wrong_place_says_so_in_one_line(
    command: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(finding.ENVIRONMENT, raising=False)
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert words in result.stderr and len(result.stderr.splitlines()) == 1


def test_the_command_knows_its_version() -> None:
    result = CliRunner().invoke(main, ["--version"])
    assert result.exit_code == 0
    assert __version__ in result.stdout
