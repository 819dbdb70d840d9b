"""Templates as they are sent: without the line ends and spaces that lay them out for their readers.

A page of many rows would weigh two and a half times as much. Where whitespace shows nothing, beside an
element that stands on lines of its own, none is left; elsewhere one space stays for a line end. Only HTML:
in a script or a file of plain text a line end means something.
"""

import re

from django.template import Origin
from django.template.loaders import app_directories

_OWN_LINES = (
    "address|article|aside|blockquote|body|caption|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]"
    "|head|header|hr|html|legend|li|link|main|meta|nav|ol|optgroup|option|p|section|summary|table|tbody|td|tfoot|th"
    "|thead|title|tr|ul"
)
_KEPT = re.compile(r"(<(?P<tag>pre|textarea|script|style)\b.*?</(?P=tag)>)", re.DOTALL)
_BEFORE = re.compile(rf"\s*\n\s*(?=</?(?:{_OWN_LINES})\b|>)")
_AFTER_OPENING = re.compile(rf"(<(?:{_OWN_LINES})\b[^<>{{}}]*>)\s*\n\s*")
_AFTER_CLOSING = re.compile(rf"(</(?:{_OWN_LINES})>)\s*\n\s*")
_LINE_END = re.compile(r"\s*\n\s*")


class Loader(app_directories.Loader):
    def get_contents(self, origin: Origin) -> str:
        source = super().get_contents(origin)
        return unindented(source) if str(origin.template_name).endswith(".html") else source


def unindented(source: str) -> str:
    parts = _KEPT.split(source)
    # The split gives what may be closer together, a place kept as it stands, and the name of its tag.
    parts[::3] = map(_closer, parts[::3])
    del parts[2::3]
    return "".join(parts)


def _closer(source: str) -> str:
    for pattern, left in ((_AFTER_OPENING, r"\1"), (_AFTER_CLOSING, r"\1"), (_BEFORE, ""), (_LINE_END, " ")):
        source = pattern.sub(left, source)
    return source
