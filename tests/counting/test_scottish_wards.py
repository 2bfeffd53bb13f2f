"""Every Scottish ward at hand gives the quota, the stages, the totals and the councillors that were
declared."""

from __future__ import annotations

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

from isonomy.counting import count, read_ballots
from isonomy.counting.formats.scottish import read_scottish, write_scottish

DATA = Path(__file__).parent / "data" / "scottish-2017"


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


WARDS = _table("index.csv")
TOTALS: dict[str, dict[tuple[int, int], str]] = defaultdict(dict)
for row in _table("official_stage_totals.csv"):
    TOTALS[row["file"]][int(row["stage"]), int(row["candidate_no"])] = row["total_as_published"]
CANDIDATES: dict[str, list[dict[str, str]]] = defaultdict(list)
for row in _table("official_candidates.csv"):
    CANDIDATES[row["file"]].append(row)

CUT_OFF_IN_PRINT = {("glasgow_2017_ward11.csv", 2, 8)}
MISPRINTED_POLL = {"east_dunbartonshire_2017_ward2.csv"}


def test_there_are_120_wards() -> None:
    assert len(WARDS) == 120


@pytest.mark.parametrize("ward", WARDS, ids=lambda ward: ward["file"])
def test_a_ward_is_counted_as_it_was_declared(ward: dict[str, str]) -> None:
    file = ward["file"]
    profile = read_ballots((DATA / "ballots" / file).read_bytes(), file)
    result = count(profile, "scottish-stv-2007")
    facts = result.to_json()

    assert profile.seats == int(ward["seats"])
    assert result.quota == ward["quota"]
    if file not in MISPRINTED_POLL:
        assert result.valid == int(ward["valid_poll"])
    assert len(facts["stages"]) == int(ward["stages"])
    assert set(result.winners) == {int(c["candidate_no"]) for c in CANDIDATES[file] if c["elected"] == "1"}

    for candidate in CANDIDATES[file]:
        name = profile.names[int(candidate["candidate_no"]) - 1]
        assert name == candidate["name_in_ballot_file"]
        at_quota = [stage["number"] for stage in facts["stages"] if name in stage["elected"]]
        if at_quota and candidate["elected"] == "1":
            assert at_quota == [int(candidate["stage_of_status"])]

    differing = []
    for (stage, candidate_no), published in TOTALS[file].items():
        found = Decimal(facts["stages"][stage - 1]["totals"][profile.names[candidate_no - 1]])
        decimals = len(published.rstrip("0").partition(".")[2])
        places = max(2, decimals)
        if abs(found - Decimal(published)) > (Decimal(0) if places >= 5 else Decimal(5).scaleb(-places - 1)):
            differing.append((file, stage, candidate_no))
    assert set(differing) <= CUT_OFF_IN_PRINT

    for stage in facts["stages"]:
        held = sum(map(Decimal, stage["totals"].values()))
        assert held + Decimal(stage["exhausted"]) + Decimal(stage["lost_to_rounding"]) == result.valid


@pytest.mark.parametrize("ward", WARDS[::10], ids=lambda ward: ward["file"])
def test_a_ward_written_and_read_again_is_the_same_ward(ward: dict[str, str]) -> None:
    profile = read_scottish((DATA / "ballots" / ward["file"]).read_bytes())
    assert read_scottish(write_scottish(profile)) == profile
