"""What README and CONTRIBUTING tell people to type exists."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import books
import pytest

from studyguide.cli import main

DOCUMENTS = ["README.md", "CONTRIBUTING.md"]
CODE = re.compile(r"^(?:```|~~~)[^\n]*\n(.*?)^(?:```|~~~)|`([^`\n]+)`", re.MULTILINE | re.DOTALL)
MAKE = re.compile(r"(?:^|[\s&;|(])make((?:[ \t]+[\w=.-]+)+)", re.MULTILINE)
STUDYGUIDE = re.compile(r"(?:^|[\s&;|(/])studyguide[ \t]+(\w[\w-]*)", re.MULTILINE)
TARGET = re.compile(r"^([a-z][\w-]*)[ \t]*:(?!=)", re.MULTILINE)


def commands(document: str) -> str:
    """All that stands as code in a document, one piece a line; in prose `make` is a verb."""
    text = (books.ROOT / document).read_text(encoding="utf-8")
    return "\n".join(block or inline for block, inline in CODE.findall(text))


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_make_target_that_is_named_exists(document: str) -> None:
    named = {word for words in MAKE.findall(commands(document)) for word in words.split() if "=" not in word}
    named = {word for word in named if not word.startswith("-")}
    targets = set(TARGET.findall((books.ROOT / "Makefile").read_text(encoding="utf-8")))
    assert named
    assert named - targets == set()


def test_every_studyguide_command_that_is_named_exists() -> None:
    named = {name for document in DOCUMENTS for name in STUDYGUIDE.findall(commands(document))}
    assert named
    assert named - set(main.commands) == set()


def test_the_python_in_the_readme_runs_and_gives_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(books.ROOT)
    blocks = re.findall(r"^```python\n(.*?)^```", (books.ROOT / "README.md").read_text(encoding="utf-8"), re.M | re.S)
    assert blocks
    namespace: dict[str, object] = {}
    for block in blocks:
        exec(block, namespace)
        for line, literal in re.findall(r"^(\S.*?)  # ([\d.]+|'.*'|\".*\")$", block, re.MULTILINE):
            assert eval(line, namespace) == ast.literal_eval(literal), line


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_file_that_is_linked_or_named_as_a_path_exists(document: str) -> None:
    text = (books.ROOT / document).read_text(encoding="utf-8")
    linked = [path for path in re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)]
    named = re.findall(r"`((?:chapters|data|src|tests|benchmarks|\.ci|\.github)/[\w./-]*)`", text)
    assert [path for path in [*linked, *named] if not (books.ROOT / Path(path)).exists()] == []
