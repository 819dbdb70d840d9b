"""The kinds of notices the platform can send, declared by the domain that sends them.

A kind is code, its texts are data: an office may publish its own (see `models.texts`); what stands here
is what everyone gets who has not.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from halopst.notifications.rules import stray_braces, variables_in


class Group(TextChoices):
    """What a person chooses about together on the preferences page."""

    SERVICE = "layanan", _("Permintaan dan konsultasi saya")
    REMINDER = "pengingat", _("Pengingat jadwal")
    WORK = "tugas", _("Tugas sebagai petugas")
    RATING = "penilaian", _("Ajakan menilai layanan")
    NEWS = "kabar", _("Kabar rilis dan panduan")


OPTIONAL = frozenset({Group.RATING, Group.NEWS})


@dataclass(frozen=True, kw_only=True)
class NoticeKind:
    """One kind of notice.

    `variables` maps each name a text may use to an example value. `urgent` kinds answer something the person
    has just done, or cannot wait for the morning: they pass quiet hours where the office allows it. `alone`
    kinds hold what only the recipient may read: no office words them or finds them in its outbox. An
    `is_answer` goes over WhatsApp to whoever wrote within the last day, as free text, without other consent.
    """

    code: str
    label: str | Promise
    variables: Mapping[str, str]
    subject_id: str
    body_id: str
    subject_en: str
    body_en: str
    whatsapp_template: str = ""
    group: Group = Group.SERVICE
    urgent: bool = False
    alone: bool = False
    is_answer: bool = False

    @property
    def is_optional(self) -> bool:
        """True when a person may decline it altogether, in one click from the mail itself."""
        return self.group in OPTIONAL

    def subject(self, language: str) -> str:
        return self.subject_en if language == "en" else self.subject_id

    def body(self, language: str) -> str:
        return self.body_en if language == "en" else self.body_id


_kinds: dict[str, NoticeKind] = {}


def declare(kind: NoticeKind) -> NoticeKind:
    """Make `kind` known; a text with a variable nobody promised is a programming error."""
    texts = f"{kind.subject_id} {kind.body_id} {kind.subject_en} {kind.body_en}"
    unknown = set(variables_in(texts)) - set(kind.variables)
    if unknown or stray_braces(texts):
        raise ValueError(f"{kind.code}: the texts use undeclared variables {sorted(unknown)} or stray braces")
    if _kinds.get(kind.code, kind) != kind:
        raise ValueError(f"{kind.code} is declared twice")
    _kinds[kind.code] = kind
    return kind


def kind_named(code: str) -> NoticeKind:
    return _kinds[code]


def find_kind(code: str) -> NoticeKind | None:
    """Like `kind_named`, for codes that come from outside."""
    return _kinds.get(code)


def worded_kinds() -> list[NoticeKind]:
    """Those an office may publish its own text of."""
    return [_kinds[code] for code in sorted(_kinds) if not _kinds[code].alone]
