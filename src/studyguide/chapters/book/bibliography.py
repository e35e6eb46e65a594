"""The bibliography without its waits: entries are formatted when references.bib changed, not in every build.

With some hundred sources their formatting was half of a build in which nothing had changed, and the look-up of a
plug-in for each citation was a quarter of a first one. Both are mended through pybtex's own registry.
"""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pybtex.backends import plaintext
from pybtex.plugin import find_plugin, register_plugin
from pybtex.style import FormattedEntry

from studyguide.chapters.book.settings import data_folder, fingerprint
from studyguide.guide.loading import BIBLIOGRAPHY

if TYPE_CHECKING:
    from sphinx.application import Sphinx

STYLES = "pybtex.style.formatting"


def prepare(app: Sphinx) -> None:
    """Let the book's style remember what it formatted from this very references.bib."""
    # Asked for anew with every citation: without this pybtex reads the metadata of every installed package each time.
    register_plugin("pybtex.backends", "plaintext", plaintext.Backend, force=True)
    name = app.config.bibtex_default_style
    style: Any = find_plugin(STYLES, name)
    file = Path(app.doctreedir).parent / ".studyguide" / "bibliography.pickle"
    memory = _Memory(file, fingerprint([data_folder(app) / BIBLIOGRAPHY]))
    app.studyguide_bibliography = memory  # type: ignore[attr-defined]

    class Remembering(style):  # type: ignore[misc]
        """The style, asking its memory first."""

        def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> FormattedEntry:
            if entry.key not in memory.texts:
                memory.texts[entry.key] = super().format_entry(label, entry, bib_data).text
                memory.changed = True
            return FormattedEntry(entry.key, memory.texts[entry.key], label)

    register_plugin(STYLES, name, Remembering, force=True)


def keep(app: Sphinx, exception: Exception | None) -> None:
    """Write down what was formatted."""
    if not exception:
        app.studyguide_bibliography.write()  # type: ignore[attr-defined]


class _Memory:
    """Formatted texts by key, of one state of references.bib; those of another state are forgotten."""

    def __init__(self, file: Path, state: str) -> None:
        self.file, self.state, self.changed = file, state, False
        self.texts: dict[str, Any] = {}
        try:
            known, texts = pickle.loads(file.read_bytes())
        except Exception:  # an unreadable memory is no memory: everything is formatted anew
            return
        if known == state:
            self.texts = texts

    def write(self) -> None:
        if self.changed:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            self.file.write_bytes(pickle.dumps((self.state, self.texts)))
