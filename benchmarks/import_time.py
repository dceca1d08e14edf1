"""Time of ``import claimtrack``: ``python benchmarks/import_time.py``.

The least of several fresh interpreters, less that of an interpreter that imports nothing; the goal is 0.3 s. The first run
may compile byte code and does not count.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

RUNS = 7


def least(statement: str) -> float:
    """Run a statement in fresh interpreters and give the least seconds."""
    seconds = []
    for _ in range(RUNS + 1):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        seconds.append(time.perf_counter() - began)
    return min(seconds[1:])


if __name__ == "__main__":
    bare = least("pass")
    full = least("import claimtrack")
    print(
        json.dumps({"import_seconds": round(full - bare, 3), "bare_interpreter_seconds": round(bare, 3), "runs": RUNS})
    )
