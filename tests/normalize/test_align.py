"""The sequence aligner: order kept, an exact sequence on itself, and no better alignment anywhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hypothesis import given
from hypothesis import strategies as st

from normalize.align.sequence import align

# quarters are exact in binary, so that sums can be compared
COSTS = st.integers(0, 12).map(lambda n: n / 4)
SCORES = st.integers(-12, 40).map(lambda n: n / 4)


@st.composite
def problems(draw: st.DrawFn) -> tuple[list[list[float]], list[float], list[float]]:
    n, m = draw(st.integers(0, 4)), draw(st.integers(0, 4))
    scores = draw(st.lists(st.lists(SCORES, min_size=m, max_size=m), min_size=n, max_size=n))
    skips = draw(st.lists(COSTS, min_size=n, max_size=n)), draw(st.lists(COSTS, min_size=m, max_size=m))
    return scores, *skips


def value(
    placed: Sequence[int | None],
    scores: Sequence[Sequence[float]],
    skip: Sequence[float],
    lost: Sequence[float],
) -> float:
    used = {j for j in placed if j is not None}
    gained = sum(scores[i][j] if j is not None else -skip[i] for i, j in enumerate(placed))
    return gained - sum(c for j, c in enumerate(lost) if j not in used)


def all_alignments(n: int, first: int, m: int) -> Iterator[tuple[int | None, ...]]:
    if n == 0:
        yield ()
        return
    for rest in all_alignments(n - 1, first, m):
        yield (None, *rest)
    for j in range(first, m):
        for rest in all_alignments(n - 1, j + 1, m):
            yield (j, *rest)


@given(problems())
def test_no_alignment_scores_higher(problem: tuple[list[list[float]], list[float], list[float]]) -> None:
    scores, skip, lost = problem
    best = max(value(p, scores, skip, lost) for p in all_alignments(len(skip), 0, len(lost)))
    assert value(align(scores, skip, lost), scores, skip, lost) == best


@given(problems())
def test_order_is_kept_and_nothing_placed_twice(
    problem: tuple[list[list[float]], list[float], list[float]],
) -> None:
    placed = [j for j in align(*problem) if j is not None]
    assert placed == sorted(set(placed))


@given(st.integers(0, 30))
def test_an_exact_sequence_is_aligned_to_itself(n: int) -> None:
    scores = [[5.0 if i == j else -1.5 for j in range(n)] for i in range(n)]
    assert align(scores, [2.0] * n, [0.6] * n) == list(range(n))


@given(st.sets(st.integers(0, 24)), st.integers(1, 25))
def test_lost_rows_leave_the_others_in_place(gone: set[int], n: int) -> None:
    kept = [j for j in range(n) if j not in gone]
    scores = [[5.0 if i == j else -1.5 for j in range(n)] for i in kept]
    assert align(scores, [2.0] * len(kept), [0.6] * n) == kept


@given(st.integers(0, 12))
def test_an_unknown_row_is_left_out(at: int) -> None:
    scores = [[5.0 if i == j else -1.5 for j in range(12)] for i in range(12)]
    scores.insert(at, [-5.0] * 12)
    placed = align(scores, [2.0] * 13, [0.6] * 12)
    assert placed == [*range(at), None, *range(at, 12)]
