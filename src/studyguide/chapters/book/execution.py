"""Which chapters have to run again, and running them side by side.

A chapter is out of date when its code changed, or a table that its cells read. Which those are the kernel tells after
the last cell; they are remembered beside the executed notebook, in the cache.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from studyguide.chapters.book import reads

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)
ASK = "import json\nfrom studyguide.guide import tables\nprint(json.dumps(sorted(tables.READ)))"
"""A last cell, which is not kept: the tables that the cells before it have read."""
# The kernel's own log would warn of every kernel that it talks to the build without encryption, on one machine.
QUIET = {"extra_arguments": ["--IPKernelApp.log_level=40"]}
TRIES = 4
"""How often a kernel that dies at its start is started in all: under load two may have been given one port."""


@dataclass(frozen=True)
class Job:
    """A chapter that has to run."""

    name: str
    path: Path
    notebook: Any


def execute_outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> Iterable[str]:
    """Execute the chapters that are out of date, side by side; MyST-NB then finds them all executed.

    Returns the chapters to be read again although their own file did not change: a table of theirs did. A chapter that
    fails is left to MyST-NB, which runs it again and reports it where the reader of the log expects it.
    """
    now = reads.digests(app)
    stale = {name for name, read in reads.text_reads(env).items() if _differs(read, now)}
    if app.config.nb_execution_mode != "cache":
        return stale
    memory = Path(app.config.nb_execution_cache_path) / "reads.json"
    known = _remembered(memory)
    stale |= {name for name, read in known.items() if _differs(read, now)}
    stale &= set(env.found_docs)
    jobs = list(_waiting(app, env, sorted(added | changed | stale), known, now))
    for job, read in _execute(app, jobs):
        known[job.name] = reads.of(app, read)
    if jobs:
        memory.write_text(json.dumps(known, indent=1, sort_keys=True), encoding="utf-8")
    return stale - added - changed


def _differs(read: reads.Digests, now: reads.Digests) -> bool:
    return any(now.get(table) != digest for table, digest in read.items())


def _remembered(memory: Path) -> dict[str, reads.Digests]:
    try:
        found: dict[str, reads.Digests] = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found


def _waiting(
    app: Sphinx, env: Any, names: Sequence[str], known: dict[str, reads.Digests], now: reads.Digests
) -> Iterable[Job]:
    from jupyter_cache import get_cache
    from myst_nb.core.read import create_nb_reader

    cache = get_cache(app.config.nb_execution_cache_path)
    for name in names:
        path = Path(env.doc2path(name))
        text = path.read_text(encoding="utf-8")
        reader = create_nb_reader(str(path), env.myst_config, env.mystnb_config, text)
        notebook = reader.read(text) if reader else None
        if notebook is None or not any(cell.cell_type == "code" for cell in notebook.cells):
            continue
        try:
            cache.match_cache_notebook(notebook)
            cached = name in known and not _differs(known[name], now)
        except KeyError:
            cached = False
        if not cached:
            yield Job(name, path, notebook)


def _execute(app: Sphinx, jobs: Sequence[Job]) -> Iterable[tuple[Job, list[str]]]:
    """Run the jobs; each that succeeded, now in the cache, with the tables that it read."""
    from jupyter_cache import get_cache
    from jupyter_cache.base import CacheBundleIn

    if not jobs:
        return
    cache = get_cache(app.config.nb_execution_cache_path)
    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        results = pool.map(lambda job: _run(job, app.config.nb_execution_timeout), jobs)
        for number, (job, result) in enumerate(zip(jobs, results, strict=True), start=1):
            if result.err is None:
                read = _answer(result.nb)
                bundle = CacheBundleIn(result.nb, str(job.path), data={"execution_seconds": result.time})
                cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
                yield job, read
            state = _last_line(result) if result.err else f"{result.time:.1f} s"
            logger.info("executed %d of %d: %s (%s)", number, len(jobs), job.name, state)
    logger.info("executed %d chapters in %.1f s", len(jobs), time.perf_counter() - started)


def _run(job: Job, timeout: int) -> Any:
    """The result of a run; a kernel that died, or never lived, is one with its reason when it was tried again."""
    import nbformat
    from jupyter_cache.executors.utils import single_nb_execution

    error: RuntimeError | None = None
    for _ in range(TRIES):
        notebook = nbformat.from_dict(job.notebook)
        notebook.cells = [*notebook.cells, nbformat.v4.new_code_cell(ASK)]
        try:
            return single_nb_execution(notebook, cwd=str(job.path.parent), timeout=timeout, allow_errors=False, **QUIET)
        except RuntimeError as died:
            error = died
    return SimpleNamespace(nb=None, err=error, exc_string=str(error), time=0.0)


def _answer(notebook: Any) -> list[str]:
    """What the last cell printed; the cell is taken out."""
    asked = notebook.cells.pop()
    text = "".join(output.get("text", "") for output in asked.outputs)
    found: list[str] = json.loads(text.strip().splitlines()[-1])
    return found


def _last_line(result: Any) -> str:
    """Why a chapter failed, in the words of its own cell."""
    lines = str(result.exc_string or result.err).strip().splitlines()
    return f"failed: {lines[-1].strip()}" if lines else "failed"
