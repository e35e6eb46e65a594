"""The book's settings, and its guide: loaded and checked before anything is read or executed."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyguide import frontend
from studyguide.chapters import checking
from studyguide.guide import Guide, GuideError, did_you_mean, loading
from studyguide.page import links

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

PACKAGE = Path(__file__).parents[2]
SITE_TEMPLATES = PACKAGE / "page" / "templates" / "site"
CACHES_KEPT = 3
# What a book of this kind needs; Jupyter Book's own list brings a CDN and a stranger's Binder into each page.
NEEDED = ("myst_nb", "sphinx_external_toc", "sphinxcontrib.bibtex")


def setup(app: Sphinx) -> None:
    """The settings that an author may write under `sphinx: config:` in _config.yml."""
    app.add_config_value("studyguide_data", "data", "env", str)
    app.add_config_value("studyguide_pages", {}, "env", dict)
    app.add_config_value("studyguide_site_url", "", "html", str)
    app.add_config_value("studyguide_repository_url", "", "html", str)
    app.add_config_value("studyguide_social_card", "", "html", str)
    # Not for authors: a page is written anew, and assets are copied, only when a setting or a source changed.
    app.add_config_value("studyguide_assets", "", "html", str)
    # Jupyter Book sets this for sphinx_comments, which this book leaves out: without a home it is a warning.
    app.add_config_value("comments_config", None, "")


def guide_of(app: Any) -> Guide:
    """The guide of the book that is being built."""
    guide: Guide = app.guide
    return guide


def data_folder(app: Sphinx) -> Path:
    """Where its data lie."""
    return Path(app.confdir) / str(app.config.studyguide_data)


def prepare(app: Sphinx, config: Config) -> None:
    """Load and check everything, and name the execution cache after what every chapter's output depends on."""
    book = Path(app.confdir)
    try:
        app.guide = loading.read(_existing(book / config.studyguide_data))  # type: ignore[attr-defined]
        checking.check(guide_of(app), book)
        check(book, config)
    except GuideError as error:
        # Not a Sphinx error: Jupyter Book would print a traceback of its own below the words.
        print(f"\n{error}\n", file=sys.stderr)
        raise SystemExit(1) from None
    # Reaches the kernels that execute chapters: there, charts become HTML and no widget is made.
    os.environ[links.ENVIRONMENT] = links.in_words(config.studyguide_pages)
    caches = Path(app.outdir).parent / ".jupyter_cache"
    # jupyter-cache keys on a chapter's code alone. Which tables a chapter reads, execution.py remembers beside it.
    config.nb_execution_cache_path = str(caches / package_digest(config.studyguide_pages))
    _prune(caches, keep=Path(config.nb_execution_cache_path).name)
    config.studyguide_assets = fingerprint([*frontend.FOLDER.rglob("*"), *SITE_TEMPLATES.iterdir()])
    config.templates_path = [*config.templates_path, str(SITE_TEMPLATES)]
    config.html_baseurl = config.studyguide_site_url and config.studyguide_site_url.rstrip("/") + "/"


def _existing(folder: Path) -> Path:
    if not folder.is_dir():
        raise GuideError(f"no data folder at `{folder}`; make it, or set studyguide_data in _config.yml")
    return folder


def check(book: Path, config: Any) -> None:
    """What would otherwise fail late, or not at all: extensions, the bibliography, the pages of the parts."""
    missing = [name for name in NEEDED if name not in config.extensions]
    if missing:
        wanted = ", ".join(["myst_nb", "jupyter_book", *NEEDED[1:], "studyguide.chapters"])
        raise GuideError(f"_config.yml: `extensions` lacks {', '.join(missing)}; write [{wanted}]")
    names = [path.relative_to(book).with_suffix("").as_posix() for path in checking.contents(book)]
    for part, page in config.studyguide_pages.items():
        if part not in links.PARTS:
            raise GuideError(f"_config.yml: studyguide_pages has no part `{part}`; {did_you_mean(part, links.PARTS)}")
        if str(page).partition("#")[0] not in names:
            said = did_you_mean(str(page), names)
            raise GuideError(f"_config.yml: studyguide_pages: {part}: `{page}` is not in _toc.yml; {said}")
    folders = {name.rpartition("/")[0] for name in names}
    if len(folders) > 1:
        raise GuideError(f"_toc.yml: chapters lie in {', '.join(sorted(folders))}; put them side by side in one folder")
    chapters = [book / f"{name}.md" for name in names]
    if not any("{bibliography}" in path.read_text(encoding="utf-8") for path in chapters if path.is_file()):
        raise GuideError("no chapter holds the directive {bibliography}; add a page with it, for sources to lead to")


def package_digest(pages: Mapping[str, str]) -> str:
    """A name for this version of the package's code and templates, and for where links lead."""
    files = [*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]
    return hashlib.sha256((fingerprint(files) + links.in_words(pages)).encode()).hexdigest()[:16]


def fingerprint(files: Iterable[Path]) -> str:
    """A name for the content of some files."""
    total = hashlib.sha256()
    for path in sorted(files):
        if path.is_file():
            total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()[:16]


def _prune(caches: Path, keep: str) -> None:
    """Old caches go: one is left behind by every change of the package."""
    if caches.is_dir():
        others = sorted((p for p in caches.iterdir() if p.name != keep), key=lambda p: p.stat().st_mtime, reverse=True)
        for old in others[CACHES_KEPT - 1 :]:
            shutil.rmtree(old, ignore_errors=True)
