"""One name for one person, place, group or organisation over all sources.

Idlib, Idleb, Idelb; HTS, Hay'at Tahrir al-Sham, Heyat Tahrir al-Sham, the former Nusra; Erdogan, Erdoğan, President Recep
Tayyip Erdoğan. Two steps: :func:`name_mentions` reads one article, :func:`join_names` joins what all articles say. The
words in the article stay as they are; only what the embedder and the relation model read, and the name that a speaker goes
under, are changed.
"""

from claimtrack.names.joining import join_names, join_tally
from claimtrack.names.mentions import NameMentions, name_mentions
from claimtrack.names.rewriting import NamedTexts
from claimtrack.names.table import NameTable
from claimtrack.names.tally import NameTally

__all__ = ["NameMentions", "NameTable", "NameTally", "NamedTexts", "join_names", "join_tally", "name_mentions"]
