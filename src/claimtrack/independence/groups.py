"""Groups of numbers that only ever merge (union-find)."""

from __future__ import annotations

__all__ = ["Groups"]


class Groups:
    """Numbers from 0 in groups that only ever merge; a group goes by its smallest number.

    Parameters
    ----------
    n : int, at least 0
        How many numbers there are; each is a group of its own at first.
    """

    def __init__(self, n: int) -> None:
        self._root = list(range(n))
        self._members = [[node] for node in range(n)]

    def root(self, node: int) -> int:
        """Give the smallest number of the group."""
        return self._root[node]

    def members(self, node: int) -> list[int]:
        """Give all numbers of the group, in no order that means something."""
        return self._members[self._root[node]]

    def unite(self, one: int, two: int) -> None:
        """Make one group of two; nothing happens if they are one already."""
        low, high = sorted((self._root[one], self._root[two]))
        if low == high:
            return
        for node in self._members[high]:
            self._root[node] = low
        self._members[low] += self._members[high]
        self._members[high] = []

    def joined(self, one: int, two: int) -> bool:
        """Tell whether two numbers are of one group."""
        return self._root[one] == self._root[two]
