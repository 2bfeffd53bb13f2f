"""An office decides alone only what a power names; slips are mended in the open; refusals may be lodged."""

from isonomy.engine.refusal import Accepted, Refused
from tests.engine.test_founding import club, says


def test_a_decision_in_a_personal_capacity_is_refused() -> None:
    refused = club().refused("decision.take", by="ben", as_="secretary", matter="programme", text="A new programme")
    ground = refused.grounds[0]
    assert ground.clause == "2"
    assert ground.says == "programme is decided by the congress; the secretary has no power of it"
    assert ground.cure == "bring it before the congress"


def test_a_power_reaches_up_to_its_limit() -> None:
    org = club()
    over = org.refused("decision.take", by="ada", as_="chair", matter="spending", text="A boat", amount=201)
    assert over.grounds[0].says == "the power reaches up to 200"
    assert "not given" in str(
        org.refused("decision.take", by="ada", as_="chair", matter="spending", text="A boat").grounds[0].facts
    )
    org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oars", amount=200)


def test_a_power_is_its_holders_and_nobody_elses() -> None:
    refused = club().refused("decision.take", by="cy", as_="chair", matter="spending", text="Oars", amount=5)
    assert "the decision belongs to the office" in says(refused)


def test_an_urgent_decision_lapses_unless_ratified() -> None:
    org = club()
    accepted = org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oars", amount=200)
    effect = accepted.effects[0]
    assert (effect["lapses_on"], effect["ratify_by"]) == ("2027-02-03", "congress")
    decision = org.state.decisions[effect["decision"]]
    assert decision.standing_on("2027-02-03") == "awaiting ratification"
    assert decision.standing_on("2027-02-04") == "lapsed"


def test_a_correction_does_not_rewrite() -> None:
    org = club()
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north")
    before = org.entry_bytes[1]
    refused = org.refused(
        "correct",
        by="ben",
        as_="secretary",
        entry=1,
        thing="p-dora000",
        key="unit",
        now="south",
        why="wrong branch noted",
    )
    assert "the congress approves corrections" in says(refused)
    taken = org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oras", amount=5)
    slip = taken.effects[0]["decision"]
    org.accepted("correct", by="ada", entry=2, thing=slip, key="text", now="Oars", why="a slip of the pen")
    assert org.state.decisions[slip].text == "Oars"
    assert org.state.corrections["cr-3"].was == "Oras"
    assert org.entry_bytes[1] == before
    assert org.entries[2]["act"]["text"] == "Oras"


def test_matters_of_substance_are_no_slips() -> None:
    org = club()
    org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oars", amount=5)
    refused = org.refused("correct", by="ada", entry=1, thing="de-1", key="standing", now="ratified", why="so there")
    assert "is not a slip" in says(refused)


def test_a_slip_is_mended_by_who_had_the_power() -> None:
    org = club()
    org.accepted("decision.take", by="ada", as_="chair", matter="spending", text="Oras", amount=5)
    assert isinstance(
        org.submit("correct", by="cy", entry=1, thing="de-1", key="text", now="Oars", why="a slip"), Refused
    )


def test_a_refused_author_puts_the_refusal_on_the_record_once() -> None:
    org = club()
    act = org.act("decision.take", by="cy", matter="spending", text="Oars", amount=5)
    verdict = org.submit_raw(act, org.signed(act, "cy"))
    assert isinstance(verdict, Refused)
    refusal = verdict.to_json(act["id"])
    org.accepted("protest", by="cy", refusal=refusal, signature="AA==", words="I ought to be heard.")
    assert "on the record already" in says(org.refused("protest", by="cy", refusal=refusal, signature="AA=="))


def test_an_erasure_names_its_ground_and_changes_no_verdict() -> None:
    org = club()
    name = org.name_of("dora")
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north", name=name)
    assert isinstance(org.submit("erase", by="cy", entry=1, commitment=name["c"], ground="wish"), Refused)
    accepted = org.accepted("erase", by="dora", entry=1, commitment=name["c"], ground="the person's own request")
    assert isinstance(accepted, Accepted)
    assert org.state.erased[name["c"]] == "the person's own request"


def test_a_clause_may_demand_the_authors_own_key() -> None:
    from tests.engine.rulebooks import CLUB
    from tests.organisation import TestOrganisation

    strict = CLUB.replace(
        "approved by: congress\n```", "approved by: congress\nsigned: decision.take; member.leave\n```"
    )
    for book, refused in ((CLUB, False), (strict, True)):
        org = TestOrganisation(book, ("ada", "ben"), mandates={"chair": "ada", "secretary": "ben"}, units={"north": "branch"},
                               unit_of={"ada": "north", "ben": "north"})  # fmt: skip
        spend = {"by": "ada", "as_": "chair", "matter": "spending", "text": "Oars", "amount": 5}
        verdict = org.submit("decision.take", assurance="attested", **spend)
        assert isinstance(verdict, Refused) == refused
        if isinstance(verdict, Refused):
            assert verdict.grounds[0].clause == "5"
            assert verdict.grounds[0].cure == "enrol a key and sign the act with it"
        org.accepted("decision.take", assurance="signed", **spend)


def test_a_protest_is_the_refused_authors_own() -> None:
    org = club()
    act = org.act("decision.take", by="cy", matter="spending", text="Oars", amount=5)
    verdict = org.submit_raw(act, org.signed(act, "cy"))
    assert isinstance(verdict, Refused)
    refusal = verdict.to_json(act["id"]) | {"by": org.person("cy")}
    assert "the refused author's own" in says(org.refused("protest", by="ada", refusal=refusal, signature="AA=="))
    org.accepted("protest", by="cy", refusal=refusal, signature="AA==")
