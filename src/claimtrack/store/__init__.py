"""Keeps records between runs."""

from claimtrack.store.base import Store
from claimtrack.store.memory import MemoryStore
from claimtrack.store.sqlite import SqliteStore

__all__ = ["MemoryStore", "SqliteStore", "Store"]
