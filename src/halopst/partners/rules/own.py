"""The mitra's own page: how long things last, how often one may try, and when an offer may be answered."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from halopst.core.actors import Actor

LINK_LASTS: Final = timedelta(days=60)
LINK_REST: Final = timedelta(minutes=10)
CODE_LASTS: Final = timedelta(minutes=10)
SESSION_LASTS: Final = timedelta(hours=2)
SESSION_KEPT: Final = timedelta(days=90)
ATTEMPTS: Final = 5
WINDOW: Final = timedelta(minutes=10)
DAY: Final = timedelta(days=1)
PER_ADDRESS: Final = 3
PER_ADDRESS_A_DAY: Final = 10
PER_PERSON_A_DAY: Final = 15
PER_NETWORK: Final = 60
FAILURES_PER_NETWORK_A_DAY: Final = 60


@dataclass(frozen=True, slots=True)
class Mitra:
    """Someone who answered the code of one person: may see and say what is theirs, and nothing else."""

    person_id: int
    session_id: int

    @property
    def actor(self) -> Actor:
        """Who the record says it was. Holds no permission anywhere."""
        return Actor(label=f"mitra:{self.person_id}")


class Withheld(StrEnum):
    """Why an offer is closed to its mitra before its time."""

    BLACKLISTED = "daftar_hitam"
    INACTIVE = "nonaktif"


def is_answerable(*, volume: int, last_day: date, today: date, is_settled: bool) -> bool:
    """Whether an assignment still waits for its mitra's word: there is work left, and it is not `is_settled`.

    It is by a signed contract, or once the work is handed over.
    """
    return volume > 0 and today <= last_day and not is_settled


def masked_mail(address: str) -> str:
    """`sri.contoh@contoh.id` as `s•••@contoh.id`: enough for its owner."""
    name, at, host = address.partition("@")
    return f"{name[:1]}•••{at}{host}" if name and host else ""


def masked_number(digits: str) -> str:
    """The last three digits of a telephone number."""
    return f"••••••{digits[-3:]}" if digits else ""
