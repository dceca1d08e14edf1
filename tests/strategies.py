"""Hypothesis strategies for records; text may hold anything, lone surrogates and control characters included."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from claimtrack.records import (
    Article,
    Attribution,
    Claim,
    Cluster,
    Entity,
    EntityType,
    Kind,
    Label,
    Modality,
    Polarity,
    Provenance,
    Relation,
    Side,
    SourceFold,
    Span,
    cluster_id,
)

__all__ = ["any_text", "article_sets", "articles", "claims", "clusters", "relations"]

HOSTILE = (
    "\x1b[2J\x1b]0;owned\x07",
    "\r\n\x00\x9b31m",
    "\u202e\u2066\u2069",
    "<script>alert(1)</script>",
    "{{ 7*7 }}{% raw %}",
    "[bold red]x[/]",
    "| ` * _ # ~~ ![x](y)",
    "العربية עברית 漢字 é 👩‍👩‍👧",
    "\ud800",
    "\ufffe",
)


def any_text(*, min_size: int = 0, max_size: int = 60) -> SearchStrategy[str]:
    """Unicode text of any kind, with a hostile piece in it now and then."""
    anything = st.text(st.characters(exclude_categories=()), min_size=min_size, max_size=max_size)
    return anything | st.builds("{}{}{}".format, anything, st.sampled_from(HOSTILE), anything)


@st.composite
def articles(draw: DrawFn) -> Article:
    """Articles with at least one character of text."""
    return Article(
        name=draw(any_text(max_size=15)),
        text=draw(any_text(min_size=1, max_size=200)),
        title=draw(st.none() | any_text(max_size=30)),
        source=draw(st.none() | any_text(max_size=15)),
        author=draw(st.none() | any_text(max_size=15)),
        wire=draw(st.none() | any_text(max_size=15)),
        published=draw(st.none() | st.dates().map(lambda date: date.isoformat())),
        url=draw(st.none() | any_text(max_size=30) | any_text(max_size=20).map("https://example.org/{}".format)),
    )


@st.composite
def claims(draw: DrawFn, article: Article) -> Claim:
    """Claims of `article`, of one or more spans that mostly, not always, lie in the sentence."""
    n = len(article.text)
    places = sorted(draw(st.sets(st.integers(0, n), min_size=2, max_size=6)))
    spans = tuple(Span(start, end) for start, end in zip(places[::2], places[1::2], strict=False))
    start, end = sorted(draw(st.sets(st.integers(0, n), min_size=2, max_size=2)))
    speakers = any_text(min_size=1, max_size=20).filter(lambda name: 1 <= len(name.split()) <= 8)
    return Claim(
        text=draw(any_text(min_size=1)),
        provenance=Provenance(article_id=article.id, spans=spans, extractor="drawn", sentence=Span(start, end)),
        speaker=draw(st.none() | speakers),
        attribution=draw(st.sampled_from(Attribution)),
        polarity=draw(st.sampled_from(Polarity)),
        modality=draw(st.sampled_from(Modality)),
        standalone=draw(st.booleans()),
        entities=tuple(
            Entity(text=draw(any_text(min_size=1)), type=draw(st.sampled_from(EntityType)), span=span)
            for span in spans[: draw(st.integers(0, 2))]
        ),
        check_worthy=draw(st.booleans()),
    )


@st.composite
def relations(draw: DrawFn, premise: Claim, hypothesis: Claim) -> Relation:
    """Relations of two claims, in this direction; the label need not be the largest probability."""
    p_entailment = draw(st.floats(0, 1))
    p_neutral = draw(st.floats(0, 1)) * (1 - p_entailment)
    label = draw(st.sampled_from(Label))
    conflicts = [kind for kind in Kind if kind is not Kind.UPDATE]
    return Relation(
        premise_id=premise.id,
        hypothesis_id=hypothesis.id,
        p_entailment=p_entailment,
        p_neutral=p_neutral,
        p_contradiction=max(0.0, 1 - p_entailment - p_neutral),
        label=label,
        kind=draw(st.sampled_from(conflicts)) if label is Label.CONTRADICTION else None,
        model="drawn",
    )


@st.composite
def clusters(draw: DrawFn, members: tuple[Claim, ...], outlets: dict[str, str]) -> Cluster:
    """Clusters of exactly these claims, cut into sides; `outlets` gives each article's outlet."""
    n_sides = draw(st.integers(1, len(members)))
    sides = tuple(Side(claims=members[n::n_sides], independent_sources=draw(st.integers(1, 3))) for n in range(n_sides))
    pairs = [
        (one.id, other.id)
        for n, side in enumerate(sides)
        for one in side.claims
        for later in sides[n + 1 :]
        for other in later.claims
    ]
    sources = tuple(sorted({outlets[claim.article_id] for claim in members}))
    folds = tuple(
        SourceFold(source=source, into=sources[0], reason=draw(any_text()))
        for source in sources[1:]
        if draw(st.booleans())
    )
    return Cluster(
        id=cluster_id(members[0].id),
        label=draw(any_text(max_size=40)),
        sides=sides,
        contradictions=tuple(draw(st.lists(st.sampled_from(pairs), unique=True))) if pairs else (),
        sources=sources,
        independent_sources=len(sources) - len(folds),
        folds=folds,
    )


@st.composite
def article_sets(
    draw: DrawFn,
) -> tuple[tuple[Article, ...], tuple[Claim, ...], tuple[Relation, ...], tuple[Cluster, ...]]:
    """Articles, claims, relations and clusters that fit together; each may be empty."""
    some_articles = tuple(draw(st.lists(articles(), max_size=3, unique_by=lambda article: article.id)))
    some_claims: tuple[Claim, ...] = ()
    if some_articles:
        one_claim = st.sampled_from(some_articles).flatmap(claims)
        some_claims = tuple(draw(st.lists(one_claim, max_size=6, unique_by=lambda claim: claim.id)))
    pairs = [(one, other) for one in some_claims for other in some_claims if one is not other]
    judged = draw(st.lists(st.sampled_from(pairs), unique_by=lambda pair: (pair[0].id, pair[1].id))) if pairs else []
    outlets = {article.id: article.outlet for article in some_articles}
    some_clusters = []
    rest = some_claims
    while len(rest) >= 2 and draw(st.booleans()):
        n = draw(st.integers(2, len(rest)))
        some_clusters.append(draw(clusters(rest[:n], outlets)))
        rest = rest[n:]
    return some_articles, some_claims, tuple(draw(relations(*pair)) for pair in judged), tuple(some_clusters)
