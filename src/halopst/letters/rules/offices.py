"""An office's name and letterhead as its letters write them."""

from typing import Final

AGENCY: Final = "Badan Pusat Statistik"
SHORT: Final = "BPS"
HEAD_OFFICE: Final = "BPS Pusat"


def official_name(name: str) -> str:
    """`BPS Kota Surabaya` as `Badan Pusat Statistik Kota Surabaya`; the head office is just that."""
    if name == HEAD_OFFICE:
        return AGENCY
    first, _space, rest = name.partition(" ")
    return f"{AGENCY} {rest}" if first == SHORT and rest else name


def number_code(code: str) -> str:
    """How an office's letters name it in their numbers: `35780`, its code with a unit of its own behind."""
    return f"{code}0"


def letterhead(name: str, lines: str, contact: str) -> tuple[str, str]:
    """What stands large at the head of a letter, and what stands small below it.

    The office's own `lines` come first: those in capitals at their start are its name. Where they hold no
    name it is `name`, where they hold no more than the name it is `contact` that follows.
    """
    own = [line.strip() for line in lines.splitlines() if line.strip()]
    large = next((place for place, line in enumerate(own) if not line.isupper()), len(own))
    return "\n".join(own[:large]) or name.upper(), "\n".join(own[large:]) or contact
