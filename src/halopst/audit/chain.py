"""The record as a chain of hashes, and its check, which needs neither the database nor Django.

Each link is the SHA-256 of the link before it and of what its entry says, in the one way `written` writes it.
Whoever changes an entry must change every link after it; against that stands a head noted elsewhere.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

START = "0" * 64
Said = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Linked:
    """An entry at its place; places are counted from 1."""

    number: int
    hash: str
    said: Said


@dataclass(frozen=True, slots=True)
class Fault:
    """`code`: `unreadable`, `changed`, `missing` or `head`, at that place; `outside`: so many in no place."""

    code: str
    number: int


@dataclass
class Verdict:
    """The number and the hash of the last link, and what does not fit."""

    links: int
    head: str
    faults: list[Fault]


def link(before: str, said: Said) -> str:
    return sha256(f"{before}\n{written(said)}".encode()).hexdigest()


def written(said: Said) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def line(linked: Linked) -> bytes:
    """One line of the file that can be checked anywhere."""
    return (
        written({"number": linked.number, "hash": linked.hash, "entry": dict(linked.said)}).encode() + b"\n"
    )


def verify(links: Iterable[Linked | None], head: tuple[int, str] | None = None) -> Verdict:
    """Follow the chain; None stands for a line that is none. `head` is one that was noted earlier."""
    verdict, before, noted = Verdict(0, START, []), START, head is None
    for at, one in enumerate(links, 1):
        if one is None:
            verdict.faults.append(Fault("unreadable", at))
            continue
        if one.number != verdict.links + 1 and not _broken_at(verdict, one.number - 1):
            verdict.faults.append(Fault("missing", verdict.links + 1))
        elif link(before, one.said) != one.hash and not _broken_at(verdict, one.number - 1):
            verdict.faults.append(Fault("changed", one.number))
        noted = noted or (one.number, one.hash) == head
        verdict.links, verdict.head, before = one.number, one.hash, one.hash
    if not noted and head:
        verdict.faults.append(Fault("head", head[0]))
    return verdict


def _broken_at(verdict: Verdict, number: int) -> bool:
    """The link after an unreadable one cannot be held against it."""
    return Fault("unreadable", number) in verdict.faults[-1:]


def lines_read(file: Iterable[bytes]) -> Iterator[Linked | None]:
    """Byte for byte as `line` writes them; anything else is no line."""
    for raw in file:
        try:
            given = json.loads(raw)
            linked = Linked(given["number"], given["hash"], given["entry"])
            yield linked if line(linked) == raw else None
        except (ValueError, KeyError, TypeError, RecursionError):
            yield None
