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

if TESTING:
    SECRET_KEY = "only-for-tests-" + "x" * 50
elif DEMO:
    SECRET_KEY = environment.kept_secret(VAR_DIR / "demo-secret.txt")
else:
    SECRET_KEY = environment.text("QDTRADE_SECRET_KEY")

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
    "tasks",
    "qdtrade.home",
    "qdtrade.upkeep",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "django_filters",
    "rest_framework",
    "csp",
    "axes",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
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
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "qdtrade.web.DoorMiddleware",
    "qdtrade.web.RefusalMiddleware",
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
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
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
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
MAX_FILE_BYTES = environment.number("QDTRADE_MAX_FILE_MB", 20) * 1024 * 1024

EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if DEMO
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = environment.text("QDTRADE_MAIL_HOST", "localhost")

TASKS = {
    "default": {
        "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"
        if TESTING
        else "django_tasks_db.DatabaseBackend",
    }
}

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
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if environment.flag("QDTRADE_BEHIND_PROXY") else None
)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_ENGINE = "qdtrade.accounts.models.session"
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["qdtrade.incoming.SessionDoor", "qdtrade.accounts.api.PasswordDoor"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_PARSER_CLASSES": ["qdtrade.incoming.JSONBody", "qdtrade.incoming.FormBody"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_FILTER_BACKENDS": ["qdtrade.incoming.ListFilter"],
    "DEFAULT_PAGINATION_CLASS": "qdtrade.incoming.Pages",
    "EXCEPTION_HANDLER": "qdtrade.problems.problem_response",
    "UNAUTHENTICATED_USER": None,
    "COERCE_DECIMAL_TO_STRING": True,
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
