"""Article -> claims: sentences, clauses, attribution, modality, context."""

from claimtrack.extraction.base import Extractor
from claimtrack.extraction.spacy_extractor import SpacyExtractor

__all__ = ["Extractor", "SpacyExtractor"]
