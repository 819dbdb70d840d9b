"""What a worker process of the tests runs with: the product, and the kinds the tests send."""

from halopst.config.settings import *  # noqa: F403  # a settings module is meant to be extended whole

INSTALLED_APPS = [*INSTALLED_APPS, "tests.notifications.kinds"]  # noqa: F405  # from the star above
SECRET_KEY = "only-for-tests"
