"""What hangs together over keys."""

import numpy as np
from numpy.typing import NDArray

__all__ = ["Numbers", "blocks_of", "on_cycles"]

Numbers = NDArray[np.int64]


def blocks_of(keys: Numbers, members: Numbers) -> tuple[Numbers, Numbers]:
    """Find which members hang together, each pair of neighbours having a key in common.

    Labels spread from the least member of each key, and along labels of labels (Shiloach and Vishkin 1982,
    https://doi.org/10.1016/0196-6774(82)90008-6), so the rounds are few however long the chains.

    Args:
        keys: Of shape (n,).
        members: Of shape (n,): each has the key beside it.

    Returns:
        The members, each once, in order; and the least of those that each hangs together with.

    >>> blocks_of(np.array([1, 1, 2, 2, 3]), np.array([10, 11, 11, 12, 20]))
    (array([10, 11, 12, 20]), array([10, 10, 10, 20]))
    """
    known, at = np.unique(members, return_inverse=True)
    of_key = np.unique(keys, return_inverse=True)[1]
    least = np.arange(len(known))
    count = int(of_key.max()) + 1 if len(of_key) else 0
    while True:
        best = np.full(count, len(known))
        np.minimum.at(best, of_key, least[at])
        new = least.copy()
        np.minimum.at(new, least[at], best[of_key])
        np.minimum.at(new, at, best[of_key])
        while not np.array_equal(new, new[new]):
            new = new[new]
        if np.array_equal(new, least):
            return known, known[least]
        least = new


def on_cycles(narrow: Numbers, broad: Numbers) -> NDArray[np.bool_]:
    """Tell which edges lie on a cycle, where no node has two edges to broader ones.

    A node is on a cycle if walking on leads back to it: the nodes that can be reached in n steps or more.

    >>> on_cycles(np.array([1, 2, 3, 4]), np.array([2, 1, 1, 5])).tolist()
    [True, True, False, False]
    """
    nodes = np.unique(np.concatenate([narrow, broad]))
    end = len(nodes)
    after = np.full(end + 1, end)
    after[np.searchsorted(nodes, narrow)] = np.searchsorted(nodes, broad)
    far, steps = after.copy(), 1
    while steps < end:
        far, steps = far[far], 2 * steps
    reached = np.zeros(end + 1, bool)
    reached[far] = True
    reached[end] = False
    return reached[np.searchsorted(nodes, narrow)]
