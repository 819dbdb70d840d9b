"""What a worker process of the tests runs with: the product, the kind the tests make, and a disk."""

from halopst.config.settings import *  # noqa: F403  # a settings module is meant to be extended whole

INSTALLED_APPS = [*INSTALLED_APPS, "tests.letters.office"]  # noqa: F405  # from the star above
SECRET_KEY = "only-for-tests"
