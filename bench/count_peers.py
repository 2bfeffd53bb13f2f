"""The wards of one Scottish election, counted by Isonomy and by whatever peers are installed, in one run.

    python -m bench.count_peers                       installs nothing: a peer that is missing is named and left out

For each peer: the winners that differ from the declared ones, and the processor time of reading and counting as a ratio
to Isonomy's. The figures are of this machine and this run; only the ratios mean something, and they too are rough.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

from isonomy.counting import count, read_ballots

DATA = Path(__file__).resolve().parent.parent / "tests" / "counting" / "data" / "scottish-2017"


def isonomy(data: bytes) -> set[str]:
    """Reads, counts, and makes the full report."""
    result = count(read_ballots(data), "scottish-stv-2007")
    result.to_json()
    return set(result.winner_names)


def pyrankvote(data: bytes) -> set[str]:
    """Single transferable vote of pyrankvote, on the papers that Isonomy read."""
    peer: Any = import_module("pyrankvote")
    profile = read_ballots(data)
    candidates = [peer.Candidate(str(number)) for number in range(1, len(profile.options) + 1)]
    papers = [
        peer.Ballot(ranked_candidates=[candidates[rank[0] - 1] for rank in ranks])
        for ranks, weight in profile.ballots
        for _ in range(weight)
    ]
    found = peer.single_transferable_vote(candidates, papers, number_of_seats=profile.seats)
    return {profile.names[int(winner.name) - 1] for winner in found.get_winners()}


def votelib(data: bytes) -> set[str]:
    """Single transferable vote of votelib with the whole Droop quota, on merged ballots."""
    convert: Any = import_module("votelib.evaluate.sequential")
    profile = read_ballots(data)
    votes = {tuple(rank[0] for rank in ranks): weight for ranks, weight in profile.ballots if ranks}
    rule = convert.TransferableVoteSelector(quota_function="droop")
    return {profile.names[number - 1] for number in rule.evaluate(votes, profile.seats)}


PEERS: dict[str, Callable[[bytes], set[str]]] = {"isonomy": isonomy, "pyrankvote": pyrankvote, "votelib": votelib}


def main() -> None:
    """A line for each counter."""
    declared: dict[str, set[str]] = {}
    with (DATA / "official_candidates.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            declared.setdefault(row["file"], set())
            if row["elected"] == "1":
                declared[row["file"]].add(row["name_in_ballot_file"])
    wards = {name: (DATA / "ballots" / name).read_bytes() for name in sorted(declared)}
    own = 0.0
    for peer, counter in PEERS.items():
        try:
            import_module(peer)
        except ModuleNotFoundError:
            print(f"{peer:12} is not installed")
            continue
        wrong, began = 0, time.process_time()
        for name, data in wards.items():
            wrong += counter(data) != declared[name]
        spent = time.process_time() - began
        own = own or spent
        told = f"{len(wards)} wards, {wrong} with other winners"
        print(f"{peer:12} {told}, {spent:6.2f} s processor, {spent / own:5.1f} times")


if __name__ == "__main__":
    main()
