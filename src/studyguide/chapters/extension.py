"""The Sphinx extension: what turns a folder of chapters and a folder of data into this kind of book.

It puts the front end into the book, resolves the guide's roles, executes chapters side by side, and knows when an
executed chapter is out of date: not only when its code changed, but when the data or this package did.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import minify
from docutils import nodes
from sphinx.errors import ConfigError
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from studyguide import __version__, frontend
from studyguide.chapters import checking, drawings, notebooks, roles
from studyguide.guide import Guide, GuideError, finding
from studyguide.page import render

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
PACKAGE = Path(__file__).parents[1]
PAGES = PACKAGE / "page" / "templates" / "site"
CACHES_KEPT = 3
CITATION_GAP = re.compile(r'\s+(<span class="bibtex-citation" id="id\d+"><sup>)')


def setup(app: Sphinx) -> dict[str, Any]:
    # Reaches the kernels that execute chapters: there, charts become HTML and no widget is made.
    os.environ[render.HOST] = "book"
    app.add_config_value("studyguide_data", "data", "env", str)
    app.add_config_value("studyguide_site_url", "", "html", str)
    app.add_config_value("studyguide_repository_url", "", "html", str)
    app.add_config_value("studyguide_social_card", "", "html", str)
    # Not for authors: a page is written anew, and assets are copied, only when a setting or a source changed.
    app.add_config_value("studyguide_assets", "", "html", str)
    # Jupyter Book sets this for sphinx_comments, which this book leaves out: without a home it is a warning.
    app.add_config_value("comments_config", None, "")
    for name in roles.ROLES:
        app.add_role(name, _Role())
    # Sphinx has a role of this name for its own glossaries, and asks its own domain first.
    app.add_role_to_domain("std", "term", _Role(), override=True)
    app.add_node(_Stepped, html=(_visit_stepped, _depart_stepped))
    app.add_directive("drawing", _Drawing)
    # Before MyST-NB (priority 500) reads where its cache is.
    app.connect("config-inited", _prepare, priority=400)
    app.connect("builder-inited", _add_assets)
    app.connect("env-get-outdated", _execute_outdated)
    # After the theme (priority 500) has made its navigation.
    app.connect("html-page-context", _page_context, priority=900)
    app.connect("html-collect-pages", _front_page)
    app.connect("build-finished", _finish)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}


def _prepare(app: Sphinx, config: Config) -> None:
    """Load the data, and name the execution cache after everything that a chapter's output depends on."""
    try:
        app.guide = finding.load(Path(app.confdir) / config.studyguide_data)  # type: ignore[attr-defined]
        checking.check(_guide(app), Path(app.confdir))
    except GuideError as error:
        raise ConfigError(str(error)) from None
    caches = Path(app.outdir).parent / ".jupyter_cache"
    # jupyter-cache keys on a chapter's code alone and would go on serving numbers that the data no longer holds.
    config.nb_execution_cache_path = str(caches / digest(Path(app.confdir) / config.studyguide_data))
    _prune(caches, keep=Path(config.nb_execution_cache_path).name)
    config.studyguide_assets = _fingerprint(sorted([*frontend.FOLDER.rglob("*"), *PAGES.iterdir()]))
    config.templates_path = [*config.templates_path, str(PAGES)]
    config.html_baseurl = config.studyguide_site_url and config.studyguide_site_url.rstrip("/") + "/"


def digest(folder: Path) -> str:
    """A name for this content of a data folder together with this version of the package's code and templates."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    files += [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return _fingerprint(sorted(files))


def _fingerprint(files: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for path in files:
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _prune(caches: Path, keep: str) -> None:
    """Old caches go: one is left behind by every change of data."""
    if caches.is_dir():
        others = sorted((p for p in caches.iterdir() if p.name != keep), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in others[CACHES_KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)


def _guide(app: Any) -> Guide:
    guide: Guide = app.guide
    return guide


class _Role(SphinxRole):
    """One of the guide's own roles, as text, a link or a span with a language."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        try:
            found = roles.resolve(_guide(self.env.app), self.name.removeprefix("std:"), self.text)
        except GuideError as error:
            message = self.inliner.reporter.error(str(error), line=self.lineno)
            return [nodes.problematic(self.rawtext, self.rawtext)], [message]
        if found.claim:
            anchor = f"badge-{found.claim}-{self.env.new_serialno('studyguide-badge')}"
            return [nodes.raw("", render.badge(_guide(self.env.app), found.claim, anchor), format="html")], []
        # docutils turns the class language-xx into a lang attribute.
        classes = [f"sg-{found.kind}"] * bool(found.kind) + [f"language-{found.lang}"] * bool(found.lang)
        if found.step:
            place = {"href": found.target} if found.target else {} if found.text else {"hidden": "hidden"}
            if found.at is not None:
                place["data-at"] = str(found.at)
            return [_Stepped("", found.text, attributes=place | {"data-step": str(found.step)}, classes=classes)], []
        if found.target:
            return [nodes.reference("", found.text, refuri=found.target, reftitle=found.title, classes=classes)], []
        return [nodes.inline("", found.text, classes=classes)], []


class _Stepped(nodes.inline):  # type: ignore[misc]  # docutils has no types
    """A step's link, or the hidden mark of how far a section goes: what only an attribute can say."""


def _visit_stepped(translator: Any, node: _Stepped) -> None:
    tag = "a" if "href" in node["attributes"] else "span"
    link = {"class": "reference internal"} if tag == "a" else {}
    translator.body.append(translator.starttag(node, tag, "", **link, **node["attributes"]))
    translator.context.append(f"</{tag}>")


def _depart_stepped(translator: Any, node: _Stepped) -> None:
    translator.body.append(translator.context.pop())


class _Drawing(SphinxDirective):
    """`{drawing} name`: one of the book's own SVG drawings, inline, so that it follows light and dark."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        path = drawings.path(Path(self.env.doc2path(self.env.docname)), self.arguments[0])
        self.env.note_dependency(str(path))
        svg = path.read_text(encoding="utf-8")
        return [nodes.raw("", f'<div class="sg sg-drawing sg-drawing-{path.stem}">{svg}</div>', format="html")]


def _add_assets(app: Sphinx) -> None:
    """Script, stylesheet and Plotly's script, put together outside the sources and served as static files."""
    folder = Path(app.doctreedir).parent / ".studyguide"
    folder.mkdir(parents=True, exist_ok=True)
    files = {"study.js": frontend.page_script(), "study.css": frontend.page_stylesheet(), **frontend.feature_files()}
    for name, text in files.items():
        kind = "application/javascript" if name.endswith(".js") else "text/css"
        (folder / name).write_text(minify.string(kind, text), encoding="utf-8")
    shutil.copyfile(plotly_script(), folder / "plotly.min.js")
    card = app.config.studyguide_site_url and app.config.studyguide_social_card
    if card:
        shutil.copyfile(Path(app.confdir) / card, folder / Path(card).name)
    app.config.html_static_path.append(str(folder))
    # After the theme's own stylesheets (priority 600 at the latest).
    app.add_css_file("study.css", priority=700)
    app.add_js_file("study.js", loading_method="defer")


def plotly_script() -> Path:
    """`plotly.min.js` inside the installed package, found without importing it."""
    spec = find_spec("plotly")
    if spec is None or not spec.submodule_search_locations:
        raise ConfigError("the package plotly is not installed; install this project with pip")
    return Path(spec.submodule_search_locations[0]) / "package_data" / "plotly.min.js"


def _execute_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Execute the chapters that no cache has, side by side; MyST-NB then finds them all executed.

    A chapter that fails is left to MyST-NB, which runs it again and reports it where the reader of the log expects it.
    """
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn
    from jupyter_cache.executors.utils import single_nb_execution
    from myst_nb.core.read import create_nb_reader

    if app.config.nb_execution_mode != "cache":
        return []
    cache = get_cache(app.config.nb_execution_cache_path)
    waiting = []
    for name in sorted(added | changed):
        path = Path(env.doc2path(name))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)  # type: ignore[attr-defined]
        if reader is None:
            continue
        notebook = reader.read(text)
        if not any(cell.cell_type == "code" for cell in notebook.cells):
            continue
        try:
            cache.match_cache_notebook(notebook)
        except KeyError:
            waiting.append((name, path, notebook))

    def execute(job: tuple[str, Path, Any]) -> tuple[str, Path, Any]:
        name, path, notebook = job
        timeout = app.config.nb_execution_timeout
        # The kernel's own log would warn of every kernel that it talks to the build without encryption, on one machine.
        quiet = {"extra_arguments": ["--IPKernelApp.log_level=40"]}
        result = single_nb_execution(notebook, cwd=str(path.parent), timeout=timeout, allow_errors=False, **quiet)
        return name, path, result

    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        for number, (name, path, result) in enumerate(pool.map(execute, waiting), start=1):
            if result.err is None:
                bundle = CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
            state = "failed" if result.err else f"{result.time:.1f} s"
            logger.info("executed %d of %d: %s (%s)", number, len(waiting), name, state)
    if waiting:
        logger.info("executed %d chapters in %.1f s", len(waiting), time.perf_counter() - started)
    return []


def _page_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """What the page template needs: the chapter as a notebook, what its markup asks for, and the addresses."""
    is_chapter = doctree is not None and page in app.env.found_docs and notebooks.is_chapter(app.env.doc2path(page))
    context["studyguide_notebook"] = f"notebooks/{Path(page).name}.ipynb" if is_chapter else ""
    if "body" in context:
        # The raised number of a citation stays with the word before it.
        context["body"] = CITATION_GAP.sub(r"\1", context["body"])
        # MyST-NB names a fold otherwise than it reads; without the label its visible words are its name.
        context["body"] = context["body"].replace(' aria-label="Toggle hidden content"', "")
        # docutils gives the entries of a bibliography a role that ARIA has since withdrawn, inside a list of no items.
        context["body"] = context["body"].replace(' role="doc-biblioentry"', "").replace(' role="list"', "")
    # Sphinx calls the captions of a book's parts headings and leaves out of which level.
    navigation = context.get("furo_navigation_tree") or ""
    context["furo_navigation_tree"] = navigation.replace('role="heading"', 'role="heading" aria-level="2"')
    body = context.get("body", "")
    context["studyguide_watched"] = render.watched(_guide(app)) if " data-step=" in body else ""
    for feature in frontend.features(body):
        for kind in frontend.FEATURES[feature]:
            if kind == "css":
                app.add_css_file(f"{feature}.css", priority=700)
            else:
                app.add_js_file(f"{feature}.js", loading_method="defer")
    # MyST-NB's stylesheet is for outputs of every kind: the few rules that this book needs stand in its own. In place,
    # because Sphinx adds to this very list.
    context["css_files"][:] = [file for file in context["css_files"] if "/mystnb." not in str(file.filename)]
    if 'name="description"' not in (context.get("metatags") or ""):
        # Pages that no chapter stands behind: the search and the index.
        film = _guide(app).film
        title = context.get("title") or page.capitalize()
        said = f"{title}: the study guide to {film.title} ({film.year}), directed by {film.director}."
        context["metatags"] = (context.get("metatags") or "") + f'<meta name="description" content="{escape(said)}">'
    context["studyguide_repository"] = app.config.studyguide_repository_url
    card = app.config.studyguide_social_card
    context["studyguide_card"] = f"{app.config.html_baseurl}_static/{Path(card).name}" if card else ""


def _front_page(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """The address of the book without a page's name: forwards to the first chapter, and is a page if it cannot."""
    if app.config.root_doc != "index":
        yield "index", {"title": app.config.html_title}, "front.html"


def _finish(app: Sphinx, exception: Exception | None) -> None:
    """Beside the pages: every chapter as a notebook, and a sitemap if the site has an address."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for name in sorted(app.env.found_docs):
        source = Path(app.env.doc2path(name))
        if notebooks.is_chapter(source):
            notebooks.write(_guide(app), source, out / "notebooks" / f"{source.stem}.ipynb")
    base = app.config.html_baseurl
    if base:
        pages = "".join(f"<url><loc>{escape(f'{base}{name}.html')}</loc></url>" for name in sorted(app.env.found_docs))
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        (out / "sitemap.xml").write_text(f"{head}{pages}</urlset>\n", encoding="utf-8")
    else:
        (out / "sitemap.xml").unlink(missing_ok=True)
