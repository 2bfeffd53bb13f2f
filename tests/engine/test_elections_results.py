"""After the count: attestation, appeals, mandates, vacancies by countback, by another election, or left open."""

from __future__ import annotations

from typing import Any

from isonomy.chamber.casting import paper_of
from isonomy.engine.recount import countback_task
from isonomy.engine.vacant import vacant_count
from tests.engine.election_rulebooks import LOT, SECRET, closed, election, number_of, opened, ready, stood, weir
from tests.engine.test_elections_polling import cast, declaration, declared, ended
from tests.engine.test_founding import says
from tests.organisation import TestOrganisation


def held(**keys: str | None) -> tuple[TestOrganisation, str, str]:
    """An election of two in which dan and ann won; the club, the poll, the decision."""
    org = weir(**({"secrecy": "named", "seats": "2", "body": "seats: 2\nterm: 2 years"} | keys))
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ann, bob, cat, dan = (number_of(org, poll, name) for name in ("ann", "bob", "cat", "dan"))
    cast(org, poll, {
        "eve": [[dan], [ann], [bob]], "fay": [[dan], [ann], [cat]], "gus": [[dan], [bob]], "ada": [[dan], [ann]],
        "hal": [[ann], [cat]], "ben": [[ann], [bob]], "cy": [[ann]], "bob": [[bob]], "dot": [[bob]], "cat": [[cat], [ann]],
    })  # fmt: skip
    ended(org, poll)
    effects = declared(org, poll, secret=SECRET)
    assert effects["decision.taken"]["person"].split() == [org.person("dan"), org.person("ann")]
    return org, poll, effects["decision.taken"]["decision"]


def seat(org: TestOrganisation, decision: str, name: str) -> str:
    """Begins a mandate on the council; its id."""
    accepted = org.accepted(
        "mandate.begin", by="ada", as_="secretary", person=org.person(name), seat="council", decision=decision
    )
    return str(next(effect for effect in accepted.effects if effect["effect"] == "mandate.begun")["mandate"])


# -- a count apart -----------------------------------------------------------------------------------------


def test_a_result_is_provisional_until_a_scrutineer_has_counted_the_same() -> None:
    org, poll, decision = held(scrutineers="watch")
    today = org.today
    assert org.state.decisions[decision].standing_on(today) == "provisional"
    refused = org.refused(
        "mandate.begin", by="ada", as_="secretary", person=org.person("ann"), seat="council", decision=decision
    )
    assert "the election is not in force" in says(refused)
    assert "attested by a scrutineer" in says(org.refused("count.attest", by="hal", poll=poll, trace="0" * 64))
    org.accepted("count.attest", by="cy", poll=poll, trace="0" * 64)
    assert org.state.decisions[decision].standing_on(today) == "provisional"
    assert "attested already" in says(
        org.refused("count.attest", by="cy", poll=poll, trace=org.state.polls[poll].trace)
    )
    org.accepted("count.attest", by="dot", poll=poll, trace=org.state.polls[poll].trace)
    assert org.state.decisions[decision].standing_on(today) == "in force"
    seat(org, decision, "ann")
    assert org.state.digest() == org.replayed().digest()


def test_a_result_that_is_counted_apart_carries_the_digest_of_the_count() -> None:
    org = weir(secrecy="named", scrutineers="watch")
    _, poll = ready(org, "ann", "bob", "cat", "dan")
    ended(org, poll)
    honest = {key: value for key, value in declaration(org, poll, secret=SECRET).items() if key != "trace"}
    assert "carries the digest" in says(org.refused("poll.declare", by="ada", as_="secretary", **honest))


def test_where_no_clause_has_scrutineers_there_is_nothing_to_attest() -> None:
    org, poll, _ = held()
    assert "no clause has scrutineers" in says(org.refused("count.attest", by="cy", poll=poll, trace="0" * 64))


# -- appeals -----------------------------------------------------------------------------------------------


def appealed(org: TestOrganisation, decision: str) -> str:
    return str(
        org.accepted("election.appeal", by="hal", decision=decision, text="The roll was wrong.").effects[0]["appeal"]
    )


def vote_on(org: TestOrganisation, appeal: str, *votes: str) -> dict[str, Any]:
    """Moves that the appeal be upheld, and votes; the effects of the declaration by name."""
    motion = org.accepted(
        "motion.move", by="gus", body="assembly", matter="appeal-on-council", text="Uphold it", appeal=appeal
    ).effects[0]["motion"]
    poll = org.accepted(
        "poll.open", by="ada", as_="secretary", body="assembly", question="Uphold?", matter="appeal-on-council",
        motion=motion, secrecy="named",
    ).effects[0]["poll"]  # fmt: skip
    cast(org, poll, dict(zip(("eve", "fay", "gus"), votes, strict=False)))
    org.accepted("poll.close", by="ada", as_="secretary", poll=poll)
    accepted = org.accepted("poll.declare", by="ada", as_="secretary", **declaration(org, poll))
    return {effect["effect"]: effect for effect in accepted.effects}


def test_a_result_is_provisional_through_the_time_to_appeal() -> None:
    org, _, decision = held(appeal="to assembly within 14 days")
    org.days(14)
    assert org.state.decisions[decision].standing_on(org.today) == "provisional"
    org.days(1)
    assert org.state.decisions[decision].standing_on(org.today) == "in force"
    assert "an appeal is lodged in time" in says(
        org.refused("election.appeal", by="hal", decision=decision, text="Late.")
    )
    seat(org, decision, "dan")


def test_an_undecided_appeal_keeps_it_provisional_and_a_dismissal_ends_that() -> None:
    org, _, decision = held(appeal="to assembly within 14 days")
    appeal = appealed(org, decision)
    org.days(30)
    assert org.state.decisions[decision].standing_on(org.today) == "provisional"
    effects = vote_on(org, appeal, "against", "against", "for")
    assert effects["appeal.decided"] == {
        "effect": "appeal.decided",
        "appeal": appeal,
        "upheld": False,
        "by": effects["appeal.decided"]["by"],
    }
    assert org.state.decisions[decision].standing_on(org.today) == "in force"
    seat(org, decision, "dan")


def test_an_upheld_appeal_annuls_the_election_and_another_may_be_opened() -> None:
    org, _, decision = held(appeal="to assembly within 14 days")
    appeal, other = appealed(org, decision), appealed(org, decision)
    effects = vote_on(org, appeal, "for", "for", "against")
    assert effects["appeal.decided"]["upheld"] is True
    assert effects["decision.taken"]["matter"] == "appeal-on-council"
    assert org.state.decisions[decision].standing_on(org.today) == "annulled"
    refused = org.refused(
        "mandate.begin", by="ada", as_="secretary", person=org.person("dan"), seat="council", decision=decision
    )
    assert "not in force" in says(refused)
    assert org.state.appeals[other].standing == "undecided"
    assert "stands so far" in says(org.refused("election.appeal", by="hal", decision=decision, text="Again."))
    assert election(org, opened(org)).seats == 2
    assert org.state.digest() == org.replayed().digest()


def test_only_who_could_vote_or_stood_appeals() -> None:
    org, _, decision = held(appeal="to assembly within 14 days")
    org.accepted("member.admit", by="ada", as_="secretary", person=org.person("new"))
    assert "could vote or stood" in says(org.refused("election.appeal", by="new", decision=decision, text="No."))


def test_where_no_clause_has_appeals_there_are_none() -> None:
    org, _, decision = held()
    assert "no clause lets this be appealed" in says(
        org.refused("election.appeal", by="hal", decision=decision, text="No.")
    )


def test_a_motion_on_an_appeal_names_it_and_no_other_motion_does() -> None:
    org, _, decision = held(appeal="to assembly within 14 days")
    appeal = appealed(org, decision)
    for fields in ({"matter": "appeal-on-council"}, {"matter": "boats", "appeal": appeal}):
        assert "names it, and no other motion does" in says(
            org.refused("motion.move", by="gus", body="assembly", text="x", **fields)
        )
    vote_on(org, appeal, "for", "for")
    assert "upheld already" in says(
        org.refused("motion.move", by="gus", body="assembly", matter="appeal-on-council", text="x", appeal=appeal)
    )


def test_an_uncontested_election_can_be_appealed_too() -> None:
    org = weir(uncontested="elected", appeal="to assembly within 14 days")
    id = opened(org)
    stood(org, id, "ann")
    decision = closed(org, id)["decision.taken"]["decision"]
    org.accepted("election.appeal", by="ann", decision=decision, text="I did not want to.")
    assert org.state.decisions[decision].standing_on(org.today) == "provisional"


# -- vacancies ---------------------------------------------------------------------------------------------


def seated(**keys: str | None) -> tuple[TestOrganisation, str, dict[str, str]]:
    """The same, with dan and ann seated; the club, the poll, the mandates by name."""
    org, poll, decision = held(**keys)
    return org, poll, {name: seat(org, decision, name) for name in ("dan", "ann")}


def countback(org: TestOrganisation, mandate: str) -> dict[str, Any]:
    """What an honest countback says."""
    task, poll = countback_task(org.state, mandate, org.today)
    counted = task.count([paper_of(paper) for paper in poll.named.values()])
    made = {"mandate": mandate, "tallies": counted.tallies, "winners": list(counted.winners), "trace": counted.trace}
    return made | ({"draws": counted.draws} if counted.draws else {})


def test_a_countback_calls_the_next_of_the_papers_for_the_rest_of_the_term() -> None:
    org, poll, mandates = seated(vacancy="countback")
    org.days(100)
    until = org.state.mandates[mandates["dan"]].until
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    assert vacant_count(org.state, "ed-0", "council", "assembly", org.today) == 0
    refused = org.refused(
        "election.open", by="ada", as_="secretary", body="assembly", seat="council", lot=LOT, vacant_on=org.today
    )
    assert "no seat" in says(refused)
    effects = org.accepted("vacancy.fill", by="ada", as_="secretary", **countback(org, mandates["dan"])).effects
    filled = next(effect for effect in effects if effect["effect"] == "vacancy.filled")
    decision = next(effect for effect in effects if effect["effect"] == "decision.taken")
    assert filled["person"] == decision["person"] == org.person("bob")
    assert decision["until"] == until
    begun = org.accepted(
        "mandate.begin",
        by="ada",
        as_="secretary",
        person=org.person("bob"),
        seat="council",
        decision=decision["decision"],
    )
    assert next(effect for effect in begun.effects if effect["effect"] == "mandate.begun")["until"] == until
    assert org.state.polls[poll].decision != decision["decision"]
    assert org.state.digest() == org.replayed().digest()


def test_nobody_who_sits_and_nobody_who_left_is_called() -> None:
    org, poll, mandates = seated(vacancy="countback")
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    honest = countback(org, mandates["dan"])
    for name in ("ann", "dan"):
        refused = org.refused(
            "vacancy.fill", by="ada", as_="secretary", **{**honest, "winners": [number_of(org, poll, name)]}
        )
        assert "does not sit and is available" in says(refused)


def test_who_withdraws_after_the_declaration_is_passed_over() -> None:
    org, poll, mandates = seated(vacancy="countback")
    id = org.state.polls[poll].election
    org.accepted("nomination.withdraw", by="bob", election=id)
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    effects = org.accepted("vacancy.fill", by="ada", as_="secretary", **countback(org, mandates["dan"])).effects
    assert effects[0]["person"] == org.person("cat")
    again = org.refused("vacancy.fill", by="ada", as_="secretary", **countback(org, mandates["dan"]))
    assert "is called to this seat already" in says(again)


def test_one_vacancy_after_another_until_nobody_is_left_then_an_election() -> None:
    org, poll, mandates = seated(vacancy="countback")
    ended_ = mandates["dan"]
    org.accepted("mandate.end", by="dan", mandate=ended_)
    called = []
    for _ in range(2):
        effects = org.accepted("vacancy.fill", by="ada", as_="secretary", **countback(org, ended_)).effects
        person, decision = effects[0]["person"], effects[1]["decision"]
        called.append(person)
        ended_ = seat(org, decision, person)
        org.accepted("mandate.end", by=person, mandate=ended_)
    assert called == [org.person("bob"), org.person("cat")]
    effects = org.accepted("vacancy.fill", by="ada", as_="secretary", **countback(org, ended_)).effects
    assert [effect["effect"] for effect in effects] == ["vacancy.filled"]
    assert "nobody was left" in says(org.refused("vacancy.fill", by="ada", as_="secretary", **countback(org, ended_)))
    assert election(org, opened(org)).seats == 1
    assert poll


def test_a_mandate_that_ran_its_term_is_not_counted_back() -> None:
    org, _, mandates = seated(vacancy="countback")
    org.set_clock("2029-06-01")
    assert "ended before its term" in says(
        org.refused("vacancy.fill", by="ada", as_="secretary", mandate=mandates["dan"], tallies={})
    )


def test_without_countback_in_the_clause_another_election_fills_the_seat() -> None:
    org, _, mandates = seated()
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    refused = org.refused("vacancy.fill", by="ada", as_="secretary", mandate=mandates["dan"], tallies={})
    assert "no clause fills vacancies by countback" in says(refused)
    assert election(org, opened(org)).seats == 1


def test_left_vacant_is_left_until_the_term_is_over() -> None:
    org, _, mandates = seated(vacancy="left vacant")
    until = org.state.mandates[mandates["dan"]].until
    org.accepted("mandate.end", by="dan", mandate=mandates["dan"])
    found = election(org, opened(org))
    assert (found.vacant_on, found.seats) == (until, 2)
