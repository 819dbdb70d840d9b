"""Text as people see it: nothing in it that hides, turns it around, or looks like a space and is none."""

import unicodedata

_LINES = "\n\r\t"
_BREAKS = {"\u2028": "\n", "\u2029": "\n\n"}


class _Shown(dict[int, str | None]):
    """For `str.translate`; each character is looked up once."""

    def __missing__(self, code: int) -> str | None:
        sign = chr(code)
        kind = unicodedata.category(sign)
        if sign in _LINES or kind[0] not in "CZ":
            shown: str | None = sign
        else:
            shown = _BREAKS.get(sign, " ") if kind[0] == "Z" else None
        self[code] = shown
        return shown


_SHOWN = _Shown()


def visible(text: str) -> str:
    """Without control and format characters (zero width, direction); any space there is becomes one."""
    return text if text.isprintable() else text.translate(_SHOWN)
