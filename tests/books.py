"""The real book, built by the real command from a copy of the project's sources."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sysconfig
from pathlib import Path

import yaml

from studyguide.page import links

ROOT = Path(__file__).parents[1]
SOURCES = ("_config.yml", "_toc.yml", "chapters", "data")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")


CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))["sphinx"]["config"]
HOST = links.in_words(CONFIG["studyguide_pages"])
"""What the environment of a book build holds."""


def chapters() -> list[str]:
    """The names of all chapters, in the order of the book: `chapters/story`."""
    contents = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    parts = contents.get("parts", [contents])
    return [contents["root"], *(entry["file"] for part in parts for entry in part.get("chapters", []))]


def copy_sources(folder: Path) -> Path:
    """What a build needs, in an empty folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints", "_build"))
        else:
            shutil.copyfile(source, folder / name)
    return folder


def plain_environment() -> dict[str, str]:
    """This process's environment without anything that could tell the package where it is or what to read."""
    return {name: value for name, value in os.environ.items() if not name.startswith("STUDYGUIDE_")}


def build(folder: Path, **environment: str) -> str:
    """The ordinary build of the book in `folder`, warnings being errors; returns what it printed."""
    status, log = _build(folder, environment)
    assert status == 0, f"the build failed with {status}:\n{log}"
    # Sphinx's own begin a line or follow a place; what kernels and their libraries log is theirs.
    warnings = [line for line in log.splitlines() if re.search(r"(?:^|: )(?:WARNING|ERROR): ", line)]
    assert not warnings, "\n".join(warnings)
    return log


def failing(folder: Path) -> str:
    """What a build prints that must fail."""
    status, log = _build(folder, {})
    assert status != 0, log
    return log


def _build(folder: Path, environment: dict[str, str]) -> tuple[int, str]:
    command = [str(Path(sysconfig.get_path("scripts")) / "jupyter-book"), "build", ".", "-W", "-n", "--keep-going"]
    done = subprocess.run(
        command,
        cwd=folder,
        env=plain_environment() | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    )
    return done.returncode, COLOUR.sub("", done.stdout)


def html(folder: Path) -> Path:
    """Where that build put the pages."""
    return folder / "_build" / "html"
