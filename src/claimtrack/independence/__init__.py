"""How many sources stand behind claims: copies, news agencies, publisher families and quotations are folded."""

from claimtrack.independence.agencies import agency_of
from claimtrack.independence.copies import CopyOptions, Fold, find_copies, fold_copies
from claimtrack.independence.counting import (
    IndependentSources,
    SourceCounter,
    count_sources,
    independent_sources,
)
from claimtrack.independence.families import family_of, read_families
from claimtrack.independence.quotes import Utterance, find_utterances

__all__ = [
    "CopyOptions",
    "Fold",
    "IndependentSources",
    "SourceCounter",
    "Utterance",
    "agency_of",
    "count_sources",
    "family_of",
    "find_copies",
    "find_utterances",
    "fold_copies",
    "independent_sources",
    "read_families",
]
