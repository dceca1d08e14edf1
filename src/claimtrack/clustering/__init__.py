"""Judged pairs of claims -> clusters with sides: one cluster is one proposition under discussion."""

from claimtrack.clustering.contraction import contract
from claimtrack.clustering.judged_pairs import ClusterOptions, JudgedPair, weigh
from claimtrack.clustering.lineage import lineage
from claimtrack.clustering.sides import cluster

__all__ = ["ClusterOptions", "JudgedPair", "cluster", "contract", "lineage", "weigh"]
