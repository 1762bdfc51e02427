"""Django's settings. Everything that differs between installations comes from the environment."""

from __future__ import annotations

import os
from datetime import date

from csp.constants import NONE, SELF

from tochuc.config import places
from tochuc.config.databases import databases

DEBUG = False
SECRET_KEY = places.secret_key()
# What seals single fields (the national identity number); asked for each time, see places.field_keys.
FIELD_KEYS = places.field_keys
KEEP_FIELD_KEYS = places.keep_field_keys
ALLOWED_HOSTS = os.environ.get("TOCHUC_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("TOCHUC_ORIGINS", "").split(",") if o]

# The demonstration lives on a day of its own; an installation leaves this empty and lives today.
TOCHUC_TODAY = date.fromisoformat(os.environ["TOCHUC_TODAY"]) if os.environ.get("TOCHUC_TODAY") else None

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "tochuc.audit",
    "tochuc.org",
    "tochuc.access",
    "tochuc.jobs",
    "tochuc.documents",
    "tochuc.regulations",
    "tochuc.members",
    "tochuc.duties",
    "tochuc.cases",
    "tochuc.dues",
    "tochuc.meetings",
    "tochuc.lapses",
    "tochuc.entrusting",
    "tochuc.procedures",
    "tochuc.programme",
    "tochuc.reorganise",
    "tochuc.changes",
    "tochuc.lists",
    "tochuc.exchange",
    "tochuc.desk",
    "tochuc.reconcile",
    "tochuc.reports",
    "tochuc.reminders",
    "tochuc.web",
    "tochuc.commands",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tochuc.config.middleware.RequestMiddleware",
]

ROOT_URLCONF = "tochuc.config.urls"
WSGI_APPLICATION = "tochuc.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tochuc.web.frame.frame",
            ],
        },
    }
]

DATABASES = databases()
DATABASE_ROUTERS: list[str] = []
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["tochuc.access.entering.Entrance"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/dang-nhap/"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/dang-nhap/"

ACCOUNT_ADAPTER = "tochuc.access.login.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_FORMS = {"change_password": "tochuc.web.account.forms.NewPassword"}
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "5/5m/key,40/5m/ip", "change_password": "5/m/user"}

MFA_ADAPTER = "tochuc.access.factors.Adapter"
MFA_FORMS = {"authenticate": "tochuc.access.factors.CodeForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Tochuc"
# Whether officers of an Organisation Board have to use a second factor; others may.
TOCHUC_SECOND_FACTOR = os.environ.get("TOCHUC_SECOND_FACTOR", "") == "1"

# Where people open the program, for links in messages: https://tochuc.example
TOCHUC_ADDRESS = os.environ.get("TOCHUC_ADDRESS", "").rstrip("/")
# Messages are written into a folder unless a mail server is named.
EMAIL_BACKEND, EMAIL_FILE_PATH = (
    "django.core.mail.backends.filebased.EmailBackend",
    str(places.var() / "mail"),
)
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = os.environ.get("TOCHUC_MAIL_FROM", "tochuc@localhost")
if os.environ.get("TOCHUC_SMTP_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST = os.environ["TOCHUC_SMTP_HOST"]
    EMAIL_PORT = int(os.environ.get("TOCHUC_SMTP_PORT", "587"))
    EMAIL_HOST_USER = os.environ.get("TOCHUC_SMTP_USER", "")
    EMAIL_HOST_PASSWORD = os.environ.get("TOCHUC_SMTP_PASSWORD", "")
    EMAIL_USE_TLS = os.environ.get("TOCHUC_SMTP_TLS", "1") == "1"

# Behind a proxy each visitor's own address counts for throttling, not the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TOCHUC_PROXIES", "0"))

# Messages name people: they stay on the server.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE = os.environ.get("TOCHUC_HTTPS", "") == "1"
SESSION_COOKIE_SECURE = SECURE
CSRF_COOKIE_SECURE = SECURE
SECURE_HSTS_SECONDS = 31_536_000 if SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "tochuc.web.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

LANGUAGE_CODE = "vi"
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = places.var() / "static"
# The user guide, whose texts the help pages show; its pictures are served beside the style sheet.
TOCHUC_DOCS = places.ROOT / "docs"
STATICFILES_DIRS = [("huong-dan", TOCHUC_DOCS / "images")] if (TOCHUC_DOCS / "images").is_dir() else []
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        # Scans and lists of members: for the program's own account alone.
        "OPTIONS": {
            "location": places.var() / "files",
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
UPLOAD_LIMIT = 10 * 1024 * 1024

SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("TOCHUC_LOG", "WARNING")},
}
