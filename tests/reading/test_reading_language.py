from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.language import foreign_language

FOREIGN = {
    "German": "Die Hafenarbeiter haben am Dienstag gegen das Angebot der Reederei gestimmt, und der Streik wird nach den Worten der "
    "Gewerkschaft nicht vor dem Ende der Woche beendet sein.",
    "French": "Les ouvriers du port ont voté mardi contre l'offre de la compagnie, et le syndicat dit que la grève va se poursuivre dans "
    "tout le pays pour une semaine encore.",
    "Spanish": "Los trabajadores del puerto votaron el martes en contra de la oferta de la compañía, y el sindicato dijo que la huelga "
    "seguirá hasta que haya una mejor.",
    "Italian": "I lavoratori del porto hanno votato martedì contro l'offerta della compagnia e il sindacato dice che lo sciopero non è "
    "finito e che andrà avanti per una settimana.",
    "Portuguese": "Os trabalhadores do porto votaram na terça contra a oferta da empresa, e o sindicato disse que a greve não vai parar "
    "até que uma melhor seja feita.",
    "Dutch": "De havenarbeiders hebben dinsdag tegen het bod van de rederij gestemd en de vakbond zegt dat de staking niet wordt beëindigd "
    "voor er een beter bod is.",
    "Turkish": "Liman işçileri salı günü şirketin teklifini reddetti ve sendika daha iyi bir teklif gelene kadar bu grevin devam edeceğini "
    "söyledi, ancak şirket bunun için para olmadığını bildirdi.",
}

ENGLISH = [
    "Ferry company rejects demands",
    "Erdoğan, Macron meet in Paris",
    "Los Angeles, Las Vegas mayors meet",
    "Marine Le Pen visits Aix-en-Provence",
    "Hay'at Tahrir al-Sham, Ahrar al-Sham clash near Deir al-Zor",
    "Peace",
    "José Luis de la Cruz y García wins",
    "¿Qué pasa? asks Smith",
    "De Gaulle was the president of France.",
    "Die Hard is on tonight",
    "The workers voted on Tuesday against the offer, and the union said that the strike would go on until there was a better one.",
]


@pytest.mark.parametrize("name", FOREIGN)
def test_a_paragraph_in_another_language_is_named(name: str) -> None:
    reason = foreign_language(FOREIGN[name])

    assert reason is not None
    assert reason.startswith(f"{name} function words")


@pytest.mark.parametrize(
    "text",
    [
        "Le président et la ministre sont dans le sud",
        "Der Präsident und die Ministerin sind nicht dort",
        "El presidente de la junta y los suyos",
    ],
)
def test_a_short_text_with_clear_signs_is_named(text: str) -> None:
    assert foreign_language(text) is not None


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_headlines_of_names_are_accepted(text: str) -> None:
    """Names hold foreign articles, and headlines hold no English ones."""
    assert foreign_language(text) is None
    assert foreign_language(text.upper()) is None


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Рабочие порта отвергли предложение", "Cyrillic"),
        ("رفض عمال الميناء العرض", "Arabic"),
        ("港口工人拒绝了提议", "Chinese"),
        ("Οι εργάτες", "Greek"),
        ("항만 노동자", "Hangul"),
    ],
)
def test_the_script_is_named(text: str, script: str) -> None:
    assert foreign_language(text) == f"mostly {script} letters"


def test_a_long_text_without_english_function_words_is_not_english() -> None:
    text = "lorem ipsum dolor amet consectetur adipiscing elit sed eiusmod tempor incididunt labore dolore magna aliqua enim minim veniam quis nostrud"

    assert foreign_language(text) == "only 0% English function words among 20 words"


def test_a_foreign_quotation_does_not_make_an_article_foreign() -> None:
    assert foreign_language(ENGLISH[-1] * 3 + " " + FOREIGN["French"]) is None


@given(st.text(max_size=200))
def test_any_text_gets_an_answer(text: str) -> None:
    reason = foreign_language(text)

    assert reason is None or reason.isprintable()
