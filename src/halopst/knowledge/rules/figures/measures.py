"""Units of measure as titles and heads of tables name them: `(Jiwa)`, `(ribu ton)`, `(jiwa/km2)`."""

import re

from halopst.knowledge.rules.figures.table_words import listed

_COUNTED, _OTHERS, _SCALES = (listed("units", name) for name in ("counted", "others", "scales"))
_SCALE_SAID = re.compile(
    r"\b(ribu|ribuan|juta|jutaan|miliar|milyar|miliaran|milyaran|triliun|triliunan)\b", re.IGNORECASE
)
_BRACKETS = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]")


def units_in(text: str) -> list[str]:
    """The units in brackets, in order, each as it is written."""
    inside = [(first or second).strip() for first, second in _BRACKETS.findall(text)]
    return [one for one in inside if is_unit(one)]


def without_units(text: str) -> str:
    """Without the brackets that hold a unit; others stay."""
    bare = _BRACKETS.sub(lambda found: "" if is_unit((found[1] or found[2]).strip()) else found[0], text)
    return " ".join(bare.replace(" ,", ",").split())


def is_unit(text: str) -> bool:
    said = _words(text)
    known = all(word in _SCALES or word == "per" or _is_known(word) for word in said)
    return known and any(word not in _SCALES and word != "per" for word in said)


def same_measure(one: str, other: str) -> bool:
    """Whether both name the same unit, however it is typed: `Persen`, `persen` and `%`.

    The trigger `keep_measures` compares in the same way.
    """
    return _typed_alike(one) == _typed_alike(other)


def _typed_alike(measure: str) -> str:
    alike = " ".join(measure.casefold().split())
    return "persen" if alike == "%" else alike


def is_counted(measure: str) -> bool:
    """Whether it counts whole things; such figures have no decimals."""
    said = _words(measure)
    return bool(said) and all(word in _COUNTED for word in said)


def says_scale(text: str) -> bool:
    """Whether a footnote gives the scale of the figures (`dalam ribuan`)."""
    return bool(_SCALE_SAID.search(text))


def _words(text: str) -> list[str]:
    return text.casefold().replace("rumah tangga", "rumahtangga").replace(".000", "000").split()


def _is_known(word: str) -> bool:
    return all(part in _COUNTED or part in _OTHERS for part in word.split("/"))
