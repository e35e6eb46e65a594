"""A page being looked at in a real browser, with everything that went wrong on it and every request it made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from studyguide.chapters import paper

FLAGS = (*paper.FLAGS, "--disable-quic", "--disable-component-update")
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Theme and notebook code fade in; a colour on its way is nobody's colour.
SETTLE = "() => Promise.allSettled(document.getAnimations().map((animation) => animation.finished))"
TO_THE_TOP = """async () => {
  scrollTo({ top: 0, behavior: "instant" });
  for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
}"""
# What is drawn, by chart: the marks of its picture that have an area.
MARKS = """() => [...document.querySelectorAll("[data-chart]")].map((figure) => [
  figure.id,
  [...figure.querySelectorAll(".sg-strip :is(rect, circle, path)")].filter((mark) => {
    const { width, height } = mark.getBoundingClientRect();
    return width > 0 && height > 0 && mark.checkVisibility();
  }).length,
])"""
# Whether the page is wider than the window, and what sticks out of it.
SIDEWAYS = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const held = (element) => {
    for (let one = element.parentElement; one && one !== document.body; one = one.parentElement)
      if (getComputedStyle(one).overflowX !== "visible") return true;
    return false;
  };
  const wide = [...document.body.querySelectorAll("*")].filter(
    (one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !held(one));
  return [`${document.documentElement.scrollWidth} px wide in a window of ${innerWidth}`,
    ...wide.slice(0, 5).map((one) => one.outerHTML.slice(0, 160))];
}"""


CUT_SHORT = "ERR_ABORTED"
"""In a fault: the page that asked went away. Where a page forwards at once that is nobody's fault."""


@dataclass
class Visit:
    """One page in one tab. `faults` are console errors, uncaught errors and failed requests, in words."""

    page: Page
    faults: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.faults.append(f"uncaught: {error}"))
        self.page.on("request", lambda request: self.urls.append(request.url))
        self.page.on("requestfailed", self._failed)
        self.page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.faults.append(f"console: {message.text} ({message.location.get('url', '')})")

    def _failed(self, request: Request) -> None:
        self.faults.append(f"failed: {request.url} ({request.failure})")

    def _response(self, response: Response) -> None:
        self.responses.append(response)
        if response.status >= 400:
            self.faults.append(f"status {response.status}: {response.url}")

    def strangers(self, home: str) -> list[str]:
        """Requests that left `home`, an origin such as `http://127.0.0.1:8000`, or `file://`."""
        own = urlsplit(home)[:2]
        return [url for url in self.urls if not url.startswith(("data:", "blob:")) and urlsplit(url)[:2] != own]

    def marks(self) -> dict[str, int]:
        """How many marks can be seen in each chart's picture."""
        return dict(self.page.evaluate(MARKS))

    def open_folds(self) -> None:
        """Open everything that is folded."""
        self.page.evaluate("() => document.querySelectorAll('details').forEach((fold) => { fold.open = true })")
        self.page.evaluate(SETTLE)

    def change_light(self, scheme: Literal["light", "dark"]) -> None:
        """Let the system change between day and night."""
        self.page.emulate_media(color_scheme=scheme)
        self.page.evaluate(SETTLE)

    def sideways(self) -> list[str]:
        """What makes the page wider than the window."""
        return list(self.page.evaluate(SIDEWAYS))

    def axe_violations(self, only: Sequence[str] = (), without: Sequence[str] = ()) -> list[str]:
        """What axe finds in the page as it stands, one line a rule: impact, help, how often and where."""
        asked = {"target-size": {"enabled": True}}  # axe leaves this one out unless it is asked for by name
        options = {
            "runOnly": {"type": "rule", "values": list(only)} if only else {"type": "tag", "values": AXE_TAGS},
            "rules": {} if only else asked | {rule: {"enabled": False} for rule in without},
            "resultTypes": ["violations"],
        }
        # A bar that stays at the top covers what happens to be scrolled under it, which is no fault.
        self.page.evaluate(TO_THE_TOP)
        return [_in_words(violation) for violation in Axe().run(self.page, options=options).response["violations"]]


def _in_words(violation: dict[str, Any]) -> str:
    first = violation["nodes"][0]
    reason = "; ".join(check["message"] for kind in ("any", "all", "none") for check in first[kind])
    places = [" ".join(str(part) for part in node["target"]) for node in violation["nodes"]]
    where = ", ".join(places[:4]) + (f" and {len(places) - 4} more" if len(places) > 4 else "")
    return f"axe {violation['id']} ({violation['impact']}): {violation['help']}. {reason}. At {where}"


class Look(Protocol):
    """How a test opens a page: in a context of its own, made with Playwright's settings, or in one it has."""

    def __call__(self, url: str, context: BrowserContext | None = None, **settings: Any) -> Visit: ...


def listed(faults: list[str]) -> str:
    """Faults as the message of a failed assertion: each once, one a line."""
    return "\n" + "\n".join(dict.fromkeys(faults))
