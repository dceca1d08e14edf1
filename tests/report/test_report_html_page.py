from __future__ import annotations

import datetime
import re

import attrs
import pytest
from bridge_example import BRIDGE, COST_RADIO, HURT_WIRE, LEDGER, OPEN_LEDGER, OPEN_POST, RADIO, SHUT_RADIO

from claimtrack.errors import InvalidInputError
from claimtrack.records import Changes, GainedSources, NewClaims, NewContradiction, SideSwitch, Timeline, Withdrawal
from claimtrack.report import render_html
from claimtrack.timeline import timeline

SINCE = datetime.datetime(2031, 3, 5, 18, 30, tzinfo=datetime.UTC)
[OPENING] = [made for made in BRIDGE.clusters if OPEN_POST in made.claims]
[COST] = [made for made in BRIDGE.clusters if COST_RADIO in made.claims]
[HURT] = [made for made in BRIDGE.clusters if HURT_WIRE in made.claims]


def words(html: str) -> str:
    """The page's text, tags taken out, with one space where it has several."""
    body = html[html.index("<header>") : html.index("<script>")]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def timelines() -> list[Timeline]:
    return [timeline(made, BRIDGE.articles) for made in BRIDGE.clusters]


def test_what_new_articles_brought_is_said_of_new_and_of_known_clusters() -> None:
    changes = Changes(
        since=SINCE,
        articles=(RADIO.id, LEDGER.id),
        clusters=(COST.id,),
        claims=(
            NewClaims(cluster_id=OPENING.id, claim_ids=(OPEN_LEDGER.id, SHUT_RADIO.id)),
            NewClaims(cluster_id=COST.id, claim_ids=(COST_RADIO.id,)),
        ),
        contradictions=(NewContradiction(cluster_id=OPENING.id, one_id=OPEN_POST.id, other_id=SHUT_RADIO.id),),
        gained=(GainedSources(cluster_id=OPENING.id, side=0, outlets=("Evening Ledger",)),),
    )

    page = render_html(BRIDGE, changes=changes)

    text = words(page)
    assert (
        "New since 2031-03-05 18:30:00 UTC 2 articles 2031-03-06 Evening Ledger: Bridge to open undated Coast Radio: “Not"
        in text
    )
    assert "1 new cluster: 3 Repairs have cost 3.2 million crowns so far." in text
    assert (
        "will reopen on 14 May. : 2 new claims on sides A, B; 1 new contradiction; side A gained Evening Ledger" in text
    )
    assert page.count('class="cluster"') - len(re.findall('class="cluster"[^>]*data-new', page)) == 2


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (Changes(since=SINCE), "No article was added."),
        (Changes(since=SINCE, articles=(BRIDGE.articles[0].id,)), "New since 2031-03-05 18:30:00 UTC 1 article "),
    ],
)
def test_that_nothing_is_new_is_said(changes: Changes, expected: str) -> None:
    assert expected in words(render_html(attrs.evolve(BRIDGE, clusters=()), changes=changes))


def test_without_changes_nothing_is_said_of_what_is_new() -> None:
    page = render_html(BRIDGE)

    assert "New since" not in page
    assert "data-new" not in page[: page.index("<script>")]


def test_changes_of_articles_that_are_not_given_are_refused() -> None:
    with pytest.raises(InvalidInputError, match="articles must hold every article of the changes; got none of id 'x'"):
        render_html(BRIDGE, changes=Changes(since=SINCE, articles=("x",)))


def test_a_cluster_without_a_timeline_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="timelines must hold one for every cluster"):
        render_html(BRIDGE, timelines=timelines()[1:])


def test_a_timeline_shows_dates_figures_switches_and_what_was_withdrawn() -> None:
    told = {made.cluster_id: made for made in timelines()}
    told[OPENING.id] = attrs.evolve(
        told[OPENING.id],
        switches=(
            SideSwitch(
                who="Ilse Brandt",
                is_outlet=False,
                from_claim=OPEN_POST,
                to_claim=SHUT_RADIO,
                from_date="2031-03-04",
                to_date="2031-03-09",
                direct=False,
            ),
        ),
        withdrawn=(Withdrawal(claim=OPEN_LEDGER, outlet="Evening Ledger", date="2031-03-10"),),
    )

    text = words(render_html(BRIDGE, timelines=told.values()))

    assert "Timeline: 2031-03-04 to 2031-03-06, and undated; one voice on two sides; withdrawn claims" in text
    assert "2031-03-06 A Evening Ledger says Mayor Ilse Brandt undated B Coast Radio says Tomas Reyl" in text
    assert "Ilse Brandt: side A on 2031-03-04, side B on 2031-03-09 . The two sides were not found" in text
    assert "2031-03-10 Evening Ledger : The Varn bridge will be open to traffic on 14 May." in text


def test_figures_over_time_are_drawn_and_written() -> None:
    richer = attrs.evolve(COST_RADIO, quantities=(attrs.evolve(COST.claims[0].quantities[0], value=4_100_000.0),))
    sides = (COST.sides[0], attrs.evolve(COST.sides[1], claims=(richer,)))
    findings = attrs.evolve(BRIDGE, clusters=(attrs.evolve(COST, sides=sides),))

    text = words(render_html(findings))

    assert "what is counted is not said, in crown 4,100,000 3,200,000" in text
    assert "2031-03-04 3,200,000 A Harbour Post undated 4,100,000 B Coast Radio" in text


def test_the_map_has_every_statement_and_a_line_for_every_contradiction_between_two() -> None:
    page = render_html(BRIDGE)

    n_statements = sum(len(position.statements) for made in BRIDGE.clusters for position in BRIDGE.positions(made))
    assert page.count('tabindex="-1"') == n_statements == page.count("<figure")
    assert page.count('class="against"') == sum(len(BRIDGE.conflicts(made)) for made in BRIDGE.clusters)


def test_a_claim_of_no_cluster_is_underlined_where_it_stands() -> None:
    page = render_html(attrs.evolve(BRIDGE, clusters=(HURT,)))

    assert '<u class="alone">The bill stands at 4.1 million crowns</u>' in page
    assert '<u class="disputed">Nobody was hurt when the crane fell</u>' in page


def test_a_claim_of_a_cluster_that_is_left_out_is_not_shown_as_one_of_none() -> None:
    page = render_html(attrs.evolve(BRIDGE, clusters=(HURT,), left_out=(COST, *BRIDGE.agreeing)))

    assert '<u class="disputed">The bill stands at 4.1 million crowns</u>' in page
    assert '<u class="agreed">in January when a crane came down</u>' in page
    assert "1 with contradictions 2 clusters not shown" in words(page)
    assert "claims of clusters that are not shown have none" in words(page)


def test_the_time_since_when_is_whole_at_the_ends_of_the_calendar() -> None:
    east = datetime.timezone(datetime.timedelta(hours=5))
    first = datetime.datetime(1, 1, 1, second=7, tzinfo=datetime.UTC)

    for since, said in ((first, "0001-01-01 00:00:07 UTC"), (first.replace(tzinfo=east), "0001-01-01 00:00:07+05:00")):
        assert f"New since {said} No article was added." in words(render_html(BRIDGE, changes=Changes(since=since)))


def test_a_claim_of_a_cluster_that_is_not_among_the_claims_has_its_place_too() -> None:
    page = render_html(attrs.evolve(BRIDGE, claims=()))

    places = set(re.findall(r'class="claim" id="([^"]+)"', page))
    assert set(re.findall(r'class="place" href="#([^"]+)"', page)) <= places


def test_the_same_findings_give_the_same_page() -> None:
    assert render_html(BRIDGE) == render_html(BRIDGE, timelines=reversed(timelines()))
