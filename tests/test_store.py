"""The learner's store: nothing is lost, and what goes wrong is said in words."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import platformdirs
import pytest

from studyguide.kernel import store
from studyguide.kernel.store import Saved, Store, StoreError

FIRST = {"version": 1, "text": "“Uncle Vanya”, 雪"}
SECOND = {"version": 2, "choice": ["b"], "checked": True}


@pytest.fixture
def file(tmp_path: Path) -> Store:
    """A store whose folder does not exist yet, and which waits for nobody."""
    return Store(tmp_path / "deep" / "down" / "film.sqlite", wait=0)


@pytest.fixture
def as_anybody() -> Iterator[Path]:
    """A folder of one who has no special rights; until the end of the test this process has none either."""
    folder = Path(tempfile.mkdtemp())  # pytest's own folders are closed to others
    was_root = os.geteuid() == 0
    if was_root:
        os.chown(folder, 65534, 65534)
        os.seteuid(65534)
    yield folder
    if was_root:
        os.seteuid(0)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


def pragma(store: Store, name: str) -> object:
    with closing(sqlite3.connect(store.path)) as connection:
        return connection.execute(f"PRAGMA {name}").fetchone()[0]


# --- saving and reading -----------------------------------------------------------------------------------------------


def test_what_was_saved_is_there_for_another_session(file: Store) -> None:
    file.save({"one": FIRST, "two": SECOND})
    assert Store(file.path).latest() == {"one": FIRST, "two": SECOND}


def test_the_newest_response_wins_and_earlier_ones_stay(file: Store) -> None:
    for response in (FIRST, None, SECOND):
        file.save({"one": response})
    assert file.latest() == {"one": SECOND}
    rows = file.history("one")
    assert [(row.item, row.version, row.response) for row in rows] == [
        ("one", 1, FIRST),
        ("one", None, None),
        ("one", 2, SECOND),
    ]
    assert all(row.saved_at.endswith("+00:00") for row in rows)
    assert [row.saved_at for row in rows] == sorted(row.saved_at for row in rows)


def test_an_answer_that_was_taken_back_does_not_return(file: Store) -> None:
    file.save({"one": FIRST, "two": SECOND})
    file.save({"one": None})
    assert file.latest() == {"two": SECOND}


def test_forgetting_leaves_no_word_in_the_file(file: Store) -> None:
    file.save({"one": {"version": 1, "text": "a secret of the learner"}})
    assert b"a secret" in file.path.read_bytes()
    file.forget()
    assert file.latest() == {} and file.history("one") == []
    assert b"a secret" not in file.path.read_bytes()


def test_reading_or_forgetting_makes_no_file(file: Store) -> None:
    assert file.latest() == {} and file.history("one") == []
    file.forget()
    assert not file.path.parent.exists()


def test_all_items_of_one_save_are_kept_or_none(file: Store) -> None:
    file.save({"one": FIRST})
    with pytest.raises(ValueError):
        file.save({"one": SECOND, "two": {"version": 1, "stars": float("nan")}})
    assert file.latest() == {"one": FIRST}


def test_the_file_is_the_learners_own_and_has_no_files_beside_it(file: Store) -> None:
    file.save({"one": FIRST})
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    assert pragma(file, "journal_mode") == "delete"
    assert [path.name for path in file.path.parent.iterdir()] == ["film.sqlite"]


def test_a_file_that_somebody_put_into_wal_mode_comes_back_out_of_it(file: Store) -> None:
    file.save({"one": FIRST})
    assert pragma(file, "journal_mode = WAL") == "wal"
    assert file.latest() == {"one": FIRST}
    assert pragma(file, "journal_mode") == "delete"


# --- where it is ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("named", ["by argument", "by the environment"])
def test_a_path_names_the_folder_or_the_file_itself(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for where, found in [("answers", "answers/general.sqlite"), ("answers/mine.sqlite", "answers/mine.sqlite")]:
        monkeypatch.setenv(store.ENVIRONMENT, where if named == "by the environment" else "elsewhere")
        assert store.place("general", where if named == "by argument" else None) == tmp_path / found


def test_without_a_path_it_is_among_the_users_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(store.ENVIRONMENT, raising=False)
    path = store.place("general")
    assert path.is_absolute()
    assert path.name == "general.sqlite"
    assert str(path.parent) == platformdirs.user_data_dir("studyguide", appauthor=False)


# --- what may go wrong ------------------------------------------------------------------------------------------------


def test_a_file_that_may_not_be_written_can_still_be_read(as_anybody: Path) -> None:
    file = Store(as_anybody / "film.sqlite")
    file.save({"one": FIRST})
    file.path.chmod(0o400)
    assert file.latest() == {"one": FIRST}
    with pytest.raises(StoreError, match="it cannot be written to"):
        file.save({"one": SECOND})
    assert file.latest() == {"one": FIRST}


@pytest.mark.parametrize("mode", [0o500, 0o000], ids=["read-only", "closed"])
def test_a_folder_that_may_not_be_written_is_said_in_words(as_anybody: Path, mode: int) -> None:
    file = Store(as_anybody / "film.sqlite")
    as_anybody.chmod(mode)
    with pytest.raises(StoreError, match="permission denied"):
        file.save({"one": FIRST})


def test_a_file_that_may_not_be_read_is_said_in_words(as_anybody: Path) -> None:
    file = Store(as_anybody / "film.sqlite")
    file.save({"one": FIRST})
    file.path.chmod(0o000)
    with pytest.raises(StoreError, match="it cannot be opened"):
        file.latest()


def test_a_folder_in_the_files_place_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "film.sqlite").mkdir()
    with pytest.raises(StoreError, match="it cannot be opened"):
        Store(tmp_path / "film.sqlite").save({"one": FIRST})


def test_a_file_in_the_folders_place_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "deep").write_text("")
    with pytest.raises(StoreError, match=r"file exists|not a directory"):
        Store(tmp_path / "deep" / "film.sqlite").save({"one": FIRST})


def test_while_another_program_writes_the_store_says_so_and_works_again_afterwards(file: Store) -> None:
    file.save({"one": FIRST})
    with closing(sqlite3.connect(file.path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        for act in (file.latest, lambda: file.save({"one": SECOND}), file.forget):
            with pytest.raises(StoreError, match="in use by another program"):
                act()
        other.execute("ROLLBACK")
    file.save({"one": SECOND})
    assert file.latest() == {"one": SECOND}


@pytest.mark.parametrize("content", ["no database at all" * 100, "SQLite format 3\0" + "x" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "film.sqlite"
    path.write_text(content)
    for act in (Store(path).latest, lambda: Store(path).save({"one": FIRST})):
        with pytest.raises(StoreError, match=r"cannot be used: it is (not a database|damaged)"):
            act()
    assert path.read_text() == content


def test_a_damaged_file_is_said_in_words(file: Store) -> None:
    file.save({f"item-{number}": {"version": 1, "text": "x" * 2000} for number in range(40)})
    whole = file.path.read_bytes()
    file.path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with pytest.raises(StoreError, match="it is damaged"):
        file.latest()


def test_the_database_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "film.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE places (url)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="belongs to another program"):
        Store(path).save({"one": FIRST})
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["{", "[]", "7", "null", "[" * 100_000, '"text"'])
def test_a_row_that_holds_no_response_hides_no_other(file: Store, text: str) -> None:
    file.save({"one": FIRST, "two": SECOND})
    with closing(sqlite3.connect(file.path)) as connection, connection:
        connection.execute("UPDATE response SET response = ? WHERE item = 'one'", (text,))
    assert file.latest() == {"two": SECOND}
    assert [row.response for row in file.history("one")] == [None]


# --- older and newer files --------------------------------------------------------------------------------------------


def test_an_older_file_is_brought_up_to_date_with_all_that_it_holds(
    file: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.save({"one": FIRST})
    assert pragma(file, "user_version") == len(store.MIGRATIONS)
    more = {"a column for tests": ("ALTER TABLE response ADD COLUMN mood TEXT DEFAULT 'calm'",)}
    monkeypatch.setattr(store, "MIGRATIONS", store.MIGRATIONS | more)
    assert file.latest() == {"one": FIRST}
    assert pragma(file, "user_version") == len(store.MIGRATIONS)
    with closing(sqlite3.connect(file.path)) as connection:
        assert connection.execute("SELECT mood FROM response").fetchall() == [("calm",)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    file.save({"one": FIRST})
    before = file.path.read_bytes()
    broken = {"half of one": ("ALTER TABLE response ADD COLUMN mood TEXT", "ALTER TABLE nowhere ADD COLUMN mood TEXT")}
    with monkeypatch.context() as patch:
        patch.setattr(store, "MIGRATIONS", store.MIGRATIONS | broken)
        with pytest.raises(StoreError, match="nowhere"):
            file.latest()
    assert file.path.read_bytes() == before
    assert file.latest() == {"one": FIRST}


def test_the_file_of_a_newer_guide_is_refused_and_left_alone(file: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(store, "MIGRATIONS", store.MIGRATIONS | {"of the future": ("CREATE TABLE later (x)",)})
        file.save({"one": FIRST})
    before = file.path.read_bytes()
    for act in (file.latest, lambda: file.save({"one": SECOND})):
        with pytest.raises(StoreError, match="a newer version of this guide wrote it"):
            act()
    assert file.path.read_bytes() == before


def test_what_was_published_in_version_1_stays_readable(tmp_path: Path) -> None:
    """The first form of the file, written out here: a changed migration fails this test."""
    path = tmp_path / "film.sqlite"
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(
            "CREATE TABLE response (id INTEGER PRIMARY KEY, item TEXT NOT NULL, version INTEGER, response TEXT, "
            "saved_at TEXT NOT NULL); CREATE INDEX response_by_item ON response (item, id); PRAGMA user_version = 1;"
        )
        row = ("one", 2, '{"version":2,"choice":["b"],"checked":true}', "2026-11-22T10:00:00.000+00:00")
        connection.execute("INSERT INTO response (item, version, response, saved_at) VALUES (?, ?, ?, ?)", row)
    assert Store(path).history("one") == [Saved("one", 2, SECOND, row[3])]
