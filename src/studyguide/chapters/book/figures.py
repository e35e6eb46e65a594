"""Plotly's figures, taken out of the pages: each is a script of its own, fetched when a reader asks for it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_FIGURE = re.compile(r'<script type="application/json" class="sg-figure" data-of="([^"]+)">(.*?)</script>', re.DOTALL)


def take_out(app: Sphinx, page: str, body: str) -> str:
    """The body with, for each figure, the place where charts.js puts its button, which names the figure's script.

    A classic script, since JSON cannot be fetched from `file://`; its address changes with what it holds.
    """
    folder = Path(app.outdir) / "_static" / "figures"

    def moved(match: re.Match[str]) -> str:
        chart_id, spec = match.groups()
        name = f"{Path(page).name}-{chart_id}.js"
        address = f"figures/{name}?{hashlib.sha256(spec.encode()).hexdigest()[:8]}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f'(window.studyguideFigures ??= {{}})["{address}"] = {spec};\n', encoding="utf-8")
        return f'<p class="sg-explore" data-explore="{address}"></p>'

    return _FIGURE.sub(moved, body)
