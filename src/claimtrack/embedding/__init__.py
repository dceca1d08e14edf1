"""Texts in, unit vectors out."""

from claimtrack.embedding.base import Embedder, Embeddings
from claimtrack.embedding.cache import CachedEmbedder
from claimtrack.embedding.sentence_transformer import SentenceTransformerEmbedder

__all__ = ["CachedEmbedder", "Embedder", "Embeddings", "SentenceTransformerEmbedder"]
