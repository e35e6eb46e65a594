"""Which tables of the data a chapter's text reads: when one of them changes, the chapter is read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studyguide.chapters.book.settings import data_folder
from studyguide.guide import tables
from studyguide.guide.loading import BIBLIOGRAPHY, FILES

if TYPE_CHECKING:
    from sphinx.application import Sphinx

Digests = dict[str, str]
"""A name for the content of each table, by the table's name."""


def digests(app: Sphinx) -> Digests:
    """What each table's file holds now."""
    folder = data_folder(app)
    files = {name: file for name, (file, _) in FILES.items()} | {"sources": BIBLIOGRAPHY}
    return {name: _digest(folder / file, _stamp(folder / file)) for name, file in files.items()}


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except FileNotFoundError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


@lru_cache(maxsize=256)
def _digest(path: Path, stamp: tuple[int, int]) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def of(app: Sphinx, read: Iterable[str]) -> Digests:
    """The digests of some tables."""
    now = digests(app)
    return {name: now[name] for name in sorted(read) if name in now}


def text_reads(env: Any) -> dict[str, Digests]:
    """What the text of each chapter read when it was last read, by its name."""
    if not hasattr(env, "studyguide_reads"):
        env.studyguide_reads = {}
    found: dict[str, Digests] = env.studyguide_reads
    return found


def begin(app: Sphinx, name: str, source: list[str]) -> None:
    """Before a chapter is read."""
    tables.READ.clear()


def end(app: Sphinx, doctree: Any) -> None:
    """After it: what its roles have asked for."""
    text_reads(app.env)[app.env.docname] = of(app, tables.READ)
    read_now(app).add(app.env.docname)


def read_now(app: Any) -> set[str]:
    """The chapters that this build has read."""
    if not hasattr(app, "studyguide_read_now"):
        app.studyguide_read_now = set()
    found: set[str] = app.studyguide_read_now
    return found


def purge(app: Sphinx, env: Any, name: str) -> None:
    """Forget a chapter."""
    text_reads(env).pop(name, None)


def merge(app: Sphinx, env: Any, names: Iterable[str], other: Any) -> None:
    """Take over what another process read."""
    text_reads(env).update({name: read for name, read in text_reads(other).items() if name in names})
