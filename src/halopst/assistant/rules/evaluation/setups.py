"""Which language model words the answers, by name, and with which version of its instructions."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Using:
    """`model` is one of those the installation was set up with; empty for none."""

    model: str = ""
    prompt: str = ""


NO_MODEL = Using()
