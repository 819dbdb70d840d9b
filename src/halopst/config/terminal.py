def say(text: str) -> None:
    """One line for the person at the keyboard, at once."""
    print(text, flush=True)  # noqa: T201 - a command talks to its terminal
