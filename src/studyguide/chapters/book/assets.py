"""Script, stylesheet and Plotly's script, put together outside the sources and served as static files."""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import minify
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ConfigError

from studyguide import frontend
from studyguide.chapters.book.settings import guide_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def add(app: Sphinx) -> None:
    """Write the assets, and load what every page needs."""
    folder = Path(app.doctreedir).parent / ".studyguide"
    folder.mkdir(parents=True, exist_ok=True)
    style = frontend.page_stylesheet(guide_of(app).film.accent_colours)
    files = {"study.js": frontend.page_script(), "study.css": style, **frontend.feature_files()}
    for name, text in files.items():
        kind = "application/javascript" if name.endswith(".js") else "text/css"
        (folder / name).write_text(minify.string(kind, text), encoding="utf-8")
    shutil.copyfile(plotly_script(), folder / "plotly.min.js")
    card = app.config.studyguide_site_url and app.config.studyguide_social_card
    if card:
        shutil.copyfile(Path(app.confdir) / card, folder / Path(card).name)
    app.config.html_static_path.append(str(folder))
    _write_pages_small(app)
    # After the theme's own stylesheets (priority 600 at the latest).
    app.add_css_file("study.css", priority=700)
    app.add_js_file("study.js", loading_method="defer")


def _write_pages_small(app: Sphinx) -> None:
    """Let every page be written without the white space that a browser leaves out."""
    if not isinstance(app.builder, StandaloneHTMLBuilder):
        return
    minify.config({"html-keep-document-tags": True, "html-keep-end-tags": True, "html-keep-quotes": True})
    render = app.builder.templates.render

    def small(template: str, context: dict[str, Any]) -> str:
        text = render(template, context)
        return str(minify.string("text/html", text)) if template.endswith(".html") else text

    app.builder.templates.render = small


def plotly_script() -> Path:
    """`plotly.min.js` inside the installed package, found without importing it."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("the package plotly is not installed; install this project with pip")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"
