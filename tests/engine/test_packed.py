"""What the state packs answers as plain lists and dictionaries would."""

from __future__ import annotations

import copy
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.engine.apply import apply
from isonomy.engine.packed import ActPlaces, Digests, places_of
from isonomy.engine.state import State
from isonomy.kernel.bad_input import BadInput
from tests.engine.test_founding import club

IDS = st.lists(st.integers(0, 40).map(lambda number: f"{number:032x}"), max_size=200)


@given(ids=IDS)
def test_the_places_of_acts_are_those_of_a_dictionary(ids: list[str]) -> None:
    """Ids that come twice too: the later entry counts, as in a fold of a record that was tampered with."""
    places, plain = ActPlaces(), {}
    for entry, act_id in enumerate(ids):
        places.append(act_id)
        plain[act_id] = entry
    assert places.to_json() == plain
    assert (len(places), set(places)) == (len(plain), set(plain))
    assert [places.get(f"{number:032x}") for number in range(42)] == [
        plain.get(f"{number:032x}") for number in range(42)
    ]


@given(ids=IDS)
def test_a_copy_is_equal_and_goes_its_own_way(ids: list[str]) -> None:
    places = places_of(ids)
    for copied in (copy.deepcopy(places), pickle.loads(pickle.dumps(places))):
        assert copied == places
        assert copied.to_json() == places.to_json()
        copied.append("f" * 32)
        assert copied != places
        assert "f" * 32 not in places


def test_states_that_are_replayed_alike_are_equal() -> None:
    org = club()
    assert org.replayed() == org.state
    org.days(1)
    before = org.replayed()
    org.accepted("member.leave", by="cy")
    assert before != org.state


@pytest.mark.parametrize("text", ["", "AB" * 16, "5f0c" * 4, "no hex at all", "5f0c" * 8 + "00", " " + "0" * 31])
def test_what_is_no_id_is_in_no_entry(text: str) -> None:
    places = ActPlaces()
    places.append("ab" * 16)
    assert places.get(text) is None
    assert text not in places
    assert 7 not in places


@pytest.mark.parametrize("text", ["", "5f0c", "no hex at all"])
def test_an_entry_whose_act_has_no_id_is_bad_input(text: str) -> None:
    with pytest.raises(BadInput, match="is not an act id"):
        ActPlaces().append(text)


@given(digests=st.lists(st.binary(min_size=32, max_size=32), max_size=20))
def test_digests_are_those_of_a_list(digests: list[bytes]) -> None:
    packed = Digests()
    for digest in digests:
        packed.append(digest)
    assert list(packed) == digests
    assert packed.to_json() == [digest.hex() for digest in digests]
    with pytest.raises(IndexError):
        packed[len(digests)]


def test_one_person_s_id_is_one_text_wherever_it_stands() -> None:
    """Of a million members each text counts: keys, credentials and members name a person by the same one."""
    org = club()
    state = org.replayed()
    assert state.credentials
    for credential in state.credentials.values():
        assert credential.person is state.persons[credential.person].id
        assert credential.enrolled_by is state.persons[credential.enrolled_by].id
    assert all(person is state.persons[person].id for person in state.keys_of)
    assert len({id(person.unit) for person in state.persons.values() if person.unit == "north"}) == 1


def test_a_name_is_held_as_the_bytes_of_its_commitment_and_shown_as_it_was_given() -> None:
    org = club()
    name = org.name_of("dora")
    org.accepted("member.admit", by="ben", as_="secretary", person=org.person("dora"), unit="north", name=name)
    person = org.state.persons[org.person("dora")]
    assert person.name == name
    assert len(person.sealed or b"") == 32
    shown = org.state.to_json()["persons"][person.id]
    assert (shown["name"], "sealed" in shown, shown["codes"]) == (name, False, {})


def test_an_entry_that_admits_under_something_else_than_a_commitment_is_bad_input() -> None:
    org = club()
    state = State()
    entry = next(entry for entry in org.entries if entry["effects"][-1])
    effects = [
        effect | {"name": {"c": "Dora"}} if effect["effect"] == "person.admitted" else effect
        for effect in entry["effects"]
    ]
    with pytest.raises(BadInput, match="32 are expected"):
        apply(state, entry | {"effects": effects})
