"""The command line: one file for commands that keep nothing, one for those on a store.

Exit codes: 0 all went well; 1 something could not be read or done (one line for each on stderr, the rest is still
reported); 2 the command was not used as it is meant.
"""

from claimtrack.cli.program import app, main

__all__ = ["app", "main"]
