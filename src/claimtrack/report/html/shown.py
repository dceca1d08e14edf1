"""Clusters and articles as the page shows them, each with its place in the page."""

from __future__ import annotations

import functools

import attrs

from claimtrack.records import Appearance, Article, Claim, Cluster, FigureSeries, Kind, Timeline
from claimtrack.records.wording import side_letters
from claimtrack.report.findings import Conflict, Statement
from claimtrack.report.html.charts import DateAxis, Figures, LaneMark, Node, Ring, figures, lanes, ring
from claimtrack.report.html.reading import Paragraph

__all__ = ["News", "Print", "ShownArticle", "ShownCluster", "ShownSide", "ShownStatement"]


@attrs.frozen(kw_only=True)
class Print:
    """An article that prints a statement.

    Parameters
    ----------
    article : Article
    address : str or None
        Of the words in the article as it was published.
    in_text : str
        Id of the words' place in the reading view of this page.
    """

    article: Article
    address: str | None
    in_text: str


@attrs.frozen(kw_only=True)
class ShownStatement:
    """A statement with its place in the page, who prints it, and whether it has a claim of a new article."""

    statement: Statement
    anchor: str
    prints: tuple[Print, ...]
    is_new: bool


@attrs.frozen(kw_only=True)
class ShownSide:
    """A side: its letters, since when it is known, how many independent outlets state it, and its statements."""

    letters: str
    since: str
    independent_sources: int
    statements: tuple[ShownStatement, ...]


@attrs.frozen(kw_only=True)
class ShownCluster:
    """A cluster with its place in the page and all that is drawn of it.

    Parameters
    ----------
    cluster : Cluster
    number : int
        Counted from 1 in the order of the page.
    anchor : str
        Id in the page.
    sides : tuple of ShownSide
    conflicts : tuple of Conflict
        In the order of :meth:`claimtrack.report.Findings.conflicts`.
    timeline : Timeline
    axis : DateAxis or None
        None where all is undated.
    is_new : bool
        Whether it would not be there without new articles.
    """

    cluster: Cluster
    number: int
    anchor: str
    sides: tuple[ShownSide, ...]
    conflicts: tuple[Conflict, ...]
    timeline: Timeline
    axis: DateAxis | None
    is_new: bool

    @property
    def has_news(self) -> bool:
        """Whether a claim of a new article stands in it."""
        return any(shown.is_new for shown in self.statements)

    @property
    def statements(self) -> tuple[ShownStatement, ...]:
        """All statements, side by side."""
        return tuple(statement for side in self.sides for statement in side.statements)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What its contradictions turn on, each once, in the order of `conflicts`."""
        return tuple(dict.fromkeys(conflict.kind for conflict in self.conflicts if conflict.kind is not None))

    @property
    def lead(self) -> tuple[ShownStatement, ...]:
        """The two statements of the first contradiction; of a cluster without one none."""
        by_reference = {shown.statement.reference: shown for shown in self.statements}
        return tuple(by_reference[name] for conflict in self.conflicts[:1] for name in (conflict.one, conflict.other))

    @functools.cached_property
    def side_of(self) -> dict[str, int]:
        """Claim id -> number of its side, counted from 0."""
        return {claim.id: n for n, side in enumerate(self.cluster.sides) for claim in side.claims}

    def letters_of(self, claim: Claim) -> str:
        """Name the side of a claim."""
        return side_letters(self.side_of[claim.id])

    @property
    def appearances(self) -> tuple[Appearance, ...]:
        """All appearances of the timeline, earliest first, undated last, those of one day in the order of the sides."""
        made = (appearance for side in self.timeline.sides for appearance in side.appearances)
        return tuple(sorted(made, key=lambda appearance: (appearance.date is None, appearance.date or "")))

    @property
    def lanes(self) -> tuple[LaneMark, ...]:
        """Marks of the timeline; none where all is undated."""
        return lanes(self.timeline, self.axis) if self.axis else ()

    def figures(self, series: FigureSeries) -> Figures | None:
        """Place the marks of a series of figures; None where all is undated."""
        return figures(series, self.axis, self.side_of) if self.axis else None

    @functools.cached_property
    def ring(self) -> Ring:
        """Places of the statements on the map."""
        return ring([len(side.statements) for side in self.sides])

    @property
    def lines(self) -> tuple[tuple[Node, Node], ...]:
        """Places of the statements that contradict each other, as they are listed in `conflicts`."""
        node_of = {f"{side_letters(node.side)}{node.number}": node for node in self.ring.nodes}
        return tuple((node_of[conflict.one], node_of[conflict.other]) for conflict in self.conflicts)


@attrs.frozen(kw_only=True)
class ShownArticle:
    """An article to be read, with its claims underlined.

    Parameters
    ----------
    article : Article
    anchor : str
        Id in the page.
    n_claims : int
    voices : tuple of str
        Of its claims, each once.
    kinds : tuple of Kind
        Of the contradictions that its claims have a part in.
    paragraphs : tuple of tuple of Piece
    is_new : bool
    """

    article: Article
    anchor: str
    n_claims: int
    voices: tuple[str, ...]
    kinds: tuple[Kind, ...]
    paragraphs: tuple[Paragraph, ...]
    is_new: bool


@attrs.frozen(kw_only=True)
class News:
    """What new articles have brought to one cluster that was known before, in words."""

    cluster: ShownCluster
    words: tuple[str, ...]
