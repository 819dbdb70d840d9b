"""What has to be there before honor is paid, and how far a month has come on its way."""

from enum import StrEnum


class Lack(StrEnum):
    """What one mitra's payment still waits for, in the order it is mended."""

    CONTRACT = "contract"
    HANDOVER = "handover"
    RECEIPT = "receipt"
    ACCOUNT = "account"
    RETURNED = "returned"
    HOLDER = "holder"
    NUMBER = "number"


class Stage(StrEnum):
    """How far one mitra's month has come; `nihil` was handed over and pays nothing."""

    LACKING = "kurang"
    READY = "siap"
    LISTED = "daftar"
    PAID = "dibayar"
    NOTHING = "nihil"
