"""All settings, read from the environment and nowhere else. Each one stands in `.env.example`."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from gandan.config import database, keys, sealed
from gandan.config.environment import flag, number, secret, text

PACKAGE = Path(__file__).resolve().parent.parent

DEBUG = flag("GANDAN_DEBUG", default=False)
SECRET_KEY = secret("GANDAN_SECRET_KEY", file="GANDAN_SECRET_KEY_FILE") or database.local_secret()
# What seals columns about people (ground/privacy/fields.py): the keys themselves, or where they lie; the newest first.
FIELD_KEYS = text("GANDAN_FIELD_KEYS", default="")
FIELD_KEYS_FILE = keys.field_keys_file(text("GANDAN_FIELD_KEYS_FILE", default=""), made_up=not FIELD_KEYS)
ALLOWED_HOSTS = text("GANDAN_ALLOWED_HOSTS", default="localhost 127.0.0.1 [::1]").split()
CSRF_TRUSTED_ORIGINS = text("GANDAN_TRUSTED_ORIGINS", default="").split()
BASE_URL = text("GANDAN_BASE_URL", default="http://localhost:8000")
PROXIES = number("GANDAN_PROXIES", default=0)
DATA_DIR = database.data_dir()
# A demonstration leaves its mark beside the database, so that whatever is made of it later says so too.
SIMULATED = flag("GANDAN_SIMULATED", default=(DATA_DIR / "demonstration" / "memory.json").exists())

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "procrastinate.contrib.django",
    "gandan.config",
    "gandan.ground.ledger",
    "gandan.ground.organisations",
    "gandan.ground.calendar",
    "gandan.ground.promises",
    "gandan.ground.audit",
    "gandan.ground.privacy",
    "gandan.ground.accounts",
    "gandan.ground.messages",
    "gandan.ground.documents",
    "gandan.results.measures",
    "gandan.results.statements",
    "gandan.results.releases",
    "gandan.results.programmes",
    "gandan.results.reports",
    "gandan.results.requests",
    "gandan.work.dossiers",
    "gandan.work.community",
    "gandan.work.tips",
    "gandan.work.voice",
    "gandan.work.meetings",
    "gandan.work.notices",
    "gandan.work.matters",
    "gandan.work.relief",
    "gandan.work.counsel",
    "gandan.work.democracy",
    "gandan.faces.pages",
    "gandan.faces.api",
    "gandan.faces.cli",
    "gandan.faces.jobs",
    "allauth.account",  # after our own, whose templates come first
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gandan.faces.pages.shelf.shelf",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gandan.faces.pages.middleware.content_policy",
    "gandan.faces.pages.middleware.way",
    "gandan.faces.pages.uploads.no_more_than",
    "gandan.faces.pages.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "gandan.faces.pages.middleware.SameOrigin",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gandan.faces.pages.accounts.requiring.second_factor",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gandan.faces.pages.middleware.readable_address",
]

ROOT_URLCONF = "gandan.config.urls"
WSGI_APPLICATION = "gandan.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gandan.faces.pages.navigation.frame",
            ],
        },
    },
]

DATABASES = database.django_databases(pool_size=number("GANDAN_DATABASE_POOL", default=8)) | database.tips_databases()
DATABASE_ROUTERS = ["gandan.config.database.routing.Router"]

AUTH_USER_MODEL = "organisations.Person"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "sign-in"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",  # of accounts made before; the next sign-in renews it
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gandan.ground.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "gandan.ground.accounts.passwords.NotCommon"},
    {"NAME": "gandan.ground.accounts.passwords.NotOnlyNumbers"},
]

# Roles that sign, seal or look through what others do need a second factor; a demonstration, marked as one, does without.
SECOND_FACTOR = flag("GANDAN_SECOND_FACTOR", default=not SIMULATED)
ACCOUNT_ADAPTER = "gandan.faces.pages.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # ours can't be used to shut others out
MFA_ADAPTER = "gandan.faces.pages.accounts.adapters.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "gandan.faces.pages.accounts.forms.FactorForm",
    "reauthenticate": "gandan.faces.pages.accounts.forms.FactorAgainForm",
}
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = BASE_URL.startswith("http://")
# A body's own identity provider; without one, everybody has a password here.
OIDC_ISSUER = text("GANDAN_OIDC_ISSUER", default="")
OIDC_NAME = text("GANDAN_OIDC_NAME", default="")
OIDC_CLAIM = text("GANDAN_OIDC_CLAIM", default="preferred_username")
SOCIALACCOUNT_ADAPTER = "gandan.faces.pages.accounts.outside.OutsideAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = True  # a link: the policy of our pages lets no form lead elsewhere
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "agency",
                "name": OIDC_NAME,
                "client_id": text("GANDAN_OIDC_CLIENT", default=""),
                "secret": secret("GANDAN_OIDC_SECRET", file="GANDAN_OIDC_SECRET_FILE"),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "accounts_cache"}}

# What goes wrong is told where the process writes its errors. Addresses that lead nowhere are not: they may name somebody.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"errors": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["errors"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.request": {"level": "ERROR"},
        "django.server": {"handlers": [], "propagate": True},
    },
}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = text("GANDAN_TIME_ZONE", default="Asia/Ho_Chi_Minh")
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"  # the same for every language
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DATA_DIR / "files")},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}

# The log of who looked at what: how many months it is kept, and whether each line is written before the answer leaves.
AUDIT_MONTHS = number("GANDAN_AUDIT_MONTHS", default=24)
AUDIT_AT_ONCE = flag("GANDAN_AUDIT_AT_ONCE", default=False)

# For how many seconds at most a public page may be served without being made anew; 0 makes each anew.
PAGES_KEPT = number("GANDAN_PAGES_KEPT", default=15)

# What people may send: a file, all files of one record, one request; how many files; the largest picture.
UPLOAD_FILE_MB = number("GANDAN_UPLOAD_FILE_MB", default=10)
UPLOAD_RECORD_MB = number("GANDAN_UPLOAD_RECORD_MB", default=60)
UPLOAD_REQUEST_MB = number("GANDAN_UPLOAD_REQUEST_MB", default=32)
UPLOAD_FILES = number("GANDAN_UPLOAD_FILES", default=20)
UPLOAD_MEGAPIXELS = number("GANDAN_UPLOAD_MEGAPIXELS", default=50)

# What goes out to people: e-mail by a server, short messages by a gateway, and the hours in which no telephone is to ring.
NO_SENDING = flag("GANDAN_NO_SENDING", default=False)
MAIL_HOST = text("GANDAN_MAIL_HOST", default="")
MAIL_PORT = number("GANDAN_MAIL_PORT", default=25)
MAIL_TLS = text("GANDAN_MAIL_TLS", default="none")
MAIL_USER = text("GANDAN_MAIL_USER", default="")
MAIL_PASSWORD = secret("GANDAN_MAIL_PASSWORD", file="GANDAN_MAIL_PASSWORD_FILE")
MAIL_FROM = text("GANDAN_MAIL_FROM", default="gandan@localhost")
GATEWAY_URL = text("GANDAN_GATEWAY_URL", default="")
GATEWAY_SECRET = secret("GANDAN_GATEWAY_SECRET", file="GANDAN_GATEWAY_SECRET_FILE")
# The keys of those who sign, and below roots/ the certificates of the authorities that are trusted.
SIGNING_DIR = text("GANDAN_SIGNING_DIR", default=str(DATA_DIR / "signing"))
TIMESTAMP_URL = text("GANDAN_TIMESTAMP_URL", default="")
QUIET_HOURS = text("GANDAN_QUIET_HOURS", default="21:00-07:00")

# The sealed channel: its secrets outside all backups, the city's root that signs its keys, and its own address.
TIPS_VAULT = sealed.vault()
TIPS_ROOT = sealed.root()
TIPS_URL = sealed.address()

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
HTTPS = BASE_URL.startswith("https://")
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = ("__Host-session", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "gandan.faces.pages.errors.form_expired"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURITY_CONTACT = text("GANDAN_SECURITY_CONTACT", default="")
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"

# Jobs and their schedule are found as modules of the package `faces.jobs`.
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "schedule"
