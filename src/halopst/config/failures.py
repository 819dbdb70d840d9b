"""How a command says no."""


class CommandFailed(Exception):
    """One Indonesian sentence for the person at the keyboard: what is wrong and what to do about it."""
