"""The short commands: each prepares its surroundings and hands over to Django, uvicorn or Procrastinate."""

import asyncio
import os
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Thread

import uvicorn
from django.conf import settings
from django.core.management import call_command, execute_from_command_line
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from halopst.config.collecting import collect_static_files
from halopst.config.environment import database, holds_demonstration, one_at_a_time
from halopst.config.failures import CommandFailed
from halopst.config.inspection import inspect, meet_models
from halopst.config.postgres_tools import console
from halopst.config.supervision import end_with

STOPS_WITHIN = 5  # seconds; live streams never end by themselves
JOBS_END_WITHIN = 10
JOBS_AT_ONCE = 24


def web(host: str, port: int, parent: int | None = None) -> None:
    if parent is not None:
        end_with(parent)
    with database(pooled=True):
        settings.DEMO = settings.DEMO or holds_demonstration()
        collect_static_files()
        Thread(target=meet_models, daemon=True).start()
        uvicorn.run(
            "halopst.config.asgi:application",
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            lifespan="off",
            timeout_graceful_shutdown=STOPS_WITHIN,
        )


def worker(parent: int | None = None) -> None:
    if parent is not None:
        end_with(parent)
    os.environ.setdefault("HALOPST_DB_POOL", str(JOBS_AT_ONCE + 2))  # else each job opens its own connection
    with database():
        # An app of its own takes the jobs. Ours keeps Django's connection, so that what a job defers is
        # committed with what it writes: another worker must not begin it before.
        asyncio.run(_work(app.with_connector(DjangoConnector().get_worker_connector())))


async def _work(working: App) -> None:
    """Most jobs wait for a mail server or a provider: many threads, few processors."""
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(JOBS_AT_ONCE))
    async with working.open_async():
        await working.run_worker_async(concurrency=JOBS_AT_ONCE, shutdown_graceful_timeout=JOBS_END_WITHIN)


def migrate() -> None:
    with database(), one_at_a_time():
        call_command("migrate", interactive=False)
        call_command("load_reference")


def demo(scale: int, *, wait: bool) -> None:
    if scale < 1:
        raise CommandFailed("Skala harus 1 atau lebih, misalnya 'halopst demo --scale 10'.")
    with database(), one_at_a_time():
        migrate_quietly()
        call_command("demo", scale=scale, wait=wait)


def check() -> None:
    with database():
        inspect()


def admin(words: list[str]) -> None:
    with database():
        call_command("appoint_admin", *words)


def token(words: list[str]) -> None:
    with database():
        call_command("create_api_token", *words)


def knowledge(words: list[str]) -> None:
    with database():
        call_command("knowledge", *words)


def aida(words: list[str]) -> None:
    with database():
        call_command("aida", *words)


def manage(words: list[str]) -> None:
    with database():
        if words[:1] == ["dbshell"]:  # Django's knows no address of ours, and asks for a psql of the system's
            console([word for word in words[1:] if word != "--"])
            return
        execute_from_command_line(["halopst manage", *words])


def migrate_quietly() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    call_command("load_reference", stdout=StringIO())
