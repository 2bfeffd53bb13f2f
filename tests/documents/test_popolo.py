"""Popolo: people, bodies, motions and votes for other programs, with names only where they are handed in."""

from __future__ import annotations

import json

from isonomy.documents.popolo import popolo, popolo_json
from tests.documents.test_minutes import held
from tests.engine.motion_rulebooks import GARDENERS


def test_every_reference_leads_to_an_object_that_is_there() -> None:
    found = popolo(held().state)
    persons = {person["id"] for person in found["persons"]}
    organisations = {each["id"] for each in found["organizations"]}
    posts = {post["id"] for post in found["posts"]}
    motions = {motion["id"] for motion in found["motions"]}
    for membership in found["memberships"]:
        assert membership["person_id"] in persons
        assert membership["organization_id"] in organisations
        assert membership.get("post_id", next(iter(posts))) in posts
    for motion in found["motions"]:
        assert motion["creator_id"] in persons
        assert motion["organization_id"] in organisations
    for vote in found["vote_events"]:
        assert vote["motion_id"] in motions
    for post in found["posts"]:
        assert post["organization_id"] in organisations


def test_results_and_counts_are_those_declared() -> None:
    found = popolo(held().state)
    assert [motion["result"] for motion in found["motions"]] == ["pass", "fail"]
    assert [vote["result"] for vote in found["vote_events"]] == ["pass", "pass", "fail"]
    assert {"option": "yes", "value": 3} in found["vote_events"][0]["counts"]


def test_no_name_stands_in_it_that_was_not_handed_in() -> None:
    org = held()
    assert all("name" not in person for person in popolo(org.state)["persons"])
    named = popolo(org.state, {org.person("ada"): "Ada Example"})["persons"]
    assert [person["name"] for person in named if "name" in person] == ["Ada Example"]
    assert len(named) == len(GARDENERS)


def test_the_text_is_the_same_for_the_same_state() -> None:
    org = held()
    assert popolo_json(org.state) == popolo_json(org.replayed())
    assert json.loads(popolo_json(org.state)) == popolo(org.state)


def test_the_text_in_pieces_is_the_object_as_json() -> None:
    state = held().state
    names = {next(iter(state.persons)): 'Ada "Quote" Example\n'}
    assert (
        popolo_json(state, names)
        == json.dumps(popolo(state, names), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    )
    state.motions.clear()
    assert popolo_json(state) == json.dumps(popolo(state), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
