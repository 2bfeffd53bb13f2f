"""Whoever is criticised answers, and can do nothing else; silence goes on by itself; critics are not reached unmarked."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from isonomy.engine.duties import duties
from isonomy.engine.owed_answers import by_addressee, owed_by
from isonomy.engine.protection import CHARGED, protections_of
from isonomy.engine.state import day_of
from isonomy.record.base64_text import to_base64
from isonomy.record.commitment import seal
from tests.organisation import TestOrganisation

ROOT = Path(__file__).parents[2]
CRITICS = (ROOT / "conformance" / "decisions" / "rulebooks" / "critics.md").read_text(encoding="utf-8")
PEOPLE = ("ada", "ben", "cy", "di", "eli", "fay", "gus")
SALT = bytes(range(32))


def critics(text: str = CRITICS, kind: str = "living") -> TestOrganisation:
    """The Society of Frank Critics: ada chairs, ben is its secretary, ada, cy and di are its board, eli and fay its elders."""
    return TestOrganisation(
        text, PEOPLE, kind=kind, units={"north": "branch", "south": "branch"},
        unit_of={name: "south" if name == "fay" else "north" for name in PEOPLE},
        mandates={
            "chair": "ada", "secretary": "ben", "board": ("ada", "cy", "di"), "elders": ("eli", "fay"), "warden@south": "fay",
        },
    )  # fmt: skip


def made(org: TestOrganisation, to: str = "secretary", by: str = "eli", **fields: Any) -> str:
    """A criticism; its id."""
    org.accepted("criticism.make", by=by, to=to, **({"text": "The roll is wrong."} | fields))
    return f"ct-{org.state.n - 1}"


def decided(org: TestOrganisation, body: str, matter: str, text: str = "So be it.", **more: Any) -> str:
    """A motion carried at a meeting of a body, today; the decision's id."""
    there = {"board": ("ada", "cy", "di"), "elders": ("eli", "fay")}.get(body, PEOPLE)
    meeting = f"mt-{org.state.n}"
    hour = org.clock.now()[:10]
    org.accepted("meeting.call", by="ada", as_="chair", body=body, starts=f"{hour}T19:00", matters=[matter])
    org.set_clock(f"{hour}T20:00:00Z")
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=[org.person(name) for name in there])
    motion, poll = f"mo-{org.state.n}", f"po-{org.state.n + 1}"
    org.accepted("motion.move", by=there[-1], body=body, matter=matter, text=text, **more)
    org.accepted(
        "poll.open", by="ada", body=body, question="Shall it be?", matter=matter, motion=motion, meeting=meeting,
        secrecy="by show of hands",
    )  # fmt: skip
    tallies = {"for": len(there), "against": 0, "abstain": 0}
    org.accepted("poll.declare", by="ada", poll=poll, rule="yes-no", tallies=tallies)
    decision = f"de-{org.state.n - 1}"
    org.accepted("meeting.close", by="ada", as_="chair", meeting=meeting)
    org.set_clock(f"{(day_of(hour) + timedelta(days=1)).isoformat()}T09:00:00Z")
    return decision


def due(org: TestOrganisation, thing: str) -> list[tuple[tuple[str, ...], str]]:
    """Who owes what about a thing, and by when."""
    return [(duty.seats, duty.due_on) for duty in duties(org.state, day_of(org.today)) if duty.thing == thing]


# -- what is owed, and what follows from silence -----------------------------------------------------------


def test_an_answer_is_owed_by_the_addressee_then_by_each_next_body_and_silence_is_published_by_itself() -> None:
    org = critics()
    id = made(org)
    criticism = org.state.criticisms[id]
    assert due(org, id) == [(("secretary",), "2027-01-18")]
    before = org.state.digest()
    days = {
        "2027-01-18": ("awaiting an answer", "secretary"), "2027-01-19": ("escalated", "board"),
        "2027-02-01": ("escalated", "board"), "2027-02-02": ("escalated", "assembly"),
        "2027-03-04": ("overdue", "assembly"), "2027-03-12": ("overdue", "assembly"),
    }  # fmt: skip
    for day, (standing, seat) in days.items():
        step = criticism.owing_on(day)
        assert (criticism.standing_on(day), step and step.seat) == (standing, seat), day
    assert criticism.standing_on("2027-03-13") == "silence published"
    assert org.state.digest() == before
    org.set_clock("2027-03-13T09:00:00Z")
    assert due(org, id) == []


def test_a_criticism_without_publication_stays_open_and_overdue_for_good() -> None:
    org = critics(CRITICS.replace("silence published: to members after 10 days\n", ""))
    criticism = org.state.criticisms[made(org)]
    assert criticism.standing_on("2040-01-01") == "overdue"
    assert not criticism.is_over("2040-01-01")


def test_a_late_answer_stands_beside_the_published_silence() -> None:
    org = critics()
    id = made(org)
    org.set_clock("2027-04-01T09:00:00Z")
    answered = org.accepted("criticism.answer", by="ben", as_="secretary", criticism=id, text="It was.")
    assert answered.effects[0]["late_days"] == 73
    criticism = org.state.criticisms[id]
    assert (criticism.standing_on("2027-04-01"), criticism.silence_on("2027-04-01")) == ("answered late", "2027-03-13")
    assert by_addressee(org.state, "2027-04-01") == {
        "secretary": {"answered": 0, "late": 0, "silent": 1, "open": 0, "withdrawn": 0}
    }


def test_the_days_are_those_of_the_edition_under_which_it_was_made() -> None:
    org = critics()
    id = made(org)
    assert [step.due_on for step in org.state.criticisms[id].steps] == ["2027-01-18", "2027-02-01", "2027-03-03"]


def test_an_owed_answer_stands_on_the_agenda_by_itself() -> None:
    org = critics(CRITICS.replace("answer of a body: by its chair\n", ""))
    id = made(org, to="board")
    org.set_clock("2027-01-10T18:00:00Z")
    org.accepted("meeting.call", by="ada", as_="chair", body="board", starts="2027-01-10T19:00", matters=["roof"])
    meeting = f"mt-{org.state.n - 1}"
    org.set_clock("2027-01-10T20:00:00Z")
    there = [org.person(name) for name in ("ada", "cy", "di")]
    org.accepted("meeting.open", by="ada", as_="chair", meeting=meeting, present=there)
    assert [found.id for found, _ in owed_by(org.state, "board", org.today)] == [id]
    words = {"body": "board", "matter": "answer-to-criticism"}
    org.accepted("motion.move", by="cy", **words, text="We looked into it.", ratifies=id)
    put = {**words, "motion": f"mo-{org.state.n - 1}", "meeting": meeting, "secrecy": "by show of hands"}
    org.accepted("poll.open", by="ada", **put, question="Our answer?")
    tallies = {"for": 3, "against": 0, "abstain": 0}
    org.accepted("poll.declare", by="ada", poll=f"po-{org.state.n - 1}", rule="yes-no", tallies=tallies)
    answer = {"criticism": id, "decision": f"de-{org.state.n - 1}"}
    refused = org.refused("criticism.answer", by="cy", **answer, text="We did nothing.")
    assert "word for word" in refused.grounds[0].says
    org.accepted("criticism.answer", by="cy", **answer, text="We looked into it.")


# -- words and limits --------------------------------------------------------------------------------------


def test_only_length_limits_what_is_said() -> None:
    org = critics()
    refused = org.refused("criticism.make", by="eli", to="secretary", text="x" * 501)
    assert (refused.grounds[0].clause, refused.grounds[0].cure) == ("5", "shorten them by 1")
    org.accepted("criticism.make", by="eli", to="secretary", text="You are a liar and the board knows it.")


def test_a_member_without_a_vote_may_criticise() -> None:
    org = critics(CRITICS.replace("vote: from admission", "vote: no"))
    made(org, by="gus")


@pytest.mark.parametrize("who", ["ben", "ada", "cy"])
def test_nobody_but_its_critics_withdraws_a_criticism(who: str) -> None:
    org = critics()
    id = made(org)
    assert "by nobody else" in org.refused("criticism.withdraw", by=who, criticism=id).grounds[0].says


def test_what_others_joined_stays_when_one_withdraws() -> None:
    org = critics()
    id = made(org)
    org.accepted("criticism.join", by="fay", criticism=id)
    org.accepted("criticism.withdraw", by="eli", criticism=id)
    assert org.state.criticisms[id].standing_on(org.today) == "awaiting an answer"
    last = org.accepted("criticism.withdraw", by="fay", criticism=id)
    assert last.effects[0]["withdrawn"] is True
    assert org.state.criticisms[id].standing_on(org.today) == "withdrawn"


def test_sealed_words_are_opened_as_they_were_sealed_by_the_keeper_from_their_day_on() -> None:
    org = critics()
    id = made(org, to="chair", by="di", text=None, sealed=seal(SALT, "words", "Step down."))
    opening = {"criticism": id, "text": "Step down.", "salt": to_base64(SALT)}
    assert "2027-04-04" in org.refused("criticism.open", by="ben", as_="secretary", **opening).grounds[0].cure
    org.set_clock("2027-04-04T09:00:00Z")
    assert due(org, id) == [(("secretary",), "2027-04-04")]
    wrong = org.refused("criticism.open", by="ben", as_="secretary", **{**opening, "text": "Stay on."})
    assert "not the words" in wrong.grounds[0].says
    org.accepted("criticism.open", by="ben", as_="secretary", **opening)
    assert org.state.criticisms[id].text == "Step down."
    assert due(org, id) == []


def test_who_is_known_to_the_keeper_alone_can_say_so_and_is_then_protected_from_the_making() -> None:
    org = critics()
    hidden = seal(SALT, "critic", org.person("gus"))
    asked = org.refused("criticism.make", by="ben", as_="secretary", to="board", text="Asleep.", author=hidden)
    assert "keeper" in asked.grounds[0].says
    id = made(org, by="ada", as_="chair", to="board", author=hidden)
    assert "p-gus" not in str(org.entries[-1])
    assert protections_of(org.state, org.person("gus"), org.today) == []
    assert org.refused("criticism.withdraw", by="ada", as_="chair", criticism=id)
    assert org.refused("criticism.avow", by="cy", criticism=id, salt=to_base64(SALT))
    org.days(3)
    org.accepted("criticism.avow", by="gus", criticism=id, salt=to_base64(SALT))
    (protection,) = protections_of(org.state, org.person("gus"), org.today)
    assert (protection.since, protection.until, protection.days) == ("2027-01-04", "2027-07-04", 3)


# -- answering ---------------------------------------------------------------------------------------------


def test_nobody_answers_for_another_nor_their_own_criticism_nor_before_it_has_come() -> None:
    org = critics()
    id = made(org, by="ada")
    assert (
        "for another"
        in org.refused("criticism.answer", by="cy", criticism=id, seat="board", text="No.").grounds[0].says
    )
    org.days(20)
    own = org.refused("criticism.answer", by="ada", as_="chair", criticism=id, seat="board", text="No.")
    assert "their own criticism" in own.grounds[0].says


def test_a_critic_replies_once_to_each_answer_in_time() -> None:
    org = critics()
    id = made(org)
    org.accepted("criticism.answer", by="ben", as_="secretary", criticism=id, text="It is right.")
    assert "critics' own" in org.refused("criticism.rejoin", by="gus", criticism=id, text="Is it?").grounds[0].says
    org.accepted("criticism.rejoin", by="eli", criticism=id, text="Look again.")
    assert org.refused("criticism.rejoin", by="eli", criticism=id, text="And again.")
    later = critics()
    id = made(later)
    later.accepted("criticism.answer", by="ben", as_="secretary", criticism=id, text="It is right.")
    later.days(8)
    assert "within 7 days" in later.refused("criticism.rejoin", by="eli", criticism=id, text="No.").grounds[0].says


# -- protection --------------------------------------------------------------------------------------------


def removed(org: TestOrganisation) -> dict[str, Any]:
    """The act by which the board's removal of the secretary is carried out."""
    decision = decided(org, "board", "removal-from-secretary", person=org.person("ben"))
    return {"mandate": "ma-0-1", "decision": decision}


def test_those_criticised_do_not_remove_their_critic_until_the_panel_lets_it_stand_and_then_it_is_marked() -> None:
    org = critics()
    made(org, to="board", by="ben")
    org.days(12)
    act = removed(org)
    refused = org.refused("mandate.end", by="ada", as_="chair", **act)
    assert refused.grounds[0].says.startswith("removed 13 days after criticising the board")
    decided(org, "elders", "protection-of-critics", person=org.person("cy"))
    assert org.refused("mandate.end", by="ada", as_="chair", **act)
    panel = decided(org, "elders", "protection-of-critics", person=org.person("ben"))
    org.accepted("mandate.end", by="ada", as_="chair", **act)
    mark = next(found for found in org.entries[-1]["effects"] if found["effect"] == "criticism.marked")
    assert (mark["what"], mark["days"], mark["panel"]) == ("removed", 15, panel)
    assert org.state.marks[org.person("ben")]


def test_a_later_criticism_of_another_opens_no_way_around_the_panel() -> None:
    letters = ("lies sealed for 3 months.", "lies sealed for 3 months; for 6 months it is marked.")
    rule = ("words: sealed for 3 months", "words: sealed for 3 months\nprotected for: 6 months")
    org = critics(CRITICS.replace(*letters).replace(*rule))
    made(org, to="board", by="ben")
    org.days(12)
    act = removed(org)
    made(org, to="chair", by="ben", text=None, sealed=seal(SALT, "words", "You too."))
    assert "criticising the board" in org.refused("mandate.end", by="ada", as_="chair", **act).grounds[0].says


def test_after_the_time_of_the_clause_nothing_is_marked() -> None:
    org = critics()
    made(org, to="board", by="ben")
    org.set_clock("2027-07-05T09:00:00Z")
    org.accepted("mandate.end", by="ada", as_="chair", **removed(org))
    assert org.state.marks == {}


def test_a_move_by_another_is_marked_and_one_s_own_is_not() -> None:
    org = critics()
    made(org, to="board", by="eli")
    moved = org.accepted("member.move", by="ben", as_="secretary", person=org.person("eli"), unit="south")
    assert [found["effect"] for found in moved.effects] == ["criticism.marked", "person.moved"]
    org.accepted("member.move", by="eli", person=org.person("eli"), unit="north")
    assert len(org.state.marks[org.person("eli")]) == 1


def test_withdrawing_ends_no_protection() -> None:
    org = critics()
    id = made(org, to="board", by="eli")
    org.accepted("criticism.withdraw", by="eli", criticism=id)
    assert protections_of(org.state, org.person("eli"), org.today)
    assert CHARGED == "charged"


# -- disagreement ------------------------------------------------------------------------------------------


def test_a_body_disagrees_by_its_decision_word_for_word_with_the_view_of_another() -> None:
    org = critics()
    view = decided(org, "board", "roof", "Tin.")
    own = decided(org, "board", "disagreement", "We were wrong.", ratifies=view)
    same = org.refused("disagreement.record", by="cy", about=view, text="We were wrong.", decision=own)
    assert "the view of another" in same.grounds[0].says
    decision = decided(org, "assembly", "disagreement", "Tin is loud.", ratifies=view)
    other = org.refused("disagreement.record", by="ada", about=view, text="Tin is fine.", decision=decision)
    assert "word for word" in other.grounds[0].says
    org.accepted("disagreement.record", by="ada", about=view, text="Tin is loud.", decision=decision)
    (found,) = org.state.disagreements.values()
    assert (found.body, found.seat, found.about, found.text) == ("assembly", "board", view, "Tin is loud.")
    assert org.state.decisions[view].standing_on(org.today) == "in force"


def test_a_reported_disagreement_without_its_decision_is_irregular_and_told() -> None:
    power = (
        "## 8. Letters\nThe chair decides on letters.\n\n```rule power letters\nheld by: chair\nmatters: letters\n```\n"
    )
    org = critics(CRITICS + "\n" + power, kind="history")
    taken = {"act": "decision.take", "matter": "letters", "text": "Tin.", "as": "chair", "by": org.person("ada")}
    org.report(taken, by="ada", happened={"earliest": "2027-01-04", "latest": "2027-01-04"}, source="minutes")
    told = {"act": "disagreement.record", "about": f"de-{org.state.n - 1}", "text": "Tin is loud."}
    assert told["about"] in org.state.decisions
    verdict = org.report(told, by="ada", happened={"earliest": "2027-01-04", "latest": "2027-01-04"}, source="minutes")
    assert "irregularities" in verdict.to_json("")
    assert any("by its decision" in item["says"] for item in verdict.to_json("")["irregularities"])


def test_a_record_with_criticism_replays_to_the_same_state() -> None:
    org = critics()
    id = made(org)
    org.accepted("criticism.join", by="fay", criticism=id)
    org.accepted("criticism.answer", by="ben", as_="secretary", criticism=id, text="It is right.")
    org.accepted("criticism.rejoin", by="eli", criticism=id, text="Look again.")
    assert org.replayed().digest() == org.state.digest()
