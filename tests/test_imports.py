"""Who may import whom, and what an import costs."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import studyguide

PACKAGE = Path(studyguide.__file__).parent
# The rooms, and which others each may enter. A module may know its own room.
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "guide": set(),
    "questions": {"guide"},
    "page": {"guide", "questions"},
    "charts": {"frontend", "guide", "questions", "page"},
    "chapters": {"guide", "questions", "page", "charts", "frontend"},
    "kernel": {"guide", "questions", "page", "charts", "frontend"},
    "frontend": {"guide"},
    "cli": {"guide", "questions", "page", "charts", "chapters", "kernel", "frontend"},
}
HEAVY = ["pandas", "numpy", "plotly", "IPython", "ipywidgets", "sphinx"]
HEAVY_FOR_A_BARE_IMPORT = [*HEAVY, "pydantic", "yaml"]


def modules() -> list[Path]:
    # The starter is data of the package: files for somebody else's project.
    return sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.relative_to(PACKAGE).parts)


def dotted(path: Path) -> str:
    """`guide.wording` for studyguide/guide/wording.py, `__init__` for the package itself."""
    name = ".".join(path.relative_to(PACKAGE).with_suffix("").parts)
    return name if name == "__init__" else name.removesuffix(".__init__")


def imported(source: str) -> Iterator[str]:
    """The package's own modules that a module imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(source)):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = f"studyguide.{node.module or ''}".rstrip(".") if node.level else node.module or ""
            # A module, or a name that the package itself fetches from a module, or one of its plain attributes.
            names = [f"{module}.{alias.name}" for alias in node.names] if module == "studyguide" else [module]
        elif isinstance(node, ast.Call) and isinstance(node.args[0] if node.args else None, ast.Constant):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            names = [str(node.args[0].value)] if called in {"import_module", "__import__"} else []
        for name in names:
            top, _, rest = name.partition(".")
            first = studyguide._HOMES.get(rest, rest).partition(".")[0]
            if top == "studyguide" and first and not first.startswith("__"):
                yield first


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_module_imports_only_the_rooms_it_may(path: Path) -> None:
    room = dotted(path).partition(".")[0]
    assert room in ALLOWED, f"{room} is no room yet: say in ALLOWED what it may import"
    if room == "__init__":  # the public face fetches names from every room when they are asked for
        return
    unwanted = set(imported(path.read_text(encoding="utf-8"))) - ALLOWED[room] - {room}
    assert not unwanted, f"{dotted(path)} may not import {', '.join(sorted(unwanted))}"


def test_the_rooms_have_no_circle() -> None:
    done: set[str] = set()
    while open_ := {name for name in ALLOWED if name not in done}:
        ready = {name for name in open_ if ALLOWED[name] <= done}
        assert ready, f"a circle among {sorted(open_)}"
        done |= ready


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import studyguide.guide.loading", {"guide"}),
        ("import studyguide.guide.loading as d, os", {"guide"}),
        ("from studyguide import data, words", {"data", "words"}),
        ("from studyguide import __version__", set()),
        ("from studyguide import load", {"guide"}),
        ("from studyguide.guide import Guide", {"guide"}),
        ("from . import page", {"page"}),
        ("from .charts import Chart", {"charts"}),
        ("def f():\n    from studyguide import page", {"page"}),
        ("if TYPE_CHECKING:\n    from studyguide.page import Html", {"page"}),
        ("import importlib\nimportlib.import_module('studyguide.cli')", {"cli"}),
        ("import json\nfrom pathlib import Path", set()),
    ],
)
def test_the_room_test_sees_every_kind_of_import(source: str, found: set[str]) -> None:
    assert set(imported(source)) == found


def loaded_by(code: str, *names: str) -> list[str]:
    """Those of `names` that a fresh process has loaded after `code`."""
    probe = f"{code}\nimport json, sys\nprint(json.dumps([n for n in {list(names)!r} if n in sys.modules]))"
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return list(json.loads(done.stdout))


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded_by("import studyguide", *HEAVY_FOR_A_BARE_IMPORT) == []


def test_loading_a_guide_loads_nothing_heavy(tiny_folder: Path) -> None:
    code = f"import studyguide\nstudyguide.load({str(tiny_folder)!r})"
    assert loaded_by(code, *HEAVY) == []
    assert loaded_by(code, "pydantic", "yaml") == ["pydantic", "yaml"]  # the probe itself can see


def test_importing_the_package_takes_under_three_tenths_of_a_second() -> None:
    # Timed inside a fresh interpreter, so that its own start is not counted.
    code = "import time\nstart = time.perf_counter()\nimport studyguide\nprint(time.perf_counter() - start)"
    run = [sys.executable, "-c", code]
    best = min(float(subprocess.run(run, capture_output=True, encoding="utf-8", check=True).stdout) for _ in range(5))
    assert best < 0.3


def test_every_public_name_is_listed_and_an_unknown_one_is_refused() -> None:
    assert set(studyguide.__all__) == set(studyguide._HOMES)
    assert set(studyguide.__all__) <= set(dir(studyguide))
    with pytest.raises(AttributeError, match="no attribute 'lead'"):
        _ = studyguide.lead
