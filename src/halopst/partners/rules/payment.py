"""What has to be there before honor is paid, and how far a month has come on its way."""

from datetime import date, timedelta
from enum import StrEnum

from halopst.partners.rules.money import last_day_of


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


def deadline_of(month: date, payment_days: int) -> date:
    """The last day on which the month's honor is paid in time: so many days after the month."""
    return last_day_of(month) + timedelta(days=payment_days)
