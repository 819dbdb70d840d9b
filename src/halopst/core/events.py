"""Facts: what one domain tells the rest of the platform, without knowing who listens.

A fact is a frozen dataclass in the domain that owns it. `publish` defers one job per
listener on the current database transaction, so a rollback takes the jobs with it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict, dataclass
from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

Listener = Callable[..., None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """Base of every fact. Fields are plain JSON values: ids, strings, numbers."""


_announcing: ContextVar[bool] = ContextVar("announcing", default=True)
_listeners: defaultdict[type[Event], list[Task[Any, Any, Any]]] = defaultdict(list)


def on(event: type[Event], *, queue: str = "default", attempts: int = 5) -> Callable[[Listener], Listener]:
    """Run the decorated function as a job each time `event` is published."""

    def register(listener: Listener) -> Listener:
        _listeners[event].append(task(queue=queue, attempts=attempts)(listener))
        return listener

    return register


def task(
    *, queue: str = "default", attempts: int = 5, lock: str | None = None, queueing_lock: str | None = None
) -> Callable[[Listener], Task[Any, Any, Any]]:
    """A job named after its module and function, retried with growing pauses."""

    def register(function: Listener) -> Task[Any, Any, Any]:
        return app.task(
            name=f"{function.__module__}.{function.__name__}",
            queue=queue,
            retry=RetryStrategy(max_attempts=attempts, exponential_wait=4),
            lock=lock,
            queueing_lock=queueing_lock,
        )(function)

    return register


@contextmanager
def unannounced() -> Iterator[None]:
    """Publish to nobody: for entering history, which must not message people about what is long past."""
    token = _announcing.set(False)
    try:
        yield
    finally:
        _announcing.reset(token)


def publish(event: Event) -> None:
    if not _announcing.get():
        return
    for listener in _listeners[type(event)]:
        app.configure_task(listener.name, queue=listener.queue).defer(**asdict(event))
