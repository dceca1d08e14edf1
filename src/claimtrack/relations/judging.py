"""Candidate pairs of claims -> relations in both directions; pairs of texts -> labels in one."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping, Sequence

import attrs
import numpy as np

from claimtrack.quantities import find_dates
from claimtrack.records import Claim, Kind, Label, Modality, Polarity, Relation, Ruling
from claimtrack.relations.base import RelationModel
from claimtrack.relations.decision import Thresholds, decide
from claimtrack.relations.figures import FigureComparison, FigureVerdict, compare_figures, figures_of
from claimtrack.relations.kinds import Conflict, classify_conflict
from claimtrack.relations.negations import is_plain_negation
from claimtrack.relations.times import conflicting_times

__all__ = ["RULES_VERSION", "JudgedText", "RelatedPair", "judge_claims", "judge_texts"]

RULES_VERSION = 2
"""Goes up whenever what is decided beside the model changes: what a store holds from before is stale then."""

_SAME_TEXT = 0.97
"""Similarity of two texts (rapidfuzz ratio of their normalised forms, 0 to 1) from which they match without the model."""
_SAME = (0.99, 0.005, 0.005)
"""What is said of two texts that are the same."""
_RULED = (0.01, 0.03, 0.96)
"""What is said of two texts, or claims, that a rule finds in conflict."""

_WORDS = re.compile(r"\d+(?:[.,:/-]\d+)*|\w+(?:['’]\w+)*|[$€£¥%?]|(?<!\w)[-−](?=\d)")
_LIGHT = frozenset({"a", "an", "has", "have", "that", "the"})
"""Words that two texts may differ in and still say the same."""


@attrs.frozen(kw_only=True)
class RelatedPair:
    """Both directions of a candidate pair.

    Parameters
    ----------
    forward, backward : Relation
        From the first claim to the second and back.
    """

    forward: Relation
    backward: Relation


@attrs.frozen(kw_only=True)
class JudgedText:
    """What is decided of one ordered pair of texts.

    Parameters
    ----------
    p_entailment, p_neutral, p_contradiction : float in [0, 1]
        They sum to 1.
    label : Label
    abstained : bool
        Whether the model was not sure enough of any label (the label is neutral then).
    conflict : Conflict or None
        For a contradiction, what it turns on.
    model : str
        Name of the relation model, or the value of the `Ruling` that decided.
    """

    p_entailment: float
    p_neutral: float
    p_contradiction: float
    label: Label
    abstained: bool
    conflict: Conflict | None
    model: str


def judge_texts(pairs: Sequence[tuple[str, str]], model: RelationModel, thresholds: Thresholds) -> list[JudgedText]:
    """Judge ordered pairs of texts, each by itself.

    Texts that differ in no more than articles entail each other, and figures or times of the same thing in conflict, or a
    statement and its plain negation, contradict, without the model; all other pairs are the model's.

    Parameters
    ----------
    pairs : sequence of (premise, hypothesis)
    model : RelationModel
    thresholds : Thresholds

    Returns
    -------
    list of JudgedText
        In the order of the pairs.
    """
    ruled = [_rule(one, two) for one, two in pairs]
    open_pairs = [pair for pair, rule in zip(pairs, ruled, strict=True) if rule is None]
    rows = iter(model.judge(open_pairs) if open_pairs else np.zeros((0, 3)))
    out = []
    for (one, two), rule in zip(pairs, ruled, strict=True):
        if rule is not None:
            ruling, conflict = rule
            p = _SAME if conflict is None else _RULED
            label = Label.ENTAILMENT if conflict is None else Label.CONTRADICTION
            out.append(_judged(p, label, conflict, ruling.value))
            continue
        row = next(rows)
        [decision] = decide(row[None], thresholds)
        contradicts = decision.label is Label.CONTRADICTION
        conflict = classify_conflict(one, two) if contradicts else None
        p = (float(row[0]), float(row[1]), float(row[2]))
        out.append(_judged(p, decision.label, conflict, model.name, abstained=decision.abstained))
    return out


def _judged(
    p: tuple[float, float, float], label: Label, conflict: Conflict | None, model: str, *, abstained: bool = False
) -> JudgedText:
    return JudgedText(
        p_entailment=p[0],
        p_neutral=p[1],
        p_contradiction=p[2],
        label=label,
        abstained=abstained,
        conflict=conflict,
        model=model,
    )


def _rule(one: str, two: str) -> tuple[Ruling, Conflict | None] | None:
    """Decide a pair of texts without the model: the rule and the conflict, None for texts that say the same."""
    if _is_same_text(one, two):
        return Ruling.SAME_TEXT, None
    compared = compare_figures((one, figures_of(one)), (two, figures_of(two)))
    if compared.verdict is FigureVerdict.CONFLICT:
        return Ruling.FIGURES, Conflict(kind=Kind.FIGURE, reason=compared.description)
    times = conflicting_times(one, two)
    if times is not None:
        return Ruling.TIMES, Conflict(kind=Kind.TIME, reason=times)
    return (Ruling.NEGATION, classify_conflict(one, two)) if is_plain_negation(one, two) else None


def judge_claims(
    pairs: Sequence[tuple[str, str]],
    claims: Mapping[str, Claim],
    read_as: Mapping[str, str],
    model: RelationModel,
    thresholds: Thresholds,
    *,
    published: Mapping[str, str | None] | None = None,
) -> list[RelatedPair]:
    """Judge pairs of claims in both directions.

    Texts that differ in no more than articles match without the model; figures, or times, of the same thing in conflict
    are a contradiction of kind figure or time, and a statement and its plain negation contradict as well. For all other
    pairs the model decides: a contradiction needs its mean probability over both directions at
    ``thresholds.pair_contradiction`` and counts for both directions then; an entailment is decided for each direction. A
    later and higher figure of a count that grows as news comes in is neutral, of kind update. Claims whose moods do not meet (a wish and a fact, a condition and a statement) neither contradict nor
    match. A hedged claim ("may come") needs more to contradict another: the bar lies half way to certainty.
    So does a claim that says what a named thing is ("Varn is a province in the north") against one on another matter.
    A claim that does not stand alone is matched with care: to contradict, its bar lies half way to certainty, and to
    match, three quarters of the way, since what it is about is not known.

    Parameters
    ----------
    pairs : sequence of (str, str)
        Ids of claims; each unordered pair once.
    claims : mapping of id to Claim
    read_as : mapping of id to str
        What the model reads for each claim: its context, names in one spelling.
    model : RelationModel
    thresholds : Thresholds
    published : mapping of id to str or None, optional
        ISO date of each claim's article, None where it has none. Without it all are undated: no figure is an update.

    Returns
    -------
    list of RelatedPair
        In the order of `pairs`.
    """
    dates = published or {}
    texts = {i: read_as[i] for pair in pairs for i in pair}
    same = [_is_same_text(texts[a], texts[b]) for a, b in pairs]
    open_pairs = [pair for pair, equal in zip(pairs, same, strict=True) if not equal]
    both_ways = [(texts[a], texts[b]) for a, b in open_pairs] + [(texts[b], texts[a]) for a, b in open_pairs]
    distinct = list(dict.fromkeys(both_ways))  # parts of one statement are read alike
    rows = model.judge(distinct) if distinct else np.zeros((0, 3))
    judged = dict(zip(distinct, map(tuple, rows.tolist()), strict=True))
    out = []
    for (a, b), equal in zip(pairs, same, strict=True):
        if equal:
            out.append(_relate(claims[a], claims[b], _SAME, _SAME, thresholds, None, Ruling.SAME_TEXT.value))
            continue
        forward, backward = judged[texts[a], texts[b]], judged[texts[b], texts[a]]
        ruling = _ruling(claims[a], claims[b], dates)
        if ruling is None and _negate_each_other((claims[a], texts[a]), (claims[b], texts[b])):
            ruling = Ruling.NEGATION, _conflict(claims[a], claims[b], dates)
        out.append(_relate(claims[a], claims[b], forward, backward, thresholds, ruling, model.name, dates=dates))
    return out


def _is_same_text(one: str, two: str) -> bool:
    from rapidfuzz import fuzz

    plain = _plain(one)
    likeness = fuzz.ratio(plain, _plain(two), score_cutoff=100 * _SAME_TEXT) / 100
    return bool(plain) and likeness >= _SAME_TEXT and _same_details(one, two)


@functools.lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    """Give a text in small letters, without punctuation."""
    from rapidfuzz import utils

    return utils.default_process(text)


def _same_details(one: str, two: str) -> bool:
    """Tell whether two nearly equal texts have the same words in the same order, articles and "has" aside.

    In a long text a figure, a name, a negation or "won" for "lost" are few letters.
    """

    def details(text: str) -> list[str]:
        words = [m.group() for m in _WORDS.finditer(text)]
        return [w.casefold() for n, w in enumerate(words) if w.casefold() not in _LIGHT or (n and w == "A")]

    return details(one) == details(two)


def _negate_each_other(one: tuple[Claim, str], two: tuple[Claim, str]) -> bool:
    """Tell whether two claims, each with what is read for it, are a statement and its plain negation."""
    (a, text_a), (b, text_b) = one, two
    are_plain = all(c.standalone and c.modality is not Modality.HEDGED for c in (a, b))
    return are_plain and _moods_meet(a, b) and is_plain_negation(text_a, text_b)


def _ruling(a: Claim, b: Claim, dates: Mapping[str, str | None]) -> tuple[Ruling, Conflict] | None:
    """Decide what figures and times say of two claims: the rule and the conflict or update, or None."""
    a_published, b_published = dates.get(a.id), dates.get(b.id)
    compared = compare_figures(a, b)
    if compared.verdict in {FigureVerdict.CONFLICT, FigureVerdict.CHANGING}:
        if _is_update(compared, a, b, a_published, b_published):
            reason = f"{compared.description}; the later report is of {max(a_published or '', b_published or '')}"
            return Ruling.FIGURES, Conflict(kind=Kind.UPDATE, reason=reason)
        if compared.verdict is FigureVerdict.CONFLICT:
            return Ruling.FIGURES, Conflict(kind=Kind.FIGURE, reason=compared.description)
    if all(c.standalone and c.modality is Modality.ASSERTED and c.polarity is Polarity.POSITIVE for c in (a, b)):
        times = conflicting_times(a.text, b.text, one_published=a_published, two_published=b_published)
        if times is not None:
            return Ruling.TIMES, Conflict(kind=Kind.TIME, reason=times)
    return None


def _is_update(
    compared: FigureComparison, a: Claim, b: Claim, a_published: str | None, b_published: str | None
) -> bool:
    """Whether two figures that differ are an earlier and a later state of one count.

    A count that adds up, such as of the dead, has been updated if the later report gives the higher figure; one that goes
    up and down (the missing) or that the words call a running count ("so far"), whichever is higher. A count of another
    year than the articles' is no running count any more.
    """
    if a_published is None or b_published is None or a_published == b_published:
        return False
    years = {date.iso[:4] for c in (a, b) for date in find_dates(c.text) if date.iso and date.iso[0] != "-"}
    if years - {a_published[:4], b_published[:4]}:
        return False
    if compared.verdict is FigureVerdict.CHANGING or compared.wavers:
        return True
    return compared.trend == (1 if a_published < b_published else -1)


_STATE = re.compile(
    r"(?i)\b(?:is|are|has|have|isn['’]t|aren['’]t|remains?|still|now|currently|holds?|controls?|stands?|continues?)\b"
)
"""Words of a state that lasts, and may have changed between two reports."""


def _dated_apart(a: Claim, b: Claim, dates: Mapping[str, str | None]) -> str:
    """Say that a state may have changed between two reports; empty where they are of one day or tell no state."""
    if Modality.FORECAST in {a.modality, b.modality} or not (_STATE.search(a.text) and _STATE.search(b.text)):
        return ""
    one, two = dates.get(a.id), dates.get(b.id)
    if one is None or two is None:
        return "which is the later report is not known"
    return "" if one == two else f"reported on {min(one, two)} and {max(one, two)}, it may have changed in between"


def _conflict(a: Claim, b: Claim, dates: Mapping[str, str | None]) -> Conflict:
    """Say what two claims that contradict each other differ in, and whether what they tell may have changed in between."""
    found = classify_conflict(a, b, one_published=dates.get(a.id), two_published=dates.get(b.id))
    reason = "; ".join(filter(None, (found.reason, _dated_apart(a, b, dates))))
    return attrs.evolve(found, reason=reason or None)


def _relate(
    a: Claim,
    b: Claim,
    forward: tuple[float, float, float],
    backward: tuple[float, float, float],
    thresholds: Thresholds,
    ruling: tuple[Ruling, Conflict] | None,
    model: str,
    *,
    dates: Mapping[str, str | None] | None = None,
) -> RelatedPair:
    """Decide a pair and make its two relations."""
    care = 0.0 if a.standalone and b.standalone else 0.5
    hedged = a.modality is Modality.HEDGED or b.modality is Modality.HEDGED
    unlikely = hedged or _is_other_matter(a, b) or _is_other_matter(b, a)
    doubt = 0.5 if unlikely else care
    bar = thresholds.pair_contradiction + doubt * (1 - thresholds.pair_contradiction)
    entailment_bar = thresholds.entailment + 1.5 * care * (1 - thresholds.entailment)
    mean = (forward[2] + backward[2]) / 2
    rule, conflict = (ruling[0].value, ruling[1]) if ruling is not None else (model, None)
    update = conflict is not None and conflict.kind is Kind.UPDATE
    if conflict is not None and not update:
        forward = backward = _RULED
    if conflict is None and mean >= bar and max(forward[0], backward[0]) < 0.5 and _moods_meet(a, b):
        conflict = _conflict(a, b, dates or {})
    relations = []
    for premise, hypothesis, p in ((a, b, forward), (b, a, backward)):
        if conflict is not None:
            label = Label.NEUTRAL if update else Label.CONTRADICTION
        elif p[0] >= entailment_bar and p[0] > p[2] and _moods_meet(a, b):
            label = Label.ENTAILMENT
        else:
            label = Label.NEUTRAL
        relations.append(
            Relation(
                premise_id=premise.id,
                hypothesis_id=hypothesis.id,
                p_entailment=p[0],
                p_neutral=p[1],
                p_contradiction=p[2],
                label=label,
                kind=conflict.kind if conflict is not None else None,
                model=rule,
                reason=conflict.reason if conflict is not None else None,
            )
        )
    return RelatedPair(forward=relations[0], backward=relations[1])


_DEFINITION = re.compile(r"(?:The )?(?:[A-Z][\w.'’-]*,? ){1,5}(?:is|was) (?:an?|one of the) (.+)")
_NOUN = re.compile(r"\b[a-z]{4,}")


def _is_other_matter(definition: Claim, other: Claim) -> bool:
    """Tell whether a claim says what a named thing is, and the other has no word of that."""
    defined = _defined_as(definition.text)
    return defined is not None and defined.isdisjoint(_NOUN.findall(other.text.casefold()))


@functools.lru_cache(maxsize=4096)
def _defined_as(text: str) -> frozenset[str] | None:
    """Give the words that say what a named thing is; None of a text that does not say so."""
    match = _DEFINITION.match(text)
    return None if match is None else frozenset(_NOUN.findall(match[1]))


_UNLESS = re.compile(r"\bunless\b", re.IGNORECASE)
_CALLS = frozenset({Modality.WISHED, Modality.ORDERED, Modality.ASKED})


def _moods_meet(a: Claim, b: Claim) -> bool:
    """Tell whether two claims can contradict or state the same at all by their mood.

    What somebody wants, demands or asks for does not contradict what is or will be; what would happen under a condition
    does not contradict that the condition will not come. Claims of one mood can contradict. "No peace unless they talk"
    is no such condition: it says what must be, as "only talks can end this" does.
    """
    if (a.modality in _CALLS) != (b.modality in _CALLS):
        return False
    return _is_hypothetical(a) == _is_hypothetical(b)


def _is_hypothetical(claim: Claim) -> bool:
    requires = claim.polarity is Polarity.NEGATIVE and _UNLESS.search(claim.text) is not None
    return claim.modality is Modality.CONDITIONAL and not requires
