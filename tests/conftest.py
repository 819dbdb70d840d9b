from datetime import UTC, datetime

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, settings
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from xdist.scheduler import LoadFileScheduling

from tests.lookups import fail_on_names_no_model_has
from tests.template import template

# How long an example takes is the machine's affair, not a test's.
settings.register_profile("halopst", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("halopst")

fail_on_names_no_model_has()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Every worker's database is a copy of the template."""
    connection.settings_dict["TEST"]["TEMPLATE"] = template()


@pytest.fixture
def in_november(monkeypatch):
    """Doors read Friday 20 November 2026, 10.00 WIB: the month the offices of these tests work in."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 20, 3, tzinfo=UTC))


@pytest.fixture
def run_jobs(db):
    """Run every waiting job now, and those they start, in this transaction; return the names of what ran."""

    def run() -> list[str]:
        ran = []
        while (
            job := ProcrastinateJob.objects.filter(status="todo")
            .exclude(pk__in=ran_ids)
            .order_by("id")
            .first()
        ):
            ran_ids.add(job.pk)
            app.tasks[job.task_name](**job.args)
            ran.append(job.task_name)
        return ran

    ran_ids: set[int] = set()
    return run


@pytest.fixture
def waiting_jobs(db):
    """Names of the jobs nobody has run yet, in order."""
    return lambda: list(
        ProcrastinateJob.objects.filter(status="todo").order_by("id").values_list("task_name", flat=True)
    )


@pytest.fixture(autouse=True)
def _an_empty_queue(request):
    """Django does not empty the queue's tables after a test that commits: they are not its models."""
    marker = request.node.get_closest_marker("django_db")
    commits = (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(
        request.fixturenames
    )
    if not commits:
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs, procrastinate_workers CASCADE")


def pytest_make_parametrize_id(val, argname):
    """Bytes are named after their argument: an archive made in each worker differs by its time."""
    return argname if isinstance(val, bytes) else None


class OneServiceForTheBrowser(LoadFileScheduling):
    """Files stay together, and all that need the whole service beside them: it takes a minute to build."""

    def _split_scope(self, nodeid):
        return "tests/e2e" if nodeid.startswith("tests/e2e/") else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return OneServiceForTheBrowser(config, log)
