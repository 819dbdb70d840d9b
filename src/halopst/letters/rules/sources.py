"""Words of Typst that a template may not use, as they reach outside it."""

import re

# `import` and `include` would reach for files and the network, `eval` would hide them from this look.
_FORBIDDEN = re.compile(r"(?<![\w-])(import|include|eval|plugin|read)(?![\w-])")


def forbidden_word(source: str) -> tuple[str, int] | None:
    """The first word a template may not use, with its line; None when there is none."""
    found = _FORBIDDEN.search(source)
    return (found[1], source.count("\n", 0, found.start()) + 1) if found else None
