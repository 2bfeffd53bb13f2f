"""`isonomy new` founds an organisation that can act, asks nothing, and leaves nothing half made."""

from __future__ import annotations

import hashlib
import stat
from pathlib import Path

import pytest

from isonomy.record.note import VerifierKey
from tests.cli.conftest import Isonomy

MODEL = Path(__file__).parents[2] / "rulebooks" / "association" / "1.md"


def test_it_asks_nothing_and_founds_the_model_association(isonomy: Isonomy) -> None:
    founded = isonomy("new", "branch", "--json").json
    assert founded["name"] == "Model Association"
    assert founded["rulebook"] == "association/1.md"
    assert founded["sha256"] == hashlib.sha256(MODEL.read_bytes()).hexdigest()
    assert {"chair", "secretary"} <= set(founded["seats"])
    assert founded["entries"] == 1


def test_the_origin_is_the_slug_and_the_digest_of_the_key(isonomy: Isonomy) -> None:
    founded = isonomy("new", "branch", "--name", "Riverside Rowing Club", "--json").json
    key = VerifierKey.parse(founded["vkey"])
    assert founded["origin"] == f"riverside-rowing-club.{hashlib.sha256(key.public).hexdigest()[:16]}.invalid"


def test_the_origin_given_is_the_origin(isonomy: Isonomy) -> None:
    assert isonomy("new", "club", "--origin", "records.example.org/club", "--json").json["origin"] == (
        "records.example.org/club"
    )


def test_the_name_given_stands_in_the_text_that_is_lodged(isonomy: Isonomy, tmp_path: Path) -> None:
    founded = isonomy("new", "branch", "--name", "Riverside Rowing Club", "--json").json
    assert founded["name"] == "Riverside Rowing Club"
    text = MODEL.read_text(encoding="utf-8").replace(
        "organisation: Model Association", "organisation: Riverside Rowing Club"
    )
    assert founded["sha256"] == hashlib.sha256(text.encode()).hexdigest()


def test_the_founders_name_lies_beside_the_record(isonomy: Isonomy, tmp_path: Path) -> None:
    founded = isonomy("new", "branch", "--founder", "Ada Example", "--json").json
    assert founded["founder_name"] == "Ada Example"
    assert b"Ada Example" not in (tmp_path / "branch" / "record.sqlite").read_bytes()
    assert "Ada Example" in isonomy("state", "branch").out
    assert "Ada Example founded" in isonomy("log", "branch").out
    assert isonomy("verify", "branch").status == 0


def test_private_keys_are_their_owners_alone(branch: Path) -> None:
    for name in ("founder.key", "signer/key"):
        assert stat.S_IMODE((branch / name).stat().st_mode) == 0o600


def test_it_says_what_to_do_next(isonomy: Isonomy) -> None:
    shown = isonomy("new", "branch").out
    for verb in ("state", "due", "key", "act"):
        assert f"isonomy {verb} branch" in shown


def test_a_rulebook_of_ones_own_founds(isonomy: Isonomy, tmp_path: Path) -> None:
    (tmp_path / "ours.md").write_bytes(b"\xef\xbb\xbf" + MODEL.read_bytes().replace(b"\n", b"\r\n"))
    founded = isonomy("new", "club", "--rulebook", "ours.md", "--json").json
    assert founded["sha256"] == hashlib.sha256(MODEL.read_bytes()).hexdigest()


def test_a_long_rulebook_comes_in_parts(isonomy: Isonomy, tmp_path: Path) -> None:
    text = MODEL.read_text(encoding="utf-8") + "\n## 7. History\n" + "The club was founded by the river. €\n" * 3_000
    (tmp_path / "long.md").write_text(text, encoding="utf-8")
    founded = isonomy("new", "club", "--rulebook", "long.md", "--json").json
    assert founded["entries"] > 1
    assert founded["sha256"] == hashlib.sha256(text.encode()).hexdigest()
    assert isonomy("state", "club", "--json").json["edition"]["sha256"] == founded["sha256"]


@pytest.mark.parametrize(
    ("words", "says", "cure"),
    [
        (["new", "full"], "not empty", "choose a new folder"),
        (["new", "a file"], "this is a file", "choose a new folder"),
        (["new", "branch"], "there is an organisation", "isonomy state branch"),
        (["new", "x/y/z"], "the folder it is to lie in is not there", "mkdir -p"),
        (["new", "."], "a folder of its own", "isonomy new branch"),
        (["new", ""], "no name", "isonomy new branch"),
        (["new", "a file/below"], "is not there", "mkdir -p"),
        (["new", "c", "--model", "asociation"], "no model", "did you mean 'association'?"),
        (["new", "c", "--rulebook", "none.md"], "no such file", "check the name"),
        (["new", "c", "--rulebook", "full"], "this is a folder", "name a file"),
        (["new", "c", "--rulebook", "bytes"], "bytes:2: not UTF-8", "save the file as UTF-8"),
        (["new", "c", "--rulebook", "a file"], "a file:1: ", "begin it with a line ---"),
        (["new", "c", "--rulebook", "a file", "--model", "association"], "not allowed with", "--help"),
        (["new", "c", "--name", " "], "one line", "--name"),
        (["new", "c", "--name", "two\nlines"], "one line", "--name"),
        (["new", "c", "--name", "x" * 201], "one line", "--name"),
        (["new", "c", "--founder", ""], "one line", "--founder"),
        (["new", "c", "--origin", "a b"], "cannot be the name of a record", "no space"),
        (["new", "c", "--origin", "https://x.example/"], "cannot be the name of a record", "no scheme"),
    ],
)
def test_what_cannot_be_founded_is_said_with_its_cure(
    isonomy: Isonomy, branch: Path, tmp_path: Path, words: list[str], says: str, cure: str
) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("Dear all", encoding="utf-8")
    (tmp_path / "a file").write_text("x", encoding="utf-8")
    (tmp_path / "bytes").write_bytes(b"---\norganisation: \xff\n---\n")
    before = {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")}
    ran = isonomy(*words)
    assert ran.status == 1
    assert ran.out == ""
    first, second = ran.err.splitlines()
    assert says in first
    assert cure in second
    assert {path: path.is_file() and path.read_bytes() for path in tmp_path.rglob("*")} == before


def test_an_empty_folder_may_be_founded_in(isonomy: Isonomy, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert isonomy("new", "empty").status == 0
    assert isonomy("state", "empty").status == 0
