"""Parts: any cutting of the outcomes gives the same files."""

import csv
import io
import pickle
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from output.schema import ISSUES, OBSERVATIONS, TABLES
from output.tables.csv_text import print_head, print_rows
from output.tables.render import render
from output.tables.rows import in_order, table_rows
from output.tables.writer import GROUP_ROWS, TableWriter
from output.values import escape_unwritable

COPIES = 4
CUTS = st.sets(st.integers(1, 5 * COPIES - 1))


def longer_run(build):
    """The run of one of everything, four times, in four years, one of them unknown."""
    outcomes = []
    for copy, year in enumerate([2021, None, 2023, 2021]):
        for one in build.run():
            source = replace(one.source, path=f"{copy}/{one.source.path}")
            report = one.report and replace(
                one.report,
                source=source,
                identity=replace(one.report.identity, year=year),
                sections=tuple(replace(section, text=section.text[:9]) for section in one.report.sections),
            )
            outcomes.append(replace(one, source=source, report=report))
    return in_order(outcomes)


def cut(outcomes, cuts):
    edges = [0, *sorted(cuts), len(outcomes)]
    return [outcomes[start:end] for start, end in pairwise(edges)]


def write(folder, parts, *, by_year=False):
    with TableWriter(folder, by_year=by_year) as writer:
        for part in parts:
            writer.add(part)
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("by_year", [False, True])
@settings(max_examples=15, deadline=None)
@given(cuts=CUTS)
def test_bytes_do_not_depend_on_how_outcomes_are_cut(tmp_path_factory, build, by_year, cuts):
    with pytest.MonkeyPatch.context() as patch:
        for schema in TABLES:
            patch.setitem(GROUP_ROWS, schema.name, 7 if schema is OBSERVATIONS else 3)
        run = longer_run(build)
        whole, pieces = (tmp_path_factory.mktemp(name) for name in ("whole", "pieces"))
        expected = write(whole, [render(run)], by_year=by_year)
        assert write(pieces, [render(part) for part in cut(run, cuts)], by_year=by_year) == expected


def test_a_part_travels(build):
    part = render(longer_run(build))
    assert pickle.loads(pickle.dumps(part)) == part  # noqa: S301
    assert all(type(content) is bytes for content in (*part.csv.values(), *part.arrow.values()))
    assert list(part.csv) == list(part.arrow) == [schema.name for schema in TABLES]


def test_nothing_gives_a_part_without_rows():
    part = render([])
    assert set(part.csv.values()) == set(part.arrow.values()) == {b""}


TEXTS = st.one_of(
    st.none(),
    st.text(st.characters(), max_size=6),
    st.text(st.sampled_from('",\r\n a\x00\ud800﻿='), max_size=6),
)


@given(st.lists(st.tuples(*[TEXTS] * 4, st.none() | st.integers(), *[TEXTS] * 2), max_size=5))
def test_rows_are_printed_as_the_csv_module_prints_them(rows):
    rows = [("first", *row[1:]) for row in rows]
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(ISSUES.names)
    writer.writerows([[escape_unwritable(c) if isinstance(c, str) else c for c in row] for row in rows])
    head, last = print_head(ISSUES).decode().removesuffix("\r\n").rsplit(",", 1)
    printed = print_rows(ISSUES, rows).verbatim.decode()
    assert f"{head},{last.strip(chr(34))}\r\n{printed}" == buffer.getvalue()


def test_equal_numbers_keep_the_way_they_are_printed(build):
    seen = tuple(
        build.number("disclosure", name, value)
        for name, value in (("rules.issued", "4"), ("rules.repealed", "4.0"), ("rules.in_force", "4.00"))
    )
    rows = table_rows([build.outcome(build.report(observations=seen))])["observations"]
    lines = list(csv.reader(io.StringIO(print_rows(OBSERVATIONS, rows).csv.decode(), newline="")))
    assert [line[OBSERVATIONS.names.index("value")] for line in lines] == ["4.0", "4.0", "4.00"]


def test_writing_needs_no_pandas(tmp_path):
    program = (
        "import sys; from pathlib import Path; from extract.document import Source; "
        "from output.outcome import Outcome; from output.write import write_all; "
        f"write_all([Outcome(Source('a', '0' * 64, 1), 'failed')], Path({str(tmp_path)!r})); "
        "sys.exit('pandas' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
    assert (tmp_path / "reports.csv").is_file()
