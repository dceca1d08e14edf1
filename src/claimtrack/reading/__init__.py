"""From files to articles: plain text, Markdown, HTML and JSON lines; what of a page is its report."""

from claimtrack.reading.articles import Articles, read
from claimtrack.reading.blocks import Block, BlockKind
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.residue import text_blocks

__all__ = ["Articles", "Block", "BlockKind", "ReadFailure", "read", "text_blocks"]
