"""An installed Firefox over WebDriver BiDi, the standard that it speaks by itself, without a driver of its own.

Playwright brings a Firefox that it has changed, and fails at the installed one; Mozilla's Marionette client does not
run on Python 3.13.
"""

from __future__ import annotations

import json
import re
import subprocess
import time
from pathlib import Path
from typing import Any

from websocket import WebSocket, create_connection

NAMES = ("firefox-esr", "firefox")
PATIENCE = 15.0
"""In seconds: how long anything that is waited for may take."""
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
KEYS = {"Space": " ", "ArrowDown": "\ue015", "Enter": "\ue007"}


class Firefox:
    """One window. `errors` are what scripts of its pages threw or logged as errors."""

    def __init__(self, program: str, profile: Path) -> None:
        command = [program, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
        told = profile / "told.txt"
        with told.open("w") as place:
            self.process = subprocess.Popen(command, stderr=place)
        self.socket = self._connected(told)
        self.number = 0
        self.errors: list[str] = []
        self.call("session.new", capabilities={})
        self.call("session.subscribe", events=["log.entryAdded"])
        self.window = self.call("browsingContext.create", type="tab")["context"]

    def _connected(self, told: Path) -> WebSocket:
        until = time.monotonic() + 4 * PATIENCE
        while self.process.poll() is None and time.monotonic() < until:
            if found := _LISTENING.search(told.read_text(encoding="utf-8", errors="replace")):
                return create_connection(f"{found[1]}/session", suppress_origin=True, timeout=60)
            time.sleep(0.1)
        raise RuntimeError(f"Firefox does not listen: {told.read_text(errors='replace')[-500:]}")

    def call(self, method: str, **params: Any) -> Any:
        """The result of a command; RuntimeError with Firefox's words if it has none."""
        self.number += 1
        self.socket.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while True:
            told = json.loads(self.socket.recv())
            if told.get("method") == "log.entryAdded" and told["params"]["level"] == "error":
                self.errors.append(str(told["params"]["text"]))
            if told.get("id") == self.number:
                if told["type"] == "error":
                    raise RuntimeError(f"{method}: {told['error']}: {told['message']}")
                return told["result"]

    def open(self, address: str, width: int = 1280) -> None:
        """Go to a page, in a window of this width in CSS pixels."""
        self.call("browsingContext.setViewport", context=self.window, viewport={"width": width, "height": 900})
        self.call("browsingContext.navigate", context=self.window, url=address, wait="complete")

    def evaluate(self, script: str, value: Any = None) -> Any:
        """What a function of the page returns, as JSON has it."""
        wrapped = f"async (value) => JSON.stringify((await ({script})(JSON.parse(value))) ?? null)"
        done = self.call(
            "script.callFunction",
            functionDeclaration=wrapped,
            arguments=[{"type": "string", "value": json.dumps(value)}],
            target={"context": self.window},
            awaitPromise=True,
        )
        if done["type"] == "exception":
            raise RuntimeError(done["exceptionDetails"]["text"])
        return json.loads(done["result"]["value"])

    def wait(self, script: str, value: Any = None) -> None:
        """Until a function of the page returns true."""
        until = time.monotonic() + PATIENCE
        while not self.evaluate(script, value):
            assert time.monotonic() < until, f"never true: {script}"
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Press the first element of a selector with the pointer, in the middle of the window."""
        self.wait("(place) => !!document.querySelector(place)", selector)
        at = self.evaluate(
            """async (place) => {
              const one = document.querySelector(place);
              one.scrollIntoView({ block: "center", behavior: "instant" });
              await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
              const { left, top, width, height } = one.getBoundingClientRect();
              return [Math.round(left + width / 2), Math.round(top + height / 2)];
            }""",
            selector,
        )
        steps = [{"type": "pointerMove", "x": at[0], "y": at[1]}]
        steps += [{"type": name, "button": 0} for name in ("pointerDown", "pointerUp")]
        self._perform({"type": "pointer", "id": "mouse", "actions": steps})

    def press(self, *keys: str) -> None:
        """Keys by name, or letters, one after the other."""
        steps = [{"type": how, "value": KEYS.get(key, key)} for key in keys for how in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keyboard", "actions": steps})

    def _perform(self, source: dict[str, Any]) -> None:
        self.call("input.performActions", context=self.window, actions=[source])

    def close(self) -> None:
        """End the session and the program."""
        try:
            self.call("session.end")
            self.socket.close()
        finally:
            self.process.terminate()
            self.process.wait(timeout=30)
