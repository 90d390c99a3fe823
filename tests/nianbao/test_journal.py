"""Whatever somebody does to the journal, the tables are those of a run that had none."""

# ruff: noqa: S608 - the names in these statements are those of our own tables

import os
import random
import shutil
import sqlite3
import time
import zlib
from contextlib import closing, suppress
from pathlib import Path

import pytest
from archive_making import zip_of

from extract.document import Source
from nianbao.choices import DEFAULTS
from nianbao.exit_codes import Exit
from nianbao.journal import sealed
from nianbao.journal.events import Listed, Opened, Result
from nianbao.journal.journal import SHAPES, Journal
from nianbao.journal.packed import pack, unpack
from nianbao.journal.rules import make_rules
from nianbao.journal.sealed import MEMORY, JournalBroken
from nianbao.limits import LIMITS
from nianbao.reading import lookup
from output.outcome import Outcome

FILES = {
    "a.txt": "fine a",
    "b.txt": "flagged b",
    "c.zip": zip_of({"1.txt": b"fine 1", "2.txt": b"letter 2", "3.txt": b"damaged 3"}),
    "d.txt": "fine a",
}
RULES = make_rules(DEFAULTS, LIMITS)


class Home:
    """A folder that was read once, and its journal, which can be had again as it was."""

    def __init__(self, tmp_path, nianbao):
        self.inputs, self.out = tmp_path / "in", tmp_path / "out"
        self.journal = tmp_path / "out.journal.sqlite"
        self._nianbao = nianbao
        self.code = self.run().exit_code
        self.tables = self.read_tables()
        self._kept = self.journal.read_bytes()

    def run(self, *options):
        lookup.open_read_only.cache_clear()
        return self._nianbao("run", self.inputs, "-o", self.out, "--no-workbook", *options)

    def read_tables(self):
        return {path.name: path.read_bytes() for path in self.out.iterdir() if path.name != "run.json"}

    def restore(self):
        """All as it was after the first run, but for the tables, which are to be written again."""
        shutil.rmtree(self.out, ignore_errors=True)
        for path in self.journal.parent.glob(f"{self.journal.name}*"):
            path.unlink()
        self.journal.write_bytes(self._kept)

    def change(self, *statements):
        with closing(sqlite3.connect(self.journal, isolation_level=None)) as base:
            for statement in statements:
                with suppress(sqlite3.IntegrityError):  # SQLite itself lets nobody do it
                    base.execute(*statement) if isinstance(statement, tuple) else base.execute(statement)

    def assert_unharmed(self, *options):
        """The tables are the same bytes; and what was put aside was said to be."""
        done = self.run(*options)
        assert done.exit_code == self.code, done.output
        assert "Traceback" not in done.output
        assert self.read_tables() == self.tables
        broken = self.journal.with_name(self.journal.name + ".broken")
        assert broken.exists() == (str(broken) in done.stderr), done.stderr
        return broken.exists()


@pytest.fixture
def home(tmp_path, folder, nianbao, obedient, monkeypatch):
    monkeypatch.setattr("nianbao.find.file_bytes.RACY", -(10**12))  # files are known by their times at once
    monkeypatch.setattr("nianbao.results.result_folder.flush_folder", lambda _: None)
    folder(FILES)
    made = Home(tmp_path, nianbao)
    monkeypatch.setattr("here.gc.collect", lambda: None)  # half of the time of a run as short as these
    return made


COLUMNS = [
    (shape.name, column)
    for shape in SHAPES
    for column in (*shape.key, *shape.columns, *(("mark", "body") if shape.body else ()), "seal")
]
WRONG = [
    None,
    0,
    -1,
    2**62,
    1.5,
    "",
    "x",
    "{",
    "年报",
    b"",
    b"\xff\xfe",
    zlib.compress(b"null"),
    b"\x80\x05K\x01.",
]


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=map(".".join, COLUMNS))
def test_wrong_values_in_any_column_change_no_table(home, table, column):
    """Two of the values for each column, in turn; all of them for all columns take ten minutes."""
    turn = COLUMNS.index((table, column))
    for rows, wrong in (("one", WRONG[turn % len(WRONG)]), ("all", WRONG[(turn + 5) % len(WRONG)])):
        home.restore()
        where = f" WHERE {column} IN (SELECT {column} FROM {table} LIMIT 1)" if rows == "one" else ""
        home.change((f"UPDATE OR REPLACE {table} SET {column} = ?{where}", (wrong,)))
        home.assert_unharmed()
    home.restore()
    home.change(f"UPDATE OR REPLACE {table} SET {column} = CAST(x'ff22fe' AS TEXT)")  # text that is no UTF-8
    home.assert_unharmed()


@pytest.mark.parametrize(("table", "column"), COLUMNS, ids=map(".".join, COLUMNS))
def test_values_of_another_row_change_no_table(home, table, column):
    home.restore()
    with closing(sqlite3.connect(home.journal)) as base:
        values = [row[0] for row in base.execute(f"SELECT DISTINCT {column} FROM {table}")]
    home.change((f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {column} = ?", (values[0], values[-1])))
    home.assert_unharmed()


@pytest.mark.parametrize(
    "columns",
    [["body"], ["mark", "body"], ["mark", "body", "seal"], ["status", "kin", "mark", "body", "seal"]],
)
def test_outcomes_in_the_place_of_one_another_are_seen(home, columns):
    home.restore()
    with closing(sqlite3.connect(home.journal)) as base:
        rows = base.execute(f"SELECT path, {', '.join(columns)} FROM outcomes ORDER BY path").fetchall()
    assert len(rows) > 2
    for (path, *_), (_, *values) in zip(rows, rows[1:] + rows[:1], strict=True):
        home.change(
            (
                f"UPDATE outcomes SET {', '.join(f'{name} = ?' for name in columns)} WHERE path = ?",
                (*values, path),
            )
        )
    assert home.assert_unharmed()


SCHEMAS = {
    "a column less": ["ALTER TABLE outcomes DROP COLUMN status"],
    "a column more": ["ALTER TABLE files ADD COLUMN more"],
    "a table less": ["DROP TABLE lists"],
    "a table more": ["CREATE TABLE thesis (chapter)"],
    "a trigger": ["CREATE TRIGGER t AFTER INSERT ON outcomes BEGIN DELETE FROM outcomes; END"],
    "a view": [
        "DROP TABLE notes",
        "CREATE VIEW notes AS SELECT 'results' AS name, '{' AS content, 1 AS seal",
    ],
    "an index": ["CREATE INDEX i ON outcomes (status)"],
    "another version": ["PRAGMA user_version = 3"],
    "another program's mark": ["PRAGMA application_id = 7"],
}


@pytest.mark.parametrize("how", SCHEMAS)
def test_other_tables_than_ours_are_put_aside_as_they_are(home, how):
    home.restore()
    home.change(*SCHEMAS[how])
    before = home.journal.read_bytes()
    assert home.assert_unharmed()
    assert home.journal.with_name("out.journal.sqlite.broken").read_bytes()[:18] == before[:18]


@pytest.mark.parametrize("rest", ["some", "all"])
def test_rows_that_are_gone_are_read_anew(home, rest):
    for shape in SHAPES:
        home.restore()
        key = shape.key[0]
        where = f" WHERE {key} = (SELECT max({key}) FROM {shape.name})" if rest == "some" else ""
        home.change(f"DELETE FROM {shape.name}{where}")
        assert not home.assert_unharmed()


def harm(data, random_):
    """Bytes flipped, torn out or written over in one place."""
    data = bytearray(data)
    place = random_.randrange(len(data))
    match random_.randrange(4):
        case 0:
            data[place] ^= 1 << random_.randrange(8)
        case 1:
            data[place : place + 200] = random_.randbytes(200)
        case 2:
            del data[place : place + random_.randrange(1, 5000)]
        case _:
            data[place // 4096 * 4096 :][:4096] = bytes(4096)
    return bytes(data)


@pytest.mark.parametrize("seed", range(30))
def test_flipped_and_lost_bytes_change_no_table(home, seed):
    home.restore()
    home.journal.write_bytes(harm(home.journal.read_bytes(), random.Random(seed)))
    home.assert_unharmed()


def test_an_edited_suffix_of_a_member_is_seen(home):
    """Packed and marked anew, so that the seal alone tells."""
    home.restore()
    with closing(sqlite3.connect(home.journal)) as base:
        (body,) = base.execute("SELECT body FROM lists WHERE path = ?", (b"c.zip",)).fetchone()
    first, *others = unpack(body, tuple[Listed, ...])
    edited = pack((Listed("!/other.txt", first.sha256, first.size), *others), tuple[Listed, ...])
    home.change(
        ("UPDATE lists SET body = ?, mark = ? WHERE path = ?", (edited, sealed.digest(edited), b"c.zip"))
    )
    assert home.assert_unharmed()


def test_the_body_of_another_file_is_seen_in_an_unchanged_run_as_well(home):
    home.change("UPDATE notes SET content = replace(content, 'reports.csv', 'wide.csv')")
    assert home.assert_unharmed()


def test_what_is_put_aside_takes_the_place_of_nothing(home):
    for number in ("", "2", "3"):
        home.change("UPDATE outcomes SET body = x'00'")
        shutil.rmtree(home.out)
        done = home.run()
        assert f"out.journal.sqlite.broken{number} " in done.stderr
    assert home.read_tables() == home.tables


def test_a_database_of_somebody_is_put_aside_whole_and_named(home, nianbao):
    for options in ((), ("--fresh",), ("--quiet",)):
        for path in home.journal.parent.glob(f"{home.journal.name}*"):
            path.unlink()
        with closing(sqlite3.connect(home.journal)) as base:
            base.execute("PRAGMA journal_mode = WAL")
            base.execute("CREATE TABLE thesis (chapter)")
            base.execute("INSERT INTO thesis VALUES ('years of work')")
            base.commit()
            shutil.copy(home.journal, home.journal.with_name("copy"))
            shutil.copy(f"{home.journal}-wal", home.journal.with_name("copy-wal"))
        for name in ("", "-wal"):
            home.journal.with_name(f"copy{name}").rename(f"{home.journal}{name}")
        assert home.assert_unharmed(*options)
        with closing(sqlite3.connect(f"{home.journal}.broken")) as base:
            assert base.execute("SELECT chapter FROM thesis").fetchone() == ("years of work",)


@pytest.mark.parametrize(
    ("name", "options"), [("", ()), ("", ("--fresh",)), ("-wal", ()), ("-shm", ()), ("-journal", ())]
)
@pytest.mark.parametrize("kind", ["link", "dangling", "folder", "pipe"])
def test_what_is_no_file_in_the_place_of_the_journal_is_refused(home, name, kind, options):
    home.restore()
    place, foreign = Path(f"{home.journal}{name}"), home.journal.with_name("thesis.sqlite")
    place.unlink(missing_ok=True)
    with closing(sqlite3.connect(foreign)) as base:
        base.execute("CREATE TABLE thesis (chapter)")
    before = foreign.read_bytes()
    {
        "link": lambda: place.symlink_to(foreign),
        "dangling": lambda: place.symlink_to(foreign.with_name("nothing")),
        "folder": place.mkdir,
        "pipe": lambda: os.mkfifo(place),
    }[kind]()
    done = home.run(*options)
    assert done.exit_code == Exit.OUTPUT
    assert f"{place} 处是链接、文件夹、管道或设备" in done.stderr
    assert foreign.read_bytes() == before
    assert os.path.lexists(place)
    assert not foreign.with_name("nothing").exists()


def test_a_disk_that_gives_back_other_bytes_ends_the_run_with_a_sentence(home, monkeypatch):
    home.restore()
    home.change("UPDATE outcomes SET body = x'00'")
    monkeypatch.setattr(sealed, "digest", lambda _: str(time.perf_counter_ns()))
    done = home.run()
    assert done.exit_code == Exit.OUTPUT
    assert "读不回来" in done.stderr


def test_a_body_made_to_unpack_to_gigabytes_is_put_aside(home, monkeypatch):
    """With the right digests: who makes them new is bounded by what is ever unpacked."""
    home.restore()
    bomb = zlib.compress(b"[" + b"[]," * 30_000_000 + b"[]]", 9)
    monkeypatch.setattr("nianbao.journal.packed.MOST", 1_000_000)
    with closing(sqlite3.connect(home.journal)) as base:
        base.execute("UPDATE outcomes SET mark = ?, body = ?", (sealed.digest(bomb), bomb))
        shape = SHAPES[-1]
        for row in base.execute("SELECT * FROM outcomes").fetchall():
            base.execute(
                "UPDATE outcomes SET seal = ? WHERE path = ?", (sealed._seal(shape, row[:-2]), row[0])
            )
        base.commit()
    assert home.assert_unharmed()


def result(path="a", digest="0" * 64, **changes):
    source = Source(path, digest, 3)
    outcome = pack(Outcome(source, "failed", error_code="empty"), Outcome)
    return Result(source, "failed", "", "empty", "空", "empty", outcome, **changes)


def test_words_by_which_versions_are_found_come_out_as_they_were():
    with Journal(MEMORY, RULES) as journal:
        for kin in ((), ("",), ("", "某局\x1f2023", "\udcff"), ("年", "")):
            journal.keep(result(kin=kin))
            assert journal.brief(Source("a", "0" * 64, 3)).kin == kin


def test_what_is_not_known_is_none():
    with Journal(MEMORY, RULES) as journal:
        source = Source("a", "0" * 64, 3)
        assert (journal.brief(source), journal.items(source), journal.readings("x")) == (None, None, None)
        assert not journal.has(source)
        assert journal.find_file(b"a", "1") is None
        with pytest.raises(JournalBroken):
            journal.outcome(source)
        journal.keep(Opened("a", b"place", "stamp", "0" * 64, 3, (Listed("", "0" * 64, 3),)))
        assert journal.find_file(b"place", "stamp") == ("0" * 64, 3)
        assert journal.find_file(b"place", "other") is None
        assert journal.items(source) == (Listed("", "0" * 64, 3),)
