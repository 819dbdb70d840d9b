"""The states of a text: which verb leads from which state to which."""

MOVES: dict[tuple[str, str], str] = {
    ("draft", "publish"): "published",
    ("withdrawn", "publish"): "published",
    ("published", "withdraw"): "withdrawn",
}


def after(state: str, verb: str) -> str | None:
    """The state `verb` leads to, or None where it leads nowhere."""
    return MOVES.get((state, verb))
