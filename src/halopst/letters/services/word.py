"""Letters as Word files, for who has to edit one by hand."""

from datetime import date

from django.utils.translation import gettext as say

from halopst.letters.kinds import DocumentKind, kind_named
from halopst.letters.models import Letter
from halopst.letters.rendering.press import SourceFault, TooHeavy, word_press
from halopst.letters.sealing import opened
from halopst.letters.services.papers import values
from halopst.letters.services.refusals import NoWordTemplate, WordTemplateFaulty
from halopst.letters.services.wording import word_fault_in_words
from halopst.units.models import Unit

SECONDS = 8.0


def word_of(letter: Letter) -> bytes:
    """The letter's values in the Word template of the version it was made from."""
    template = bytes(letter.template.word)
    if not template:
        raise NoWordTemplate
    kind = kind_named(letter.kind)
    written = values(
        kind=kind,
        data=opened(kind, letter.data),
        unit=letter.unit,
        number=str(letter.number or ""),
        dated_on=letter.dated_on,
    )
    return _filled(template, written)


def check_word(kind: DocumentKind, unit: Unit, template: bytes, *, today: date) -> None:
    """Fill the template with the kind's examples; raises WordTemplateFaulty."""
    _filled(template, values(kind=kind, data=kind.example, unit=unit, number="B-001", dated_on=today))


def _filled(template: bytes, written: dict[str, object]) -> bytes:
    try:
        return word_press().fill(template, written, seconds=SECONDS)
    except SourceFault as fault:
        raise WordTemplateFaulty(word_fault_in_words(fault.message)) from fault
    except TooHeavy as error:
        raise WordTemplateFaulty(
            say("Templat Word terlalu berat: lebih dari 8 detik atau 512 MB. Sederhanakan isinya.")
        ) from error
