"""What differs between offices comes from the environment; docs/operations.md has a line for each."""

from pathlib import Path

import environ
from csp.constants import NONCE, SELF
from django.utils.translation import gettext_lazy as _

from halopst.config.embedded import database_url
from halopst.config.identity import identity_origins, identity_providers
from halopst.config.language_models import language_models
from halopst.config.observability.logs import logging_config
from halopst.config.secrets import local_secret
from halopst.config.storage import media_storage

env = environ.Env()

VAR_DIR = Path(env.str("HALOPST_VAR", default=str(Path.cwd() / "var"))).absolute()
DEBUG = env.bool("HALOPST_DEBUG", default=False)
SECRET_KEY = env.str("HALOPST_SECRET_KEY", default="") or local_secret(VAR_DIR)
# What seals the numbers of mitra. Apart from the secret key, which may have to be changed in a hurry.
IDENTITY_KEY = env.str("HALOPST_IDENTITY_KEY", default="") or SECRET_KEY
ALLOWED_HOSTS = env.list("HALOPST_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PUBLIC_URL = env.str("HALOPST_PUBLIC_URL", default="http://localhost:8000").rstrip("/")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
USES_TLS = PUBLIC_URL.startswith("https://")

PLATFORM_APPS = [
    "halopst.core",
    "halopst.audit",
    "halopst.units",
    "halopst.accounts",
    "halopst.calendars",
    "halopst.notifications",
    "halopst.scheduling",
    "halopst.letters",
    "halopst.knowledge",
    "halopst.cases",
    "halopst.consultations",
    "halopst.assistant",
    "halopst.partners",
    "halopst.satisfaction",
    "halopst.reporting",
    "halopst.portal",
    "halopst.demo",
]
INSTALLED_APPS = [
    *PLATFORM_APPS,
    "procrastinate.contrib.django",
    "template_partials.apps.SimpleAppConfig",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_htmx",
    "lucide",
    "ninja",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "halopst.config.observability.logs.request_log_middleware",
    "halopst.core.addresses.NulMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "halopst.accounts.middleware.ActorMiddleware",
    "halopst.accounts.middleware.IdleMiddleware",
    "halopst.accounts.middleware.SecondFactorMiddleware",
    "halopst.core.wayback.WayBackMiddleware",
    "halopst.core.refusals.RefusalMiddleware",
]
ROOT_URLCONF = "halopst.config.urls"
ASGI_APPLICATION = "halopst.config.asgi.application"
AUTH_USER_MODEL = "accounts.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mulai/"
LOGOUT_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "halopst.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1",
]  # no sign-up page exists; the password field is for signing in
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made only after its address has answered a code
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "60/15m/ip,5/15m/key"}
SOCIALACCOUNT_ADAPTER = "halopst.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": identity_providers(env)}}
MFA_ADAPTER = "halopst.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "HaloPST"
MFA_TOTP_TOLERANCE = 1
STAFF_TOTP_REQUIRED = (
    env.str("HALOPST_STAFF_TOTP", default="required" if USES_TLS else "optional") == "required"
)
STAFF_IDLE_MINUTES = env.int("HALOPST_STAFF_IDLE_MINUTES", default=20)
SESSION_COOKIE_AGE = 60 * 60 * 24 * env.int("HALOPST_VISITOR_IDLE_DAYS", default=14)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}

DATABASES = {"default": env.db_url_config(env.str("DATABASE_URL", default="") or database_url(VAR_DIR))}
DB_POOL = env.int("HALOPST_DB_POOL", default=0)
if DB_POOL:
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": DB_POOL,
        "timeout": 20,
    }

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "builtins": ["template_partials.templatetags.partials", "django.templatetags.i18n"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "halopst.portal.navigation.navigation",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["halopst.core.unindented.Loader"],
                        )
                    ],
                )
            ],
        },
    }
]

LANGUAGE_CODE = "id"
LANGUAGES = [("id", _("Bahasa Indonesia")), ("en", _("Inggris"))]
TIME_ZONE = "Asia/Jakarta"
USE_TZ = True
LANGUAGE_COOKIE_NAME = "bahasa"
LOCALE_PATHS = [Path(__file__).parent / "locale"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "media"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
STORAGES = {
    "default": media_storage(env),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# The first start compresses every file once; what no browser asks for would cost it half a minute.
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["br", "gif", "gz", "jpeg", "jpg", "map", "png", "webp", "woff2", "zip"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "style-src-attr": ["'unsafe-inline'"],
        "img-src": [SELF, "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": [SELF, *identity_origins(env)],
        "base-uri": [SELF],
    }
}
SECURE_SSL_REDIRECT = USES_TLS
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside, before any TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 31_536_000 if USES_TLS else 0
# Neither the office's other subdomains nor the browsers' preload list are ours to decide about.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = USES_TLS
SESSION_COOKIE_NAME = "sesi"
SESSION_COOKIE_HTTPONLY = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
# A full page of the allocation sheet, 25 mitra by 20 activities, and what goes with it.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 600
ATTACHMENT_MEGABYTES = env.int("HALOPST_ATTACHMENT_MB", default=10)
ATTACHMENT_TYPES = env.list(
    "HALOPST_ATTACHMENT_TYPES",
    default=["pdf", "docx", "xlsx", "pptx", "odt", "ods", "csv", "txt", "png", "jpg", "jpeg", "webp"],
)

LOGGING = logging_config(env.str("HALOPST_LOG_LEVEL", default="INFO"))
MEETING_BASE = env.str("HALOPST_MEETING_BASE", default="").rstrip("/")
METRICS_TOKEN = env.str("HALOPST_METRICS_TOKEN", default="")

# Questions to the assistant from one network in a minute; 0 sets no limit.
ASKS_PER_MINUTE = env.int("HALOPST_ASKS_PER_MINUTE", default=3_000)
# Models of language that may word AIDA's answers; none is the default. Limits are a day's, 0 sets none.
MODELS = language_models(env)
MODEL_SECONDS = env.float("HALOPST_MODEL_SECONDS", default=15.0)
MODEL_CALLS_PER_VISITOR = env.int("HALOPST_MODEL_CALLS_PER_VISITOR", default=100)
MODEL_CALLS_PER_UNIT = env.int("HALOPST_MODEL_CALLS_PER_UNIT", default=2_000)
MODEL_CALLS_PER_DAY = env.int("HALOPST_MODEL_CALLS_PER_DAY", default=20_000)
MODEL_TOKENS_PER_DAY = env.int("HALOPST_MODEL_TOKENS_PER_DAY", default=0)
# Messages AIDA answers one WhatsApp number in a minute; 0 sets no limit.
CHATS_PER_MINUTE = env.int("HALOPST_CHATS_PER_MINUTE", default=12)
# Days a conversation stays that its visitor allowed us to keep.
AIDA_KEPT_DAYS = env.int("HALOPST_AIDA_KEPT_DAYS", default=365)

DEMO = env.bool("HALOPST_DEMO", default=False)
SMTP_URL = env.str("HALOPST_SMTP_URL", default="")
MAIL_FROM = env.str("HALOPST_SMTP_FROM", default="halopst@localhost")
WHATSAPP = {
    "base_url": env.str("HALOPST_WHATSAPP_BASE_URL", default="https://graph.facebook.com/v23.0"),
    "phone_id": env.str("HALOPST_WHATSAPP_PHONE_ID", default=""),
    "token": env.str("HALOPST_WHATSAPP_TOKEN", default=""),
    "app_secret": env.str("HALOPST_WHATSAPP_APP_SECRET", default=""),
    "verify_token": env.str("HALOPST_WHATSAPP_VERIFY_TOKEN", default=""),
}
ESIGN = {
    "address": env.str("HALOPST_ESIGN_URL", default=""),
    "user": env.str("HALOPST_ESIGN_USER", default=""),
    "password": env.str("HALOPST_ESIGN_PASSWORD", default=""),
    "is_visible": env.bool("HALOPST_ESIGN_VISIBLE", default=True),
    "terms": {
        "seconds": env.float("HALOPST_ESIGN_SECONDS", default=30.0),
        "asks_totp": env.bool("HALOPST_ESIGN_TOTP", default=False),
        "active": frozenset(env.list("HALOPST_ESIGN_ACTIVE", default=["ISSUE"])),
        "tag": env.str("HALOPST_ESIGN_TAG", default=""),
        "from_top": env.bool("HALOPST_ESIGN_FROM_TOP", default=False),
        "subscriber": env.str("HALOPST_ESIGN_SUBSCRIBER", default=""),
    },
}
EMAIL_BACKEND = "halopst.notifications.backends.OutboxBackend"
DEFAULT_FROM_EMAIL = MAIL_FROM
