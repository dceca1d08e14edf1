"""Articles from fact checks in JSON-LD: each reviewed claim, as somebody has made it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from claimtrack.errors import ReadError
from claimtrack.reading.failures import ReadFailure
from claimtrack.reading.jsonl import Row, check_row, parse_json

__all__ = ["claim_rows"]

_LONGEST_NAME = 8  # words, as of a claim's speaker
_LONGEST_KEY = 30  # characters of it that stand in a place
_ENDED = re.compile(r"[.!?…][\"'”’)]*\s*\Z")
_GAP = re.compile(r"(?<=[.!?…])([\"”’)]*\s+)(?=[\"“‘(]?[A-ZÀ-Þ0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Prof|St|Gov|Sen|Rep|Gen|Lt|Col|Sgt|Rev|Hon|Jr|Sr|Inc|Ltd|Corp|Co|No|vs"
    r"|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\.\Z"
)


def claim_rows(data: bytes, path: str, file_name: str) -> Iterator[tuple[str, Row] | ReadFailure]:
    """Read the claims of a file that holds ``ClaimReview`` or ``Claim`` objects of schema.org, at any depth.

    Parameters
    ----------
    data : bytes
        JSON-LD. Terms may be bare, prefixed or full addresses; contexts are not resolved, nothing is fetched.
    path, file_name : str
        For failures, and for the names of claims without an address: "<file name>:<number>".

    Yields
    ------
    (place, Row) or ReadFailure
        In the order of the file; the place is a path such as ``$.@graph[2]``. The text is ``claimReviewed``, or the claim's
        ``text`` or ``name``, with "According to", its author and a comma before each sentence, so that the author is the
        claim's speaker; the statement alone if nobody is named or the name has more than eight words. The outlet is the
        publisher of the claim's first appearance, else the author; address and day are those of the claim or of its
        first appearance, never those of the review. The row goes by the address of the review.

    Raises
    ------
    ReadError
        If it is no JSON or holds no claim.

    Notes
    -----
    Left out: who reviewed it, the rating, and appearances after the first.
    """
    document = _Document(parse_json(data, path, "", "file must be JSON"))
    if not document.claims:
        raise ReadError(path, "", "file must hold a ClaimReview or a Claim of schema.org; got none")
    for number, (place, node) in enumerate(document.claims, start=1):
        try:
            yield place, check_row(document.fields(node), path, place, name=f"{file_name}:{number}")
        except ReadError as error:
            yield ReadFailure.of(error)


class _Document:
    """Objects of a JSON-LD document by their names, as far as that goes without its context."""

    def __init__(self, document: object) -> None:
        nodes = list(_nodes(document))
        self._by_id = {_id(node): node for _, node in nodes if len(node) > 1}
        reviews = [(place, node) for place, node in nodes if "ClaimReview" in _types(node)]
        reviewed = {id(claim) for _, node in reviews for claim in self._values(node, "itemReviewed")}
        self.claims = [
            (place, node)
            for place, node in nodes
            if "ClaimReview" in _types(node) or ("Claim" in _types(node) and id(node) not in reviewed)
        ]
        """ClaimReviews, and Claims that none of them reviews, each with its place."""

    def fields(self, node: dict[str, Any]) -> dict[str, Any]:
        """Give the fields of an article for a ClaimReview or a Claim."""
        is_review = "ClaimReview" in _types(node)
        claim = self._first(node, "itemReviewed") if is_review else node
        appearance = self._first(claim, "firstAppearance") or self._first(claim, "appearance")
        statement = self._first(node, "claimReviewed") or self._first(claim, "text") or self._first(claim, "name")
        author = " and ".join(filter(None, (self._name(value) for value in self._values(claim, "author")))) or None
        return {
            "id": _id(node) or (self._first(node, "url") if is_review else None),
            "text": _attributed(statement, author) if isinstance(statement, str) else statement,
            "source": self._name(self._first(appearance, "publisher")) or author,
            "author": author,
            "url": appearance if isinstance(appearance, str) else self._first(appearance, "url"),
            "published": self._first(claim, "datePublished") or self._first(appearance, "datePublished"),
        }

    def _values(self, node: object, name: str) -> list[Any]:
        """Give the values of a property; a reference stands for what it refers to, and a typed value for its text."""
        if not isinstance(node, dict):
            return []
        found: object = next((value for key, value in node.items() if _term(key) == name), [])
        values = found if isinstance(found, list) else [found]
        return [self._resolved(value) for value in values if value is not None]

    def _resolved(self, value: object) -> object:
        if isinstance(value, dict):
            if "@value" in value:
                return value["@value"]
            if len(value) == 1 and (name := _id(value)) is not None:
                return self._by_id.get(name, name)
        return value

    def _first(self, node: object, name: str) -> Any:  # noqa: ANN401 - what JSON can hold
        return next(iter(self._values(node, name)), None)

    def _name(self, value: object) -> str | None:
        name = self._first(value, "name") if isinstance(value, dict) else value
        return " ".join(name.split()) if isinstance(name, str) else None


def _nodes(document: object) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give all objects of a document with their places, in its order."""
    waiting = [("$", document)]
    while waiting:
        place, value = waiting.pop()
        if isinstance(value, dict):
            yield place, value
            waiting += [(f"{place}.{key[:_LONGEST_KEY]}", part) for key, part in reversed(value.items())]
        elif isinstance(value, list):
            waiting += [(f"{place}[{n}]", part) for n, part in reversed(list(enumerate(value)))]


def _types(node: dict[str, Any]) -> set[str]:
    types = node.get("@type", node.get("type"))
    return {_term(name) for name in (types if isinstance(types, list) else [types]) if isinstance(name, str)}


def _id(node: dict[str, Any]) -> str | None:
    name = node.get("@id", node.get("id"))
    return name if isinstance(name, str) else None


def _term(name: str) -> str:
    """Give the last part of ``schema:author`` or ``https://schema.org/author``."""
    return re.split(r"[/:#]", name)[-1]


def _attributed(statement: str, author: str | None) -> str:
    """Let the author state each sentence; in a quotation the first one is enough."""
    if author is None or not statement.strip() or len(author.split()) > _LONGEST_NAME:
        return statement
    lead = f"According to {author}, "
    text, is_quoted = lead, False
    sentence, *rest = _GAP.split(statement)
    for gap, following in zip(rest[::2], rest[1::2], strict=True):
        is_quoted ^= sum(map((sentence + gap).count, '"“”')) % 2 == 1
        text += sentence + gap + ("" if is_quoted or _ABBREVIATED.search(sentence) else lead)
        sentence = following
    return f"{text}{sentence}{'' if _ENDED.search(statement) else '.'}"
