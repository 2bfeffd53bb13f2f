"""The site's key: what signs sessions and links, made once for each folder.

Lives here: reading and making it. Not here: the log's key (`signer/`), members' keys.

Invariant: the key is drawn at random, readable by the owner alone, and never written anywhere else; without a folder
(checks, tests) a key is drawn for the process.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "site.key"


def site_key(folder: Path | None) -> str:
    """The key of a folder, made where it is not there yet; raises `OSError` where it cannot be written."""
    if folder is None or not folder.is_dir():
        return secrets.token_urlsafe(48)
    path = folder / NAME
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w") as stream:
        drawn = secrets.token_urlsafe(48)
        stream.write(drawn + "\n")
        stream.flush()
        os.fsync(stream.fileno())
    return drawn
