"""The invented assignment letter and decree of one office, one issued and one still a text."""

from datetime import date, datetime
from typing import Any

from halopst.core.actors import Actor
from halopst.letters.models import Signatory
from halopst.letters.services import appoint
from halopst.partners.models import Activity, Paper
from halopst.partners.services.decreeing import issue_paper, write_paper
from halopst.units.models import Unit

EXAMPLE = "Contoh peragaan"
LAW = "Undang-Undang Nomor 16 Tahun 1997 tentang Statistik."
SIGNERS = (
    (Signatory.Role.HEAD, "Larasati Widuri, M.Si.", "Kepala"),
    (Signatory.Role.BUDGET, "Larasati Widuri, M.Si.", "Kuasa Pengguna Anggaran"),
)


def build_papers(actor: Actor, office: Unit, activity: Activity, *, now: datetime) -> None:
    """A decree that names the approved mitra of `activity`, and a text that sends two of the staff out."""
    for role, name, title in SIGNERS:
        appoint(
            actor,
            unit=office,
            first_day=date(activity.first_day.year, 1, 1),
            role=role,
            name=name,
            nip="199901011999012002",
            title=title,
            basis=f"SK Kepala BPS 118/KPG/{activity.first_day.year - 1}, contoh peragaan",
        )
    decree = write_paper(actor, unit=office, kind=Paper.Kind.DECREE, values=_decree(activity))
    issue_paper(actor, decree, now=now)
    write_paper(actor, unit=office, kind=Paper.Kind.ORDER, values=_order(activity))


def _decree(activity: Activity) -> dict[str, Any]:
    return {
        "first_day": activity.first_day,
        "last_day": activity.last_day,
        "subject": f"petugas lapangan {activity.name}",
        "considerations": [f"bahwa {activity.name} memerlukan petugas lapangan yang ditetapkan;"],
        "bases": [LAW],
        "points": ["Menetapkan nama dalam lampiran sebagai petugas lapangan."],
        "activity": activity,
    }


def _order(activity: Activity) -> dict[str, Any]:
    return {
        "first_day": activity.first_day,
        "last_day": activity.last_day,
        "subject": f"pengawasan {activity.name}",
        "considerations": [f"bahwa mutu {activity.name} perlu dijaga dengan pengawasan di lapangan;"],
        "bases": [LAW],
        "points": ["mengawasi pencacahan;", "melaporkan hasilnya setiap pekan."],
        "place": "Kecamatan Kenanga dan Melati",
        "cost": EXAMPLE,
        "people": [
            {"name": "Dimas Pramudya", "number": "199901011999011003", "title": "Statistisi Ahli Pertama"},
            {"name": "Kirana Lestari", "number": "199901011999012004", "title": "Statistisi Terampil"},
        ],
    }
