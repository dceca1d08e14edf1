"""Keeps records between runs."""

from claimtrack.store.base import Store
from claimtrack.store.memory import MemoryStore

__all__ = ["MemoryStore", "Store"]
