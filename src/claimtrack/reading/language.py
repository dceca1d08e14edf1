"""Whether a text is English: by its letters, and by the little words that no sentence does without."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from itertools import pairwise

__all__ = ["foreign_language"]

_LETTERS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SAMPLE = 200_000  # characters from the beginning that are looked at
_SHORT = 20  # words; below it only clear signs of another language count
_FEWEST_ENGLISH = 0.08  # share of function words in a longer text; news in English has 0.35 to 0.5

_ENGLISH_TEXT = """
the a an and or but nor if then than that this these those of to in on at by for from with without into onto over
under between among against during before after since until about as is are was were be been being am has have had
having do does did will would shall should can could may might must not no it its he she they them their his her him
we our us you your i my me who whom whose which what when where why how there here all any both each more most other
some such only own so too very just also said says say new one two out up down off again
"""
_ENGLISH = frozenset(_ENGLISH_TEXT.split())
# Function words that are no English words, nor names' parts that stand in English news as often as at home.
_OTHERS = {
    "German": "der das und ist nicht ein eine einen einem einer des dem den sich mit auf für von zu im auch wird wurde wurden nach bei aus dass "
    "haben sind über wie durch gegen zum zur noch sein werden kann nur vor unter",
    "French": "le la les des du et est dans que qui pour une sur pas au aux avec par ce cette sont il elle nous vous mais ou où été être "
    "ont leur ses sa plus entre après selon d'un d'une contre",
    "Spanish": "el la los las del y en que un una por con para se su es al lo como más pero sus fue este esta ha sobre entre también "
    "según desde hasta cuando muy sin contra tras",
    "Italian": "il lo gli della delle dei degli del di che è e un una per con non sono nel nella alla al da si anche ha come più dal dalla "
    "contro dopo stato questo tra sul sulla",
    "Portuguese": "o os da das dos do em um uma que não para com por se na nas nos ao mais foi é como mas são pelo pela seu sua até "
    "também após contra entre",
    "Dutch": "het een en van de niet is dat op te voor met zijn er aan ook door naar bij uit nog wordt werd om als maar deze tegen over "
    "heeft hebben worden tot",
    "Turkish": "ve bir bu için ile da de olarak olan çok daha sonra gibi kadar ancak göre ise olduğu tarafından karşı değil oldu dedi "
    "üzere içinde her yeni ilk türkiye",
    "Polish": "i w na się nie że jest do za od po przez dla jak oraz ale są był była który które został",
    "Swedish": "och att det som en på är av för med den till inte har om ett från kan var ska efter",
    "Indonesian": "yang dan di dari untuk dengan pada ini itu tidak dalam akan oleh juga adalah telah sudah kepada karena",
    "Romanian": "și de la în cu pe nu din care este sunt au pentru mai prin după către fost",
    "Kurdish": "û ku li ji bi de di jî ne ev hat dike kir bo xwe wan",
}
_FOREIGN = {name: frozenset(listed.split()) - _ENGLISH for name, listed in _OTHERS.items()}


def foreign_language(text: str) -> str | None:
    """Tell why a text is not English.

    Parameters
    ----------
    text : str
        An article's text; its first 200,000 characters are looked at.

    Returns
    -------
    str or None
        The reason, such as "mostly Cyrillic letters" or "German function words (38 % of the words)"; None for English,
        and for a text of fewer than 20 words in Latin letters that shows no clear sign of another language: a headline
        may do without any function word.

    Notes
    -----
    Function words are what short texts are told apart by best (Grefenstette 1995, Comparing two language identification
    schemes). Capitalised ones are not counted for other languages: "Los Angeles", "De Gaulle" and "El Al" are names; nor
    are those of a short text all in capitals, where names can't be told.
    """
    sample = text[:_SAMPLE]
    script = _main_script(sample)
    if script != "Latin":
        return f"mostly {script} letters"
    tokens = _LETTERS.findall(sample)
    if sample.isupper() and len(tokens) >= _SHORT:
        tokens = [token.lower() for token in tokens]
    if not tokens:
        return None
    plain = [token.replace("’", "'") for token in tokens]
    n_english = sum(token.casefold() in _ENGLISH for token in plain)
    short = len(tokens) < _SHORT
    # "José de la Cruz y García": what stands before a name may be a part of it; in a short text that decides.
    counted = [token for token, following in pairwise([*plain, ""]) if not (short and following[:1].isupper())]
    found = {name: [token for token in counted if token in listed] for name, listed in _FOREIGN.items()}
    name, others = max(found.items(), key=lambda item: (len(item[1]), item[0]))
    share, english = len(others) / len(tokens), n_english / len(tokens)
    if short:
        clear = len(others) >= 2 and len(set(others)) >= 2 and share >= 0.2 and len(others) > 2 * n_english
    else:
        clear = share >= 0.1 and share > english
    if clear:
        return f"{name} function words ({share:.0%} of the words, against {english:.0%} English ones)"
    if not short and english < _FEWEST_ENGLISH:
        return f"only {english:.0%} English function words among {len(tokens)} words"
    return None


def _main_script(text: str) -> str:
    """Name the script that most letters belong to; Latin for a text without letters."""
    scripts: Counter[str] = Counter()
    for character, n in Counter(text).items():
        if character.isalpha():
            scripts["Latin" if character.isascii() else _script(character)] += n
    if not scripts:
        return "Latin"
    name, n = max(scripts.items(), key=lambda item: (item[1], item[0]))
    return name if 2 * n > scripts.total() or name != "Latin" else "Latin"


def _script(letter: str) -> str:
    """Name a letter's script by the first word of its Unicode name."""
    name = unicodedata.name(letter, "unnamed")
    first = name.split(maxsplit=1)[0]
    if first in ("FEMININE", "MASCULINE", "MODIFIER", "MICRO"):
        return "Latin"
    if first == "CJK":
        return "Chinese"
    return first.title()
