"""Article -> claims: sentences, clauses, attribution, modality, context."""

from claimtrack.extraction.base import Extractor
from claimtrack.extraction.language_model import DroppedClaim, DroppedClaimsWarning, LanguageModelExtractor
from claimtrack.extraction.spacy_extractor import SpacyExtractor

__all__ = ["DroppedClaim", "DroppedClaimsWarning", "Extractor", "LanguageModelExtractor", "SpacyExtractor"]
