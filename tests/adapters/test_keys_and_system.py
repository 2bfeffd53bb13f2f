"""Key files, and what is asked of the machine."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from isonomy.adapters.key_files import MemberKey, read_key, write_key
from isonomy.adapters.system import SystemClock, SystemEntropy
from isonomy.chamber.ports import StoreFault
from isonomy.kernel.bad_input import BadInput
from isonomy.record.base64_text import from_base64
from isonomy.record.signature import is_signed_act

KEY = MemberKey("p-ada000", "riverside.test", b"a" * 32)


def test_a_key_comes_back_from_its_file_which_its_owner_alone_can_read(tmp_path: Path) -> None:
    write_key(tmp_path / "ada.key", KEY)
    assert read_key(tmp_path / "ada.key") == KEY
    assert (tmp_path / "ada.key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["ada.key"]


def test_a_key_is_not_overwritten(tmp_path: Path) -> None:
    write_key(tmp_path / "ada.key", KEY)
    with pytest.raises(StoreFault, match="already"):
        write_key(tmp_path / "ada.key", MemberKey("p-ben000", "riverside.test", b"b" * 32))
    assert read_key(tmp_path / "ada.key") == KEY


def test_a_key_signs_acts_and_shows_nothing_of_itself() -> None:
    act = {"act": "member.leave", "by": "p-ada000"}
    auth = KEY.auth(act)
    assert is_signed_act(from_base64(KEY.public), act, auth["proof"])
    assert str(KEY.seed) not in repr(KEY)
    assert "seed" not in repr(KEY)


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: {},
        lambda raw: raw | {"isonomy": "key v9"},
        lambda raw: raw | {"person": "ada"},
        lambda raw: raw | {"private": "short"},
        lambda raw: raw | {"public": MemberKey("p-x000", "", b"x" * 32).public},
        lambda raw: raw | {"more": "x"},
        lambda raw: raw | {"log": 3},
    ],
)
def test_another_file_is_not_taken_for_a_key_and_is_not_quoted(tmp_path: Path, change: object) -> None:
    write_key(tmp_path / "ada.key", KEY)
    raw = json.loads((tmp_path / "ada.key").read_text())
    assert callable(change)
    (tmp_path / "wrong.key").write_text(json.dumps(change(raw)))
    with pytest.raises(BadInput) as fault:
        read_key(tmp_path / "wrong.key")
    assert "wrong.key" in fault.value.where
    assert raw["private"] not in str(fault.value)


@pytest.mark.parametrize("data", [b"", b"\xff\xfe", b"[" * 5_000, b"not json", b"\x00" * 100])
def test_no_bytes_are_taken_for_a_key(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "wrong.key").write_bytes(data)
    with pytest.raises(BadInput):
        read_key(tmp_path / "wrong.key")
    with pytest.raises(StoreFault, match="not there"):
        read_key(tmp_path / "none.key")


def test_the_machine_tells_instants_and_draws_bytes() -> None:
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SystemClock().now())
    drawn = {SystemEntropy().draw(16) for _ in range(50)}
    assert len(drawn) == 50
    assert {len(data) for data in drawn} == {16}
