"""Assignment letters and decrees: written, made into letters, outdated when their list changes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from halopst.audit.services import record
from halopst.core.actors import Actor
from halopst.core.errors import Refused
from halopst.letters import services as letters
from halopst.letters.models import Letter, Signatory
from halopst.letters.queries import signatory, where_appointed
from halopst.letters.services import CannotCompose, Composition, compose_with
from halopst.letters.services.composing import Trouble
from halopst.letters.services.looking import look_at
from halopst.partners import permissions
from halopst.partners.letter_kinds.papers import DECREE, KINDS, ORDER, about_paper
from halopst.partners.models import Activity, Approval, Paper, Person
from halopst.partners.queries.papers import approved_for, idle_for
from halopst.partners.rules.identity import name_of_number
from halopst.partners.rules.subjects import row_of
from halopst.partners.services.authority import must, must_be_as_seen
from halopst.units.models import Unit

NOBODY = _("Belum ada orang di naskah ini. Tulis namanya, atau pilih kegiatan yang alokasinya disetujui.")
IDLE = _(
    "%(nama)s tidak aktif lagi, atau masuk daftar hitam pada bulan kerjanya. Tarik persetujuan bulannya; "
    "bila keliru, betulkan dahulu di halaman mitranya."
)
NO_HEAD = _("Belum ada kepala kantor yang menjabat hari ini. Catat dahulu penanda tangannya.")
NO_KPA = _("Belum ada Kuasa Pengguna Anggaran yang menjabat hari ini. Catat dahulu penanda tangannya.")


SIGNERS: Final = {
    Paper.Kind.ORDER.value: (Signatory.Role.HEAD, NO_HEAD),
    Paper.Kind.DECREE.value: (Signatory.Role.BUDGET, NO_KPA),
}
"""Who signs a paper of each kind, and what is said where nobody holds that office."""


class PaperIsALetter(Refused):
    message = _("Naskah ini sudah menjadi surat bernomor, jadi tidak dapat dihapus. Batalkan suratnya.")


@transaction.atomic
def write_paper(actor: Actor, *, unit: Unit, kind: str, values: Mapping[str, Any]) -> Paper:
    """A new assignment letter or decree, not yet a letter."""
    must(actor, permissions.MANAGE, unit.pk)
    _must_be_ours(unit.pk, values.get("activity"))
    paper = Paper.objects.create(unit=unit, kind=kind, written_by_id=actor.user_id, **values)
    record(actor, "partners.paper-written", paper, kind=kind)
    return paper


@transaction.atomic
def edit_paper(
    actor: Actor,
    paper: Paper,
    *,
    values: Mapping[str, Any],
    now: datetime,
    version: datetime | None = None,
) -> Paper:
    """Change the text; a letter already made of it is out of date from then on.

    With `version`, only where the text is as when it was read.
    """
    must(actor, permissions.MANAGE, paper.unit_id)
    row = Paper.objects.locked(paper.pk)
    must_be_as_seen(row, version)
    _must_be_ours(row.unit_id, values.get("activity"))
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    letters.mark_outdated(about_paper(row), say("Naskahnya berubah."), now)
    record(actor, "partners.paper-edited", row)
    return row


@transaction.atomic
def remove_paper(actor: Actor, paper: Paper) -> None:
    """Take away a text that never became a letter."""
    must(actor, permissions.MANAGE, paper.unit_id)
    row = Paper.objects.locked(paper.pk)
    if Letter.objects.filter(about=about_paper(row)).exists():
        raise PaperIsALetter
    record(actor, "partners.paper-removed", row, kind=row.kind)
    row.delete()


@transaction.atomic
def issue_paper(actor: Actor, paper: Paper, *, now: datetime) -> Letter:
    """Number and print it as it stands; an outdated letter of it is replaced."""
    row = Paper.objects.select_related("unit").locked(paper.pk)
    kind = KINDS[row.kind].code
    return letters.issue_about(actor, kind=kind, unit=row.unit, about=about_paper(row), now=now)


def why_no_letter(paper: Paper, *, now: datetime) -> list[Trouble]:
    """Everything its letter still lacks, each with where it is mended."""
    unit, today = paper.unit, now.astimezone(paper.unit.tz).date()
    lacking = letters.why_none_can_be_made(unit, KINDS[paper.kind].code, today)
    if signatory(unit, SIGNERS[paper.kind][0], today) is None:
        lacking.append(Trouble(unit.name, *_unsigned(paper)))
    if idle := idle_for(paper.activity):
        lacking.append(Trouble(str(paper.activity), *_idle(paper, idle)))
    if not paper.people and not approved_for(paper.activity):
        lacking.append(Trouble(paper.get_kind_display(), *_nobody(paper)))
    return lacking


def look_at_paper(paper: Paper, *, now: datetime) -> letters.Preview:
    """Its pages as they would be printed now; a `Refused` says what is missing."""
    return look_at(KINDS[paper.kind], paper.unit, about_paper(paper), now=now)


def outdate_papers(activities: Collection[int], *, now: datetime) -> None:
    """Outdate the letters that list the mitra of these activities, because approved months have changed."""
    rows = Paper.objects.filter(activity__in=activities).order_by("pk")
    for paper in rows:
        letters.mark_outdated(about_paper(paper), say("Daftar mitra kegiatannya berubah."), now)


@compose_with(ORDER.code)
def compose_order(about: str, now: datetime, *, hold: bool) -> Composition:
    paper, official, today = _ready(about, now)
    data = {
        **_common(paper, hold=hold),
        "dasar": _rows(paper.bases),
        "untuk": _rows(paper.points),
        "tempat": paper.place,
        "biaya": paper.cost,
        "kepala": _signer(official),
    }
    return _composition(paper, data, official, today)


@compose_with(DECREE.code)
def compose_decree(about: str, now: datetime, *, hold: bool) -> Composition:
    paper, official, today = _ready(about, now)
    data = {
        **_common(paper, hold=hold),
        "mengingat": _rows(paper.bases),
        "memutuskan": _rows(paper.points),
        "kpa": _signer(official),
    }
    return _composition(paper, data, official, today)


def _ready(about: str, now: datetime) -> tuple[Paper, Signatory, date]:
    """The paper and who signs it today; raises what has to be mended first."""
    paper = Paper.objects.select_related("unit", "activity").filter(pk=row_of(about)).first()
    if paper is None:
        raise CannotCompose(say("Naskah surat ini sudah dihapus."))
    today = now.astimezone(paper.unit.tz).date()
    official = signatory(paper.unit, SIGNERS[paper.kind][0], today)
    if official is None:
        raise CannotCompose(*_unsigned(paper))
    return paper, official, today


def _unsigned(paper: Paper) -> tuple[str, str]:
    role, said = SIGNERS[paper.kind]
    return str(said), where_appointed(paper.unit, role)


def _idle(paper: Paper, idle: Sequence[Person]) -> tuple[str, str]:
    said = IDLE % {"nama": ", ".join(person.name for person in idle)}
    return said, reverse("partners:person", args=[paper.unit.slug, idle[0].pk])


def _nobody(paper: Paper) -> tuple[str, str]:
    return str(NOBODY), reverse("partners:edit-paper", args=[paper.unit.slug, paper.pk])


def _must_be_active(paper: Paper, *, hold: bool) -> None:
    """Refuse who is blacklisted or no longer active by now, as their contracts would be."""
    if hold:
        Approval.objects.filter(registration__assignments__duty__activity=paper.activity).hold()
    if idle := idle_for(paper.activity):
        raise CannotCompose(*_idle(paper, idle))


def _common(paper: Paper, *, hold: bool) -> dict[str, Any]:
    _must_be_active(paper, hold=hold)
    people = [
        *(_person(name_of_number(one["number"]), **one) for one in paper.people),
        *(
            _person("ID SOBAT", name=one.name, number=one.id_sobat, title=one.duties)
            for one in approved_for(paper.activity)
        ),
    ]
    if not people:
        raise CannotCompose(*_nobody(paper))
    return {
        "tentang": paper.subject,
        "menimbang": _rows(paper.considerations),
        "orang": people,
        "mulai": paper.first_day.isoformat(),
        "selesai": paper.last_day.isoformat(),
    }


def _person(known_by: str, *, name: str, number: str, title: str) -> dict[str, str]:
    return {"nama": name, "sebutan": known_by, "nomor": number, "jabatan": title}


def _composition(paper: Paper, data: dict[str, Any], official: Signatory, today: date) -> Composition:
    kind = KINDS[paper.kind]
    return Composition(
        data=data, parties=(official.name,), dated_on=today, title=f"{kind.title} tentang {paper.subject}"
    )


def _signer(official: Signatory) -> dict[str, str]:
    return {"nama": official.name, "nip": official.nip, "jabatan": official.printed_title}


def _rows(sentences: Collection[str]) -> list[dict[str, str]]:
    return [{"isi": text} for text in sentences]


def _must_be_ours(unit_id: int, activity: Activity | None) -> None:
    if activity is not None and activity.unit_id != unit_id:
        raise Activity.DoesNotExist
