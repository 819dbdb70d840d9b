"""The product's settings, made fast for tests: cheaper passwords, unhashed static files."""

from halopst.config.settings import *  # noqa: F403  # a settings module is meant to be extended whole

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
SECRET_KEY = "only-for-tests"
LOGGING["root"]["level"] = "WARNING"  # noqa: F405  # comes with the settings above
