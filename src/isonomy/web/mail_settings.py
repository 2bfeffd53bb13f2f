"""Where mails go: to a mail server, to files in the folder, or to the console.

Lives here: reading one line of the environment into Django's settings. Not here: what is in a mail.

Invariant: unless a mail server is named, no mail leaves the machine; a line that cannot be read stops the start.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

OUTBOX = "outbox"


def mail_settings(line: str, folder: Path | None) -> dict[str, Any]:
    """Django's mail settings for `console`, `file`, `smtp://...`, `smtps://...`; raises `ImproperlyConfigured`."""
    if line == "console" or (line == "file" and folder is None):
        return {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
    if line == "file":
        assert folder is not None
        return {
            "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(folder / OUTBOX),
        }
    parts = urlsplit(line)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ImproperlyConfigured(
            f"ISONOMY_MAIL is '{line.partition('@')[2] or line}'; write smtp://user:password@host:587, file or console"
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and parts.hostname not in ("127.0.0.1", "localhost"),
        "EMAIL_TIMEOUT": 20,
    }
