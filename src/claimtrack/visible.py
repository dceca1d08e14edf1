"""Article text made harmless to show: control characters become visible, none is left alive.

An escape sequence can repaint a terminal, and a bidirectional override can make a sentence read as another one (Boucher
and Anderson 2021). Marks that scripts need (joiners, right-to-left marks) are kept.
"""

from __future__ import annotations

import re

__all__ = ["one_line", "visible"]

_WHITE_SPACE = re.compile(r"\r\n|[\t\n\u2028\u2029]")
# C0 and C1 controls, bidirectional embeddings, overrides and isolates, lone surrogates, noncharacters.
_FORBIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    + "]"
)


def _placeholder(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    return "\u2421" if code == 0x7F else f"⟨U+{code:04X}⟩"


def visible(text: str) -> str:
    """Replace every character that could act instead of being shown.

    Parameters
    ----------
    text : str
        Any text, lone surrogates included.

    Returns
    -------
    str
        Encodable as UTF-8. Line ends and tabs are spaces; a C0 control is its picture (ESC is ``␛``), any other
        forbidden character its number (``⟨U+202E⟩``). Applying it twice changes nothing more.

    References
    ----------
    Boucher, Anderson (2021), Trojan Source: Invisible Vulnerabilities.
    """
    return _FORBIDDEN.sub(_placeholder, _WHITE_SPACE.sub(" ", text))


def one_line(text: str) -> str:
    """Make `text` visible, with one space where it has several, and none at the ends."""
    return re.sub(" {2,}", " ", visible(text)).strip(" ")
