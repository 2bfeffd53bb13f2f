"""Disks that are full, read-only, cut or scribbled on: a clear answer, and the record whole or known not to be."""

from __future__ import annotations

import os
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from isonomy.adapters.folder import found_folder, reading, writing
from isonomy.chamber.answers import Answer
from isonomy.chamber.ports import ForkRefused, StoreFault
from isonomy.kernel.bad_input import BadInput
from tests.chamber.house import RULEBOOK, House
from tests.chamber.test_writing import admissions
from tests.repo.house import CHECKOUT


@pytest.fixture
def club(tmp_path: Path) -> Iterator[House]:
    """A club in a folder, its writer open."""
    made = House(tmp_path / "club").found()
    yield made
    made.shut()


def entries_of(folder: Path) -> list[bytes]:
    with reading(folder) as reader:
        return list(reader.stores.record.read())


# -- full disks


def test_when_the_database_may_not_grow_the_act_is_not_stored_and_can_be_sent_again(club: House) -> None:
    assert club.appender
    assert club._stores is not None
    connection = club._stores.record._connection  # type: ignore[attr-defined]
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    before = club.entry_bytes()
    sent = admissions(club, 100)
    replies = club.send_all(sent)
    assert all(isinstance(reply, StoreFault) for reply in replies)
    assert "the disk is full" in str(replies[0])
    assert "make room" in str(replies[0])
    assert club.entry_bytes() == before
    assert club.replayed().digest() == club.appender.state.digest()
    connection = club._stores.record._connection  # type: ignore[attr-defined]
    connection.execute("PRAGMA max_page_count = 100000")
    assert all(isinstance(reply, Answer) and reply.is_accepted for reply in club.send_all(sent))


FILL = """
import resource, sys
from pathlib import Path
from isonomy.adapters.folder import stores_of
from isonomy.chamber.answers import Answer
from isonomy.chamber.appender import Appender
from isonomy.chamber.ports import StoreFault
from tests.chamber.house import House, Zones
from tests.chamber.test_writing import admissions
house = House(None)
house.path = Path(sys.argv[1])
house._stores = stores_of(house.path, writing=True)
house._appender = Appender(house._stores, house.org.clock, Zones())
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
for turn in range(200):
    house.org._drawn = 1000 * (turn + 1)
    replies = house.send_all(admissions(house, 5, 100 * turn))
    kinds = {type(reply).__name__ for reply in replies}
    assert len(kinds) == 1, kinds
    if kinds == {"StoreFault"}:
        print("full after", len(house.entry_bytes()), "|", replies[0])
        print("same" if house.replayed().digest() == house.appender.state.digest() else "other")
        break
    print("entries", *(reply.entry["n"] for reply in replies), flush=True)
"""


@pytest.mark.parametrize("limit", [33_000, 90_000])
def test_when_files_may_not_grow_what_was_answered_is_there_and_the_rest_is_refused(tmp_path: Path, limit: int) -> None:
    house = House(tmp_path / "club").found()
    house.shut()
    command = [sys.executable, "-c", FILL, str(tmp_path / "club"), str(limit)]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "same"
    assert "not stored" in lines[-2]
    answered = [int(n) for line in lines if line.startswith("entries") for n in line.split()[1:]]
    stored = entries_of(tmp_path / "club")
    assert all(n < len(stored) for n in answered)
    house.path = tmp_path / "club"
    house.org._drawn = 10_000_000
    assert all(isinstance(reply, Answer) for reply in house.send_all(admissions(house, 3, 90_000)))
    house.shut()
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


# -- folders that cannot be written


@contextmanager
def unprivileged() -> Iterator[None]:
    """Within it this process may not write what is not its own, even where the tests run as root."""
    if os.geteuid() != 0:
        yield
        return
    os.setegid(65534)
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
        os.setegid(0)


@pytest.fixture
def read_only_club() -> Iterator[Path]:
    """A club's folder that everybody may read and nobody write."""
    place = Path(tempfile.mkdtemp(prefix="isonomy-"))
    place.chmod(0o755)
    house = House(place / "club").found()
    house.shut()
    for path in (place / "club").rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    (place / "club").chmod(0o555)
    yield place / "club"
    (place / "club").chmod(0o755)
    for path in (place / "club").rglob("*"):
        path.chmod(0o755 if path.is_dir() else 0o644)
    shutil.rmtree(place)


def test_a_folder_that_cannot_be_written_can_be_read(read_only_club: Path) -> None:
    with unprivileged():
        with pytest.raises(StoreFault) as fault, writing(read_only_club):
            pass
        with reading(read_only_club) as reader:
            assert reader.contradiction is None
            assert reader.state.name == "Riverside Rowing Club"
    assert "may not be written" in fault.value.what
    assert "owner" in fault.value.cure


# -- two writers


def test_a_second_writing_process_is_turned_away_with_the_number_of_the_first(club: House, tmp_path: Path) -> None:
    assert club.appender
    code = (
        "import sys\nfrom pathlib import Path\nfrom isonomy.adapters.folder import writing\n"
        "from isonomy.kernel.bad_input import BadInput\n"
        "try:\n    with writing(Path(sys.argv[1])): print('in')\nexcept BadInput as fault: print(fault)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "club")]
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert f"process {os.getpid()} is writing to this organisation" in done.stdout
    assert f"kill {os.getpid()}" in done.stdout
    club.send_all(admissions(club, 1))
    club.shut()
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout == "in\n"


# -- cut and scribbled on


def copy_while_open(club: House, place: Path) -> Path:
    """A copy of the folder as the disk holds it now, without what the operating system would lose with the power."""
    assert club.path is not None
    shutil.copytree(club.path, place, ignore=shutil.ignore_patterns("*-shm", "writer.lock"))
    return place


def test_when_the_power_goes_every_answered_act_is_in_what_was_flushed(club: House, tmp_path: Path) -> None:
    """The journal is cut, or scribbled on, anywhere after the last answer: a prefix is left that holds all answered."""
    chance = random.Random(7)
    assert club.path is not None
    journal = club.path / "record.sqlite-wal"
    answered = [(journal.stat().st_size if club.appender else 0, len(club.entry_bytes()))]
    for number in range(12):
        club.send_all(admissions(club, chance.choice([1, 2, 7]), 100 * number))
        answered.append((journal.stat().st_size, len(club.entry_bytes())))
    truth = club.entry_bytes()
    copy = copy_while_open(club, tmp_path / "copy")
    whole = (copy / "record.sqlite-wal").read_bytes()
    assert len(whole) == answered[-1][0]
    for turn in range(40):
        cut = chance.randrange(len(whole) + 1)
        tail = chance.randbytes(min(5_000, len(whole) - cut)) if turn % 2 else b""
        again = tmp_path / f"cut{turn}"
        shutil.copytree(copy, again)
        (again / "record.sqlite-wal").write_bytes(whole[:cut] + tail)
        least = max((size for flushed, size in answered if flushed <= cut), default=0)
        try:
            with reading(again) as reader:
                left = list(reader.stores.record.read())
                contradiction = reader.contradiction
        except StoreFault:
            assert least == 0
            continue
        assert left == truth[: len(left)]
        assert len(left) >= least
        if len(left) < len(truth):
            assert contradiction is not None
            assert "entries are missing" in contradiction.what
            with pytest.raises(ForkRefused), writing(again):
                pass
        shutil.rmtree(again)


SCRIBBLED: list[tuple[str, Callable[[bytes], bytes]]] = [
    ("record.sqlite", lambda data: b""),
    ("record.sqlite", lambda data: data[: len(data) // 2]),
    ("record.sqlite", lambda data: b"not a database" * 400),
    ("values.sqlite", lambda data: data[:100]),
    ("values.sqlite", lambda data: b"not a database" * 400),
    ("signer/key", lambda data: data[:20]),
    ("signer/key", lambda data: b""),
    ("signer/key", lambda data: b"\xff\xfe"),
    ("signer/head", lambda data: data[:-10]),
    ("signer/head", lambda data: b""),
    ("signer/head", lambda data: data.replace(b"riverside", b"elsewhere")),
]


@pytest.mark.parametrize(("name", "scribble"), SCRIBBLED, ids=lambda value: value if isinstance(value, str) else "")
def test_a_half_written_file_gives_a_clear_answer_with_its_path(
    tmp_path: Path, name: str, scribble: Callable[[bytes], bytes]
) -> None:
    house = House(tmp_path / "club").found()
    house.shut()
    path = tmp_path / "club" / name
    path.write_bytes(scribble(path.read_bytes()))
    for opened in (reading, writing):
        with pytest.raises(StoreFault) as fault, opened(tmp_path / "club"):
            pass
        assert name in fault.value.where, fault.value
        assert fault.value.cure


@settings(max_examples=40)
@example(16182, 1)  # a letter of the key "effect": the entry parses, its effect cannot be read
@given(st.integers(0, 10**9), st.integers(1, 255))
def test_one_changed_byte_of_the_stored_record_is_noticed_or_changes_no_entry(
    tmp_path_factory: pytest.TempPathFactory, place: int, change: int
) -> None:
    folder = tmp_path_factory.mktemp("flip") / "club"
    shutil.copytree(_pristine(tmp_path_factory), folder)
    path = folder / "record.sqlite"
    data = bytearray(path.read_bytes())
    truth = entries_of(folder)
    data[place % len(data)] ^= change
    path.write_bytes(bytes(data))
    try:
        with reading(folder) as reader:
            assert reader.contradiction is not None or list(reader.stores.record.read()) == truth
    except BadInput as fault:
        noticed = fault
        assert noticed.cure, noticed


_KEPT: list[Path] = []


def _pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not _KEPT:
        house = House(tmp_path_factory.mktemp("pristine") / "club").found()
        house.shut()
        assert house.path is not None
        _KEPT.append(house.path)
    return _KEPT[0]


def test_an_entry_changed_in_the_database_is_found_when_it_is_opened(tmp_path: Path) -> None:
    house = House(tmp_path / "club").found()
    house.shut()
    with sqlite3.connect(tmp_path / "club" / "record.sqlite") as connection:
        (data,) = connection.execute("SELECT bytes FROM entry WHERE n = 3").fetchone()
        changed = data.replace(b"p-cy000", b"p-xy000")
        assert changed != data
        connection.execute("UPDATE entry SET bytes = ? WHERE n = 3", (changed,))
    connection.close()
    with reading(tmp_path / "club") as reader:
        assert reader.contradiction is not None
        assert "forked" in reader.contradiction.what
    with pytest.raises(ForkRefused), writing(tmp_path / "club"):
        pass


def test_a_missing_entry_is_named(tmp_path: Path) -> None:
    house = House(tmp_path / "club").found()
    house.shut()
    with sqlite3.connect(tmp_path / "club" / "record.sqlite") as connection:
        connection.execute("DELETE FROM entry WHERE n = 2")
    connection.close()
    with pytest.raises(StoreFault, match="entry 2 is missing"), reading(tmp_path / "club"):
        pass


def test_a_file_of_a_later_version_or_of_another_program_is_left_alone(tmp_path: Path) -> None:
    house = House(tmp_path / "club").found()
    house.shut()
    path = tmp_path / "club" / "record.sqlite"
    for pragma, says in (("user_version = 9", "version 9"), ("application_id = 7", "not a file of an organisation")):
        connection = sqlite3.connect(path)
        connection.execute(f"PRAGMA {pragma}")
        connection.close()
        before = path.read_bytes()
        for opened in (reading, writing):
            with pytest.raises(StoreFault, match=says), opened(tmp_path / "club"):
                pass
        assert path.read_bytes() == before


@pytest.mark.parametrize("there", ["nothing", "empty", "file"])
def test_where_no_organisation_is_the_answer_says_so(tmp_path: Path, there: str) -> None:
    folder = tmp_path / "club"
    if there == "empty":
        folder.mkdir()
    elif there == "file":
        folder.write_text("hello")
    with pytest.raises(StoreFault) as fault, reading(folder):
        pass
    assert "no organisation" in fault.value.what
    with pytest.raises(StoreFault), writing(folder):
        pass
    assert not (folder / "record.sqlite").exists()


def test_a_founding_that_is_refused_leaves_no_folder(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        found_folder(tmp_path / "club", "no rulebook at all")
    with pytest.raises(BadInput, match="refused"):
        found_folder(tmp_path / "club", RULEBOOK, seats=("treasurer",))
    assert list(tmp_path.iterdir()) == []
    found_folder(tmp_path / "club", RULEBOOK)
    assert (tmp_path / "club").stat().st_mode & 0o777 == 0o700
    before = entries_of(tmp_path / "club")
    with pytest.raises(StoreFault, match="already"):
        found_folder(tmp_path / "club", RULEBOOK)
    assert entries_of(tmp_path / "club") == before
