"""A study guide to a film, from one folder of checked data: pages, notebooks, charts and activities.

>>> import studyguide
>>> guide = studyguide.load()
>>> guide.film.title

This is all that chapters and learners need. Names are imported when they are first used, so `import studyguide` costs
next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from studyguide import charts, page
    from studyguide.charts import Chart
    from studyguide.guide import Guide, GuideError, speech, wording
    from studyguide.guide.finding import load
    from studyguide.guide.loading import DataError
    from studyguide.kernel.widgets import activity, explore, live_tally
    from studyguide.questions.tallying import collect

__version__ = "0.1.0"

# Where each public name lives; a module stands for itself.
_HOMES = {
    "Chart": "charts",
    "DataError": "guide.loading",
    "Guide": "guide",
    "GuideError": "guide",
    "activity": "kernel.widgets",
    "charts": "charts",
    "collect": "questions.tallying",
    "explore": "kernel.widgets",
    "live_tally": "kernel.widgets",
    "load": "guide.finding",
    "page": "page",
    "speech": "guide.speech",
    "wording": "guide.wording",
}
__all__ = [
    "Chart",
    "DataError",
    "Guide",
    "GuideError",
    "activity",
    "charts",
    "collect",
    "explore",
    "live_tally",
    "load",
    "page",
    "speech",
    "wording",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'studyguide' has no attribute {name!r}")
    home = _HOMES[name]
    module = import_module(f"studyguide.{home}")
    return module if home.split(".")[-1] == name else getattr(module, name)


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
