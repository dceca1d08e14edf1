"""Vectors in, nearest neighbours out."""

from claimtrack.index.base import Index, Neighbor
from claimtrack.index.faiss_flat import FaissIndex
from claimtrack.index.neighbors import Candidate, candidate_pairs

__all__ = ["Candidate", "FaissIndex", "Index", "Neighbor", "candidate_pairs"]
