"""Folders of exports: complete or not there, and read without following a link out of them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from isonomy.adapters.files import ExportFolder, is_export, write_export
from isonomy.chamber.ports import StoreFault
from isonomy.chamber.verification import verify
from isonomy.kernel.bad_input import BadInput
from tests.chamber.exports import Files, busy_club, files_of
from tests.chamber.house import House


@pytest.fixture(scope="module")
def files() -> Files:
    return files_of(busy_club(), "body")


def test_what_was_written_is_what_is_read(files: Files, tmp_path: Path) -> None:
    assert write_export(tmp_path / "deep" / "out", files.items()) == len(files)
    folder = ExportFolder(tmp_path / "deep" / "out")
    assert {path: folder(path) for path in folder.paths()} == files
    assert folder("no/such/file") is None
    assert folder("tile") is None
    assert verify(folder, folder.paths()).agrees


def test_a_later_export_takes_the_place_of_an_earlier_one(files: Files, tmp_path: Path) -> None:
    write_export(tmp_path / "out", files_of(House(None).found()).items())
    write_export(tmp_path / "out", files.items())
    assert set(ExportFolder(tmp_path / "out").paths()) == set(files)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_something_else_is_left_alone(files: Files, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    write_export(tmp_path / "out", files.items())
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear all")
    with pytest.raises(StoreFault, match="something else"):
        write_export(tmp_path / "mine", files.items())
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreFault):
        write_export(tmp_path / "file", files.items())


def test_an_export_that_breaks_off_leaves_nothing_and_the_earlier_one_stands(files: Files, tmp_path: Path) -> None:
    def breaks_off() -> Iterator[tuple[str, bytes]]:
        yield "checkpoint", b"x"
        raise StoreFault("the disk is full", "record", "make room")

    with pytest.raises(StoreFault):
        write_export(tmp_path / "out", breaks_off())
    assert list(tmp_path.iterdir()) == []
    write_export(tmp_path / "out", files.items())
    with pytest.raises(StoreFault):
        write_export(tmp_path / "out", breaks_off())
    assert verify(ExportFolder(tmp_path / "out"), ExportFolder(tmp_path / "out").paths()).agrees


@pytest.mark.parametrize("path", ["../out.txt", "/etc/x", "a//b", "a/./b", "a\nb", ""])
def test_no_file_of_an_export_is_written_outside_it(tmp_path: Path, path: str) -> None:
    with pytest.raises(BadInput):
        write_export(tmp_path / "out", [(path, b"x")])
    assert list(tmp_path.iterdir()) == []


def test_links_are_not_followed_and_count_as_files_that_nothing_vouches_for(files: Files, tmp_path: Path) -> None:
    write_export(tmp_path / "out", files.items())
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "password").write_text("x")
    os.symlink(tmp_path / "secret" / "password", tmp_path / "out" / "link")
    os.symlink(tmp_path / "secret", tmp_path / "out" / "folder")
    folder = ExportFolder(tmp_path / "out")
    assert {"link", "folder"} <= set(folder.paths())
    assert folder("link") is None
    assert folder("folder/password") is None
    assert folder("../secret/password") is None
    assert {item.place for item in verify(folder, folder.paths()).discrepancies} == {"link", "folder"}


def test_a_pipe_in_place_of_a_file_does_not_block(files: Files, tmp_path: Path) -> None:
    write_export(tmp_path / "out", files.items())
    (tmp_path / "out" / "checkpoint").unlink()
    os.mkfifo(tmp_path / "out" / "checkpoint")
    folder = ExportFolder(tmp_path / "out")
    assert folder("checkpoint") is None
    assert not verify(folder, folder.paths()).agrees


def test_where_no_folder_is_the_answer_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="no such folder"):
        ExportFolder(tmp_path / "none")
    assert not is_export(tmp_path)
