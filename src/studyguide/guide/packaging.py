"""A guide's data and drawings as a package of its own: `pip install` it, and `studyguide.load()` works anywhere."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from studyguide import __version__
from studyguide.guide import Guide, GuideError, loading
from studyguide.guide.finding import INSTALLED

PROJECT = """[build-system]
requires = ["hatchling"]
build-backend = "hatchling.build"

[project]
name = "{name}"
version = "{version}"
description = "Data and drawings of the study guide to {title} ({year})"
requires-python = ">=3.11"
dependencies = ["studyguide>={version}"]

[project.entry-points."{group}"]
{film} = "{module}"

[tool.hatch.build.targets.wheel]
packages = ["{module}"]
"""
EPOCH = "1577836800"
"""The time stamp inside the wheel: the same data give the same bytes."""


def package(data: Path, target: Path) -> Path:
    """Write a wheel with the guide in `data` (and the drawings beside its chapters, if any) into `target`.

    The data are checked first; DataError lists their faults. GuideError if the build backend is missing or fails.
    """
    guide = loading.read(data)
    module = f"{guide.film.id.replace('-', '_')}_guide"
    with TemporaryDirectory() as made:
        root = Path(made)
        (root / "pyproject.toml").write_text(_project(guide, module), encoding="utf-8")
        shutil.copytree(data, root / module / "data", ignore=shutil.ignore_patterns("schemas", ".*"))
        (root / module / "__init__.py").write_text(f'"""The study guide to {guide.film.title}."""\n', encoding="utf-8")
        drawings = data.parent / "chapters" / "drawings"
        if drawings.is_dir():
            shutil.copytree(drawings, root / module / "drawings")
        return _built(root, target.absolute())


def _project(guide: Guide, module: str) -> str:
    film = guide.film
    title = film.title.replace("\\", "\\\\").replace('"', '\\"')
    return PROJECT.format(
        name=module.replace("_", "-"),
        module=module,
        film=film.id,
        title=title,
        year=film.year,
        version=__version__,
        group=INSTALLED,
    )


def _built(root: Path, target: Path) -> Path:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    environment = os.environ | {"SOURCE_DATE_EPOCH": EPOCH}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise GuideError(f"the wheel could not be built ({last}); pip install 'studyguide[book]' brings what it needs")
    return target / (done.stdout + done.stderr).strip().splitlines()[-1].rpartition("/")[2]
