"""Which guide is meant: the one in a folder, around the working folder, or installed as a package."""

from __future__ import annotations

import os
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from studyguide.guide import Guide, GuideError, loading

ENVIRONMENT = "STUDYGUIDE_DATA"
INSTALLED = "studyguide.guides"
"""Entry points of this group name packages that hold a guide: a folder `data/`, and its drawings."""


def load(path: str | Path | None = None) -> Guide:
    """The checked guide in `path`, else in $STUDYGUIDE_DATA, else around the working folder, else the installed one.

    Raises DataError with every fault at once, or GuideError when there is no guide to be found.
    """
    folder = find(path)
    if not (folder / loading.FILES["film"][0]).exists() and not any(folder.glob("*.yaml")):
        raise GuideError(f"no guide in `{folder}`; give the folder that holds {loading.FILES['film'][0]}")
    return loading.read(folder)


def find(path: str | Path | None = None) -> Path:
    """The data folder that `load` would read. `path` is a folder, or the name of an installed guide."""
    named = path or os.environ.get(ENVIRONMENT)
    packages = {point.name: point for point in entry_points(group=INSTALLED)}
    if named:
        if Path(named).is_dir():
            return Path(named)
        if str(named) in packages:
            return _data_of(packages[str(named)])
        raise GuideError(f"no data folder at `{named}`; give the folder that holds {loading.FILES['film'][0]}")
    here = Path.cwd()
    for above in (here, *here.parents):
        if (above / "_config.yml").is_file() and (above / "data").is_dir():
            return above / "data"
    if len(packages) == 1:
        return _data_of(*packages.values())
    if packages:
        raise GuideError(
            f"several guides are installed; name one: {', '.join(f'load({name!r})' for name in sorted(packages))}"
        )
    raise GuideError(
        f"no guide here: neither `{here}` nor a folder above holds `_config.yml` and `data/`, and none is installed; "
        f"work inside a book's folder, pass its data folder to load(), set {ENVIRONMENT}, or install a guide with pip"
    )


def _data_of(point: EntryPoint) -> Path:
    """The data folder inside the package that an entry point names."""
    spec = find_spec(point.value)
    for place in spec.submodule_search_locations or () if spec else ():
        if (Path(place) / "data").is_dir():
            return Path(place) / "data"
    raise GuideError(f"the installed guide `{point.name}` has no data; install it anew")
