"""What surrounds a chapter on its page, the pages without a chapter, and what lies beside the pages."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from studyguide import frontend
from studyguide.chapters import notebooks
from studyguide.chapters.book import figures, openings, places, reads
from studyguide.chapters.book.settings import guide_of
from studyguide.page import links, render

if TYPE_CHECKING:
    from sphinx.application import Sphinx

SITEMAP = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'


def fill_context(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Any) -> None:
    """What the page template needs: the chapter as a notebook, what its markup asks for, and the addresses."""
    is_chapter = doctree is not None and page in app.env.found_docs and notebooks.is_chapter(app.env.doc2path(page))
    context["studyguide_notebook"] = f"notebooks/{Path(page).name}.ipynb" if is_chapter else ""
    context["studyguide_run"] = links.current().part("run")
    # Patch: Sphinx calls the captions of a book's parts headings and leaves out of which level (sphinx issue 14030).
    navigation = context.get("furo_navigation_tree") or ""
    context["furo_navigation_tree"] = navigation.replace('role="heading"', 'role="heading" aria-level="2"')
    context["body"] = body = figures.take_out(app, page, context.get("body") or "")
    guide = guide_of(app)
    context["studyguide_guide"], context["studyguide_steps"] = guide.film.id, len(guide.steps)
    context["studyguide_ahead"] = frontend.head_script()
    context["studyguide_watched"] = render.watched(guide, ask=page == app.config.root_doc)
    context["studyguide_clock"] = render.clock(guide_of(app)) if " data-at=" in body else ""
    for feature in frontend.features(f"{body}{context['studyguide_clock']}"):
        for kind in frontend.FEATURES[feature]:
            if kind == "css":
                app.add_css_file(f"{feature}.css", priority=700)
            else:
                app.add_js_file(f"{feature}.js", loading_method="defer")
    openings.mark_contents(app.env, page, context)
    if page in app.env.found_docs:
        places.keep(app, page, context)
    # In place, because Sphinx adds to these very lists.
    for kind in ("css_files", "script_files"):
        context[kind][:] = [file for file in context[kind] if not _is_needless(str(file.filename))]
    if 'name="description"' not in (context.get("metatags") or ""):
        context["metatags"] = (context.get("metatags") or "") + _description(app, page, context)
    context["studyguide_repository"] = app.config.studyguide_repository_url
    card = app.config.studyguide_social_card
    context["studyguide_card"] = f"{app.config.html_baseurl}_static/{Path(card).name}" if card else ""


def _is_needless(name: str) -> bool:
    """Whether a style or script is for what this book does not have.

    MyST-NB's style is for outputs of every kind: the few rules that are needed stand in our own. Furo's extensions are
    for those of others. Sphinx's scripts serve its own search, and the colouring of its hits.
    """
    base = name.rpartition("/")[2].partition("?")[0]
    sphinx = {"doctools.js", "documentation_options.js", "sphinx_highlight.js", "furo-extensions.css"}
    return base.startswith("mystnb.") or base in sphinx


def _description(app: Sphinx, page: str, context: dict[str, Any]) -> str:
    """Of a page that no chapter stands behind: the search and the index."""
    film = guide_of(app).film
    title = context.get("title") or page.capitalize()
    said = f"{title}: the study guide to {film.title} ({film.year}), directed by {film.director}."
    return f'<meta name="description" content="{escape(said, {chr(34): "&quot;"})}">'


def front_page(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """The address of the book without a page's name: forwards to the first chapter, and is a page if it cannot."""
    if app.config.root_doc != "index":
        yield "index", {"title": app.config.html_title}, "front.html"


def finish(app: Sphinx, exception: Exception | None) -> None:
    """Beside the pages: every chapter as a notebook, and a sitemap if the site has an address."""
    if exception or app.builder.format != "html":
        return
    out = Path(app.outdir)
    for name in sorted(app.env.found_docs):
        source = Path(app.env.doc2path(name))
        target = out / "notebooks" / f"{source.stem}.ipynb"
        if notebooks.is_chapter(source) and (name in reads.read_now(app) or not target.is_file()):
            notebooks.write(guide_of(app), source, target)
    base = app.config.html_baseurl
    if base:
        pages = "".join(f"<url><loc>{escape(f'{base}{name}.html')}</loc></url>" for name in sorted(app.env.found_docs))
        (out / "sitemap.xml").write_text(f"{SITEMAP}{pages}</urlset>\n", encoding="utf-8")
    else:
        (out / "sitemap.xml").unlink(missing_ok=True)
