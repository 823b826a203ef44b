"""Django's settings, all from the environment (see configuration.py); `guiju portal` sets DJANGO_SETTINGS_MODULE."""

from __future__ import annotations

import os

from guiju.portal.configuration import read_configuration
from guiju.portal.logs import logging_settings

CONFIGURATION = read_configuration(os.environ)

SECRET_KEY = CONFIGURATION.secret_key
SECRET_KEY_FALLBACKS = list(CONFIGURATION.former_secret_keys)
DEBUG = CONFIGURATION.debug
ALLOWED_HOSTS = list(CONFIGURATION.hosts)

_OIDC_APPS = ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"] if CONFIGURATION.oidc else []
INSTALLED_APPS = [
    "guiju.portal.people",
    "guiju.portal.authorities",
    "guiju.portal.organisations",
    "guiju.portal.evidence",
    "guiju.portal.numbers",
    "guiju.portal.outbox",
    "guiju.portal.cases",
    "guiju.portal.registers",
    "guiju.portal.look",
    "guiju.portal.faces",
    "guiju.portal.drafts",
    "guiju.portal.filing",
    "guiju.portal.casefile",
    "guiju.portal.correspondence",
    "guiju.portal.workspace",
    "guiju.portal.desk",
    "guiju.portal.selfcheck",
    "guiju.portal.lookup",
    "guiju.portal.publishing",
    "guiju.portal.reader",
    "guiju.portal.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    *_OIDC_APPS,
]
MIDDLEWARE = [
    "guiju.portal.request_log.RequestLog",
    "guiju.portal.security_headers.SecurityHeaders",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "guiju.portal.look.language.LanguageFromAddress",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "guiju.portal.faces.errors.FilledRefusals",
    "guiju.portal.access.gate.Gate",
]
ROOT_URLCONF = "guiju.portal.urls"
WSGI_APPLICATION = "guiju.portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "guiju.portal.people.context.shell",
            ]
        },
    }
]

DATABASES = {"default": CONFIGURATION.database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Limits on log-in attempts must hold across all workers, so they are counted in the database.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "portal_cache"}}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
# As many inputs as our own forms read at most (forms/inputs_entered.py): long lists are one input a line.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4000
FILE_UPLOAD_HANDLERS = [
    "guiju.portal.drafts.uploading.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
STATIC_URL = "static/"
# Whitenoise serves what the apps bring from where it lies: there is nothing to collect before the first start.
STATIC_ROOT = None
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# ---- People

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["guiju.portal.people.backend.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
]
LOGIN_REDIRECT_URL = "places"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if CONFIGURATION.behind_proxy else 0
MFA_ADAPTER = "guiju.portal.people.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Guiju"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = CONFIGURATION.demo
# Whoever decides for an authority logs in with more than a password; a demo lets everybody try.
SECOND_FACTOR_DEMANDED = not CONFIGURATION.demo
if CONFIGURATION.oidc:
    SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "OAUTH_PKCE_ENABLED": True,
            "APPS": [
                {
                    "provider_id": "oidc",
                    "name": CONFIGURATION.oidc["name"],
                    "client_id": CONFIGURATION.oidc["client_id"],
                    "secret": CONFIGURATION.oidc["secret"],
                    "settings": {"server_url": CONFIGURATION.oidc["server"]},
                }
            ],
        }
    }

# ---- Figures for everybody

# Fewer cases than this in one cell, and not nought, are not told: they might show a single organisation.
STATISTICS_SMALLEST_CELL = 5

# ---- Mail goes to the outbox, in the same transaction as what it is about; the worker sends it

EMAIL_BACKEND = "guiju.portal.outbox.mail.OutboxBackend"
DEFAULT_FROM_EMAIL = CONFIGURATION.mail_from
OUTBOX_BACKEND = (
    f"django.core.mail.backends.{ {'file': 'filebased'}.get(CONFIGURATION.mail, CONFIGURATION.mail) }.EmailBackend"
)
EMAIL_FILE_PATH = CONFIGURATION.folder / "mail"
EMAIL_HOST = os.environ.get("GUIJU_SMTP_HOST", "localhost")
EMAIL_PORT = CONFIGURATION.smtp_port
EMAIL_HOST_USER = os.environ.get("GUIJU_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("GUIJU_SMTP_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("GUIJU_SMTP_TLS", "") == "1"
EMAIL_TIMEOUT = 20

# ---- On the wire

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "guiju.portal.faces.errors.form_expired"
SECURITY_CONTACT = os.environ.get("GUIJU_SECURITY_CONTACT", "")
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
if not CONFIGURATION.demo:
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^health$", r"^metrics$"]
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
if CONFIGURATION.behind_proxy:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING_CONFIG = "logging.config.dictConfig"
LOGGING = logging_settings()
