"""A study guide to a film, from one folder of checked data: pages, notebooks, charts and activities.

>>> import studyguide
>>> guide = studyguide.load()
>>> guide.film.title

Names are imported when they are first used, so `import studyguide` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "Chart": "charts",
    "DataError": "data",
    "Guide": "model",
    "GuideError": "model",
    "activity": "widgets",
    "collect": "tally",
    "load": "data",
}
__all__ = ["Chart", "DataError", "Guide", "GuideError", "activity", "collect", "load"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"studyguide.{_HOMES[name]}"), name)
    raise AttributeError(f"module 'studyguide' has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
