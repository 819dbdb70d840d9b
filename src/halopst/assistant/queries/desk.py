"""What this platform publishes of an office: hours, place, head, standards, experts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from halopst.assistant.rules.question import desk
from halopst.calendars.queries import hours_lines
from halopst.core import formats
from halopst.core.actors import Actor
from halopst.scheduling.queries import fields_of, search_experts, search_fields
from halopst.units.models import Unit
from halopst.units.queries import PublicStandard, public_standards, published_maklumat

MOST_EXPERTS = 6


@dataclass(frozen=True, slots=True)
class Fact:
    """Something published on one of our pages; its `lines` are as they stand there."""

    heading: str
    lines: tuple[str, ...]
    page: str
    url: str


def office(actor: Actor, code: str) -> Unit | None:
    found: Unit | None = Unit.objects.visible_to(actor).filter(code=code).first()
    return found


def hours(unit: Unit, now: datetime) -> Fact | None:
    lines = hours_lines(unit, now=now)
    return _at_home(unit, _("Jam layanan"), lines)


def address(unit: Unit) -> Fact | None:
    return _at_home(unit, _("Alamat"), [line for line in unit.address.splitlines() if line.strip()])


def contact(unit: Unit) -> Fact | None:
    given = [
        (_("telepon"), formats.phone(unit.phone) if unit.phone else ""),
        (_("WhatsApp"), formats.phone(unit.whatsapp) if unit.whatsapp else ""),
        (_("surel"), unit.email),
        (_("situs"), unit.website),
    ]
    return _at_home(unit, _("Kontak"), [f"{name} {value}" for name, value in given if value])


def head(unit: Unit, today: date) -> Fact | None:
    """The head of the office, where a head has signed the promise of service (maklumat) in force."""
    found = published_maklumat(unit, today)
    if found is None or not found.signatory_title.casefold().startswith(("kepala", "plt", "plh")):
        return None
    lines = [f"{found.signatory_name}, {found.signatory_title}"]
    return Fact(_("Penanda tangan maklumat pelayanan"), tuple(lines), *_standards_page(unit, ""))


def component(unit: Unit, about: str, service: str, today: date) -> Fact | None:
    """A component of a service's standard; of the time also what is promised without a standard."""
    offered = next((one for one in public_standards(unit, today) if one.kind.code == service), None)
    if offered is None:
        return None
    lines = _promised(offered) if about == desk.DURATION else []
    if offered.standard is not None:
        lines += [line for line in getattr(offered.standard, about).splitlines() if line.strip()]
    if not lines:
        return None
    label = _label(offered, about)
    heading = f"{offered.kind.label}: {label or _('Janji waktu')}"
    return Fact(heading, tuple(lines), *_standards_page(unit, service))


def fees(unit: Unit, today: date) -> Fact | None:
    """What each service costs, where its standard says so."""
    offered = [one for one in public_standards(unit, today) if one.standard is not None]
    told = [(one.kind.label, getattr(one.standard, desk.FEE).strip().rstrip(".")) for one in offered]
    lines = tuple(f"{label}: {', '.join(fee.splitlines())}" for label, fee in told if fee)
    heading = next((_label(one, desk.FEE) for one in offered), "")
    return Fact(heading, lines, *_standards_page(unit, "")) if lines else None


def _label(offered: PublicStandard, about: str) -> str:
    """The name of the component, if the office has a standard."""
    fields = offered.standard._meta.fields if offered.standard else ()
    return next((str(field.verbose_name) for field in fields if field.name == about), "")


def experts(actor: Actor, unit: Unit, subject: Sequence[str]) -> Fact | None:
    """The public experts of the subject asked about."""
    fields = search_fields(fields_of(unit, actor), " ".join(subject))
    found = search_experts(unit, field=fields[0], actor=actor)[:MOST_EXPERTS] if fields else []
    if not found:
        return None
    lines = tuple(f"{one.display_name}, {one.title}" if one.title else one.display_name for one in found)
    page = _("Ahli %(kantor)s") % {"kantor": unit.name}
    url = f"{reverse('consultations:experts', args=[unit.slug])}?bidang={fields[0].slug}"
    return Fact(str(fields[0]), lines, page, url)


def _promised(offered: PublicStandard) -> list[str]:
    promised = offered.promised
    return [
        _("Dijanjikan selesai dalam %(selesai)s, jawaban pertama dalam %(pertama)s.")
        % {"selesai": promised.text, "pertama": promised.first_reply_text}
    ]


def _at_home(unit: Unit, heading: str, lines: Sequence[str]) -> Fact | None:
    page = _("Beranda %(kantor)s") % {"kantor": unit.name}
    url = reverse("portal:unit-home", args=[unit.slug])
    return Fact(heading, tuple(lines), page, url) if lines else None


def _standards_page(unit: Unit, service: str) -> tuple[str, str]:
    page = _("Standar pelayanan %(kantor)s") % {"kantor": unit.name}
    url = reverse("units:standards", args=[unit.slug])
    return page, f"{url}#{service}" if service else f"{url}#maklumat"
