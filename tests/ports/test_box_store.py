"""What every store of boxes promises: one mark, one ballot, no link, and nothing that tells the order of casting."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isonomy.chamber.ports import ALREADY_CAST, CAST, MARKED, NO_PAPERS, USED, Drop, Papers, StoreFault
from isonomy.record.box import Ballot, box_root
from tests.ports.stores import InMemory, OnDisk, Stores, ballot


def test_casting_marks_the_person_and_drops_the_ballot(stores: Stores) -> None:
    boxes = stores.boxes()
    assert boxes.cast("po-1", [Drop.of("p-ada0", ballot(1)), Drop.of("p-ben0", ballot(2))]) == [CAST, CAST]
    boxes.close()
    found = stores.boxes().measure("po-1")
    assert (found.ballots, found.marked) == (2, 2)
    assert found.root == box_root([ballot(1), ballot(2)])


def test_what_a_second_drop_finds(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    for person, paper, fate in [
        ("p-ada0", ballot(1), ALREADY_CAST),
        ("p-ada0", ballot(2), MARKED),
        ("p-ben0", ballot(1), USED),
    ]:
        assert boxes.find("po-1", Drop.of(person, paper)) == fate
        assert boxes.cast("po-1", [Drop.of(person, paper)]) == [fate]
    assert boxes.find("po-1", Drop.of("p-ben0", ballot(2))) is None
    assert boxes.measure("po-1").ballots == 1


def test_of_two_drops_in_one_group_the_first_counts(stores: Stores) -> None:
    boxes = stores.boxes()
    fates = boxes.cast(
        "po-1", [Drop.of("p-ada0", ballot(1)), Drop.of("p-ada0", ballot(1)), Drop.of("p-ada0", ballot(2))]
    )
    assert fates == [CAST, ALREADY_CAST, MARKED]


def test_boxes_are_apart(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    boxes.cast("po-2", [Drop.of("p-ada0", ballot(2))])
    assert boxes.polls() == ["po-1", "po-2"]
    assert boxes.has("po-1")
    assert not boxes.has("po-3")
    assert boxes.measure("po-3").ballots == 0


def test_an_open_box_gives_its_marks_and_no_ballots_away(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    with pytest.raises(StoreFault, match="closed"):
        boxes.ballots("po-1")
    assert boxes.marked("po-1") == ["p-ada0"]
    assert boxes.marked("po-9") == []


def test_a_closed_box_takes_no_ballot_and_keeps_root_and_marks(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of(f"p-{number:04}", ballot(number)) for number in range(30)])
    before = boxes.measure("po-1")
    boxes.close_box("po-1")
    boxes.close_box("po-1")
    assert boxes.is_closed("po-1")
    assert boxes.measure("po-1") == before
    assert boxes.marked("po-1") == [f"p-{number:04}" for number in range(30)]
    with pytest.raises(StoreFault, match="closed"):
        boxes.cast("po-1", [Drop.of("p-late", ballot(99))])
    assert boxes.find("po-1", Drop.of("p-0003", ballot(3))) == ALREADY_CAST
    boxes.close()
    assert stores.boxes().ballots("po-1") == sorted(map(ballot, range(30)), key=Ballot.commitment)


def test_a_box_in_which_nobody_voted_is_closed_empty(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.close_box("po-1")
    assert boxes.ballots("po-1") == []
    assert boxes.marked("po-1") == []


def test_a_closed_box_on_disk_says_nothing_of_the_order_of_casting(tmp_path_factory: pytest.TempPathFactory) -> None:
    drops = [Drop.of(f"p-{number:04}", ballot(number, 1 + number % 3)) for number in range(200)]
    files = []
    for seed in range(3):
        stores = OnDisk(tmp_path_factory.mktemp("order") / "organisation")
        boxes = stores.boxes()
        random.Random(seed).shuffle(drops)
        for first in range(0, 200, 1 + 60 * seed):
            boxes.cast("po-1", drops[first : first + 1 + 60 * seed])
        boxes.close_box("po-1")
        boxes.close()
        assert [path.name for path in (stores.path / "boxes").iterdir()] == ["po-1.sqlite"]
        files.append((stores.path / "boxes" / "po-1.sqlite").read_bytes())
    assert files[0] == files[1] == files[2]


def test_an_open_box_on_disk_keeps_neither_numbers_nor_times_of_its_rows(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    import sqlite3

    stores = OnDisk(tmp_path_factory.mktemp("rows") / "organisation")
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    boxes.close()
    with sqlite3.connect(stores.path / "boxes" / "po-1.open.sqlite") as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'").fetchall()
        for name, sql in tables:
            assert "WITHOUT ROWID" in sql
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            assert columns in ({"person"}, {"c", "copy", "bytes"})
    assert len(tables) == 2


def test_a_rewriting_that_was_interrupted_is_finished(tmp_path_factory: pytest.TempPathFactory) -> None:
    stores = OnDisk(tmp_path_factory.mktemp("again") / "organisation")
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    boxes.close()
    folder = stores.path / "boxes"
    (folder / ".po-1.sqlite.new").write_bytes(b"half a file")
    left = (folder / "po-1.open.sqlite").read_bytes()
    stores.boxes().close_box("po-1")
    (folder / "po-1.open.sqlite").write_bytes(left)  # as if the process had ended before it was deleted
    stores.boxes().close_box("po-1")
    assert [path.name for path in folder.iterdir()] == ["po-1.sqlite"]
    assert stores.boxes().ballots("po-1") == [ballot(1)]


def test_a_poll_counted_elsewhere_enters_as_a_closed_box_with_equal_ballots_and_unknown_marks(stores: Stores) -> None:
    equal = Ballot(((2,), (1,)))
    boxes = stores.boxes()
    boxes.put_closed("po-7", [equal, Ballot(((1,),), receipt="a"), equal], None)
    assert boxes.marked("po-7") is None
    assert sorted(boxes.ballots("po-7"), key=repr) == sorted([equal, equal, Ballot(((1,),), receipt="a")], key=repr)
    assert boxes.measure("po-7").ballots == 3
    assert boxes.measure("po-7").marked is None
    boxes.put_closed("po-7", [equal], ["p-ben0", "p-ada0"])
    assert boxes.marked("po-7") == ["p-ada0", "p-ben0"]
    assert boxes.ballots("po-7") == [equal]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=25), st.integers(1, 9))
@pytest.mark.parametrize("kind", [InMemory, OnDisk], ids=lambda kind: kind.kind)
def test_whatever_is_cast_there_are_as_many_marks_as_ballots_and_nobody_twice(
    kind: type[Stores], tmp_path_factory: pytest.TempPathFactory, casts: list[tuple[int, int]], group: int
) -> None:
    boxes = kind(tmp_path_factory.mktemp("any") / "organisation").boxes()
    marked: dict[str, int] = {}
    for first in range(0, len(casts), group):
        drops = [Drop.of(f"p-{person:04}", ballot(paper)) for person, paper in casts[first : first + group]]
        fates = boxes.cast("po-1", drops)
        for (person, paper), fate in zip(casts[first : first + group], fates, strict=True):
            name = f"p-{person:04}"
            expected = (
                (ALREADY_CAST if paper in marked.values() else MARKED)
                if name in marked
                else (USED if paper in marked.values() else CAST)
            )
            assert fate == expected
            if fate == CAST:
                marked[name] = paper
    boxes.close_box("po-1")
    assert boxes.marked("po-1") == sorted(marked)
    assert boxes.measure("po-1").ballots == len(marked)
    assert sorted(map(repr, boxes.ballots("po-1"))) == sorted(repr(ballot(paper)) for paper in marked.values())


PAPERS = Papers((ballot(7), ballot(8)), ("p-dora", "p-emil"))


def test_papers_go_into_the_box_with_its_close_and_not_before(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.cast("po-1", [Drop.of("p-ada0", ballot(1))])
    boxes.stage("po-1", PAPERS)
    assert boxes.measure("po-1").ballots == 1
    together = boxes.measure("po-1", PAPERS)
    boxes.close()
    boxes = stores.boxes()
    boxes.close_box("po-1")
    boxes.close_box("po-1")
    assert boxes.measure("po-1") == together
    assert (together.ballots, together.marked) == (3, 3)
    assert together.root == box_root([ballot(1), *PAPERS.ballots])
    assert boxes.marked("po-1") == ["p-ada0", "p-dora", "p-emil"]


def test_papers_laid_beside_a_box_replace_those_that_lay_there(stores: Stores) -> None:
    boxes = stores.boxes()
    boxes.stage("po-1", PAPERS)
    boxes.stage("po-1", Papers((ballot(9),), ("p-fay0",)))
    boxes.close_box("po-1")
    assert boxes.ballots("po-1") == [ballot(9)]
    boxes = stores.boxes()
    boxes.stage("po-2", PAPERS)
    boxes.stage("po-2", NO_PAPERS)
    boxes.close_box("po-2")
    assert boxes.measure("po-2").ballots == 0
