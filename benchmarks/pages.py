"""Pages as a phone gets them: served with gzip on this machine, visited cold in a real browser."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Response, Route, ViewportSize, sync_playwright

PHONE = ViewportSize(width=412, height=823)
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def chrome() -> str | None:
    """The path of an installed Chrome or Chromium; None leaves it to Playwright's own."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def squeezed(body: bytes) -> bytes:
    """What is transferred for `body`: gzip, level 6, for every file and both books."""
    return gzip.compress(body, compresslevel=6, mtime=0)


@cache
def _squeezed_file(path: Path, changed: int) -> bytes:
    return squeezed(path.read_bytes())


class _Gzip(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if not path.is_file():
            return self.send_error(404)
        body = _squeezed_file(path, path.stat().st_mtime_ns)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is the standard library's)
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of `folder` on this machine, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Gzip, directory=str(folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def browser() -> Iterator[Browser]:
    """A headless browser."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chrome(), args=list(FLAGS))
        yield launched
        launched.close()


@dataclass(frozen=True)
class Visit:
    """What one page asked for before anything was scrolled."""

    size: int
    """Bytes that came from the book's own host."""
    own: frozenset[str]
    """Addresses on the book's own host."""
    strangers: frozenset[str]
    """Addresses elsewhere; none of them was let through."""

    @property
    def requests(self) -> int:
        """How many different addresses the page asked for."""
        return len(self.own) + len(self.strangers)

    @property
    def hosts(self) -> set[str]:
        """The other hosts it asked."""
        return {urlsplit(url).netloc for url in self.strangers}


def visit(browser: Browser, site: str, page: str) -> Visit:
    """A cold visit on a phone. Other hosts are refused, so what their scripts would have asked for is not seen."""
    inside = ("data:", "blob:")
    strangers: set[str] = set()
    responses: list[Response] = []

    def refuse(route: Route) -> None:
        strangers.add(route.request.url)
        route.abort()

    context = browser.new_context(viewport=PHONE)
    tab = context.new_page()
    tab.on("response", lambda response: responses.append(response))
    tab.route(lambda url: not url.startswith((site, *inside)), refuse)
    tab.goto(f"{site}/{page}.html", wait_until="networkidle")
    bodies = {one.url: one.body() for one in responses if not one.url.startswith(inside)}
    context.close()
    return Visit(sum(len(squeezed(body)) for body in bodies.values()), frozenset(bodies), frozenset(strangers))
