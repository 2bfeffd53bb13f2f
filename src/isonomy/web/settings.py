"""Settings: how Django serves one organisation's folder, safe unless somebody says otherwise.

Lives here: what is read from the environment and what follows from it. Not here: the organisation's rules; nothing
in this file decides who may do what.

Invariant: no secret stands in this file; without HTTPS the pages are served to the machine itself alone; scripts and
styles come from this site's own files and nowhere else.

Environment: `ISONOMY_FOLDER` (the organisation's folder), `ISONOMY_URL` (where people reach it, default
http://localhost:8000), `ISONOMY_MAIL` (`smtp://user:password@host:port`, `file`, `console`; default `file`),
`ISONOMY_MAIL_FROM`, `ISONOMY_DEMO` (1: one-click sign-in for invented members).
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from isonomy.web.mail_settings import mail_settings
from isonomy.web.site_key import site_key

HERE = Path(__file__).parent
LOOPBACK = ("127.0.0.1", "localhost", "::1")

ISONOMY_FOLDER = Path(os.environ.get("ISONOMY_FOLDER", "")).absolute() if os.environ.get("ISONOMY_FOLDER") else None
ISONOMY_URL = os.environ.get("ISONOMY_URL", "http://localhost:8000").rstrip("/")
ISONOMY_DEMO = os.environ.get("ISONOMY_DEMO") == "1"
ISONOMY_POLL_SECONDS = 2
"""How often an open page asks whether something changed."""

_at = urlsplit(ISONOMY_URL)
IS_SECURE = _at.scheme == "https"
if _at.scheme not in ("http", "https") or not _at.hostname:
    raise ImproperlyConfigured(f"ISONOMY_URL is '{ISONOMY_URL}'; write it as https://members.example.org")
if not IS_SECURE and _at.hostname not in LOOPBACK:
    raise ImproperlyConfigured(f"{ISONOMY_URL} is not encrypted; people elsewhere need https")
if ISONOMY_DEMO and _at.hostname not in LOOPBACK:
    raise ImproperlyConfigured("the demonstration signs anybody in; it is served to this machine alone")

DEBUG = False
SECRET_KEY = site_key(ISONOMY_FOLDER)
ALLOWED_HOSTS = [_at.hostname] if _at.hostname not in LOOPBACK else [*LOOPBACK, "[::1]"]
ROOT_URLCONF = "isonomy.web.urls"
WSGI_APPLICATION = "isonomy.web.wsgi.application"
AUTH_USER_MODEL = "accounts.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

APPS_OF_ISONOMY = [
    "isonomy.web.design",
    "isonomy.web.accounts",
    "isonomy.web.mail",
    "isonomy.web.today",
    "isonomy.web.record",
    "isonomy.web.operators",
    "isonomy.web.founding",
    "isonomy.web.motions",
    "isonomy.web.criticism",
    "isonomy.web.publication",
    "isonomy.web.money",
    "isonomy.web.decisions",
    "isonomy.web.meetings",
    "isonomy.web.polls",
    "isonomy.web.elections",
    "isonomy.web.rulebook",
    "isonomy.web.members",
    "isonomy.web.removals",
    "isonomy.web.seats",
    "isonomy.web.powers",
    "isonomy.web.instructions",
]
INSTALLED_APPS = [
    *APPS_OF_ISONOMY,
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "isonomy.web.security.ContentSecurityPolicy",
    "isonomy.web.live.Unchanged",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "isonomy.web.answering.BadInputAnswers",
    "isonomy.web.viewer.MembersOnly",
    "isonomy.web.live.ChangeTags",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": False,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "isonomy.web.viewer.page_context",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.app_directories.Loader"],
                ),
            ],
            "builtins": ["isonomy.web.design.templatetags.words", "isonomy.web.design.templatetags.telling"],
        },
    },
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(ISONOMY_FOLDER / "site.sqlite") if ISONOMY_FOLDER else ":memory:",
        "OPTIONS": {
            "timeout": 10,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
        },
        "CONN_MAX_AGE": None,
    }
}

AUTHENTICATION_BACKENDS = [
    "isonomy.web.accounts.backends.AccountBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "today"
ACCOUNT_ADAPTER = "isonomy.web.accounts.adapter.ByInvitation"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_REQUIRED = False
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "request_login_code": "20/m/ip,3/m/key"}
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not IS_SECURE

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SECURE = IS_SECURE
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "isonomy.web.answering.form_out_of_date"
CSRF_TRUSTED_ORIGINS = [ISONOMY_URL] if IS_SECURE else []
SECURE_SSL_REDIRECT = IS_SECURE
SECURE_HSTS_SECONDS = 63_072_000 if IS_SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_SECURE
SECURE_HSTS_PRELOAD = IS_SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_SECURE else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
LOCALE_PATHS = [HERE / "locale"]
STATIC_URL = "static/"
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

globals().update(mail_settings(os.environ.get("ISONOMY_MAIL", "file"), ISONOMY_FOLDER))
DEFAULT_FROM_EMAIL = os.environ.get("ISONOMY_MAIL_FROM", f"minutes@{_at.hostname}")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
SILENCED_SYSTEM_CHECKS: list[str] = []
