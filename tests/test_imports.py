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
BELOW_BOOK = {
    "model",
    "words",
    "data",
    "scoring",
    "codes",
    "responses",
    "store",
    "tally",
    "charts",
    "frontend",
    "maps",
    "markup",
    "prose",
    "roles",
    "widgets",
    "notebooks",
}
ALLOWED: dict[str, set[str]] = {
    "__init__": set(),
    "model": set(),
    "words": {"model"},
    "data": {"model"},
    "scoring": {"model"},
    "codes": {"model", "scoring"},
    "responses": {"model", "scoring", "words"},
    "store": {"model"},
    "tally": {"codes", "markup", "model", "scoring"},
    "charts": {"markup", "model", "words"},
    "charts.chart": {"markup", "model"},
    "charts.grid": {"markup", "model"},
    "charts.panels": {"markup", "model", "words"},
    "charts.strips": {"markup", "model", "words"},
    "charts.tally": {"markup", "model", "tally"},
    "frontend": set(),
    "maps": {"model"},
    "markup": {"maps", "model", "scoring", "words"},
    "roles": {"markup", "model", "words"},
    "widgets": {"model", "charts", "data", "frontend", "markup", "responses", "scoring", "store", "tally"},
    "prose": set(),
    "notebooks": {"model", "words", "data", "markup", "roles"},
    "book": BELOW_BOOK,
    "cli": BELOW_BOOK | {"book"},
}
HEAVY = ["pandas", "numpy", "plotly", "IPython", "ipywidgets", "sphinx"]
HEAVY_FOR_A_BARE_IMPORT = [*HEAVY, "pydantic", "yaml"]


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def dotted(path: Path) -> str:
    """`words` for studyguide/words.py, `__init__` for the package itself."""
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
            first = studyguide._HOMES.get(rest, rest.partition(".")[0])
            if top == "studyguide" and first and not first.startswith("__"):
                yield first


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_a_module_imports_only_the_layers_it_may(path: Path) -> None:
    name = dotted(path)
    assert name in ALLOWED, f"{name} is in no layer yet: say in ALLOWED what it may import"
    own = name.partition(".")[0]  # modules of one folder may know each other
    unwanted = set(imported(path.read_text(encoding="utf-8"))) - ALLOWED[name] - {own}
    assert not unwanted, f"{name} may not import {', '.join(sorted(unwanted))}"


def test_the_layers_have_no_circle() -> None:
    done: set[str] = set()
    while open_ := {name for name in ALLOWED if name not in done}:
        ready = {name for name in open_ if ALLOWED[name] <= done}
        assert ready, f"a circle among {sorted(open_)}"
        done |= ready


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import studyguide.data", {"data"}),
        ("import studyguide.data as d, os", {"data"}),
        ("from studyguide import data, words", {"data", "words"}),
        ("from studyguide import __version__", set()),
        ("from studyguide import load", {"data"}),
        ("from studyguide.model import Guide", {"model"}),
        ("from . import book", {"book"}),
        ("from .charts import Chart", {"charts"}),
        ("def f():\n    from studyguide import book", {"book"}),
        ("if TYPE_CHECKING:\n    from studyguide.book import Book", {"book"}),
        ("import importlib\nimportlib.import_module('studyguide.cli')", {"cli"}),
        ("import json\nfrom pathlib import Path", set()),
    ],
)
def test_the_layer_test_sees_every_kind_of_import(source: str, found: set[str]) -> None:
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
