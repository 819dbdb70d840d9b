"""What has to be there before honor is paid, and how far a month has come on its way."""

import re
import unicodedata
from collections.abc import Collection
from enum import StrEnum


class Lack(StrEnum):
    """What one mitra's payment still waits for, in the order it is mended."""

    CONTRACT = "contract"
    HANDOVER = "handover"
    RECEIPT = "receipt"
    ACCOUNT = "account"
    HOLDER = "holder"
    NUMBER = "number"


class Stage(StrEnum):
    """How far one mitra's month has come; `nihil` was handed over and pays nothing."""

    LACKING = "kurang"
    READY = "siap"
    LISTED = "daftar"
    PAID = "dibayar"
    NOTHING = "nihil"


def stage_of(in_list: str, *, due: int | None, lacks: Collection[Lack]) -> Stage:
    """`in_list` is the state of the list that holds the mitra, "" for none; `due` None before handover."""
    if in_list:
        return Stage.PAID if in_list == "paid" else Stage.LISTED
    if due == 0:
        return Stage.NOTHING
    return Stage.LACKING if lacks or due is None else Stage.READY


def same_name(holder: str, name: str) -> bool:
    """Whether an account's holder is the mitra, whatever the capitals, accents, dots and degrees."""
    return _bare(holder) == _bare(name) != ""


def _bare(name: str) -> str:
    """`SITI Nur'aini, S.ST.` as `siti nuraini`: what follows a comma is a degree."""
    plain = unicodedata.normalize("NFKD", name.split(",", maxsplit=1)[0]).casefold()
    return " ".join(re.sub(r"[^a-z0-9 ]", "", plain).split())
