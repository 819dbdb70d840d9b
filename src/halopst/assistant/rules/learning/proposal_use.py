"""How much of a proposed text is found in what was sent."""

from difflib import SequenceMatcher

WHOLE = 100
USED = 20  # percent; from here on the message counts as made from the proposal


def share_kept(proposed: str, sent: str) -> int:
    """Percent of the proposed words that stand in `sent` in the same order."""
    words = proposed.split()
    if not words:
        return 0
    blocks = SequenceMatcher(None, words, sent.split(), autojunk=False).get_matching_blocks()
    return WHOLE * sum(block.size for block in blocks) // len(words)


def is_whole(proposed: str, sent: str) -> bool:
    """Whether nothing was changed, added or left out; spaces do not count."""
    return proposed.split() == sent.split()
