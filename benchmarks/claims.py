"""Extraction, measured: ``python benchmarks/claims.py --data DATA/dev [--check] [--long] [--json FILE]``.

- **Propositions** of PropSegmEnt (Chen et al. 2022): claims against reference token sets, matched one to one at Jaccard 0.8.
- **Attributions** of PolNeAR (Newell et al. 2018): a gold content with a named source is found if claims laid to that
  speaker cover half of it; an attributed claim is right if it lies mostly in a gold content of that source.
  Both are given for the claims that a tracker compares, and *with parts*, as ``claimtrack split`` prints them.
- **Wrong speaker**: among attributed claims that lie mostly in gold contents, those whose speaker shares no word with any
  of their sources; sources that are pronouns can't be held against a name and are left out.
- **Kept text**: share of the gold contents' characters that stand in blocks read as running text: what residue rules must
  not throw away.
- **Sample**: 100 claims of PolNeAR drawn by a fixed seed, labelled by two readers (``claims_sample.json``: ids, offsets and
  labels, no texts): shares and agreement; claims that the extractor no longer makes are counted as gone.
- **Speed**: seconds of the extractor over seconds of the bare spaCy pipeline on the same blocks, in one run, interleaved.
- **Memory** (``--long``): resident memory after each 210 of 840 articles.

``--check`` fails where a figure is worse than its floor under ``claims`` in ``floors.json``; the data are not part of the
repository, so that this is no part of the gate that runs everywhere.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import json
import random
import resource
import sys
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import claimtrack as ct
from claimtrack.extraction import SpacyExtractor
from claimtrack.reading import BlockKind, text_blocks

HERE = Path(__file__).resolve().parent
PRONOUNS = frozenset("he she they it who we i you his her their that which one some many others".split())
LIGHT = frozenset("the a an of mr mr. mrs. ms. and in for to who".split()) | {""}
SEED = 20260115


def rows(path: Path) -> list[dict[str, Any]]:
    """Read a gzipped JSON lines file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def f1(precision: float, recall: float) -> float:
    """Give the harmonic mean."""
    return 2 * precision * recall / max(1e-9, precision + recall)


def propositions(data: Path, extractor: SpacyExtractor) -> dict[str, float]:
    """Hold claims against the propositions of sentences."""
    gold = rows(data / "propsegment_dev.jsonl.gz")
    found = extractor.extract([ct.Article(name=str(r["id"]), text=r["sentence"]) for r in gold])
    right = made = wanted = 0
    for row, claims in zip(gold, found, strict=True):
        places, at = [], 0
        for token in row["tokens"]:
            start = max(row["sentence"].find(token, at), at) if row["sentence"].find(token, at) >= 0 else at
            places.append((start, start + len(token)))
            at = start + len(token)
        ours = {
            frozenset(
                n for n, (a, b) in enumerate(places) if any(min(b, s.end) > max(a, s.start) for s in c.provenance.spans)
            )
            for c in claims
        } - {frozenset()}
        theirs = [frozenset(g) for g in row["subclaim_token_indices"] if g]
        made, wanted = made + len(ours), wanted + len(theirs)
        pairs = sorted(
            ((len(p & g) / len(p | g), sorted(p), n, p) for p in ours for n, g in enumerate(theirs)),
            key=lambda x: (-x[0], x[1], x[2]),
        )
        used: set[frozenset[int]] = set()
        taken: set[int] = set()
        for score, _, n, p in pairs:
            if score >= 0.8 and p not in used and n not in taken:
                used.add(p)
                taken.add(n)
                right += 1
    precision, recall = right / max(1, made), right / max(1, wanted)
    return {"f1": f1(precision, recall), "precision": precision, "recall": recall, "made": made, "gold": wanted}


def name_words(name: str) -> frozenset[str]:
    """Give the words of a source that can tell it from another."""
    words = (w.strip(".,;:()'\"“”’").removesuffix("’s").removesuffix("'s") for w in name.lower().split())
    return frozenset(words) - LIGHT


def characters(spans: Iterable[Any]) -> frozenset[int]:
    """Give the offsets that spans hold."""
    return frozenset(i for start, end in spans for i in range(start, end))


def attributions(data: Path, claims: dict[str, list[ct.Claim]], texts: dict[str, str]) -> dict[str, float]:
    """Hold attributed claims against gold contents and their sources."""
    gold: dict[str, list[tuple[frozenset[int], frozenset[str]]]] = defaultdict(list)
    for quote in rows(data / "polnear_dev_quotes.jsonl.gz"):
        if quote.get("source") and quote.get("content"):
            text = texts[quote["doc_id"]]
            content = characters(tuple(s) for part in quote["content"] for s in part["spans"])
            source = " ".join(text[s:e] for part in quote["source"] for s, e in part["spans"])
            gold[quote["doc_id"]].append((content, name_words(source)))
    hit = named = right = made = inside = wrong = kept = said = 0
    for doc, contents in gold.items():
        ours = [
            (characters((s.start, s.end) for s in c.provenance.spans), name_words(c.speaker))
            for c in claims[doc]
            if c.speaker and len(c.speaker.split()) <= 8
        ]
        body = characters((b.span.start, b.span.end) for b in text_blocks(texts[doc]) if b.kind is BlockKind.BODY)
        for content, source in contents:
            kept, said = kept + len(content & body), said + len(content)
            if source - PRONOUNS:
                named += 1
                mine = [c for c, who in ours if who & source and len(c & content) >= 0.5 * len(c)]
                hit += len(frozenset().union(*mine) & content) >= 0.5 * len(content)
        for claim, who in ours:
            made += 1
            around = [source for content, source in contents if len(claim & content) >= 0.5 * len(claim)]
            right += any(who & source or not source - PRONOUNS for source in around)
            if around and all(source - PRONOUNS for source in around):
                inside += 1
                wrong += not any(who & source for source in around)
    recall, precision = hit / max(1, named), right / max(1, made)
    return {
        "f1": f1(precision, recall),
        "precision": precision,
        "recall": recall,
        "attributed_claims": made,
        "gold_contents_with_a_name": named,
        "wrong_speaker": wrong / max(1, inside),
        "attributed_claims_in_gold_contents": inside,
        "outside_any_gold_content": 1 - right / max(1, made) - wrong / max(1, made),
        "kept_text": kept / max(1, said),
    }


def sample(claims: dict[str, list[ct.Claim]], size: int = 100) -> list[ct.Claim]:
    """Draw claims by a fixed seed."""
    everything = sorted((c for found in claims.values() for c in found), key=lambda c: c.id)
    return random.Random(SEED).sample(everything, min(size, len(everything)))


def labelled(claims: dict[str, list[ct.Claim]], names: dict[str, str]) -> dict[str, Any] | None:
    """Sum up the labels that two readers gave the sample."""
    path = HERE / "claims_sample.json"
    if not path.exists():
        return None
    readers = json.loads(path.read_text(encoding="utf-8"))["claims"]
    now = {
        (names[c.provenance.article_id], tuple((s.start, s.end) for s in c.provenance.spans))
        for found in claims.values()
        for c in found
    }
    out: dict[str, Any] = {"claims": len(readers)}
    for question in ("faithful", "atomic", "standing_alone_or_marked"):
        given = [(r["reader_1"][question], r["reader_2"][question]) for r in readers]
        out[question] = {
            "reader_1": sum(a for a, _ in given) / len(given),
            "reader_2": sum(b for _, b in given) / len(given),
            "agreement": sum(a == b for a, b in given) / len(given),
        }
    out["gone"] = sum((r["doc_id"], tuple(tuple(s) for s in r["spans"])) not in now for r in readers)
    return out


def speed(extractor: SpacyExtractor, articles: list[ct.Article]) -> dict[str, float]:
    """Time the extractor against the pipeline that it runs, on the same blocks, article by article."""
    words = 0
    bare = whole = 0.0
    for article in articles:
        blocks = [
            b.span.slice(article.text)
            for b in text_blocks(article.text, title=article.title)
            if b.kind is BlockKind.BODY
        ]
        began = time.perf_counter()
        for doc in extractor.pipeline.pipe(blocks, batch_size=32):
            words += sum(not t.is_space for t in doc)
        middle = time.perf_counter()
        extractor.extract([article])
        whole += time.perf_counter() - middle
        bare += middle - began
    return {"words": words, "words_per_second": words / whole, "over_bare_pipeline": whole / bare}


def memory(extractor: SpacyExtractor, data: Path) -> list[float]:
    """Give megabytes in use after each quarter of the articles."""
    out = []
    articles = rows(data / "polnear_train_articles.jsonl.gz")
    for number, row in enumerate(articles, 1):
        extractor.extract([ct.Article(name=row["doc_id"], text=row["text"], title=row["title"])])
        if number % (len(articles) // 4) == 0:
            gc.collect()
            status = Path("/proc/self/status").read_text(encoding="ascii")
            out.append(int(status.split("VmRSS:")[1].split()[0]) / 1024)
    return out


def below(figures: dict[str, Any], floors: dict[str, dict[str, float]]) -> list[str]:
    """Say which figures are worse than their floors; a floor is named by its path, "speed.over_bare_pipeline"."""
    out = []
    for bound, wanted in (("at_least", 1), ("at_most", -1)):
        for path, floor in floors[bound].items():
            figure: Any = figures
            for key in path.split("."):
                figure = figure[key]
            if wanted * figure < wanted * floor:
                out.append(f"{path} must be {bound.replace('_', ' ')} {floor}; got {figure}")
    return out


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--check", action="store_true", help="fail below the floors")
    parser.add_argument("--long", action="store_true")
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument(
        "--write-sample", type=Path, default=None, help="write the sample with its texts, to be labelled"
    )
    args = parser.parse_args()
    extractor = SpacyExtractor()
    articles = [
        ct.Article(name=r["doc_id"], text=r["text"], title=r["title"], published=r.get("date"))
        for r in rows(args.data / "polnear_dev_articles.jsonl.gz")
    ]
    found = {a.name: claims for a, claims in zip(articles, extractor.extract(articles), strict=True)}
    names = {a.id: a.name for a in articles}
    if args.write_sample is not None:
        texts = {a.name: a.text for a in articles}
        dates = {a.name: a.published for a in articles}
        drawn = [
            {
                "doc_id": (doc := names[c.provenance.article_id]),
                "spans": [[s.start, s.end] for s in c.provenance.spans],
                "claim": c.text,
                "speaker": c.speaker,
                "standalone": c.standalone,
                "sentence": c.provenance.sentence.slice(texts[doc]) if c.provenance.sentence else None,
                "before": texts[doc][max(0, c.provenance.spans[0].start - 700) : c.provenance.spans[0].start],
                "date": dates[doc],
            }
            for c in sample(found)
        ]
        args.write_sample.write_text(json.dumps(drawn, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    by_name = {a.name: a.text for a in articles}
    every = SpacyExtractor(extractor.pipeline, parts=True)
    with_parts = {a.name: claims for a, claims in zip(articles, every.extract(articles), strict=True)}
    figures: dict[str, Any] = {
        "extractor": extractor.name,
        "propositions": propositions(args.data, extractor),
        "propositions_with_parts": propositions(args.data, every),
        "attributions": attributions(args.data, found, by_name),
        "attributions_with_parts": attributions(args.data, with_parts, by_name),
        "claims": sum(map(len, found.values())),
        "standalone": sum(c.standalone for x in found.values() for c in x) / max(1, sum(map(len, found.values()))),
        "sample": labelled(found, names),
        "speed": speed(extractor, articles[:30]),
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    if args.long:
        figures["memory_mb_by_quarter_of_840_articles"] = memory(extractor, args.data)
    text = json.dumps(figures, indent=1)
    print(text)
    if args.json is not None:
        args.json.write_text(text + "\n", encoding="utf-8")
    if args.check:
        failures = below(figures, json.loads((HERE / "floors.json").read_text(encoding="utf-8"))["claims"])
        for failure in failures:
            print("claims:", failure, file=sys.stderr)
        sys.exit(bool(failures))


if __name__ == "__main__":
    main()
