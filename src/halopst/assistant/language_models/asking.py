"""The providers are asked one after the other, within one time-out for all."""

import asyncio
import time
from collections.abc import Sequence
from importlib import import_module

from halopst.assistant.language_models.protocol import Anew, Brief, Heard, NotWritten, Search, Writer, Written
from halopst.assistant.language_models.providers import Provider

SHARE = 0.6
"""The share of the remaining time that a provider may take while another one waits its turn."""
RESTS_FOR = 30.0  # seconds without asking a provider that failed; each process counts for itself
TIRED = frozenset({"slow", "dead", "limited"})
_resting: dict[str, float] = {}
LEAST = 0.2  # seconds: less is not worth a connection


async def draft(
    write: Writer,
    providers: Sequence[Provider],
    brief: Brief,
    *,
    search: Search,
    heard: Heard,
    anew: Anew,
    within: float,
) -> Written:
    """The first draft that any provider gives; raises the last provider's NotWritten if none does.

    `anew` is called where another provider begins: what was heard of the one before is no part of the draft.
    """
    end = time.monotonic() + within
    awake = [one for one in providers if _resting.get(one.address, 0.0) <= time.monotonic()]
    failed = NotWritten("resting" if providers else "missing")
    tokens_in = tokens_out = 0
    for place, provider in enumerate(awake, 1):
        left = end - time.monotonic()
        if left < LEAST:
            break
        if place > 1:
            await anew()
        try:
            async with asyncio.timeout(left if place == len(awake) else left * SHARE):
                return await write(provider, brief, search, heard)
        except TimeoutError:
            failed = NotWritten("slow", tokens_in=brief.tokens)
        except NotWritten as reason:
            failed = reason
        if failed.reason in TIRED:
            _resting[provider.address] = time.monotonic() + RESTS_FOR
        tokens_in, tokens_out = tokens_in + failed.tokens_in, tokens_out + failed.tokens_out
    raise NotWritten(failed.reason, tokens_in=tokens_in, tokens_out=tokens_out)


def wake() -> None:
    """Ask all providers again, also those that rest after a failure."""
    _resting.clear()


def writer() -> Writer:
    """The function that asks a provider.

    Its library takes a second to load: call this where nobody waits.
    """
    write: Writer = import_module("halopst.assistant.language_models.chat_completions").write
    return write
