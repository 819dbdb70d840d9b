"""One listening connection for each process, however many pages listen through it."""

import asyncio
import json
import logging
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection

from halopst.core.live import CHANNEL, Told

logger = logging.getLogger(__name__)

WAITING_AT_MOST = 200
READY_WITHIN = 5.0
RETRY_AFTER = 1.0

# None in a queue means: something was missed, look it up.
Queue = asyncio.Queue[Told | None]


class Hub:
    """Hands each notification to the queues of its topic. Listens only while somebody does."""

    def __init__(self) -> None:
        self._queues: defaultdict[str, set[Queue]] = defaultdict(set)
        self._listening = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def subscribe(self, topics: frozenset[str]) -> AsyncIterator[Queue]:
        """A queue of what is told on `topics` from now on; TimeoutError when the database cannot be heard."""
        queue: Queue = asyncio.Queue(WAITING_AT_MOST)
        for name in topics:
            self._queues[name].add(queue)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        try:
            await asyncio.wait_for(self._listening.wait(), READY_WITHIN)
            yield queue
        finally:
            self._leave(queue, topics)

    def _leave(self, queue: Queue, topics: frozenset[str]) -> None:
        for name in topics:
            self._queues[name].discard(queue)
            if not self._queues[name]:
                del self._queues[name]
        if not self._queues and self._task is not None:
            self._task.cancel()
            self._task = None
            self._listening.clear()

    async def _listen(self) -> None:
        heard_before = False
        while True:
            try:
                await self._hear(again=heard_before)
            except psycopg.Error:
                logger.warning("live.listener_lost")
            heard_before = heard_before or self._listening.is_set()
            self._listening.clear()
            await asyncio.sleep(RETRY_AFTER)

    async def _hear(self, *, again: bool) -> None:
        """Hand out what is told until the connection breaks; `again`: it broke before, so some was missed."""
        async with await psycopg.AsyncConnection.connect(**_address(), autocommit=True) as database:
            await database.execute(f"LISTEN {CHANNEL}")
            self._listening.set()
            if again:
                for queue in {queue for queues in self._queues.values() for queue in queues}:
                    _put(queue, None)
            async for notice in database.notifies():
                told = Told(**json.loads(notice.payload))
                for queue in self._queues.get(told.topic, ()):
                    _put(queue, told)


def _put(queue: Queue, told: Told | None) -> None:
    """A listener too slow to follow loses its backlog and is told to look it up."""
    if queue.full():
        with suppress(asyncio.QueueEmpty):
            while True:
                queue.get_nowait()
        told = None
    queue.put_nowait(told)


def _address() -> dict[str, Any]:
    """Where Django's own connection goes, without what belongs to its cursors."""
    mine = {"cursor_factory", "context", "prepare_threshold"}
    return {name: value for name, value in connection.get_connection_params().items() if name not in mine}


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The hub of the running event loop, that is of this process."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
