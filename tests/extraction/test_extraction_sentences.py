"""What each sentence claims: who says it, in which words, whether it is denied, and in what mood.

One row for each; a fixed mistake adds a row. What the rules still get wrong on a reasonable sentence stands in the second
table with the reason, and fails there as soon as it is mended.
"""

from __future__ import annotations

import functools
from itertools import pairwise

import pytest

from claimtrack.extraction import SpacyExtractor
from claimtrack.records import Article, Attribution, Claim, Modality, Polarity

Expected = tuple[str | None, str, str, str]

P, N = "positive", "negative"
MARTA = "Marta Silva"

RIGHT: list[tuple[str, str, list[Expected]]] = [
    # -- coordination
    (
        "verbs share their subject",
        "Police detained three men and seized two cars.",
        [(None, "Police detained three men.", P, "asserted"), (None, "Police seized two cars.", P, "asserted")],
    ),
    (
        "three verbs share their subject",
        "The president flew to Ghana, met the prime minister and signed a treaty.",
        [
            (None, "The president flew to Ghana.", P, "asserted"),
            (None, "The president met the prime minister.", P, "asserted"),
            (None, "The president signed a treaty.", P, "asserted"),
        ],
    ),
    (
        "verbs share their auxiliary",
        "Police have arrested two men and searched three flats in Lisbon.",
        [
            (None, "Police have arrested two men.", P, "asserted"),
            (None, "Police searched three flats in Lisbon.", P, "asserted"),
        ],
    ),
    (
        "verbs share a future auxiliary",
        "The parliament will meet on Monday and vote on Tuesday.",
        [
            (None, "The parliament will meet on Monday.", P, "forecast"),
            (None, "The parliament will vote on Tuesday.", P, "forecast"),
        ],
    ),
    (
        "passive and future",
        "The museum was sold in April and will reopen next year.",
        [
            (None, "The museum was sold in April.", P, "asserted"),
            (None, "The museum will reopen next year.", P, "forecast"),
        ],
    ),
    (
        "each verb with its own negation",
        "The company did not raise prices and did not cut wages.",
        [
            (None, "The company did not raise prices.", N, "asserted"),
            (None, "The company did not cut wages.", N, "asserted"),
        ],
    ),
    (
        "clauses with a subject each",
        "The minister resigned on Monday and her deputy took over on Tuesday.",
        [
            (None, "The minister resigned on Monday.", P, "asserted"),
            (None, "The minister's deputy took over on Tuesday.", P, "asserted"),
        ],
    ),
    (
        "one denied, one not",
        "The thief was not found, but the police found the car.",
        [(None, "The thief was not found.", N, "asserted"), (None, "The police found the car.", P, "asserted")],
    ),
    (
        "semicolon",
        "The army took the town; the rebels fled to the hills.",
        [(None, "The army took the town.", P, "asserted"), (None, "The rebels fled to the hills.", P, "asserted")],
    ),
    (
        "subjects stay together",
        "Norway and Sweden signed the treaty.",
        [(None, "Norway and Sweden signed the treaty.", P, "asserted")],
    ),
    # -- reported speech
    ("that-clause", "The mayor said that the bridge was unsafe.", [("mayor", "The bridge was unsafe.", P, "asserted")]),
    ("without that", "The mayor said the bridge was unsafe.", [("mayor", "The bridge was unsafe.", P, "asserted")]),
    (
        "a verb that could be a cue",
        "The mayor said that the dam would hold.",
        [("mayor", "The dam would hold.", P, "forecast")],
    ),
    ("announced", "The bank announced that profits had doubled.", [("bank", "Profits had doubled.", P, "asserted")]),
    (
        "told somebody",
        "Marta Silva told reporters that the mine had flooded.",
        [(MARTA, "The mine had flooded.", P, "asserted")],
    ),
    (
        "an adverbial between cue and content",
        "The ministry confirmed on Tuesday that two soldiers were missing.",
        [("ministry", "Two soldiers were missing.", P, "asserted")],
    ),
    (
        "two that-clauses",
        "Officials said that the road was open and that the tunnel was closed.",
        [("Officials", "The road was open.", P, "asserted"), ("Officials", "The tunnel was closed.", P, "asserted")],
    ),
    (
        "two clauses under one that",
        "Marta Silva said the company had lied and the state had slept.",
        [(MARTA, "The company had lied.", P, "asserted"), (MARTA, "The state had slept.", P, "asserted")],
    ),
    (
        "a title before the name",
        "Foreign Minister Kari Lund told the BBC that the treaty was dead.",
        [("Kari Lund", "The treaty was dead.", P, "asserted")],
    ),
    (
        "an apposition behind the name",
        "Kari Lund, the foreign minister of Norway, said the treaty was dead.",
        [("Kari Lund", "The treaty was dead.", P, "asserted")],
    ),
    (
        "a place in the holder",
        "The mayor of Porto said on Friday that the old bridge would be closed.",
        [("mayor of Porto", "The old bridge would be closed.", P, "forecast")],
    ),
    (
        "a relative clause on the holder",
        "Lund, who leads the party, said the treaty was dead.",
        [(None, "Lund leads the party.", P, "asserted"), ("Lund", "The treaty was dead.", P, "asserted")],
    ),
    ("nobody named", "It is expected that the river will rise.", [(None, "The river will rise.", P, "forecast")]),
    # -- inverted and parenthetical
    ("X said at the end", "Prices rose in May, the bank said.", [("bank", "Prices rose in May.", P, "asserted")]),
    ("said X at the end", "Prices rose in May, said the bank.", [("bank", "Prices rose in May.", P, "asserted")]),
    (
        "X said in the middle",
        "The mine, Marta Silva said, has flooded.",
        [(MARTA, "The mine has flooded.", P, "asserted")],
    ),
    (
        "X said around a verb that could be a cue",
        "The dam, Marta Silva said, will hold until spring.",
        [(MARTA, "The dam will hold until spring.", P, "forecast")],
    ),
    (
        "the ministry says in the middle",
        "The tunnel, the ministry says, will be closed until May.",
        [("ministry", "The tunnel will be closed until May.", P, "forecast")],
    ),
    (
        "according to at the end",
        "The tunnel will be closed until May, according to the ministry.",
        [("ministry", "The tunnel will be closed until May.", P, "forecast")],
    ),
    (
        "according to at the start",
        "According to the ministry, the tunnel will be closed until May.",
        [("ministry", "The tunnel will be closed until May.", P, "forecast")],
    ),
    (
        "in somebody's view",
        "In Marta Silva's view, the tunnel is too narrow.",
        [(MARTA, "The tunnel is too narrow.", P, "asserted")],
    ),
    (
        "in her view",
        "Marta Silva visited the tunnel on Friday. In her view, it is too narrow.",
        [
            (None, "Marta Silva visited the tunnel on Friday.", P, "asserted"),
            (MARTA, "The tunnel is too narrow.", P, "asserted"),
        ],
    ),
    # -- quotes
    ("quote before", '"The mine has flooded," Marta Silva said.', [(MARTA, "The mine has flooded.", P, "asserted")]),
    (
        "quote before said",
        '"The mine has flooded," said Marta Silva.',
        [(MARTA, "The mine has flooded.", P, "asserted")],
    ),
    ("curly quotes", "“The mine has flooded,” said Marta Silva.", [(MARTA, "The mine has flooded.", P, "asserted")]),
    ("quote after", 'Marta Silva said: "The mine has flooded."', [(MARTA, "The mine has flooded.", P, "asserted")]),
    ("broken quote", '"The mine," Marta Silva said, "has flooded."', [(MARTA, "The mine has flooded.", P, "asserted")]),
    (
        "two statements in a quote",
        '"The mine has flooded and the pumps have failed," Marta Silva said.',
        [(MARTA, "The mine has flooded.", P, "asserted"), (MARTA, "The pumps have failed.", P, "asserted")],
    ),
    (
        "a quote of two sentences, speaker behind it",
        '"The mine has flooded. The pumps have failed," Marta Silva said.',
        [(MARTA, "The mine has flooded.", P, "asserted"), (MARTA, "The pumps have failed.", P, "asserted")],
    ),
    (
        "a quote that goes on behind its speaker",
        '"The mine has flooded," Marta Silva said. "The pumps have failed. Nobody will work there again."',
        [
            (MARTA, "The mine has flooded.", P, "asserted"),
            (MARTA, "The pumps have failed.", P, "asserted"),
            (MARTA, "Nobody will work there again.", N, "forecast"),
        ],
    ),
    (
        "a quote that goes on in the next paragraph",
        '"The mine has flooded," Marta Silva said.\n"The pumps have failed.',
        [(MARTA, "The mine has flooded.", P, "asserted"), (MARTA, "The pumps have failed.", P, "asserted")],
    ),
    ("first person", '"I will resign," said Carlos Lima.', [("Carlos Lima", "I will resign.", P, "forecast")]),
    # -- who spoke last
    (
        "she added",
        "Marta Silva said the mine had flooded. She added that the pumps had failed.",
        [(MARTA, "The mine had flooded.", P, "asserted"), (MARTA, "The pumps had failed.", P, "asserted")],
    ),
    (
        "and added",
        "Marta Silva said the mine had flooded, and added that the pumps had failed.",
        [(MARTA, "The mine had flooded.", P, "asserted"), (MARTA, "The pumps had failed.", P, "asserted")],
    ),
    (
        "she said, of whom the sentence before is about",
        'Marta Silva visited the mine on Friday. "The pumps have failed," she said.',
        [
            (None, "Marta Silva visited the mine on Friday.", P, "asserted"),
            (MARTA, "The pumps have failed.", P, "asserted"),
        ],
    ),
    # -- nested
    (
        "the innermost holder",
        "Carlos Lima claimed that Marta Silva had said that the mine was safe.",
        [(MARTA, "The mine was safe.", P, "asserted")],
    ),
    (
        "cited as saying",
        "The paper cited Marta Silva as saying that the mine had flooded.",
        [(MARTA, "The mine had flooded.", P, "asserted")],
    ),
    (
        "quoted as saying",
        "A radio station quoted Marta Silva as saying the mine had flooded.",
        [(MARTA, "The mine had flooded.", P, "asserted")],
    ),
    (
        "said nobody believes",
        "Marta Silva said nobody believes that the mine will reopen.",
        [(MARTA, "Nobody believes that the mine will reopen.", N, "asserted")],
    ),
    # -- content that nobody holds
    (
        "nobody believes",
        "Nobody believes that the rebels want peace.",
        [(None, "Nobody believes that the rebels want peace.", N, "asserted")],
    ),
    (
        "should admit",
        "The government should admit that the dam is leaking.",
        [(None, "The government should admit that the dam is leaking.", P, "ordered")],
    ),
    # -- conditions
    (
        "if before",
        "If the dam breaks, the valley will flood.",
        [(None, "If the dam breaks, the valley will flood.", P, "conditional")],
    ),
    (
        "if behind",
        "The valley will flood if the dam breaks.",
        [(None, "The valley will flood if the dam breaks.", P, "conditional")],
    ),
    (
        "unless",
        "The valley will not flood unless the dam breaks.",
        [(None, "The valley will not flood unless the dam breaks.", N, "conditional")],
    ),
    (
        "should",
        "Should war begin, the border will be closed.",
        [(None, "Should war begin, the border will be closed.", P, "conditional")],
    ),
    (
        "if under said",
        "Marta Silva said that if the dam broke, the valley would flood.",
        [(MARTA, "If the dam broke, the valley would flood.", P, "conditional")],
    ),
    (
        "if, X said",
        "If the mine closes, 300 people will lose their jobs, the union said.",
        [("union", "If the mine closes, 300 people will lose their jobs.", P, "conditional")],
    ),
    # -- relative clauses
    (
        "which",
        "The company, which makes pumps, lost money in May.",
        [
            (None, "The company makes pumps.", P, "asserted"),
            (None, "The company lost money in May.", P, "asserted"),
        ],
    ),
    (
        "who",
        "The chairman, who took office in May, resigned on Friday.",
        [
            (None, "The chairman took office in May.", P, "asserted"),
            (None, "The chairman resigned on Friday.", P, "asserted"),
        ],
    ),
    (
        "who agrees in number with the noun further off",
        "The owners of the ship, who were warned twice, left the country.",
        [
            (None, "The owners of the ship were warned twice.", P, "asserted"),
            (None, "The owners of the ship left the country.", P, "asserted"),
        ],
    ),
    (
        "a relative clause that tells which one",
        "The man who stole the car was arrested.",
        [(None, "The man who stole the car was arrested.", P, "asserted")],
    ),
    # -- clauses beside the main clause
    (
        "as",
        "The ferry sank as a storm hit the coast.",
        [(None, "The ferry sank.", P, "asserted"), (None, "A storm hit the coast.", P, "asserted")],
    ),
    (
        "because",
        "The road was closed because the river had flooded the valley.",
        [(None, "The road was closed.", P, "asserted"), (None, "The river had flooded the valley.", P, "asserted")],
    ),
    (
        "because behind a negation",
        "The guard did not see the thief because the lamp was broken.",
        [(None, "The guard did not see the thief.", N, "asserted"), (None, "The lamp was broken.", P, "asserted")],
    ),
    (
        "while",
        "The army withdrew from the valley while the rebels kept the hills.",
        [
            (None, "The army withdrew from the valley.", P, "asserted"),
            (None, "The rebels kept the hills.", P, "asserted"),
        ],
    ),
    (
        "although",
        "Although the bank raised rates, prices rose in May.",
        [(None, "The bank raised rates.", P, "asserted"), (None, "Prices rose in May.", P, "asserted")],
    ),
    (
        "after",
        "The shop closed after the owner died.",
        [(None, "The shop closed after the owner died.", P, "asserted"), (None, "The owner died.", P, "asserted")],
    ),
    (
        "when before",
        "When the owner died, the shop closed.",
        [(None, "When the owner died, the shop closed.", P, "asserted"), (None, "The owner died.", P, "asserted")],
    ),
    (
        "a measure of time before after",
        "Ten years after the owner died, the shop closed.",
        [
            (None, "Ten years after the owner died, the shop closed.", P, "asserted"),
            (None, "The owner died.", P, "asserted"),
        ],
    ),
    # -- negation
    ("not", "The army did not take the town.", [(None, "The army did not take the town.", N, "asserted")]),
    ("never", "The boat never reached the island.", [(None, "The boat never reached the island.", N, "asserted")]),
    ("hardly", "The army hardly fired a shot.", [(None, "The army hardly fired a shot.", N, "asserted")]),
    (
        "neither nor",
        "Neither Chile nor Peru signed the treaty.",
        [(None, "Neither Chile nor Peru signed the treaty.", N, "asserted")],
    ),
    (
        "nor",
        "Norway did not sign the treaty, nor did Sweden attend the talks.",
        [
            (None, "Norway did not sign the treaty.", N, "asserted"),
            (None, "Nor did Sweden attend the talks.", N, "asserted"),
        ],
    ),
    ("no subject", "No ship left the port on Monday.", [(None, "No ship left the port on Monday.", N, "asserted")]),
    (
        "no object",
        "The search found no trace of the boat.",
        [(None, "The search found no trace of the boat.", N, "asserted")],
    ),
    ("nobody", "Nobody was hurt in the fire.", [(None, "Nobody was hurt in the fire.", N, "asserted")]),
    ("nothing", "The guards saw nothing.", [(None, "The guards saw nothing.", N, "asserted")]),
    ("there is no", "There will be no strike in Porto.", [(None, "There will be no strike in Porto.", N, "forecast")]),
    ("failed to", "The army failed to take the town.", [(None, "The army failed to take the town.", N, "asserted")]),
    ("failed", "The minister said the plan had failed.", [("minister", "The plan had failed.", P, "asserted")]),
    # -- questions
    ("question", "Will the dam hold?", []),
    ("indirect question", "Marta Silva asked whether the dam would hold.", []),
    ("quoted question", '"Will the dam hold?" Marta Silva asked.', []),
    # -- moods
    (
        "hopes",
        "Marta Silva hopes that the dam will hold.",
        [(MARTA, "Marta Silva hopes that the dam will hold.", P, "wished")],
    ),
    (
        "said it hopes",
        "The ministry said it hopes the road will reopen in June.",
        [("ministry", "The ministry hopes the road will reopen in June.", P, "wished")],
    ),
    ("wants", "The union wants the mine to reopen.", [("union", "The union wants the mine to reopen.", P, "wished")]),
    (
        "expects",
        "The bank expects that prices will fall in June.",
        [("bank", "Prices will fall in June.", P, "forecast")],
    ),
    (
        "will",
        "The bank will raise rates in June.",
        [
            (None, "The bank will raise rates in June.", P, "forecast"),
        ],
    ),
    (
        "going to",
        "The firm is going to build a plant in Ghent.",
        [(None, "The firm is going to build a plant in Ghent.", P, "forecast")],
    ),
    (
        "likely",
        "The river is likely to flood the town.",
        [(None, "The river is likely to flood the town.", P, "forecast")],
    ),
    (
        "denied that",
        "The mayor denied that the dam was leaking.",
        [("mayor", "The mayor denied that the dam was leaking.", N, "denied")],
    ),
    ("denied", "The mayor denied the report.", [("mayor", "The mayor denied the report.", N, "denied")]),
    (
        "rejected the claim that",
        "The rebels rejected the claim that the army had taken the town.",
        [("rebels", "The rebels rejected the claim that the army had taken the town.", N, "denied")],
    ),
    ("may", "The boat may have hit a rock.", [(None, "The boat may have hit a rock.", P, "hedged")]),
    (
        "could",
        "The bridge could collapse at any time.",
        [(None, "The bridge could collapse at any time.", P, "hedged")],
    ),
    ("reportedly", "The boat reportedly hit a rock.", [(None, "The boat reportedly hit a rock.", P, "hedged")]),
    ("seems", "The singer seems to be ill.", [(None, "The singer seems to be ill.", P, "hedged")]),
    ("appear on a stage", "The singer did not appear.", [(None, "The singer did not appear.", N, "asserted")]),
    ("must", "The pumps must be replaced.", [(None, "The pumps must be replaced.", P, "ordered")]),
    ("should", "The mine should be closed.", [(None, "The mine should be closed.", P, "ordered")]),
    # -- atomic parts
    (
        "nothing is cut: The guards refused to release the hostages",
        "The guards refused to release the hostages and the driver.",
        [("guards", "The guards refused to release the hostages and the driver.", N, "asserted")],
    ),
    (
        "nothing is cut: The factory ran for a year without",
        "The factory ran for a year without permits or inspectors.",
        [(None, "The factory ran for a year without permits or inspectors.", P, "asserted")],
    ),
    (
        "nothing is cut: Only Lena Hauser and her brother knew",
        "Only Lena Hauser and her brother knew the code.",
        [(None, "Only Lena Hauser and her brother knew the code.", P, "asserted")],
    ),
    (
        "nothing is cut: No one but the captain and the",
        "No one but the captain and the cook left the ship.",
        [(None, "No one but the captain and the cook left the ship.", N, "asserted")],
    ),
    (
        "nothing is cut: The ridge stands between Peru and Chile",
        "The ridge stands between Peru and Chile.",
        [(None, "The ridge stands between Peru and Chile.", P, "asserted")],
    ),
    (
        "nothing is cut: The president met the king and the",
        "The president met the king and the queen.",
        [(None, "The president met the king and the queen.", P, "asserted")],
    ),
    (
        "nothing is cut: Few of the farmers and fishermen voted",
        "Few of the farmers and fishermen voted for the plan in June.",
        [(None, "Few of the farmers and fishermen voted for the plan in June.", P, "asserted")],
    ),
    (
        "nothing is cut: If the dam breaks, the village and",
        "If the dam breaks, the village and the school will flood within an hour.",
        [(None, "If the dam breaks, the village and the school will flood within an hour.", P, "conditional")],
    ),
    (
        "nothing is cut: Peru and Chile share a border and",
        "Peru and Chile share a border and a sea.",
        [(None, "Peru and Chile share a border and a sea.", P, "asserted")],
    ),
    (
        "nothing is cut: The ferry carries trucks except on Sundays",
        "The ferry carries trucks except on Sundays in winter.",
        [(None, "The ferry carries trucks except on Sundays in winter.", P, "asserted")],
    ),
    (
        "nothing is cut: The museum opens only on Mondays and",
        "The museum opens only on Mondays and Fridays in winter.",
        [(None, "The museum opens only on Mondays and Fridays in winter.", P, "asserted")],
    ),
    (
        "nothing is cut: The mayor did not open the bridge",
        "The mayor did not open the bridge and the tunnel.",
        [(None, "The mayor did not open the bridge and the tunnel.", N, "asserted")],
    ),
    (
        "nothing is cut: The army will not leave the valley",
        "The army will not leave the valley in spring.",
        [(None, "The army will not leave the valley in spring.", N, "forecast")],
    ),
    (
        "nothing is cut: The bakery hardly sells bread and cakes",
        "The bakery hardly sells bread and cakes in August.",
        [(None, "The bakery hardly sells bread and cakes in August.", N, "asserted")],
    ),
    (
        "nothing is cut: The committee must vote on the budget",
        "The committee must vote on the budget in May.",
        [(None, "The committee must vote on the budget in May.", P, "ordered")],
    ),
    (
        "nothing is cut: The flood killed 12 people in Lima",
        "The flood killed 12 people in Lima on Monday.",
        [(None, "The flood killed 12 people in Lima on Monday.", P, "asserted")],
    ),
    (
        "nothing is cut: It is the oldest bridge in the",
        "It is the oldest bridge in the country.",
        [(None, "It is the oldest bridge in the country.", P, "asserted")],
    ),
    (
        "nothing is cut: The black and white flag flew over",
        "The black and white flag flew over the castle.",
        [(None, "The black and white flag flew over the castle.", P, "asserted")],
    ),
    (
        "nothing is cut: The presidents of Peru and Chile spoke",
        "The presidents of Peru and Chile spoke.",
        [(None, "The presidents of Peru and Chile spoke.", P, "asserted")],
    ),
    (
        "nothing is cut: The pumps are to run in case",
        "The pumps are to run in case the river rises.",
        [(None, "The pumps are to run in case the river rises.", P, "asserted")],
    ),
    (
        "nothing is cut: The village will be evacuated unless the",
        "The village will be evacuated unless the rain stops in the morning.",
        [(None, "The village will be evacuated unless the rain stops in the morning.", P, "conditional")],
    ),
    (
        "nothing is cut: Neither Peru nor Chile signed the treaty",
        "Neither Peru nor Chile signed the treaty.",
        [(None, "Neither Peru nor Chile signed the treaty.", N, "asserted")],
    ),
    (
        "nothing is cut: No mines such as Ridge and Harbour",
        "No mines such as Ridge and Harbour were sold.",
        [(None, "No mines such as Ridge and Harbour were sold.", N, "asserted")],
    ),
    (
        "nothing is cut: The mine failed to pay drivers and",
        "The mine failed to pay drivers and cooks in August.",
        [(None, "The mine failed to pay drivers and cooks in August.", N, "asserted")],
    ),
    (
        "taken apart: Lena Hauser wrote songs and directed two",
        "Lena Hauser wrote songs and directed two films.",
        [(None, "Lena Hauser wrote songs.", P, "asserted"), (None, "Lena Hauser directed two films.", P, "asserted")],
    ),
    (
        "taken apart: Lena Hauser and Anna Berg opened a",
        "Lena Hauser and Anna Berg opened a theatre.",
        [(None, "Lena Hauser opened a theatre.", P, "asserted"), (None, "Anna Berg opened a theatre.", P, "asserted")],
    ),
    (
        "taken apart: Peru and Chile are preparing a summit",
        "Peru and Chile are preparing a summit.",
        [(None, "Peru is preparing a summit.", P, "forecast"), (None, "Chile is preparing a summit.", P, "forecast")],
    ),
    (
        "taken apart: The singer praised Peru and Chile",
        "The singer praised Peru and Chile.",
        [(None, "The singer praised Peru.", P, "asserted"), (None, "The singer praised Chile.", P, "asserted")],
    ),
    (
        "taken apart: Lena Hauser, a lawyer from Bonn, sued",
        "Lena Hauser, a lawyer from Bonn, sued the bank.",
        [
            (None, "Lena Hauser is a lawyer from Bonn.", P, "asserted"),
            (None, "Lena Hauser sued the bank.", P, "asserted"),
        ],
    ),
    (
        "taken apart: The bank closed forty branches, cutting two",
        "The bank closed forty branches, cutting two thousand jobs.",
        [
            (None, "The bank closed forty branches.", P, "asserted"),
            (None, "The bank cut two thousand jobs.", P, "asserted"),
        ],
    ),
    (
        "taken apart: The bridge, built by prisoners, collapsed on",
        "The bridge, built by prisoners, collapsed on Monday.",
        [
            (None, "The bridge was built by prisoners.", P, "asserted"),
            (None, "The bridge collapsed on Monday.", P, "asserted"),
        ],
    ),
    (
        "taken apart: Several cities, including Lyon and Nantes, sold",
        "Several cities, including Lyon and Nantes, sold scooters.",
        [
            (None, "Several cities sold scooters.", P, "asserted"),
            (None, "Lyon sold scooters.", P, "asserted"),
            (None, "Nantes sold scooters.", P, "asserted"),
        ],
    ),
    (
        "taken apart: Lena Hauser (born 4 May 1961) is",
        "Lena Hauser (born 4 May 1961) is a German lawyer.",
        [
            (None, "Lena Hauser was born on 4 May 1961.", P, "asserted"),
            (None, "Lena Hauser is a German lawyer.", P, "asserted"),
        ],
    ),
    (
        "taken apart: The Ridge is a fast, quiet, cheap",
        "The Ridge is a fast, quiet, cheap train.",
        [
            (None, "The Ridge is a cheap train.", P, "asserted"),
            (None, "The Ridge is a quiet train.", P, "asserted"),
            (None, "The Ridge is a fast train.", P, "asserted"),
        ],
    ),
    (
        "taken apart: Lena Hauser is a German actor and",
        "Lena Hauser is a German actor and director.",
        [
            (None, "Lena Hauser is a German actor.", P, "asserted"),
            (None, "Lena Hauser is a German director.", P, "asserted"),
        ],
    ),
    (
        "taken apart: The village lies in Kenya, where the",
        "The village lies in Kenya, where the river ends.",
        [(None, "The village lies in Kenya.", P, "asserted"), (None, "The river ends.", P, "asserted")],
    ),
    (
        "taken apart: The bank, whose profits doubled, hired staff",
        "The bank, whose profits doubled, hired staff.",
        [(None, "The bank's profits doubled.", P, "asserted"), (None, "The bank hired staff.", P, "asserted")],
    ),
    (
        "taken apart: Having lost the vote, the minister resigned",
        "Having lost the vote, the minister resigned.",
        [(None, "The minister had lost the vote.", P, "asserted"), (None, "The minister resigned.", P, "asserted")],
    ),
    (
        "taken apart: The Ridge is a train that runs",
        "The Ridge is a train that runs on hydrogen.",
        [(None, "The Ridge is a train.", P, "asserted"), (None, "The Ridge runs on hydrogen.", P, "asserted")],
    ),
    (
        "taken apart: The army wants to clear the road",
        "The army wants to clear the road and reopen the port.",
        [
            ("army", "The army wants to clear the road.", P, "wished"),
            ("army", "The army wants to reopen the port.", P, "wished"),
        ],
    ),
    (
        "taken apart: The firm runs small and large mills",
        "The firm runs small and large mills.",
        [(None, "The firm runs small mills.", P, "asserted"), (None, "The firm runs large mills.", P, "asserted")],
    ),
    (
        "taken apart: However, the bridge was closed",
        "However, the bridge was closed.",
        [(None, "The bridge was closed.", P, "asserted")],
    ),
    (
        "taken apart: The bank froze savings as well as",
        "The bank froze savings as well as pensions.",
        [(None, "The bank froze savings.", P, "asserted"), (None, "The bank froze pensions.", P, "asserted")],
    ),
    (
        "taken apart: The mayor said that the roads and",
        "The mayor said that the roads and the ports were closed.",
        [("mayor", "The roads were closed.", P, "asserted"), ("mayor", "The ports were closed.", P, "asserted")],
    ),
    (
        "taken apart: Valued at two billion dollars, the club",
        "Valued at two billion dollars, the club hired a lawyer.",
        [
            (None, "The club was valued at two billion dollars.", P, "asserted"),
            (None, "The club hired a lawyer.", P, "asserted"),
        ],
    ),
]

# What stands for "does not believe that" carries its subject as speaker; the words and the negation are what counts here.
KEPT_WHOLE = [
    "The ministry does not believe that the rebels want peace.",
    "The police did not say that the men were armed.",
]

WRITTEN_OTHERWISE = {"are", "cutting", "having", "her", "it", "whose"}
"""Words of these sentences that a claim writes in the form that it needs: "cut", "had", "the bank's", "the tunnel"."""

WRONG: list[tuple[str, str, list[Expected]]] = [
    (
        "claims of two words are dropped",
        "Prices fell, the bank said.",
        [("bank", "Prices fell.", P, "asserted")],
    ),
    (
        "a main clause of two words is dropped",
        "Although the court banned the march, thousands came.",
        [(None, "The court banned the march.", P, "asserted"), (None, "Thousands came.", P, "asserted")],
    ),
    (
        "'who' takes the nearest noun, though a ship is nobody",
        "The captain of the ship, who was warned twice, left the country.",
        [
            (None, "The captain of the ship was warned twice.", P, "asserted"),
            (None, "The captain of the ship left the country.", P, "asserted"),
        ],
    ),
    (
        "'which' takes the place name that only says which plant",
        "The plant in Ghent, which was closed in 2010, will reopen.",
        [
            (None, "The plant in Ghent was closed in 2010.", P, "asserted"),
            (None, "The plant in Ghent will reopen.", P, "forecast"),
        ],
    ),
    (
        "the speaker of a quote over two paragraphs is named in the second only",
        '"The pumps have failed.\n"Nobody will work there again," Marta Silva said.',
        [(MARTA, "The pumps have failed.", P, "asserted"), (MARTA, "Nobody will work there again.", N, "forecast")],
    ),
    (
        "the parser takes 'alarm rung' for a noun phrase",
        "Had the alarm rung, the guests would have escaped.",
        [(None, "Had the alarm rung, the guests would have escaped.", P, "conditional")],
    ),
    (
        "the apposition behind a possessive is lost, and the possessive with it",
        "Anna Berg's spokesman, Carlos Lima, said the bridge was closed.",
        [("Carlos Lima", "The bridge was closed.", P, "asserted")],
    ),
    (
        "a possessive in front of the holder is not resolved",
        "Carlos Lima may resign, according to his lawyer.",
        [("Carlos Lima's lawyer", "Carlos Lima may resign.", P, "hedged")],
    ),
]


@functools.cache
def extract(extractor: SpacyExtractor, text: str) -> tuple[Claim, ...]:
    return tuple(extractor.extract([Article(name="x", text=text)])[0])


def fields(claims: tuple[Claim, ...]) -> list[Expected]:
    return sorted(
        ((c.speaker, c.text, c.polarity.value, c.modality.value) for c in claims),
        key=lambda row: (row[1], row[0] or ""),
    )


@pytest.mark.parametrize(("text", "expected"), [row[1:] for row in RIGHT], ids=[row[0] for row in RIGHT])
def test_a_sentence_makes_these_claims(extractor: SpacyExtractor, text: str, expected: list[Expected]) -> None:
    assert fields(extract(extractor, text)) == sorted(expected, key=lambda row: (row[1], row[0] or ""))


@pytest.mark.parametrize(
    ("text", "expected"),
    [pytest.param(*row[1:], marks=pytest.mark.xfail(strict=True, reason=row[0]), id=row[0]) for row in WRONG],
)
def test_a_sentence_should_make_these_claims(extractor: SpacyExtractor, text: str, expected: list[Expected]) -> None:
    assert fields(extract(extractor, text)) == sorted(expected, key=lambda row: (row[1], row[0] or ""))


@pytest.mark.parametrize("text", KEPT_WHOLE)
def test_what_nobody_holds_is_no_claim_of_its_own(extractor: SpacyExtractor, text: str) -> None:
    """ "Does not believe that the rebels want peace" is no source for "the rebels want peace"."""
    [claim] = extract(extractor, text)

    assert claim.text == text
    assert claim.polarity is Polarity.NEGATIVE


@pytest.mark.parametrize("text", [row[1] for row in RIGHT + WRONG], ids=[row[0] for row in RIGHT + WRONG])
def test_spans_are_the_words_of_the_claim(extractor: SpacyExtractor, text: str) -> None:
    """A reader who follows a claim to its place finds its own words there, and no others."""
    for claim in extract(extractor, text):
        spans = claim.provenance.spans
        pieces = [span.slice(text) for span in spans]

        assert all(piece.strip() == piece != "" for piece in pieces)
        assert all(one.end < two.start for one, two in pairwise(spans))
        assert spans[-1].end <= len(text)
        said = claim.text.lower()
        for word in " ".join(pieces).lower().split():
            assert word.strip('.,:;"“”()') in said or word in WRITTEN_OTHERWISE


@pytest.mark.parametrize("text", [row[1] for row in RIGHT], ids=[row[0] for row in RIGHT])
def test_a_speaker_goes_with_reported_or_quoted_words(extractor: SpacyExtractor, text: str) -> None:
    for claim in extract(extractor, text):
        assert (claim.speaker is None) == (claim.attribution is Attribution.OWN)
        if claim.attribution is Attribution.QUOTED:
            assert any(mark in text for mark in '"“')


@pytest.mark.parametrize("text", [row[1] for row in RIGHT if "if" in row[0] or row[0] == "unless"])
def test_a_condition_is_never_a_claim(extractor: SpacyExtractor, text: str) -> None:
    """Nobody says that the dam breaks."""
    for claim in extract(extractor, text):
        assert claim.modality is Modality.CONDITIONAL
        assert claim.text.lower() != "the dam breaks."
