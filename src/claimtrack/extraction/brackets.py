"""What the brackets of a sentence say of the names before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claimtrack.extraction.clauses import Clause
from claimtrack.extraction.pieces import LONGEST, Piece

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as SpacySpan

__all__ = ["bracketed_parts", "brackets"]


def brackets(doc: Doc, tokens: set[int]) -> list[tuple[int, int]]:
    """Find pairs of round brackets around tokens, the outer ones."""
    out = []
    opened: int | None = None
    depth = 0
    for i in sorted(tokens):
        if doc[i].text == "(":
            opened = i if depth == 0 else opened
            depth += 1
        elif doc[i].text == ")" and depth:
            depth -= 1
            if depth == 0 and opened is not None:
                out.append((opened, i))
    return out


def _capital(token: Token) -> bool:
    """Tell whether a word may belong to a name by its first letter."""
    opens = token.is_sent_start and token.pos_ in {"ADP", "SCONJ", "ADV"}
    return (token.text[0].isupper() or token.text[0].isdigit()) and not opens


def bracketed_parts(sentence: SpacySpan) -> list[Clause]:
    """Give what the brackets of a sentence say of the names before them.

    Parameters
    ----------
    sentence : spacy.tokens.Span

    Returns
    -------
    list of Clause
        "X was born on 4 May 1961", "X lived from 1 May 1935 to 2 June 1990", "X dates from 1999", "X is abbreviated Y"; no cue. None from a sentence of more than 300 tokens.
    """
    doc = sentence.doc
    tokens = {t.i for t in sentence}
    out: list[Clause] = []
    if len(tokens) > 2 * LONGEST:
        return out
    for opening, closing in brackets(doc, tokens):
        piece = _bracketed(doc, opening, closing, tokens)
        if piece is not None:
            out.append(
                Clause(
                    piece.head,
                    tuple(doc[i] for i in sorted(piece.tokens)),
                    None,
                    piece.subject,
                    piece.rewrites,
                    (),
                    piece.spare,
                )
            )
    return out


def _bracketed(doc: Doc, opening: int, closing: int, tokens: set[int]) -> Piece | None:
    place = opening - 1
    while place > 0 and doc[place].text == '"':
        place -= 1
    begin = place + 1
    while (
        begin > 0
        and begin - 1 in tokens
        and (_capital(doc[begin - 1]) or doc[begin - 1].lower_ in {"of", "the", "a", "'s"})
    ):
        begin -= 1
    while begin <= place and not _capital(doc[begin]) and doc[begin].lower_ != "the":
        begin += 1
    if (
        begin > place
        or closing - opening < 2
        or not any(doc[i].pos_ == "PROPN" or i > begin for i in range(begin, place + 1))
    ):
        return None
    noun = doc[place]
    words = frozenset(range(begin, closing + 1))
    marks = {opening: "", closing: ""}
    first, inside = doc[opening + 1], doc[opening + 1 : closing]
    year = len(first.text) == 4 and first.text.isdigit() and first.text[0] in "12"
    if first.lower_ in {"born", "died", "founded"} and len(inside) > 1:
        verb = first.lower_ if first.lower_ == "died" else f"was {first.lower_}"
        after = doc[opening + 2]
        bare = len(after.text) == 4 and after.text.isdigit()
        dated = bare or after.ent_type_ == "DATE" or after.like_num
        return Piece(
            first, noun, words, marks | {first.i: f"{verb} {'in' if bare else 'on'}" if dated else verb}, kind="born"
        )
    if year and len(inside) == 1 and not (noun.ent_type_ == "PERSON" and begin == place):
        return Piece(first, noun, words, marks | {first.i: f"dates from {first.text}"}, kind="year")
    dashes = [t for t in inside if t.text in {"-", "–", "—"}]
    if (
        len(dashes) == 1
        and len(inside) > 2
        and all(t.is_punct or t.like_num or t.ent_type_ == "DATE" or t.tag_ == "NNP" for t in inside)
    ):
        months = sum(t.tag_ == "NNP" for t in inside)
        years = sum(len(t.text) == 4 and t.text.isdigit() for t in inside)
        if months == 2 and years == 2 and all(t.like_num or t.tag_ == "NNP" or t.is_punct for t in inside):
            return Piece(
                first, noun, words, marks | {first.i: f"lived from {first.text}", dashes[0].i: " to "}, kind="lived"
            )
    name = "".join(doc[i].text[0] for i in range(begin, place + 1) if _capital(doc[i]) and doc[i].lower_ != "the")
    if len(inside) == 1 and first.is_upper and len(first.text) > 1 and first.text == name:
        return Piece(first, noun, words, marks | {first.i: f"is abbreviated {first.text}"}, kind="abbr")
    return None
