"""The best way to pair rows with columns: the greatest sum of weights, each used once.

The method of Kuhn and Munkres with potentials, O(rows² · columns).
"""

import math
from collections.abc import Iterator, Sequence

Weights = Sequence[Sequence[float]]


def best_pairs(weights: Weights) -> tuple[tuple[int, int], ...]:
    """Pair rows with columns of a full matrix so that the weights of the pairs sum to the most.

    Each row, or each column if there are fewer, is paired, also where its weight is zero.
    """
    if not weights or not weights[0]:
        return ()
    if len(weights) > len(weights[0]):
        turned = best_pairs([list(column) for column in zip(*weights, strict=True)])
        return tuple(sorted((row, column) for column, row in turned))
    return tuple(sorted(_assign(weights)))


def _assign(weights: Weights) -> Iterator[tuple[int, int]]:
    """Add one row after the other along the cheapest path; index 0 stands for "none yet"."""
    rows, columns = len(weights), len(weights[0])
    of_row, of_column = [0.0] * (rows + 1), [0.0] * (columns + 1)
    paired_row = [0] * (columns + 1)
    for row in range(1, rows + 1):
        paired_row[0] = row
        column, came_from = 0, [0] * (columns + 1)
        slack, seen = [math.inf] * (columns + 1), [False] * (columns + 1)
        while paired_row[column]:
            seen[column] = True
            current, step, following = paired_row[column], math.inf, 0
            for other in range(1, columns + 1):
                if seen[other]:
                    continue
                cost = -weights[current - 1][other - 1] - of_row[current] - of_column[other]
                if cost < slack[other]:
                    slack[other], came_from[other] = cost, column
                if slack[other] < step:
                    step, following = slack[other], other
            for other in range(columns + 1):
                if seen[other]:
                    of_row[paired_row[other]] += step
                    of_column[other] -= step
                else:
                    slack[other] -= step
            column = following
        while column:
            paired_row[column] = paired_row[came_from[column]]
            column = came_from[column]
    yield from ((paired_row[column] - 1, column - 1) for column in range(1, columns + 1) if paired_row[column])
