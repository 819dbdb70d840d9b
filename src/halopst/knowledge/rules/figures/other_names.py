"""The other names of an indicator: one on each line, an English one marked as such."""

ENGLISH = "en:"


def other_names(aliases: str) -> tuple[str, ...]:
    """Every name, without the mark."""
    return tuple(filter(None, (_bare(line) for line in aliases.splitlines())))


def english_name(aliases: str) -> str:
    """The first name that is marked as English; empty when there is none."""
    return next((_bare(line) for line in aliases.splitlines() if _is_english(line)), "")


def _is_english(line: str) -> bool:
    return line.strip().casefold().startswith(ENGLISH)


def _bare(line: str) -> str:
    return line.strip()[len(ENGLISH) if _is_english(line) else 0 :].strip()
