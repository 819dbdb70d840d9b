"""That a change withdrew approvals, and which letters it put out of date."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from halopst.core.formats import language, month_and_year
from halopst.letters.models import Letter
from halopst.partners.models import Approval
from halopst.partners.queries.allocation.taken_back import TakenBack

MOST_NAMED = 10


def words_of(found: TakenBack) -> str:
    """The sentence about it; empty if nothing was taken back."""
    said = []
    if names := _whose(found.approvals):
        approvals = _("Ini menarik persetujuan %(nama)s. Setujui lagi di bagian Persetujuan.")
        said.append(approvals % {"nama": _listed(names)})
    if letters := [_named(letter) for letter in found.letters]:
        said.append(_("Surat yang menjadi usang: %(surat)s.") % {"surat": _listed(letters)})
    return " ".join(said)


def _whose(approvals: Sequence[Approval]) -> list[str]:
    """`Ayu (November 2026, Desember 2026)`: each month is approved again on a page of its own."""
    months: dict[int, list[date]] = {}
    for row in approvals:
        months.setdefault(row.registration_id, []).append(row.month)
    names = {row.registration_id: row.registration.person.name for row in approvals}
    return [f"{names[who]} ({_in_words(several)})" for who, several in months.items()]


def _in_words(months: Iterable[date]) -> str:
    return ", ".join(month_and_year(month, lang=language()) for month in sorted(months))


def _named(letter: Letter) -> str:
    """A letter by number and title: a number alone, such as `1 Tahun 2026`, tells nobody what it is."""
    return f"{letter.title} ({letter.number})" if letter.number else letter.title


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    listed = ", ".join(names[:MOST_NAMED])
    return _("%(nama)s, dan %(n)d lainnya") % {"nama": listed, "n": more} if more > 0 else listed
