"""Bundles: an export that came as one file verifies as its folder does, and nothing comes out beside it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isonomy.adapters.bundles import is_bundle, unpack
from isonomy.adapters.files import write_export
from isonomy.chamber.exporting import Export
from isonomy.cli.main import main
from isonomy.kernel.bad_input import BadInput
from tests.chamber.house import House


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    house = House(tmp_path_factory.mktemp("bundle") / "club").found()
    assert house.path is not None
    folder = house.path.with_name("public")
    stores = house.stores(writing=False)
    write_export(folder, Export(stores).files())
    stores.close()
    house.shut()
    return folder


def _bundle(folder: Path, path: Path, top: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(found for found in folder.rglob("*") if found.is_file()):
            archive.write(file, f"{top}{file.relative_to(folder).as_posix()}")
    return path


@pytest.mark.parametrize("top", ["", "record-of-the-club/"])
def test_a_bundle_verifies_as_its_folder_does(
    exported: Path, tmp_path: Path, top: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["verify", str(_bundle(exported, tmp_path / "club.zip", top))]) == 0
    told = capsys.readouterr().out
    assert main(["verify", str(exported)]) == 0
    assert told == capsys.readouterr().out


def test_a_changed_file_in_a_bundle_is_found(exported: Path, tmp_path: Path) -> None:
    path = tmp_path / "club.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(found for found in exported.rglob("*") if found.is_file()):
            data = bytearray(file.read_bytes())
            name = file.relative_to(exported).as_posix()
            if name.startswith("tile/entries/"):
                data[40] ^= 1
            archive.writestr(name, bytes(data))
    assert main(["verify", str(path)]) == 2


@pytest.mark.parametrize(
    "names",
    [
        ("../checkpoint",), ("/checkpoint",), ("a/../../checkpoint",), ("one/checkpoint", "two/checkpoint"),
        ("readme",), ("checkpoint\\evil",), ("top/checkpoint", "beside/file"), (),
    ],
)  # fmt: skip
def test_a_bundle_that_leads_elsewhere_or_holds_no_export_is_bad_input(tmp_path: Path, names: tuple[str, ...]) -> None:
    path = tmp_path / "odd.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in names:
            archive.writestr(name, b"something")
    with pytest.raises(BadInput) as fault:
        unpack(path, tmp_path / "out" / "bundle")
    assert fault.value.cure
    assert not (tmp_path / "checkpoint").exists()
    assert not (tmp_path / "out" / "checkpoint").exists()


def test_a_link_in_a_bundle_is_bad_input(tmp_path: Path) -> None:
    path = tmp_path / "odd.zip"
    link = zipfile.ZipInfo("checkpoint")
    link.external_attr = 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(link, b"/etc/hostname")
    with pytest.raises(BadInput, match="is a link"):
        unpack(path, tmp_path / "out")


@settings(max_examples=80, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.integers(0, 10**6), change=st.integers(1, 255), cut=st.booleans())
def test_a_broken_bundle_is_bad_input_or_unpacks(
    exported: Path, tmp_path_factory: pytest.TempPathFactory, place: int, change: int, cut: bool
) -> None:
    folder = tmp_path_factory.mktemp("broken")
    path = _bundle(exported, folder / "club.zip", "")
    data = bytearray(path.read_bytes())
    data[place % len(data)] ^= change
    path.write_bytes(bytes(data[: place % len(data)] if cut else data))
    if not is_bundle(path):
        return
    try:
        unpack(path, folder / "out")
    except BadInput as fault:
        broken = fault
        assert broken.cure or broken.where
