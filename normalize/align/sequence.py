"""A sequence aligner: what is printed, in order, against what the form has, in order.

Enters: scores of every pair and the cost of a gap on either side. Leaves: for every observed item the
form item it is aligned with, or None (Needleman and Wunsch 1970, global alignment).
"""

from __future__ import annotations

from collections.abc import Sequence


def align(
    scores: Sequence[Sequence[float]], skip_observed: Sequence[float], skip_form: Sequence[float]
) -> list[int | None]:
    """The order-preserving assignment with the highest total score.

    Args:
        scores: `scores[i][j]` for observed item i on form item j.
        skip_observed: cost (positive) of leaving observed item i unplaced.
        skip_form: cost (positive) of form item j missing from the document.

    Returns:
        One form index or None for each observed item, increasing.
    """
    n, m = len(skip_observed), len(skip_form)
    total = [[0.0] * (m + 1) for _ in range(n + 1)]
    for j in range(1, m + 1):
        total[0][j] = total[0][j - 1] - skip_form[j - 1]
    for i in range(1, n + 1):
        row, above, pair, drop = total[i], total[i - 1], scores[i - 1], skip_observed[i - 1]
        row[0] = left = above[0] - drop
        steps = zip(range(1, m + 1), pair, above, above[1:], skip_form, strict=False)
        for j, score, before, straight, skip in steps:
            paired, dropped, missing = before + score, straight - drop, left - skip
            left = paired if paired >= dropped else dropped
            row[j] = left = left if left >= missing else missing
    return _trace(total, scores, skip_observed)


def _trace(
    total: list[list[float]], scores: Sequence[Sequence[float]], skip_observed: Sequence[float]
) -> list[int | None]:
    i, j = len(total) - 1, len(total[0]) - 1
    placed: list[int | None] = [None] * i
    while i > 0:
        if j > 0 and total[i][j] == total[i - 1][j - 1] + scores[i - 1][j - 1]:
            i, j = i - 1, j - 1
            placed[i] = j
        elif total[i][j] == total[i - 1][j] - skip_observed[i - 1]:
            i -= 1
        else:
            j -= 1
    return placed
