"""The kinds of letters an office makes of its mitra's work: `letters` finds them when the platform starts."""

from halopst.partners.letter_kinds import addenda, contracts, papers, payment_lists, receipts

__all__ = ["addenda", "contracts", "papers", "payment_lists", "receipts"]
