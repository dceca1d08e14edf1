"""Sphinx settings; ``sphinx-build -n -W docs docs/_build/html`` builds the pages without network."""

from __future__ import annotations

import pkgutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "_ext"))

import claimtrack

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

project = "claimtrack"
author = "the claimtrack authors"
release = version = claimtrack.__version__

# No intersphinx: it fetches inventories, and the pages must build offline.
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.doctest", "sphinx.ext.napoleon", "generated"]
exclude_patterns = ["_build", "_ext"]
smartquotes = False  # two hyphens begin an option, and straight quotes stand round JSON

nb_execution_mode = "off"  # tests/test_notebook.py runs the notebook, and its outputs are kept in it
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3

html_theme = "furo"
html_title = f"claimtrack {release}"
html_show_copyright = False

autodoc_member_order = "bysource"
# The docstrings give types with ranges and shapes; annotations beside them would say less, twice.
autodoc_typehints = "none"
napoleon_google_docstring = False
napoleon_use_param = False
napoleon_use_rtype = False

# Examples of docstrings use the names of their module, as every reader of a docstring expects.
_ROOMS = sorted({room.name for room in pkgutil.iter_modules(claimtrack.__path__)} - {"__main__", "cli"})
doctest_global_setup = "\n".join(["from claimtrack import *", *(f"from claimtrack.{room} import *" for room in _ROOMS)])

nitpick_ignore = [
    ("py:exc", "TypeError"),  # a builtin: without intersphinx there is nothing to link to
    ("py:mod", "claimtrack.reading.page_lines"),  # named in a docstring for readers of the code; not public
]


def resolve_by_public_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.TextElement
) -> nodes.reference | None:
    """Link a name that a docstring gives by its file, or bare, to the one place where it is documented."""
    if node.get("refdomain") != "py":
        return None
    python = env.domains.python_domain
    name = node["reftarget"].rpartition(".")[2]
    kinds = python.objtypes_for_role(node["reftype"]) or ()
    found = [
        full
        for full, entry in python.objects.items()
        if full.rpartition(".")[2] == name and entry.objtype in kinds and not entry.aliased
    ]
    if len(found) != 1:
        return None
    return python.resolve_xref(env, node["refdoc"], app.builder, node["reftype"], found[0], node, contnode)


def setup(app: Sphinx) -> None:
    app.connect("missing-reference", resolve_by_public_name)
