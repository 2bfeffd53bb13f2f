"""A follower has the live state beside the writer, and never another one than the log signed."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from isonomy.adapters.folder import following, stores_of
from isonomy.chamber.followers import Follower
from isonomy.chamber.ports import ForkRefused
from tests.chamber.house import House


@pytest.fixture
def club(tmp_path: Path) -> House:
    return House(tmp_path / "club").found()


def follower_of(house: House) -> Follower:
    assert house.path is not None
    return following(house.path)


def test_a_follower_has_the_writers_state_after_every_group(club: House) -> None:
    follower = follower_of(club)
    for name in ("finn", "gwen", "hal"):
        club.must("member.admit", by="ada", person=club.org.person(name))
        seen = follower.catch_up()
        assert seen.state.digest() == club.appender.state.digest() == club.replayed().digest()
        assert (seen.size, seen.root) == (club.appender.head.size, club.appender.head.root)


def test_a_follower_reads_each_entry_once(club: House) -> None:
    follower = follower_of(club)
    asked: list[tuple[int, int | None]] = []
    record = follower.catch_up().stores.record
    read = record.read
    record.read = lambda first=0, after=None: asked.append((first, after)) or read(first, after)  # type: ignore[method-assign, func-returns-value]
    follower.catch_up()
    assert asked == []
    size = club.appender.state.n
    club.must("member.admit", by="ada", person=club.org.person("finn"))
    follower.catch_up()
    follower.catch_up()
    assert asked == [(size, size + 1)]


def test_a_follower_never_shows_what_is_judged_but_not_durable(club: House) -> None:
    follower = follower_of(club)
    act = club.act("member.admit", by="ada", person=club.org.person("finn"))
    seen: list[int] = []

    def acts():  # type: ignore[no-untyped-def]
        yield club.sent(act, "ada")
        # The first act is folded in the writer's state by now, and in no record.
        seen.append(follower.catch_up().size)
        yield club.sent(club.act("member.admit", by="ada", person=club.org.person("gwen")), "ada")

    before = club.appender.state.n
    club.send_all(acts())
    assert seen == [before]
    assert follower.catch_up().size == before + 2


def test_an_older_copy_put_back_is_not_followed(club: House, tmp_path: Path) -> None:
    assert club.path is not None
    club.shut()
    shutil.copytree(club.path, tmp_path / "older")
    club.must("member.admit", by="ada", person=club.org.person("finn"))
    follower = follower_of(club)
    assert follower.catch_up().size == club.appender.state.n
    club.shut()
    aside = club.path / "older.sqlite"
    shutil.copy(tmp_path / "older" / "record.sqlite", aside)
    aside.rename(club.path / "record.sqlite")
    for journal in ("-wal", "-shm"):
        (club.path / f"record.sqlite{journal}").unlink(missing_ok=True)
    with pytest.raises(ForkRefused) as caught:
        follower.catch_up()
    assert "entries are missing" in caught.value.what
    shutil.copy(tmp_path / "older" / "signer" / "head", club.path / "signer" / "head")
    assert follower.catch_up().size == club.appender.state.n


def test_another_record_in_its_place_is_read_from_its_first_entry(club: House, tmp_path: Path) -> None:
    assert club.path is not None
    club.shut()
    shutil.copytree(club.path, tmp_path / "kept")
    follower = follower_of(club)
    follower.catch_up()
    club.must("member.admit", by="ada", person=club.org.person("finn"))
    club.shut()
    club.path.rename(tmp_path / "gone")
    (tmp_path / "kept").rename(club.path)
    club.must("member.admit", by="ada", person=club.org.person("gwen"))
    club.must("member.admit", by="ada", person=club.org.person("hal"))
    assert follower.catch_up().state.digest() == club.appender.state.digest()


def test_a_damaged_entry_is_told_and_the_follower_recovers_with_the_record(club: House) -> None:
    assert club.path is not None
    follower = follower_of(club)
    follower.catch_up()
    record = follower.catch_up().stores.record
    club.must("member.admit", by="ada", person=club.org.person("finn"))
    record.read = lambda first=0, after=None: iter([b"{}"])  # type: ignore[method-assign]
    with pytest.raises(ValueError, match="damaged"):
        follower.catch_up()
    assert follower.catch_up().state.digest() == club.appender.state.digest()


def test_threads_that_look_see_whole_groups(club: House) -> None:
    """While many admissions go in, every look finds as many members as its entry count says, and it stays so."""
    follower = follower_of(club)
    start = club.appender.state.n
    members = len(club.appender.state.persons)
    torn: list[tuple[int, int]] = []
    is_over = threading.Event()

    def look() -> None:
        while not is_over.is_set():
            with follower.looking() as seen:
                found = (seen.size - start, len(seen.state.persons) - members)
                if found[0] != found[1] or seen.state.n != seen.size:
                    torn.append(found)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(30):
        club.must("member.admit", by="ada", person=club.org.person(f"new{number}"))
    is_over.set()
    for thread in threads:
        thread.join()
    assert torn == []
    assert follower.catch_up().size == start + 30


def test_closing_lets_go_and_the_next_look_opens_again(club: House) -> None:
    assert club.path is not None
    follower = Follower(lambda: stores_of(club.path, writing=False))  # type: ignore[arg-type]
    size = follower.catch_up().size
    follower.close()
    follower.close()
    assert follower.catch_up().size == size
