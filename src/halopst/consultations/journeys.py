"""The road of a consultation as a timeline, and its head: for the ticket and the case page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from halopst.consultations.models import Consultation, Mode
from halopst.consultations.rules import AGREED, OVER, State
from halopst.consultations.wording import span
from halopst.core.formats import clock as clock_of
from halopst.core.formats import language, moment, relative_day, remaining
from halopst.core.shapes import Clock, Moment, Tone

NEAR = 25

TONES: dict[str, Tone] = {
    State.REQUESTED: "warn",
    State.PROPOSED: "warn",
    State.APPROVED: "ok",
    State.CHECKED_IN: "ok",
    State.ONGOING: "info",
    State.FINISHED: "ok",
    State.CANCELLED: "",
    State.DECLINED: "bad",
    State.VISITOR_ABSENT: "bad",
    State.OFFICER_ABSENT: "bad",
}


@dataclass(frozen=True)
class Head:
    """What the visitor reads first: where things stand, and what happens next."""

    title: str
    lead: SafeString


def soon(at: datetime, row: Consultation, now: datetime) -> str:
    """`hari ini pukul 16.00 WIB`."""
    zone, lang = row.case.unit.tz, language()
    day = relative_day(at.astimezone(zone).date(), now.astimezone(zone).date(), lang=lang)
    return _("%(day)s pukul %(time)s") % {"day": day, "time": clock_of(at, row.case.unit.zone, lang=lang)}


def head_of(row: Consultation, now: datetime) -> Head:
    lang = language()
    words = {
        "name": str(row.case.visitor).split()[0],
        "expert": row.expert.display_name,
        "time": span(row, lang),
        "due": soon(row.answer_due_at, row, now),
        "reason": row.reason or row.proposal_note,
    }
    title, lead = _HEADS[State(row.state)](row)
    shown = {name: conditional_escape(word) for name, word in words.items()}
    bold = {name: format_html("<b>{}</b>", shown[name]) for name in ("due", "time")}
    return Head(title=title % words, lead=mark_safe(lead % {**shown, **bold}))  # noqa: S308  # every word is escaped


def clock_to_answer(row: Consultation, now: datetime) -> Clock | None:
    """How long the officer still has, as part of the whole time; nothing once answered."""
    if row.state != State.REQUESTED:
        return None
    left, whole = row.answer_due_at - now, row.answer_due_at - row.submitted_at
    percent = max(0.0, 100 * (left / whole)) if whole else 0.0
    tone: Literal["ok", "warn", "bad"] = "bad" if left < timedelta(0) else "warn" if percent <= NEAR else "ok"
    return Clock(text=remaining(left, lang=language()), percent=percent, tone=tone)


def _requested(_row: Consultation) -> tuple[str, str]:
    return _("Permintaan terkirim, %(name)s."), _(
        "%(expert)s menanggapi paling lambat %(due)s. Kabarnya kami kirim ke surel Anda."
    )


def _approved(row: Consultation) -> tuple[str, str]:
    places = {
        Mode.ONLINE: _("Buka tautan pertemuan saat waktunya tiba: %(time)s."),
        Mode.ON_SITE: _("Datang ke ruang PST pada %(time)s dan tunjukkan kode di tiket ini."),
        Mode.PHONE: _("%(expert)s menelepon Anda pada %(time)s."),
    }
    return _("Janji Anda disetujui, %(name)s."), places[Mode(row.mode)]


_HEADS: dict[State, Callable[[Consultation], tuple[str, str]]] = {
    State.REQUESTED: _requested,
    State.APPROVED: _approved,
    State.PROPOSED: lambda _row: (
        _("Ada usulan waktu lain, %(name)s."),
        _("%(expert)s mengusulkan %(time)s. Waktu ini kami simpan sampai Anda menjawab."),
    ),
    State.CHECKED_IN: lambda _row: (
        _("Kehadiran Anda tercatat, %(name)s."),
        _("%(expert)s sudah kami beri tahu. Konsultasi dimulai %(time)s."),
    ),
    State.ONGOING: lambda _row: (
        _("Konsultasi sedang berlangsung."),
        _("Ringkasannya kami kirim setelah selesai."),
    ),
    State.FINISHED: lambda _row: (
        _("Konsultasi selesai. Terima kasih, %(name)s."),
        _("Ringkasan dan percakapan tetap tersimpan di halaman permintaan Anda."),
    ),
    State.CANCELLED: lambda _row: (
        _("Janji ini dibatalkan."),
        _("Waktunya sudah kami lepas. Anda dapat membuat janji lain kapan saja."),
    ),
    State.DECLINED: lambda _row: (_("Permintaan ini belum dapat kami layani."), "%(reason)s"),
    State.VISITOR_ABSENT: lambda _row: (
        _("Kami menunggu, tetapi belum bertemu Anda."),
        _("Konsultasi %(time)s kami tutup. Bila masih perlu, silakan buat janji baru."),
    ),
    State.OFFICER_ABSENT: lambda _row: (
        _("Kami mohon maaf, petugas kami tidak hadir."),
        _("Ketua tim sudah kami beri tahu. Pilih waktu lain, atau tunggu kami menghubungi Anda."),
    ),
}


def journey_of(row: Consultation) -> tuple[Moment, ...]:
    """From the request to the rating: what happened, what happens now, what comes."""
    return (
        (_sent(row), _answer(row), *_ended_early(row))
        if row.state in OVER - {State.FINISHED}
        else (
            _sent(row),
            _answer(row),
            _meeting(row),
            _rating(row),
        )
    )


def _at(row: Consultation, at: datetime | None) -> str:
    return moment(at, row.case.unit.zone, lang=language()) if at else ""


def _sent(row: Consultation) -> Moment:
    return Moment(_("Permintaan terkirim"), _at(row, row.submitted_at), "done")


def _answer(row: Consultation) -> Moment:
    if row.state == State.REQUESTED:
        due = _("Paling lambat %(due)s") % {"due": _at(row, row.answer_due_at)}
        return Moment(_("Menunggu persetujuan petugas"), due, "now")
    if row.state == State.PROPOSED:
        return Moment(_("Usulan waktu menunggu jawaban"), row.proposal_note, "now")
    if row.approved_at:
        return Moment(
            _("Disetujui %(expert)s") % {"expert": row.expert.display_name}, _at(row, row.approved_at), "done"
        )
    return Moment(row.get_state_display(), row.reason or _at(row, row.closed_at), "done")


def _meeting(row: Consultation) -> Moment:
    when = span(row, language())
    if row.finished_at:
        return Moment(_("Konsultasi"), _at(row, row.finished_at), "done")
    note = _("%(when)s. Kami ingatkan sehari dan satu jam sebelumnya.") % {"when": when}
    return Moment(_("Konsultasi"), note, "now" if row.state in AGREED else "todo")


def _rating(row: Consultation) -> Moment:
    is_due = row.state == State.FINISHED
    return Moment(_("Beri penilaian"), _("Tidak sampai satu menit"), "now" if is_due else "todo")


def _ended_early(row: Consultation) -> tuple[Moment, ...]:
    return (Moment(row.get_state_display(), _at(row, row.closed_at), "now"),) if row.approved_at else ()
