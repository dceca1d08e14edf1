"""Who says it: quotations, transcripts, stances, hearsay, and whom a role or a pronoun stands for.

A claim laid to the wrong speaker is the worst mistake that this tool can make: where nothing tells the speaker, there is
none.
"""

from __future__ import annotations

import pytest

from claimtrack.extraction import SpacyExtractor
from claimtrack.records import Article, Attribution, Claim

MARTA, CARLOS = "Marta Silva", "Carlos Lima"


def extract(extractor: SpacyExtractor, text: str) -> list[Claim]:
    return extractor.extract([Article(name="x", text=text)])[0]


def voices(extractor: SpacyExtractor, text: str) -> dict[str, str | None]:
    return {claim.text: claim.speaker for claim in extract(extractor, text)}


# -- quotations --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '"The mine has flooded. The pumps have failed," Marta Silva said.',
        '"The mine has flooded. The pumps have failed," said Marta Silva, a geologist.',
        '"The mine has flooded. The pumps have failed," Marta Silva, a geologist in Porto, told reporters.',
        'Marta Silva put it plainly: "The mine has flooded. The pumps have failed."',
        'Marta Silva told the court, "The mine has flooded. The pumps have failed."',
        "''The mine has flooded. The pumps have failed,'' Marta Silva said.",
        '"The mine has flooded," Marta Silva said. "The pumps have failed."',
        '"The mine has flooded," Marta Silva said.\n\n"The pumps have failed."',
        "“The mine has flooded. The pumps have failed.” ― Marta Silva",
        'Marta Silva said the mine was old. "The mine has flooded. The pumps have failed."',
    ],
)
def test_every_sentence_of_a_quotation_is_its_speaker_s(extractor: SpacyExtractor, text: str) -> None:
    """The parser joins a verb of saying to one sentence; the quotation has more."""
    claims = extract(extractor, text)

    assert {"The mine has flooded.", "The pumps have failed."} <= {claim.text for claim in claims}
    assert {claim.speaker for claim in claims if claim.attribution is Attribution.QUOTED} == {MARTA}


def test_two_people_quoted_in_turn_keep_their_words_apart(extractor: SpacyExtractor) -> None:
    found = voices(
        extractor,
        '"The mine has flooded," Marta Silva said. "The pumps have failed."\n\n'
        '"The mine is dry. The pumps are running," Carlos Lima said.',
    )

    assert found == {
        "The mine has flooded.": MARTA,
        "The pumps have failed.": MARTA,
        "The mine is dry.": CARLOS,
        "The pumps are running.": CARLOS,
    }


def test_a_quotation_that_nothing_is_said_of_has_no_speaker(extractor: SpacyExtractor) -> None:
    """It is quoted all the same, and not the outlet's own voice."""
    [claim] = [
        c
        for c in extract(
            extractor, 'Marta Silva said the mine had flooded.\n\nThe town is quiet.\n\n"The pumps have failed."'
        )
        if c.text == "The pumps have failed."
    ]

    assert claim.speaker is None
    assert claim.attribution is Attribution.QUOTED


def test_a_title_in_quotation_marks_does_not_end_the_quotation(extractor: SpacyExtractor) -> None:
    found = voices(
        extractor, '"The paper wrote “Flood” on Monday. The mine is dry," Marta Silva said. The town is quiet.'
    )

    assert found["The mine is dry."] == MARTA
    assert found["The town is quiet."] is None


def test_labels_of_a_transcript_name_who_speaks(extractor: SpacyExtractor) -> None:
    text = (
        "The Eastwick Gazette interviewed Marta Silva about the mine.\n\nSILVA: The mine has flooded.\n\n"
        "LIMA: The mine is dry.\n\n"
        "SILVA: The pumps have failed."
    )

    found = voices(extractor, text)

    assert found.pop("The mine has flooded.") == found.pop("The pumps have failed.") == MARTA
    assert found.pop("The mine is dry.") == "Lima"
    assert set(found.values()) == {None}


def test_a_single_word_with_a_colon_is_no_label(extractor: SpacyExtractor) -> None:
    assert set(voices(extractor, "Note: The mine has flooded.\n\nThe pumps have failed.").values()) == {None}


# -- hearsay -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        '"Miners think the shaft is safe," Marta Silva said.',
        '"They say the shaft is safe," Marta Silva said.',
        '"You say the shaft is safe," Marta Silva said.',
        "Marta Silva said many think the shaft is safe.",
    ],
)
def test_what_others_say_in_somebody_s_words_stays_whole(extractor: SpacyExtractor, text: str) -> None:
    """Marta Silva does not say that the shaft is safe, and "they" said nothing to the outlet."""
    [claim] = extract(extractor, text)

    assert claim.speaker == MARTA
    assert claim.text.endswith("the shaft is safe.")
    assert claim.text != "The shaft is safe."


def test_what_the_speaker_thinks_is_the_claim(extractor: SpacyExtractor) -> None:
    assert voices(extractor, '"I think the shaft is safe," Marta Silva said.') == {"The shaft is safe.": MARTA}


# -- stances -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Marta Silva promised to reopen the mine.",
        "Marta Silva refused to meet the miners.",
        "Marta Silva called for an end to the strike.",
        "Marta Silva accused the company of hiding the flood.",
        "Marta Silva condemned the flooding of the valley.",
        "Marta Silva is opposed to the sale of the mine.",
        "Marta Silva demanded that the company close the mine.",
        "Marta Silva explained how the company had hidden the flood.",
        "Marta Silva does not support the sale of the flooded mine to the company.",
    ],
)
def test_a_stance_stays_whole_and_is_its_holder_s(extractor: SpacyExtractor, text: str) -> None:
    """Promise, refusal, demand, blame: what is claimed is where she stands."""
    whole = {claim.text: (claim.speaker, claim.attribution) for claim in extract(extractor, text)}

    assert whole[text] == (MARTA, Attribution.REPORTED)


@pytest.mark.parametrize(
    "text",
    [
        "Marta Silva visited the mine on Friday.",
        "Marta Silva could promise to reopen the mine.",
        "Marta Silva did not mention the flooding of the valley.",
        "The election called for a change of plans.",
        "It was promised to reopen the mine.",
    ],
)
def test_what_is_no_stance_stays_the_outlet_s(extractor: SpacyExtractor, text: str) -> None:
    assert {claim.speaker for claim in extract(extractor, text)} <= {None}


def test_the_agent_of_a_passive_holds_the_stance(extractor: SpacyExtractor) -> None:
    found = voices(
        extractor, "The flooding of the valley was never forgotten by Carlos Lima. The sale of the mine failed."
    )

    assert set(found.values()) == {None}


# -- holders -----------------------------------------------------------------------------------------------------------


def test_according_to_at_the_end_holds_of_the_whole_sentence(extractor: SpacyExtractor) -> None:
    found = voices(extractor, "The river rose slowly and the old mine flooded, according to the ministry.")

    assert found == {"The river rose slowly.": "ministry", "The old mine flooded.": "ministry"}


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("As Marta Silva pointed out, the old mine has flooded.", MARTA),
        ("According to federal data, the old mine has flooded.", "federal data"),
    ],
)
def test_a_source_beside_the_sentence_holds_it(extractor: SpacyExtractor, text: str, speaker: str) -> None:
    assert voices(extractor, text) == {"The old mine has flooded.": speaker}


def test_when_it_was_said_is_not_what_was_said(extractor: SpacyExtractor) -> None:
    found = voices(extractor, '"The mine has flooded," Marta Silva said after the meeting broke up.')

    assert found == {"The mine has flooded.": MARTA, "The meeting broke up.": None}


def test_she_under_a_cue_is_who_speaks(extractor: SpacyExtractor) -> None:
    found = voices(extractor, "Anna Berg praised the plan. Marta Silva said that she thinks the mine has flooded.")

    assert found["The mine has flooded."] == MARTA


def test_you_is_nobody_s_name(extractor: SpacyExtractor) -> None:
    assert "you" not in {(s or "").lower() for s in voices(extractor, "You said that the mine had flooded.").values()}


def test_a_role_stands_for_the_person_it_was_joined_to(extractor: SpacyExtractor) -> None:
    text = "The mine's spokesman, Carlos Lima, said the mine had flooded. The spokesman said the pumps had failed."

    assert voices(extractor, text)["The pumps had failed."] == CARLOS


def test_a_role_that_two_people_have_stays_a_role(extractor: SpacyExtractor) -> None:
    text = (
        "The spokesman Carlos Lima said the mine had flooded. The spokesman John Kirby said it was dry. "
        "The spokesman said the pumps had failed."
    )

    assert voices(extractor, text)["The pumps had failed."] == "spokesman"


def test_we_in_a_statement_is_who_issued_it(extractor: SpacyExtractor) -> None:
    text = "Statement by the Miners Union of Porto\n\nWe condemn the sale of the mine. We have told the owners of the flood."

    claims = extractor.extract([Article(name="x", text=text, title="Statement by the Miners Union of Porto")])[0]

    assert {claim.speaker for claim in claims} == {"Miners Union of Porto"}


def test_what_an_interviewee_says_of_others_is_the_interviewee_s(extractor: SpacyExtractor) -> None:
    text = (
        "The Eastwick Gazette interviewed Marta Silva about the flood.\n\nWhat does the company want?\n\n"
        "The company wants a quick sale of the mine.\n\nWhat do the miners want?\n\nEveryone demands the end of the strike.\n"
    )

    assert {claim.speaker for claim in extract(extractor, text) if claim.attribution is Attribution.QUOTED} == {MARTA}
