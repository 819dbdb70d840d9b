"""What mitra do on their own page, and what an office does about it."""

from halopst.partners.services.own.accounts import confirm_account, remark_account, settle_remarks
from halopst.partners.services.own.answering import answer_offer
from halopst.partners.services.own.appealing import appeal_blacklisting
from halopst.partners.services.own.entering import (
    ask_again,
    ask_code,
    enter,
    forget_entries,
    leave,
    send_code,
)
from halopst.partners.services.own.linking import ask_links, revoke_links, send_link, send_links_of_month
from halopst.partners.services.own.scanning import (
    drop_unneeded_scans,
    read_scan,
    return_scan,
    send_scan,
    take_scan,
)

__all__ = [
    "answer_offer",
    "appeal_blacklisting",
    "ask_again",
    "ask_code",
    "ask_links",
    "confirm_account",
    "drop_unneeded_scans",
    "enter",
    "forget_entries",
    "leave",
    "read_scan",
    "remark_account",
    "return_scan",
    "revoke_links",
    "send_code",
    "send_link",
    "send_links_of_month",
    "send_scan",
    "settle_remarks",
    "take_scan",
]
