"""The founding: once, by its founders, on a rulebook that can be read."""

import hashlib

import pytest

from isonomy.engine.refusal import Refused
from isonomy.kernel.bad_input import BadInput
from tests.engine.rulebooks import CLUB, SILENT
from tests.organisation import TestOrganisation


def club(**more: object) -> TestOrganisation:
    settings: dict[str, object] = {
        "founders": ("ada", "ben", "cy"),
        "mandates": {"chair": "ada", "secretary": "ben"},
        "units": {"north": "branch", "south": "branch"},
        "unit_of": {"ada": "north", "ben": "north", "cy": "south"},
    }
    return TestOrganisation(CLUB, **(settings | more))  # type: ignore[arg-type]


def says(refused: Refused) -> str:
    return "; ".join(ground.says for ground in refused.grounds)


def test_nothing_is_done_before_the_founding() -> None:
    org = club(found=False)
    act = org.act("member.leave", by="ada")
    verdict = org.submit_raw(act, {"kind": "attested", "account": "ada"})
    assert isinstance(verdict, Refused)
    assert "nothing is founded" in says(verdict)
    assert org.entries == []


def test_an_organisation_is_founded_once() -> None:
    org = club()
    act = org.founding_acts()[0]
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert "founded already" in says(verdict)


def test_founders_are_members_and_hold_their_first_mandates_for_the_term_of_the_clause() -> None:
    org = club()
    chair = org.state.mandates_of_seat("chair", "2027-01-04")
    assert [(held.person, held.since, held.until, held.clause) for held in chair] == [
        ("p-ada000", "2027-01-04", "2028-01-04", "2")
    ]
    assert org.state.mandates_of_seat("chair", "2028-01-04") == []
    assert set(org.state.persons) == {"p-ada000", "p-ben000", "p-cy000"}


def test_a_rulebook_that_is_not_its_digest_founds_nothing() -> None:
    org = club(found=False)
    act = org.founding_acts()[0] | {"sha256": hashlib.sha256(b"another").hexdigest()}
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert "not the one its digest names" in says(verdict)


def test_a_rulebook_that_cannot_be_read_is_refused_with_its_line() -> None:
    broken = CLUB.replace("quorum: 1/4", "quorom: 1/4")
    org = TestOrganisation(broken, founders=("ada",), found=False)
    act = org.founding_acts()[0]
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert "did you mean 'quorum'" in verdict.grounds[0].cure + str(verdict.grounds[0].facts)


def test_a_long_rulebook_comes_in_parts_and_nothing_is_done_until_it_is_whole() -> None:
    org = club(found=False, parts=3, mandates={})
    acts = org.founding_acts()
    org._must_accept(org.submit_raw(acts[0], org.signed(acts[0], "ada")), acts[0])
    early = org.submit("member.leave", by="cy")
    assert isinstance(early, Refused)
    assert "no edition of the rulebook is in force yet" in says(early)
    for act in reversed(acts[1:]):
        org._must_accept(org.submit_raw(act, org.signed(act, "ada")), act)
    assert org.state.rulebook("ed-0").front.organisation == "Club of Four Branches"
    org.accepted("member.leave", by="cy")


def test_first_mandates_go_to_founders_and_to_seats_that_exist() -> None:
    org = club(found=False)
    act = org.founding_acts()[0]
    for wrong in ({"person": "p-stranger", "seat": "chair"}, {"person": "p-ada000", "seat": "emperor"}):
        changed = act | {"mandates": [wrong]}
        assert isinstance(org.submit_raw(changed, org.signed(changed, "ada")), Refused)


def test_an_act_with_an_unknown_key_is_bad_input_with_a_suggestion() -> None:
    org = club()
    with pytest.raises(BadInput, match="did you mean 'person'"):
        org.submit("member.admit", by="ben", as_="secretary", persn="p-dora0")


def test_an_act_after_its_own_time_is_refused() -> None:
    org = club()
    refused = org.refused("member.leave", by="cy", until="2027-01-04T08:00:00Z")
    assert "after its own time" in says(refused)


def test_an_act_for_another_record_is_refused() -> None:
    assert "another record" in says(club().refused("member.leave", by="cy", log="elsewhere.test"))


def test_an_id_belongs_to_one_act() -> None:
    org = club()
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="north", id="ab" * 16)
    refused = org.refused("member.move", by="cy", person=org.person("cy"), unit="south", id="ab" * 16)
    assert "belongs to another act" in says(refused)


def test_the_clock_does_not_go_back() -> None:
    org = club()
    org.clock.set("2027-01-04T08:59:00Z")
    assert "behind the record" in says(org.refused("member.leave", by="cy", until="2027-02-01T00:00:00Z"))


def test_a_wrong_stamp_ahead_is_cured_in_the_open() -> None:
    org = club()
    org.clock.set("2031-01-01T00:00:00Z")
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="north")
    org.clock.set("2027-01-05T00:00:00Z")
    org.accepted("clock.reset", by="ben", as_="secretary", why="the machine's clock was four years ahead")
    assert org.state.at == "2027-01-05T00:00:00Z"
    refused = org.refused("clock.reset", by="ben", as_="secretary", why="again")
    assert "not ahead" in says(refused)


def test_only_keepers_enter_acts_at_the_console() -> None:
    org = club()
    assert "console" in says(org.refused("member.leave", by="cy", assurance="console"))
    org.accepted("key.revoke", by="ben", as_="secretary", credential=2, assurance="console")


def test_a_revoked_key_signs_nothing() -> None:
    org = club()
    org.accepted("key.revoke", by="cy", credential=2)
    assert "revoked" in says(org.refused("member.leave", by="cy", assurance="signed"))


def test_nobody_signs_with_anothers_key() -> None:
    org = club()
    act = org.act("member.leave", by="cy")
    verdict = org.submit_raw(act, org.signed(act, "ada"))
    assert isinstance(verdict, Refused)
    assert "not one that p-cy000 enrolled" in says(verdict)


def test_under_a_rulebook_without_norms_nobody_is_admitted() -> None:
    org = TestOrganisation(SILENT, founders=("ada",))
    assert "nothing of admitting" in says(org.refused("member.admit", by="ada", person="p-dora0"))


def test_replay_from_nothing_gives_the_live_state() -> None:
    from isonomy.engine.apply import apply
    from isonomy.engine.state import State

    org = club()
    org.accepted("member.move", by="cy", person=org.person("cy"), unit="north")
    replayed = State()
    for entry in org.entries:
        apply(replayed, entry)
    assert replayed.digest() == org.state.digest()
