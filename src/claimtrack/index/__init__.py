"""Vectors in, nearest neighbours out; words in, the claims that hold them."""

from claimtrack.index.base import Index, Neighbor
from claimtrack.index.cache import read_neighborhoods, write_neighborhoods
from claimtrack.index.faiss_flat import FaissIndex
from claimtrack.index.fusion import fuse
from claimtrack.index.hybrid import HybridIndex
from claimtrack.index.lexical import LexicalIndex, Match
from claimtrack.index.neighborhoods import Neighborhoods, Placed, SavedNeighborhoods

__all__ = [
    "FaissIndex",
    "HybridIndex",
    "Index",
    "LexicalIndex",
    "Match",
    "Neighbor",
    "Neighborhoods",
    "Placed",
    "SavedNeighborhoods",
    "fuse",
    "read_neighborhoods",
    "write_neighborhoods",
]
