"""What an administrator's Prometheus reads: this process's requests, and the shared queues."""

from collections.abc import Iterable

from django.db import connection
from prometheus_client import REGISTRY, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

REQUESTS = Counter("halopst_requests_total", "Requests answered.", ["method", "route", "status"])
REQUEST_SECONDS = Histogram(
    "halopst_request_seconds",
    "Time to answer a request.",
    ["route"],
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)

WAITING_JOBS = """
    SELECT queue_name, count(*), extract(epoch FROM now() - min(coalesce(scheduled_at, now())))
    FROM procrastinate_jobs
    WHERE status = 'todo' AND coalesce(scheduled_at, now()) <= now()
    GROUP BY queue_name
"""
FAILED_JOBS = (
    "SELECT queue_name, count(*) FROM procrastinate_jobs WHERE status = 'failed' GROUP BY queue_name"
)


class Queues(Collector):
    """Reads the job queue when scraped, not when started."""

    def describe(self) -> Iterable[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterable[GaugeMetricFamily]:
        waiting = GaugeMetricFamily("halopst_jobs_waiting", "Jobs due but not begun.", labels=["queue"])
        oldest = GaugeMetricFamily(
            "halopst_jobs_oldest_seconds", "Age of the oldest due job.", labels=["queue"]
        )
        failed = GaugeMetricFamily(
            "halopst_jobs_failed", "Jobs that used up their attempts.", labels=["queue"]
        )
        with connection.cursor() as cursor:
            cursor.execute(WAITING_JOBS)
            for queue, count, late in cursor.fetchall():
                waiting.add_metric([queue], count)
                oldest.add_metric([queue], float(late))
            cursor.execute(FAILED_JOBS)
            for queue, count in cursor.fetchall():
                failed.add_metric([queue], count)
        return [waiting, oldest, failed]


REGISTRY.register(Queues())
