"""Documents in a folder: `documents/<commitment in hex>`, each whole.

Lives here: keeping, finding and erasing documents. Not here: their commitments and salts (`sqlite_values`).

Invariant: a file is named after the commitment that stands in the record, is written whole, and is
overwritten when erased.
"""

from __future__ import annotations

from pathlib import Path

from isonomy.adapters.durable import disk, shred, write_whole

FOLDER = "documents"


class DocumentFiles:
    """The documents of a folder."""

    def __init__(self, folder: Path, *, writing: bool = True) -> None:
        self._folder = folder / FOLDER
        if writing:
            with disk(self._folder):
                self._folder.mkdir(exist_ok=True)

    def put(self, commitment: bytes, data: bytes) -> None:
        """Keeps a document."""
        path = self._path(commitment)
        if not path.is_file():
            write_whole(path, data)

    def get(self, commitment: bytes) -> bytes | None:
        """The document behind a commitment."""
        path = self._path(commitment)
        with disk(path):
            return path.read_bytes() if path.is_file() else None

    def erase(self, commitment: bytes) -> bool:
        """Overwrites and deletes the document."""
        return shred(self._path(commitment))

    def _path(self, commitment: bytes) -> Path:
        return self._folder / commitment.hex()
