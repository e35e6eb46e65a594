"""One learner's responses, in one SQLite file for each guide.

Every save adds rows, and the newest row of an item is its response: answering again loses nothing. The file keeps
SQLite's rollback journal, because the write-ahead log needs side files that network home folders do not support.
Nothing stays open between two calls, so kernels, notebooks and the file itself may come and go.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from studyguide.guide import GuideError

ENVIRONMENT = "STUDYGUIDE_STORE"
SUFFIX = ".sqlite"
# Each is applied once, in this order; `PRAGMA user_version` counts those that a file has had. One that was published
# never changes: a new form of the file is a new line at the end.
MIGRATIONS: dict[str, tuple[str, ...]] = {
    "responses with their history": (
        # Without version and response: the learner took the answer back.
        "CREATE TABLE response (id INTEGER PRIMARY KEY, item TEXT NOT NULL, version INTEGER, response TEXT, "
        "saved_at TEXT NOT NULL)",
        "CREATE INDEX response_by_item ON response (item, id)",
    ),
}
_REASONS = {
    sqlite3.SQLITE_BUSY: "it is in use by another program",
    sqlite3.SQLITE_LOCKED: "it is in use by another program",
    sqlite3.SQLITE_READONLY: "it cannot be written to",
    sqlite3.SQLITE_PERM: "it may not be opened",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened",
    sqlite3.SQLITE_FULL: "the disk is full",
    sqlite3.SQLITE_NOTADB: "it is not a database",
    sqlite3.SQLITE_CORRUPT: "it is damaged",
}

Response = dict[str, Any]


class StoreError(GuideError):
    """Why a store could not be read or written, in one sentence without its full stop."""


@dataclass(frozen=True)
class Saved:
    """One row of an item's history."""

    item: str
    version: int | None
    """Of the item, when it was answered; None where the answer was taken back."""
    response: Response | None
    saved_at: str
    """UTC, ISO 8601, to the millisecond."""


def place(film_id: str, where: str | Path | None = None) -> Path:
    """The file for a film's guide: in the folder `where`, else in $STUDYGUIDE_STORE, else among this user's data.

    A path that ends in `.sqlite` is the file itself.
    """
    named = where or os.environ.get(ENVIRONMENT)
    path = Path(named).expanduser().absolute() if named else user_data_path("studyguide", appauthor=False)
    return path if path.suffix == SUFFIX else path / f"{film_id}{SUFFIX}"


@dataclass(frozen=True)
class Store:
    """The responses in one file, which is made by the first save. Each method raises StoreError in words."""

    path: Path
    wait: float = 2.0
    """Seconds to wait for another program that is writing."""

    def latest(self) -> dict[str, Response]:
        """The newest response to each item, by item id; none for items whose answer was taken back."""
        newest = "SELECT item, response FROM response WHERE id IN (SELECT max(id) FROM response GROUP BY item)"
        decoded = {item: _decode(text) for item, text in self._select(newest)}
        return {item: response for item, response in decoded.items() if response is not None}

    def history(self, item: str) -> list[Saved]:
        """Everything that was ever saved for an item, oldest first."""
        rows = self._select("SELECT version, response, saved_at FROM response WHERE item = ? ORDER BY id", item)
        return [Saved(item, version, _decode(text), saved_at) for version, text, saved_at in rows]

    def save(self, responses: Mapping[str, Response | None]) -> None:
        """Add a row for each item, all or none; None says that an answer was taken back."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")
        rows = [(item, (response or {}).get("version"), _encode(response), now) for item, response in responses.items()]
        with self._in_words(), self._open("IMMEDIATE") as connection:
            connection.executemany("INSERT INTO response (item, version, response, saved_at) VALUES (?, ?, ?, ?)", rows)

    def forget(self) -> None:
        """Delete everything, history and all: for the next person at this machine."""
        with self._in_words():
            if self.path.exists():
                with self._open("IMMEDIATE") as connection:
                    connection.execute("PRAGMA secure_delete = ON")  # overwritten, not only unlinked
                    connection.execute("DELETE FROM response")

    def _select(self, query: str, *values: str) -> list[tuple[Any, ...]]:
        with self._in_words():
            if not self.path.exists():
                return []  # reading makes no file
            with self._open("DEFERRED") as connection:
                return connection.execute(query, values).fetchall()

    @contextmanager
    def _open(self, transaction: str) -> Iterator[sqlite3.Connection]:
        """The file, made if need be and brought up to date, within one transaction."""
        if not self.path.exists():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)  # answers are the learner's own
        with closing(sqlite3.connect(self.path, timeout=self.wait, isolation_level=None)) as connection:
            _migrate(connection)
            with _transaction(connection, transaction):
                yield connection

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        """Whatever SQLite or the system says comes out as a StoreError."""
        try:
            yield
        except (StoreError, sqlite3.Error, OSError) as error:
            raise StoreError(f"{self.path} cannot be used: {_reason(error)}") from error


@contextmanager
def _transaction(connection: sqlite3.Connection, kind: str) -> Iterator[None]:
    connection.execute(f"BEGIN {kind}")
    with connection:  # commits, or takes everything back
        yield


def _migrate(connection: sqlite3.Connection) -> None:
    """Bring a new or older file up to date; refuse a newer one, and what is no store of ours."""
    # Somebody else may have turned it on; without it this changes nothing.
    connection.execute("PRAGMA journal_mode = DELETE")
    if _version(connection) == len(MIGRATIONS):
        return
    with _transaction(connection, "IMMEDIATE"):
        done = _version(connection)  # another kernel may have been first
        if done > len(MIGRATIONS):
            raise StoreError("a newer version of this guide wrote it")
        if not done and connection.execute("SELECT 1 FROM sqlite_master").fetchone():
            raise StoreError("it belongs to another program")
        for statements in list(MIGRATIONS.values())[done:]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _encode(response: Response | None) -> str | None:
    return None if response is None else json.dumps(response, allow_nan=False, separators=(",", ":"))


def _decode(text: str | None) -> Response | None:
    """The response in a row; none where somebody edited the file and left no response behind."""
    try:
        value = json.loads(text) if text else None
    except (ValueError, RecursionError, TypeError):
        return None
    return value if isinstance(value, dict) else None


def _reason(error: StoreError | sqlite3.Error | OSError) -> str:
    match error:
        case OSError():
            return (error.strerror or type(error).__name__).lower()
        case sqlite3.Error():
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the primary code within the extended one
            return _REASONS.get(code, str(error))
    return str(error)
