"""Every setting, in one file, read from the environment.

Safe by default: DEBUG is off and a missing secret stops the start. `QDTRADE_DEMO=1` (what `make demo` sets) chooses
a SQLite file and a kept secret under `var/`, mail on the console, the demo's day and the demo accounts.
`QDTRADE_TESTING=1` is for the test suite and the checks.
"""

import datetime
from pathlib import Path

from . import environment

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(environment.text("QDTRADE_VAR", str(BASE_DIR / "var"))).resolve()

TESTING = environment.flag("QDTRADE_TESTING")
DEMO = environment.flag("QDTRADE_DEMO") and not TESTING
DEBUG = environment.flag("QDTRADE_DEBUG")

SECRET_KEY_FILE = VAR_DIR / "demo-secret.txt" if DEMO else environment.file_of("QDTRADE_SECRET_KEY")
if TESTING:
    SECRET_KEY = "only-for-tests-" + "x" * 50
elif DEMO:
    SECRET_KEY = environment.kept_secret(VAR_DIR / "demo-secret.txt")
else:
    SECRET_KEY = environment.text("QDTRADE_SECRET_KEY")
# What signs checkpoints of the records; made on first use, readable by its owner alone.
SIGNING_KEY_FILE = environment.file_of("QDTRADE_SIGNING_KEY") or VAR_DIR / "signing-key.pem"
# The keys that are files: a backup takes those that are there along under these names.
KEY_FILES = {"signing-key": SIGNING_KEY_FILE}
if SECRET_KEY_FILE:
    KEY_FILES["secret-key"] = SECRET_KEY_FILE

LOCAL_HOSTS = "localhost,127.0.0.1,[::1]"
ALLOWED_HOSTS = environment.words("QDTRADE_HOSTS", LOCAL_HOSTS if DEMO or TESTING or DEBUG else "")
CSRF_TRUSTED_ORIGINS = environment.words("QDTRADE_ORIGINS")

# The demo stands still on this day and keeps the real time of day (DECISIONS 7); None means real time.
DEMO_DAY = datetime.date(2021, 9, 27) if DEMO else None
DEMO_ACCOUNTS = (
    ("staff", "head", "neighbour", "manager", "manager2", "auditor", "admin", "stranger") if DEMO else ()
)
DEMO_PASSWORD = environment.text("QDTRADE_DEMO_PASSWORD", "qingdao-demo") if DEMO else None

INSTALLED_APPS = [
    "qdtrade",
    "qdtrade.audit",
    "qdtrade.notices",
    "qdtrade.evidence",
    "qdtrade.accounts",
    "qdtrade.programmes",
    "qdtrade.imports",
    "qdtrade.people",
    "qdtrade.lights",
    "qdtrade.indicators",
    "tasks",
    "qdtrade.archive",
    "projects",
    "qdtrade.breakthroughs",
    "qdtrade.home",
    "qdtrade.upkeep",
    "qdtrade.apps.AdministrationConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "qdtrade.upkeep.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "qdtrade.accounts.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qdtrade.accounts.middleware.PresenceMiddleware",
    "qdtrade.accounts.middleware.SignedInMiddleware",
    "qdtrade.accounts.middleware.OwnPasswordMiddleware",
    "qdtrade.web.DoorMiddleware",
    "qdtrade.web.RefusalMiddleware",
    "qdtrade.past.middleware.PastMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "qdtrade.urls"
WSGI_APPLICATION = "qdtrade.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "qdtrade.home.shell.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "qdtrade.templatetags.qdtrade",
            ],
        },
    }
]

DEFAULT_DATABASE = (
    f"sqlite:///{VAR_DIR / 'demo.sqlite3'}" if DEMO else "sqlite:///:memory:" if TESTING else None
)
DATABASES = {"default": environment.database(environment.text("DATABASE_URL", DEFAULT_DATABASE))}
if TESTING:
    DATABASES["default"]["OPTIONS"].pop(
        "pool", None
    )  # test databases are made and dropped; a pool would hold them
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "my_work"
LOGOUT_REDIRECT_URL = "sign_in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "qdtrade.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SIGN_IN_LINK_HOURS = environment.number("QDTRADE_LINK_HOURS", 72, least=1)
WHO_HELPS = environment.text(
    "QDTRADE_WHO_HELPS", ""
)  # said on the sign-in page: whom to ask, and their telephone

# Lock-out by the account's name alone, whether or not there is such an account (qdtrade/accounts/locks.py).
AXES_FAILURE_LIMIT = environment.number("QDTRADE_SIGN_IN_FAILURES", 5, least=2)
AXES_COOLOFF_TIME = datetime.timedelta(minutes=environment.number("QDTRADE_LOCK_MINUTES", 15, least=1))
AXES_LOCKOUT_PARAMETERS = ["username"]
AXES_USERNAME_CALLABLE = "qdtrade.accounts.locks.counted_name"
AXES_CLIENT_IP_CALLABLE = "qdtrade.accounts.presence.address_of"
AXES_LOCKOUT_CALLABLE = "qdtrade.accounts.locks.locked_page"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # nobody keeps an account locked by knocking on
AXES_DISABLE_ACCESS_LOG = True  # sign-ins are in our own records
AXES_ENABLE_ADMIN = AXES_VERBOSE = False
SILENCED_SYSTEM_CHECKS = [
    "axes.W006"
]  # wants the address counted too; in an office everybody comes from one address

if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = Path(environment.text("QDTRADE_FILES", str(VAR_DIR / "files")))
PLAIN_STATIC = "django.contrib.staticfiles.storage.StaticFilesStorage"
HASHED_STATIC = "whitenoise.storage.CompressedManifestStaticFilesStorage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": PLAIN_STATIC if TESTING or DEBUG else HASHED_STATIC},
}
WHITENOISE_AUTOREFRESH = TESTING or DEBUG  # nothing is collected where nothing is served for real
FILE_UPLOAD_PERMISSIONS = 0o640
PACKAGES = Path(environment.text("QDTRADE_PACKAGES", str(VAR_DIR / "packages")))
PACKAGES_DAYS = environment.number("QDTRADE_PACKAGES_DAYS", 30, least=1)
BACKUPS = Path(environment.text("QDTRADE_BACKUPS", str(VAR_DIR / "backups")))
BACKUPS_KEPT = environment.number("QDTRADE_BACKUPS_KEPT", 30, least=1)
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_FILE_BYTES = environment.number("QDTRADE_MAX_FILE_MB", 20) * 1024 * 1024
MAX_REPORT_FILES = environment.number("QDTRADE_MAX_REPORT_FILES", 50, least=1)
# What is larger than any file that is taken is counted and not kept, wherever it is sent to.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "qdtrade.evidence.uploads.BoundedUploadHandler",
]

# Mail: to a server, into a folder (to look at), on the demo's terminal; or not at all.
EMAIL_HOST = environment.text("QDTRADE_MAIL_HOST", "")
EMAIL_FILE_PATH = environment.text("QDTRADE_MAIL_FOLDER", "")
MAIL_ON = bool(EMAIL_HOST or EMAIL_FILE_PATH or DEMO or TESTING)
EMAIL_BACKEND = "django.core.mail.backends." + (
    "smtp.EmailBackend"
    if EMAIL_HOST
    else "filebased.EmailBackend"
    if EMAIL_FILE_PATH
    else "console.EmailBackend"
)
MAIL_SECURITY = environment.choice("QDTRADE_MAIL_SECURITY", ("none", "starttls", "tls"), "starttls")
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL_SECURITY == "starttls", MAIL_SECURITY == "tls"
EMAIL_PORT = environment.number("QDTRADE_MAIL_PORT", {"none": 25, "starttls": 587, "tls": 465}[MAIL_SECURITY])
EMAIL_HOST_USER = environment.text("QDTRADE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = environment.text("QDTRADE_MAIL_PASSWORD", "")
EMAIL_TIMEOUT = 20
IS_REAL = not (DEMO or TESTING)
DEFAULT_FROM_EMAIL = environment.text(
    "QDTRADE_MAIL_FROM", None if MAIL_ON and IS_REAL else "register@localhost"
)
# The address that links in mails begin with.
SITE_URL = environment.site("QDTRADE_SITE", None if MAIL_ON and IS_REAL else "http://127.0.0.1:8000")
MAIL_HOURS = environment.hours("QDTRADE_MAIL_HOURS", "08:00-18:00")
DIGEST_AT = environment.time_of_day("QDTRADE_DIGEST_AT", "08:30")
MAIL_ATTEMPTS = environment.number("QDTRADE_MAIL_ATTEMPTS", 8, least=1)

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
    }
}

# The hash that new records are chained with; earlier ones keep the one that they name.
CHAIN_HASH = environment.hash_name("QDTRADE_CHAIN_HASH", ("sha256", "sm3"), "sha256")

SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": SELF,
        "img-src": SELF,
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": SELF,
        "frame-ancestors": ["'none'"],
    }
}
HTTPS = environment.flag("QDTRADE_HTTPS", default=not (DEMO or TESTING or DEBUG))
CSRF_FAILURE_VIEW = "qdtrade.web.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
BEHIND_PROXY = environment.flag("QDTRADE_BEHIND_PROXY")
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "qdtrade.accounts.models.session"
SESSION_COOKIE_HTTPONLY = True
# A session ends when nothing was done for so long, after a day's work in any case, and when the browser closes.
SESSION_COOKIE_AGE = environment.number("QDTRADE_IDLE_MINUTES", 60, least=2) * 60
SESSION_HOURS = environment.number("QDTRADE_SESSION_HOURS", 12, least=1)
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # the cookie keeps no time: the server alone does
X_FRAME_OPTIONS = "DENY"

TOKEN_DAYS = environment.number("QDTRADE_TOKEN_DAYS", 365, least=1)
API_RATE = environment.rate("QDTRADE_API_RATE", "600/minute")
API_RATE_NOBODY = environment.rate("QDTRADE_API_RATE_NOBODY", "60/minute")
if TESTING:
    API_RATE = API_RATE_NOBODY = None  # the tests of throttling set rates of their own

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["qdtrade.accounts.api.TokenDoor", "qdtrade.incoming.SessionDoor"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_THROTTLE_CLASSES": ["qdtrade.incoming.PersonThrottle"],
    "DEFAULT_PARSER_CLASSES": ["qdtrade.incoming.JSONBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["qdtrade.incoming.ListFilter"],
    "DEFAULT_PAGINATION_CLASS": "qdtrade.incoming.Pages",
    "DEFAULT_SCHEMA_CLASS": "qdtrade.openapi.drawing.Drawing",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "qdtrade.problems.problem_response",
    "NUM_PROXIES": 1 if environment.flag("QDTRADE_BEHIND_PROXY") else 0,
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "qdtrade",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_NAME_OVERRIDES": {
        "BreakthroughStatus": "qdtrade.breakthroughs.models.Breakthrough.Status",
        "ReadingStatus": "qdtrade.indicators.models.Reading.Status",
        "ProjectStatus": "projects.models.Project.Status",
        "ProjectKind": "projects.models.Project.Kind",
        "GateStatus": "projects.models.Gate.Status",
        "GateStep": "projects.models.Gate.Step",
        "MoneyKind": "projects.models.MoneyKind",
        "Currency": "projects.models.Currency",
        "FiledStatus": "qdtrade.programmes.models.Filed.Status",
        "TaskStatus": "tasks.models.Task.Status",
        "ReportStatus": "tasks.models.Report.Status",
        "PeriodStatus": "qdtrade.programmes.models.Period.Status",
        "PeriodKind": "qdtrade.programmes.models.Period.Kind",
        "BureauKind": "qdtrade.accounts.models.Bureau.Kind",
        "MilestoneState": "tasks.models.Milestone.State",
        "Decision": "tasks.models.ReportVersion.Decision",
        "Light": "tasks.models.task.Light",
        "Timeliness": "qdtrade.programmes.models.Timeliness",
        "MemberRole": "qdtrade.programmes.models.Role",
        "DueFrom": "qdtrade.programmes.models.Programme.DueFrom",
    },
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "qdtrade.openapi.document.complete",
    ],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"axes": {"level": "ERROR"}},  # failures and locks are in the records, with names
}
