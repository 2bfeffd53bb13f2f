"""Committees at work: limits on holding seats, co-option, confirmation, substitutes, interims. docs/spec/acts-seating.md"""

from __future__ import annotations

from datetime import date

import pytest

from isonomy.engine.attendance import attendance_of, presence_of
from isonomy.engine.duties import duties
from isonomy.engine.eligibility import Obstacle, mandates_of, obstacles, terms_served
from isonomy.engine.refusal import Accepted, Ground
from isonomy.engine.roll import members_of_body
from isonomy.engine.state import day_of
from isonomy.kernel.bad_input import BadInput
from isonomy.rulebook.provisions.limits import limits_of
from tests.engine.seating_rulebooks import PEOPLE, SEATED, decided, elected, mandate_of, met, seated
from tests.organisation import TestOrganisation


def begun(org: TestOrganisation, seat: str, person: str, keeper: str = "ben", **fields: str) -> str:
    """A person elected to a seat, and seated; the mandate's id."""
    decision = elected(org, seat, person)
    org.accepted("mandate.begin", by=keeper, person=org.person(person), seat=seat, decision=decision, **fields)
    return mandate_of(org, person, seat)


def due(org: TestOrganisation, words: str) -> list[str]:
    """The duties of today and ahead whose words say something."""
    found = duties(org.state, day_of(org.today), date(2028, 12, 31))
    return [one.derivation for one in found if words in one.duty]


def without(text: str, line: str) -> str:
    """The rulebook without a line of a block."""
    assert text.count(f"\n{line}\n") == 1, line
    return text.replace(f"\n{line}\n", "\n")


# -- what does not go together -----------------------------------------------------------------------------


def test_two_seats_that_do_not_go_together_are_refused_in_both_directions() -> None:
    org = seated()
    org.days(40)
    assert "does not hold the seats of the auditor and the board" in on_paper(org, "auditor", "cy").says
    found = barred(org, "cy", "auditor")
    assert found[0].clause == "5"
    assert "resign from board first" in found[0].cure
    org = seated(auditor="eli")
    assert on_paper(org, "board", "eli").clause == "5"
    decision = elected(org, "board", "gus")
    org.accepted("mandate.begin", by="ben", person=org.person("gus"), seat="board", decision=decision)


def barred(org: TestOrganisation, person: str, seat: str, since: str = "", until: str = "") -> list[Obstacle]:
    """What stands against a person's holding a seat."""
    return obstacles(org.state, org.state.rulebook("ed-0"), org.person(person), seat, since or org.today, until)


def on_paper(org: TestOrganisation, seat: str, person: str) -> Ground:
    """The ground against putting a person on the paper of an election."""
    meeting = met(org, "assembly", f"election-of-{seat}", PEOPLE)
    refused = org.refused(
        "poll.open", by="ada", body="assembly", question="Who?", matter=f"election-of-{seat}", meeting=meeting, seat=seat,
        options=[{"name": person, "person": org.person(person)}], secrecy="by show of hands",
    )  # fmt: skip
    return refused.grounds[0]


def test_without_the_clause_one_person_holds_both() -> None:
    org = seated(without(SEATED, "not with: treasurer; board"))
    org.days(40)
    begun(org, "auditor", "cy")


def test_who_resigned_first_takes_the_other_seat() -> None:
    org = seated()
    org.days(40)
    org.accepted("mandate.end", by="cy", mandate=mandate_of(org, "cy", "board"))
    begun(org, "auditor", "cy")


def test_a_membership_too_short_is_refused_with_the_day_from_which_it_is_not() -> None:
    org = seated()
    found = barred(org, "eli", "auditor")[0]
    assert found.clause == "5"
    assert "1 month" in found.says
    assert "2027-02-04" in found.cure


def test_who_would_hold_too_many_seats_chooses_or_the_earlier_one_falls() -> None:
    org = seated(secretary="cy")
    choice = org.state.seating.choices[begun(org, "treasurer", "cy", "cy")]
    assert len(choice.falling) == 1
    assert choice.until == "2027-01-18"
    assert "falls after that day" in due(org, "Choose between")[0]
    falling = org.state.mandates[choice.falling[0]]
    assert falling.is_valid_on(choice.until)
    assert not falling.is_valid_on("2027-01-19")
    assert falling.ended_why == "the person did not choose in time"
    org.set_clock("2027-01-19")
    assert due(org, "Choose between") == []
    assert org.refused("mandate.choose", by="cy", keep=falling.id).grounds[0].clause == "5"


def test_the_person_alone_chooses_and_may_keep_the_earlier_one() -> None:
    org = seated(secretary="cy")
    later = begun(org, "treasurer", "cy", "cy")
    earlier = org.state.seating.choices[later].falling[0]
    assert org.refused("mandate.choose", by="ada", keep=earlier).grounds[0].clause == "5"
    org.accepted("mandate.choose", by="cy", keep=earlier)
    assert org.state.mandates[earlier].is_valid_on("2027-06-01")
    assert not org.state.mandates[later].is_valid_on(org.today)
    assert org.refused("mandate.choose", by="cy", keep=earlier)
    replays(org)


def test_giving_up_the_earlier_one_ends_it_at_once() -> None:
    org = seated(secretary="cy")
    later = begun(org, "treasurer", "cy", "cy")
    earlier = org.state.seating.choices[later].falling[0]
    org.accepted("mandate.choose", by="cy", keep=later)
    assert not org.state.mandates[earlier].is_valid_on(org.today)
    assert org.state.mandates[later].is_valid_on(org.today)


# -- terms -------------------------------------------------------------------------------------------------


def test_after_two_terms_in_a_row_a_person_waits_and_after_three_never_again() -> None:
    org = seated(treasurer="eli")
    org.set_clock("2027-12-01")
    begun(org, "treasurer", "eli", since="2028-01-04")
    found = barred(org, "eli", "treasurer", "2029-01-04", "2030-01-04")
    assert [one.clause for one in found] == ["5"]
    assert "2 terms in a row" in found[0].says
    assert "2030-01-04" in found[0].cure
    assert barred(org, "eli", "treasurer", "2030-01-04", "2031-01-04") == []
    assert barred(org, "fay", "treasurer", "2029-01-04", "2030-01-04") == []


# -- co-option ---------------------------------------------------------------------------------------------


def coopted(org: TestOrganisation, person: str, present: tuple[str, ...] = ("cy", "di", "hal")) -> str:
    """A person co-opted to the board; the mandate's id."""
    decision = decided(org, "board", "co-option-to-board", person, present, (3, 0))
    org.accepted("seat.coopt", by="ben", person=org.person(person), seat="board", decision=decision)
    return mandate_of(org, person, "board")


def test_a_body_co_opts_within_its_number_and_those_co_opted_never_choose_further() -> None:
    org = seated()
    coopted(org, "eli")
    poll = next(one for one in org.state.polls.values() if one.matter == "co-option-to-board")
    assert len(poll.roll or ()) == 3
    coopted(org, "fay", ("cy", "di", "hal", "eli"))
    second = [one for one in org.state.polls.values() if one.matter == "co-option-to-board"][-1]
    assert org.person("eli") not in (second.roll or ())
    assert org.person("eli") in members_of_body(org.state, "ed-0", "board", org.today)
    decision = decided(org, "board", "co-option-to-board", "gus", ("cy", "di", "hal"), (3, 0))
    refused = org.refused("seat.coopt", by="ben", person=org.person("gus"), seat="board", decision=decision)
    assert refused.grounds[0].clause == "6"
    assert "at most 2" in refused.grounds[0].says
    replays(org)


def replays(org: TestOrganisation) -> None:
    """Replay equals live."""
    assert org.replayed().digest() == org.state.digest()
    assert org.replayed().past_units == org.state.past_units


def test_co_opted_members_without_a_vote_are_not_on_the_roll() -> None:
    org = seated(
        SEATED.replace("lasts: until the next election\nvote: yes", "lasts: until the next election\nvote: no")
    )
    coopted(org, "eli")
    assert org.person("eli") not in members_of_body(org.state, "ed-0", "board", org.today)
    assert org.state.mandates_of_seat("board", org.today)[-1].person == org.person("eli")


def test_with_the_next_election_those_co_opted_are_out() -> None:
    org = seated()
    taken = coopted(org, "eli")
    begun(org, "board", "gus")
    assert not org.state.mandates[taken].is_valid_on(org.today)
    assert org.state.mandates[taken].ended_why == "the seat was filled by its election"


def test_nobody_co_opts_where_no_clause_lets_them() -> None:
    start, end = SEATED.index("## 6. Co-option"), SEATED.index("## 7. Confirmation")
    org = seated(SEATED[:start] + SEATED[end:])
    refused = org.refused(
        "motion.move", by="cy", body="board", matter="co-option-to-board", text="Eli.", person=org.person("eli")
    )
    assert refused.grounds


# -- confirmation ------------------------------------------------------------------------------------------


def test_an_appointment_takes_effect_only_when_it_is_confirmed() -> None:
    org = seated()
    org.accepted("confirmation.ask", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    asked = f"cf-{org.state.n - 1}"
    refused = org.refused("mandate.begin", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    assert refused.grounds[0].clause == "7"
    assert "18 January 2027" in refused.grounds[0].cure
    assert due(org, "Confirm or refuse")
    decision = decided(org, "board", "confirmation-of-editor", "eli", ("cy", "di", "hal"), (2, 1))
    org.accepted("confirmation.answer", by="ben", confirmation=asked, confirms=True, decision=decision)
    org.accepted("mandate.begin", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    assert due(org, "Confirm or refuse") == []
    replays(org)


def test_a_refusal_needs_its_decision_and_reasons() -> None:
    org = seated()
    org.accepted("confirmation.ask", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    asked = f"cf-{org.state.n - 1}"
    decision = decided(org, "board", "refusal-of-editor", "eli", ("cy", "di", "hal"), (2, 1))
    org.refused("confirmation.answer", by="ben", confirmation=asked, confirms=True, decision=decision)
    org.refused("confirmation.answer", by="ben", confirmation=asked, confirms=False, decision=decision)
    org.accepted(
        "confirmation.answer",
        by="ben",
        confirmation=asked,
        confirms=False,
        decision=decision,
        reasons="No time for it.",
    )
    refused = org.refused("mandate.begin", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    assert refused.grounds[0].facts["reasons"] == "No time for it."


@pytest.mark.parametrize(("silence", "taken"), [("stands", True), ("falls", False)])
def test_silence_does_what_the_clause_says(silence: str, taken: bool) -> None:
    org = seated(SEATED.replace("silence: stands", f"silence: {silence}"))
    org.accepted("confirmation.ask", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    org.days(15)
    verdict = org.judge("mandate.begin", by="ada", as_="chair", person=org.person("eli"), seat="editor")
    assert isinstance(verdict, Accepted) is taken


# -- substitutes -------------------------------------------------------------------------------------------


def test_substitutes_step_in_in_their_order_attested_at_the_opening_and_count() -> None:
    org = seated()
    held = mandate_of(org, "cy", "board")
    for name in ("eli", "fay"):
        org.accepted("substitute.name", by="cy", mandate=held, person=org.person(name))
    assert org.refused("substitute.name", by="cy", mandate=held, person=org.person("gus")).grounds[0].clause == "8"
    assert org.refused("substitute.name", by="di", mandate=held, person=org.person("gus"))
    called = org.accepted(
        "meeting.call", by="ada", as_="chair", body="board", starts="2027-01-10T19:00", matters=["tea"]
    )
    meeting = str(called.effects[0]["meeting"])
    org.accepted("notice.send", by="ada", as_="chair", meeting=meeting, how="post", to_count=3)
    org.set_clock("2027-01-10T19:05:00Z")
    attest = {"mandate": held, "meeting": meeting}
    assert org.refused("substitute.attest", by="ada", person=org.person("eli"), **attest).grounds[0].clause == "8"
    assert "order" in org.refused("substitute.attest", by="ben", person=org.person("fay"), **attest).grounds[0].says
    org.accepted("substitute.attest", by="ben", person=org.person("fay"), away=[org.person("eli")], **attest)
    absent = [org.person(name) for name in ("cy", "di", "hal")]
    assert "not its members" in str(org.refused("meeting.open", by="ada", meeting=meeting, present=absent).grounds)
    org.accepted("meeting.open", by="ada", meeting=meeting, present=[org.person(name) for name in ("fay", "di", "hal")])
    assert org.person("fay") in members_of_body(org.state, "ed-0", "board", "2027-01-10")
    org.accepted("meeting.close", by="ada", meeting=meeting)
    assert org.person("cy") in members_of_body(org.state, "ed-0", "board", "2027-01-11")
    replays(org)


def test_when_the_holder_leaves_the_first_substitute_takes_the_seat_for_the_rest_of_the_term() -> None:
    org = seated()
    held = mandate_of(org, "cy", "board")
    org.accepted("substitute.name", by="cy", mandate=held, person=org.person("eli"))
    assert org.refused("substitute.succeed", by="eli", mandate=held)
    org.accepted("mandate.end", by="cy", mandate=held)
    assert due(org, "takes the seat")
    org.accepted("substitute.succeed", by="eli", mandate=held)
    assert org.state.mandates[mandate_of(org, "eli", "board")].until == org.state.mandates[held].until
    assert due(org, "takes the seat") == []


# -- interim -----------------------------------------------------------------------------------------------


def test_an_interim_lasts_as_long_as_the_clause_says_and_is_not_renewed_beyond_it() -> None:
    org = seated()
    refused = org.refused("seat.interim", by="cy", person=org.person("eli"), seat="treasurer")
    assert refused.grounds[0].clause == "9"
    org.accepted("seat.interim", by="ada", as_="chair", person=org.person("eli"), seat="treasurer")
    assert org.state.mandates[mandate_of(org, "eli", "treasurer")].until == "2027-04-04"
    assert list(due(org, "Elect the treasurer"))
    org.set_clock("2027-04-05")
    again = org.refused("seat.interim", by="ada", as_="chair", person=org.person("fay"), seat="treasurer")
    assert "at most 3 months" in again.grounds[0].says


def test_the_election_ends_the_interim_and_a_short_one_is_no_term() -> None:
    org = seated()
    org.accepted("seat.interim", by="ada", as_="chair", person=org.person("eli"), seat="treasurer")
    begun(org, "treasurer", "fay")
    assert [one.person for one in org.state.mandates_of_seat("treasurer", org.today)] == [org.person("fay")]
    book = org.state.rulebook("ed-0")
    rule, block = limits_of(book, "treasurer"), book.seat("treasurer")
    assert rule is not None
    assert block is not None
    assert terms_served(org.state, rule, block, mandates_of(org.state, org.person("eli")), "2028-01-01").counted == ()


def test_one_person_in_several_seats_counts_once() -> None:
    org = seated(treasurer="cy")
    members = members_of_body(org.state, "ed-0", "board", org.today)
    assert len(members) == len(set(members)) == 3


def test_attendance_is_measured_from_the_acts_of_presence() -> None:
    org = seated()
    assert attendance_of(org.state, "board") == []
    first = met(org, "board", "tea", ("cy", "di", "hal"))
    org.accepted("meeting.close", by="ada", meeting=first)
    second = met(org, "board", "tea", ("cy", "di", "hal"))
    org.accepted("quorum.count", by="ada", meeting=second, present=[org.person("cy"), org.person("di")])
    found = attendance_of(org.state, "board")
    assert [(one.meeting.id, one.present, one.entitled) for one in found] == [(second, 2, 3), (first, 3, 3)]
    people = tuple(org.person(name) for name in ("cy", "hal", "eli"))
    shares = {one.person: (one.present, one.meetings) for one in presence_of(org.state, "board", people)}
    assert shares == {org.person("cy"): (2, 2), org.person("hal"): (1, 2), org.person("eli"): (0, 0)}


@pytest.mark.parametrize(
    "act", ["seat.coopt", "credentials.refuse", "mandate.choose", "lot.draw", "delegates.apportion"]
)
def test_what_committees_at_work_do_is_done_here_or_not_at_all(act: str) -> None:
    with pytest.raises(BadInput, match="cannot be reported"):
        seated().report(
            {"act": act}, by="ada", happened={"earliest": "2027-01-04", "latest": "2027-01-04"}, source="minutes"
        )


def test_a_reported_mandate_names_the_seats_that_do_not_go_together_as_what_it_broke() -> None:
    clause = "## 12A. Reports\nThe secretary reports what happened outside.\n\n```rule reporting outside\nby: secretary\n```\n\n"
    org = seated(SEATED.replace("## 13. Amendment", f"{clause}## 13. Amendment"))
    org.days(60)
    told = {"act": "mandate.begin", "person": org.person("cy"), "seat": "auditor"}
    verdict = org.report(told, by="ben", happened={"earliest": "2027-03-01", "latest": "2027-03-01"}, source="minutes")
    assert isinstance(verdict, Accepted)
    broken = [(one.clause, one.says) for one in verdict.irregularities]
    assert ("5", "one person does not hold the seats of the auditor and the board") in broken


def test_no_ruling_lets_a_co_option_in_under_another_matter() -> None:
    org = seated()
    meeting = met(org, "board", "tea", ("cy", "di", "hal"))
    place = org.state.rulebook("ed-0").bodies["board"].place
    refused = org.refused(
        "ruling.make", by="ada", meeting=meeting, words="It is tea.", reading="within-the-notice", within="tea",
        matter="co-option-to-board", clause=place.clause_of("meets"), line=place.line_of("meets"),
    )  # fmt: skip
    assert "road" in str(refused.grounds) or "own" in str(refused.grounds)
