"""Settings of the site: safe for production as they stand, adjusted by the environment or a file ``.env``."""

from datetime import timedelta
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from whitenoise.compress import Compressor

from kzafrica.openapi_settings import SPECTACULAR_SETTINGS  # noqa: F401 - a setting

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
env.read_env(env.str("ENV_FILE", default=str(BASE_DIR / ".env")))

# --- Who may ask, and how

SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Put a long random text into the environment or .env; `make run` writes one for you."
    )
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # Probes come from inside, over plain HTTP.
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000) if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
# Subdomains and the browsers' preload list bind a whole domain, which only its owner can decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

# The header with which a proxy of ours says "https", for instance X-Forwarded-Proto. The proxy must always set it.
PROXY_SCHEME_HEADER = env.str("PROXY_SCHEME_HEADER", default="")
if PROXY_SCHEME_HEADER:
    SECURE_PROXY_SSL_HEADER = ("HTTP_" + PROXY_SCHEME_HEADER.upper().replace("-", "_"), "https")
# How many proxies of ours stand in front and add to X-Forwarded-For; 0 believes only the connection itself.
PROXY_COUNT = env.int("PROXY_COUNT", default=0)

# --- What the site is made of

INSTALLED_APPS = [
    "kzafrica.desk.apps.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "reversion",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "csp",
    "axes",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "django_otp.plugins.otp_static",
    "kzafrica.search",
    "kzafrica.maps",
    "kzafrica.editorial",
    "kzafrica.workshop",
    "kzafrica.reference",
    "kzafrica.statements",
    "events",
    "trade",
    "diplomacy",
    "kzafrica.analysis",
    "kzafrica.dossier",
    "kzafrica.delivery",
    "kzafrica.writing",
    "kzafrica.editions",
    "kzafrica.dataset",
    "kzafrica.desk.apps.DeskConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "kzafrica.middleware.PermissionsPolicyMiddleware",
    "kzafrica.middleware.OpenToScriptsMiddleware",
    "kzafrica.deprecation.DeprecationMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "kzafrica.middleware.NegotiatedLanguageMiddleware",
    # After the language is known, in which it refuses, and before anything is answered from what a caller holds.
    "kzafrica.delivery.limits.AllowanceMiddleware",
    # After the language is known, and around everything that may set a cookie.
    "kzafrica.middleware.ConditionalMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    # After it is known who asks, and before anything reads the body.
    "kzafrica.middleware.RequestSizeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kzafrica.middleware.BadParametersMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "kzafrica.urls"
WSGI_APPLICATION = "kzafrica.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kzafrica.views.site",
            ],
        },
    },
]

# Moves whenever anything public changes; with the code's version it makes the ETag of every public answer.
CONTENT_REVISION = "kzafrica.editorial.workflow.content_revision"
# Off: one person alone may publish; the change log then says of each such change that nobody else looked at it.
PUBLISHING_TAKES_TWO = env.bool("PUBLISHING_TAKES_TWO", default=True)
# What sections compute about themselves, set beside what sources state.
FIGURE_COMPUTATIONS = "kzafrica.measures.COMPUTATIONS"
# What readers can search, and what of it has changed since a content revision.
SEARCHABLE = "kzafrica.searchable.SEARCHABLE"
SEARCH_CHANGES = "kzafrica.editorial.searchable.changes_since"
# Empty: the database searches. Else OpenSearch: https://user:password@host:9200/index
SEARCH_URL = env.str("SEARCH_URL", default="")
# The lists that readers can have e-mails about.
ALERT_LISTS = "kzafrica.alerts.LISTS"
# What a download edition of the whole record holds.
EDITION_TABLES = "kzafrica.edition_tables.TABLES"
# Empty: a checksum over the project's own sources, taken once when a process starts.
CODE_VERSION = env.str("CODE_VERSION", default="")

# --- Where it keeps things

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'kzafrica.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # One writer at a time: it takes its lock at the start and others wait, instead of failing half-way.
    # select_for_update() does nothing here; this lock on the whole file is what keeps the workflow apart.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
    }
# Opening a file of SQLite anew, with its settings, costs more than most questions asked of it.
DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": env.cache_url("CACHE_URL", default="locmemcache://")}
# Where callers of the API are counted: in the same server, or beside the rest in the memory of this process.
CACHES["counters"] = CACHES["default"] | {"KEY_PREFIX": "counters"}
if CACHES["default"]["BACKEND"].endswith("LocMemCache"):
    CACHES["counters"] |= {"LOCATION": "counters", "OPTIONS": {"MAX_ENTRIES": 100_000}}

vars().update(env.email_url("EMAIL_URL", default="consolemail://"))
if EMAIL_FILE_PATH := vars().get("EMAIL_FILE_PATH"):
    # filemail:///var/mail keeps mails in a folder of the project, filemail:////var/mail in one of the machine.
    EMAIL_FILE_PATH = BASE_DIR / EMAIL_FILE_PATH
EMAIL_TIMEOUT = 20  # A mail server that says nothing for so many seconds is not there.
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="kzafrica@localhost")
# Where the site is, for links in mails that no request has asked for: https://kz-africa.example
SITE_ADDRESS = env.str("SITE_ADDRESS", default="")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "kzafrica" / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kzafrica.bundles.BundleFinder",
]
# The sheets of readers' pages in the order in which they rule; print.css has the last word.
STYLE_BUNDLES = {
    "kzafrica/css/site.css": [
        f"kzafrica/css/{name}.css"
        for name in (
            "tokens",
            "fonts",
            "base",
            "masthead",
            "layout",
            "facts",
            "lists",
            "evidence",
            "figures",
            "charts",
            "map",
            "map_places",
            "locator",
            "rows",
            "dossier",
            "home",
            "brief",
            "article",
            "reuse",
            "delivery",
            "quality",
            "reports",
            "versions",
            "search",
            "styleguide",
            "print",
        )
    ]
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Download editions: a folder, or object storage that every process reaches. Not under the address of any server.
    "editions": {
        "BACKEND": env.str("EDITIONS_STORAGE", default="django.core.files.storage.FileSystemStorage"),
        "OPTIONS": env.json("EDITIONS_OPTIONS", default={"location": str(VAR_DIR / "editions")}),
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Source maps are read by people with a debugger, and took most of the time of collecting.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = (*Compressor.SKIP_COMPRESS_EXTENSIONS, "map")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING"), "propagate": False},
        "kzafrica": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO"), "propagate": False},
    },
}

# --- Time and language

USE_TZ = True
TIME_ZONE = "Asia/Almaty"
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("kk", _("Kazakh")), ("ru", _("Russian")), ("fr", _("French"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "kzafrica.formats"
# No native reader has checked these translations yet; the menu of languages says so. See locale/REVIEW.md.
LANGUAGES_NOT_CHECKED = ("kk", "ru", "fr")
# The choice of an editor is for the admin alone: pages have their language in the address, and no cookie.
LANGUAGE_COOKIE_PATH = "/admin/"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS

# --- People who sign in

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "admin:login"
SESSION_COOKIE_AGE = int(timedelta(hours=12).total_seconds())

# Whoever may publish signs in with a code from a device beside the password. Off only where nobody else gets in.
SECOND_FACTOR = env.bool("SECOND_FACTOR", default=True)
OTP_TOTP_ISSUER = "KZ-Africa"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
# Name and address together: nobody can lock out a colleague from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "kzafrica.middleware.client_address"
AXES_LOCKOUT_CALLABLE = "kzafrica.problems.locked_out"
AXES_DISABLE_ACCESS_LOG = True  # Failures are kept while they count; who signed in when is not.
AXES_VERBOSE = False

CSRF_FAILURE_VIEW = "kzafrica.desk.doors.csrf_failure"

# --- How much may be sent

# What a form may hold, files aside. Where the admin is not open, RequestSizeMiddleware keeps to the other size.
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
PUBLIC_UPLOAD_MAX_SIZE = 2_621_440  # 2.5 MB, Django's default, of the whole body.
# A form has a field for each column of each part and citation: ten thousand are some eight hundred parts.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
# Path and query, in letters as they are sent, outside the admin. Databases and mistakes alike have no use for more.
LONGEST_ADDRESS = 4_000

# --- What a browser may do with our pages, the admin included

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

# A URL typed without a scheme is https, as always from Django 6.0; until then the setting warns about itself.
FORMS_URLFIELD_ASSUME_HTTPS = True

# --- The API

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["kzafrica.rest.JSONRenderer"],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "kzafrica.rest.StrictNegotiation",
    "DEFAULT_FILTER_BACKENDS": ["kzafrica.rest.StrictFilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "kzafrica.rest.KeysetPagination",
    "DEFAULT_SCHEMA_CLASS": "kzafrica.contract.schema.ContractSchema",
    "EXCEPTION_HANDLER": "kzafrica.problems.drf_exception_handler",
    "DEFAULT_THROTTLE_CLASSES": ["kzafrica.delivery.limits.AllowanceThrottle"],
}
# How many requests to the API one connection may make without a key; the period is s, min, hour or day.
API_RATE = env.str("API_RATE", default="120/min")
# How many errors one address may report, in the same notation.
REPORT_RATE = env.str("REPORT_RATE", default="5/hour")
# How many e-mail alerts one connection may ask for, and how many mails that ask for confirmation one address may get.
SUBSCRIBE_RATE = env.str("SUBSCRIBE_RATE", default="10/hour")
SUBSCRIBE_MAIL_RATE = env.str("SUBSCRIBE_MAIL_RATE", default="5/day")
# Whether webhooks may be told over http too, where everyone on the way can read along. For trying things out.
WEBHOOKS_OVER_HTTP = env.bool("WEBHOOKS_OVER_HTTP", default=False)
