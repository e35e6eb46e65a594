"""The Sphinx extension, in parts: what turns a folder of chapters and a folder of data into this kind of book.

`settings` loads and checks; `text` turns roles and directives into nodes; `openings` knows
what a reader who is still watching may see, `places` what the search finds; `reads` and `execution` know which chapter
is out of date; `assets` serves script and style; `bibliography` formats each source once; `pages` makes what surrounds
a chapter, `figures` takes out what waits to be asked for; `anchors` follows every link.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studyguide import __version__
from studyguide.chapters.book import (
    anchors,
    assets,
    bibliography,
    execution,
    openings,
    pages,
    places,
    reads,
    settings,
    text,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> dict[str, Any]:
    settings.setup(app)
    text.setup(app)
    # Before MyST-NB (priority 500) reads where its cache is.
    app.connect("config-inited", settings.prepare, priority=400)
    app.connect("builder-inited", bibliography.prepare)
    app.connect("builder-inited", assets.add)
    app.connect("env-get-outdated", execution.execute_outdated)
    app.connect("source-read", reads.begin)
    app.connect("doctree-read", reads.end)
    app.connect("env-purge-doc", reads.purge)
    app.connect("env-purge-doc", openings.purge)
    app.connect("env-merge-info", reads.merge)
    app.connect("env-merge-info", openings.merge)
    app.add_transform(openings.Mark)
    # After the theme (priority 500) has made its navigation.
    app.connect("html-page-context", pages.fill_context, priority=900)
    app.connect("html-collect-pages", pages.front_page)
    app.connect("build-finished", bibliography.keep)
    app.connect("build-finished", pages.finish)
    app.connect("build-finished", places.finish)
    app.connect("build-finished", anchors.follow)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
