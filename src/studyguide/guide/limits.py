"""How much of everything: the one source for Python, for the scripts (see frontend) and for the markup."""

from __future__ import annotations

TEXT = 20_000
"""The longest text that a response may hold, in UTF-16 units (JavaScript's)."""
CODE = 80
"""The most characters that a hand-in code may have."""
STORE = 300_000
"""Characters of JSON that a browser keeps, or that one response of a learner's own code may fill."""
FILE = 2_000_000
"""The most characters that a chat or a file may have; what readers export is far smaller."""
FILES = 500
"""The most files that are counted at once."""
AVERAGE = 5
"""No average is given of fewer ratings: it would say more about who was there than about the film."""
FORMAT = 1
"""The number under `studyguide` in exported files."""
CERTAINTIES = ("1", "2", "3", "4")
STARS = (1, 2, 3, 4, 5)
HALF_STARS = (0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5)
CHOICES = 26
"""The most readings or choices of one item: they are named by letters."""

SCRIPTS = {
    "text": TEXT,
    "code": CODE,
    "store": STORE,
    "file": FILE,
    "files": FILES,
    "average": AVERAGE,
    "format": FORMAT,
}
"""What the scripts know of it, as `LIMITS`."""
