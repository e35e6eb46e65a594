"""Every link inside the book, followed: one that leads to no page or no place on it is a warning.

Sphinx looks after the links that it makes itself. Those of roles, records and charts are made as HTML, some of them in
another process, so they are looked up where they all are: on the finished pages.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sphinx.util import logging

from studyguide.chapters.book import reads

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
_LINK = re.compile(r'<a\b[^>]*?\shref="([^"#:?]*\.html)?#?([^"]*)"')
_PLACE = re.compile(r'\s(?:id|name)="([^"]+)"')


def follow(app: Sphinx, exception: Exception | None) -> None:
    """Warn of each link that leads nowhere; only when a page was written anew."""
    if exception or app.builder.format != "html" or not reads.read_now(app):
        return
    out = Path(app.outdir)
    texts = {path: path.read_text(encoding="utf-8") for path in out.rglob("*.html") if "_static" not in path.parts}
    places = {path: set(_PLACE.findall(text)) for path, text in texts.items()}
    for path, text in sorted(texts.items()):
        for address, anchor in sorted(set(_LINK.findall(text))):
            if not address and not anchor:
                continue
            target = (path.parent / unquote(address)).resolve() if address else path
            name = path.relative_to(out).with_suffix("").as_posix()
            if target not in places:
                if address:
                    logger.warning("a link to `%s`, which is no page of this book", address, location=name)
            elif address and anchor and unquote(anchor) not in places[target]:
                logger.warning("a link to `%s#%s`, where no such place is", address, anchor, location=name)
