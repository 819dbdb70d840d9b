"""What the cases domain tells people, and whom. The texts are defaults: an office may publish its own."""

from collections.abc import Mapping
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from halopst.accounts.models import User
from halopst.cases.links import link_to
from halopst.cases.models import Case, CasePause, Message
from halopst.cases.queries import leads_of
from halopst.core import formats
from halopst.notifications.services import Group, NoticeKind, Recipient, declare, notify, recipient_of

EXCERPT = 400
CHAT_EXCERPT = 800  # with the rest of its words it stays below the 1,024 letters of a template
ABOUT_CASE = {
    "nomor": "UJI-2611-0427",
    "pokok": "Angka kemiskinan per kabupaten/kota",
    "satker": "BPS Kota Contoh",
}
WITH_PEOPLE = {**ABOUT_CASE, "nama": "Wening", "pengirim": "Cak Arif", "isi": "Angkanya dapat dibandingkan."}
WITH_TIME = {**ABOUT_CASE, "nama": "Wening", "batas": "Senin, 23 November 2026, 15.30 WIB"}

FOR_VISITOR = declare(
    NoticeKind(
        code="cases.message_for_visitor",
        label=_("Pesan baru dari petugas"),
        variables=WITH_PEOPLE,
        subject_id="Balasan untuk permintaan {nomor}",
        body_id=(
            "Halo {nama}, {pengirim} dari {satker} menulis tentang {pokok}:\n\n{isi}\n\nBuka tautan "
            "untuk membalas."
        ),
        subject_en="A reply to your request {nomor}",
        body_en=(
            "Hello {nama}, {pengirim} of {satker} wrote about {pokok}:\n\n{isi}\n\nOpen the link to answer."
        ),
        whatsapp_template="permintaan_dibalas",
        urgent=True,
    )
)
FOR_CHAT = declare(
    NoticeKind(
        code="cases.message_for_chat",
        label=_("Pesan baru dari petugas, untuk permintaan lewat WhatsApp"),
        variables=WITH_PEOPLE,
        subject_id="Balasan untuk permintaan {nomor}",
        body_id="{isi}\n\n{pengirim}, {satker}. Balas pesan ini untuk menjawab (permintaan {nomor}).",
        subject_en="A reply to your request {nomor}",
        body_en="{isi}\n\n{pengirim}, {satker}. Answer by replying to this message (request {nomor}).",
        whatsapp_template="permintaan_dibalas_langsung",
        urgent=True,
    )
)
FOR_OFFICER = declare(
    NoticeKind(
        code="cases.message_for_officer",
        label=_("Pesan baru dari pemohon"),
        variables=WITH_PEOPLE,
        subject_id="{pengirim} menulis tentang {nomor}",
        body_id="Halo {nama}, {pengirim} menulis tentang {pokok}:\n\n{isi}",
        subject_en="{pengirim} wrote about {nomor}",
        body_en="Hello {nama}, {pengirim} wrote about {pokok}:\n\n{isi}",
        group=Group.WORK,
    )
)
ASSIGNED = declare(
    NoticeKind(
        code="cases.assigned",
        label=_("Permintaan diserahkan kepada Anda"),
        variables=WITH_TIME,
        subject_id="Permintaan {nomor} diserahkan kepada Anda",
        body_id="Halo {nama}, Anda menangani {pokok} di {satker}. Batasnya {batas}.",
        subject_en="Request {nomor} is now yours",
        body_en="Hello {nama}, you are in charge of {pokok} at {satker}. It is due {batas}.",
        group=Group.WORK,
    )
)
FINISHED = declare(
    NoticeKind(
        code="cases.finished",
        label=_("Permintaan selesai"),
        variables=WITH_PEOPLE,
        subject_id="Permintaan {nomor} selesai",
        body_id=(
            "Halo {nama}, permintaan Anda tentang {pokok} selesai dikerjakan oleh {pengirim} dari "
            "{satker}.\n\n{isi}\n\nBila belum sesuai, buka tautan dan pilih Buka kembali."
        ),
        subject_en="Request {nomor} is finished",
        body_en=(
            "Hello {nama}, your request about {pokok} was finished by {pengirim} of "
            "{satker}.\n\n{isi}\n\nIf it is not what you need, open the link and choose Reopen."
        ),
        whatsapp_template="permintaan_selesai",
    )
)
SILENCE = declare(
    NoticeKind(
        code="cases.silence_warning",
        label=_("Permintaan menunggu balasan pemohon"),
        variables=WITH_TIME,
        subject_id="Permintaan {nomor} menunggu balasan Anda",
        body_id=(
            "Halo {nama}, kami masih menunggu balasan Anda tentang {pokok}. Tanpa balasan, permintaan "
            "ini ditutup pada {batas}. Anda tetap dapat membukanya kembali dengan membalas."
        ),
        subject_en="Request {nomor} is waiting for your answer",
        body_en=(
            "Hello {nama}, we are still waiting for your answer about {pokok}. Without one, the request "
            "closes on {batas}. You can reopen it by answering at any time."
        ),
        whatsapp_template="permintaan_menunggu",
    )
)
CLOSED = declare(
    NoticeKind(
        code="cases.closed_silent",
        label=_("Permintaan ditutup karena tidak ada balasan"),
        variables={**ABOUT_CASE, "nama": "Wening"},
        subject_id="Permintaan {nomor} kami tutup",
        body_id=(
            "Halo {nama}, karena belum ada balasan, permintaan tentang {pokok} kami tutup. Balas lewat "
            "tautan ini kapan saja bila Anda masih memerlukannya."
        ),
        subject_en="We closed request {nomor}",
        body_en=(
            "Hello {nama}, as there was no answer, we closed your request about {pokok}. Answer through "
            "this link at any time if you still need it."
        ),
        whatsapp_template="permintaan_ditutup",
    )
)
DEADLINE_NEAR = declare(
    NoticeKind(
        code="cases.deadline_near",
        label=_("Batas permintaan sudah dekat"),
        variables=WITH_TIME,
        subject_id="{nomor} jatuh tempo {batas}",
        body_id="Halo {nama}, permintaan {nomor} tentang {pokok} harus selesai {batas}.",
        subject_en="{nomor} is due {batas}",
        body_en="Hello {nama}, request {nomor} about {pokok} must be finished by {batas}.",
        group=Group.WORK,
    )
)
LATE = declare(
    NoticeKind(
        code="cases.late",
        label=_("Permintaan lewat batas"),
        variables=WITH_TIME,
        subject_id="{nomor} lewat batas",
        body_id=(
            "Halo {nama}, permintaan {nomor} tentang {pokok} seharusnya selesai {batas}. Sampaikan kabar "
            "kepada pemohon hari ini."
        ),
        subject_en="{nomor} is late",
        body_en="Hello {nama}, request {nomor} about {pokok} was due {batas}. Send the visitor word today.",
        group=Group.WORK,
        urgent=True,
    )
)
UNANSWERED = declare(
    NoticeKind(
        code="cases.unanswered",
        label=_("Permintaan belum ditanggapi"),
        variables=WITH_TIME,
        subject_id="{nomor} belum ditanggapi",
        body_id="Halo {nama}, permintaan {nomor} tentang {pokok} seharusnya sudah ditanggapi {batas}.",
        subject_en="{nomor} has had no reply",
        body_en="Hello {nama}, request {nomor} about {pokok} should have had a first reply by {batas}.",
        group=Group.WORK,
        urgent=True,
    )
)
RECEIVED = declare(
    NoticeKind(
        code="cases.received",
        label=_("Permintaan diterima"),
        variables=WITH_TIME,
        subject_id="Permintaan {nomor} kami terima",
        body_id=(
            "Halo {nama}, permintaan Anda tentang {pokok} kami terima dengan nomor {nomor}. {satker} "
            "menjawab paling lambat {batas}. Ikuti dan balas lewat tautan berikut."
        ),
        subject_en="We received your request {nomor}",
        body_en=(
            "Hello {nama}, we received your request about {pokok} under number {nomor}. {satker} answers "
            "by {batas}. Follow it and reply through this link."
        ),
        whatsapp_template="permintaan_diterima",
        urgent=True,
    )
)
NEW = declare(
    NoticeKind(
        code="cases.new",
        label=_("Permintaan baru di satker Anda"),
        variables=WITH_TIME,
        subject_id="Permintaan baru {nomor}",
        body_id="Halo {nama}, ada permintaan baru tentang {pokok}. Tanggapi paling lambat {batas}.",
        subject_en="New request {nomor}",
        body_en="Hello {nama}, there is a new request about {pokok}. Reply by {batas}.",
        group=Group.WORK,
    )
)
LINK = declare(
    NoticeKind(
        code="cases.link",
        label=_("Tautan lacak permintaan"),
        variables={**ABOUT_CASE, "nama": "Wening"},
        subject_id="Tautan permintaan {nomor}",
        body_id=(
            "Halo {nama}, buka permintaan Anda tentang {pokok} lewat tautan berikut. Jangan teruskan "
            "surel ini."
        ),
        subject_en="The link to your request {nomor}",
        body_en=(
            "Hello {nama}, open your request about {pokok} through this link. Please do not forward this "
            "mail."
        ),
        urgent=True,
    )
)


def tell_of_request(case: Case, *, now: datetime) -> None:
    """The visitor has it in writing; who hands out the work learns of it."""
    said = {"batas": _when(case, case.due_at, case.visitor.language)}
    _tell_visitor(RECEIVED, case, said, key=f"case-received-{case.pk}", now=now)
    _tell_of_time(NEW, case, _answerable(case), case.first_reply_due_at, now=now)


def tell_of_message(case: Case, message: Message, *, now: datetime) -> None:
    """The other side of the conversation learns of `message`."""
    key = f"case-message-{message.pk}"
    chats = case.channel == Case.Channel.WHATSAPP
    shown = message.body[: CHAT_EXCERPT if chats else EXCERPT]
    said = {"pengirim": str(message.author or case.unit), "isi": shown}
    if message.sender == Message.Sender.VISITOR:
        for person in _answerable(case):
            _tell_staff(FOR_OFFICER, case, person, said, key=key, now=now)
    else:
        _tell_visitor(FOR_CHAT if chats else FOR_VISITOR, case, said, key=key, now=now)


def tell_of_assignment(case: Case, officer: User, *, now: datetime) -> None:
    said = {"batas": _when(case, case.due_at, officer.language)}
    _tell_staff(ASSIGNED, case, officer, said, key=f"case-assigned-{case.pk}-{case.version}", now=now)


def tell_of_end(case: Case, line: Message, *, now: datetime) -> None:
    said = {"pengirim": str(case.officer or line.author or case.unit), "isi": line.body[:EXCERPT]}
    _tell_visitor(FINISHED, case, said, key=f"case-finished-{line.pk}", now=now)


def warn_of_silence(case: Case, pause: CasePause, closes_at: datetime, *, now: datetime) -> None:
    said = {"batas": _when(case, closes_at, case.visitor.language)}
    asked = f"{pause.asked_at:%Y%m%d%H%M%S}"
    _tell_visitor(SILENCE, case, said, key=f"case-silence-{pause.pk}-{asked}", now=now)


def tell_of_silent_end(case: Case, *, now: datetime) -> None:
    _tell_visitor(CLOSED, case, {}, key=f"case-closed-silent-{case.pk}-{case.version}", now=now)


def warn_of_deadline(case: Case, *, now: datetime) -> None:
    _tell_of_time(DEADLINE_NEAR, case, _answerable(case), case.due_at, now=now)


def tell_of_late(case: Case, *, now: datetime) -> None:
    _tell_of_time(LATE, case, _answerable(case, with_leads=True), case.due_at, now=now)


def tell_of_unanswered(case: Case, *, now: datetime) -> None:
    _tell_of_time(UNANSWERED, case, _answerable(case, with_leads=True), case.first_reply_due_at, now=now)


def send_link(case: Case, *, now: datetime) -> None:
    """At most one such mail in an hour: who asks often does not fill another person's mailbox."""
    _tell_visitor(LINK, case, {}, key=f"case-link-{case.pk}-{now:%Y%m%d%H}", now=now)


def _answerable(case: Case, *, with_leads: bool = False) -> list[User]:
    """The officer in charge; the leads when there is none, or when they should know as well."""
    officers = [case.officer] if case.officer else []
    if officers and not with_leads:
        return officers
    return list({person.pk: person for person in [*officers, *leads_of(case.unit)]}.values())


def _tell_of_time(
    kind: NoticeKind, case: Case, people: list[User], moment: datetime | None, *, now: datetime
) -> None:
    for person in people:
        said = {"batas": _when(case, moment, person.language)}
        key = f"{kind.code}-{case.pk}-{moment:%Y%m%d%H%M}" if moment else f"{kind.code}-{case.pk}"
        _tell_staff(kind, case, person, said, key=key, now=now)


def _tell_staff(
    kind: NoticeKind, case: Case, person: User, said: Mapping[str, str], *, key: str, now: datetime
) -> None:
    link = reverse("cases:case-detail", kwargs={"number": case.number})
    _send(kind, case, recipient_of(person), said, key=f"{key}-to-{person.pk}", link=link, now=now)


def _tell_visitor(kind: NoticeKind, case: Case, said: Mapping[str, str], *, key: str, now: datetime) -> None:
    _send(kind, case, recipient_of(case.visitor), said, key=key, link=link_to(case), now=now)


def _send(  # a notice has this many parts, all named
    kind: NoticeKind,
    case: Case,
    to: Recipient,
    said: Mapping[str, str],
    *,
    key: str,
    link: str,
    now: datetime,
) -> None:
    about = {"nama": to.name, "nomor": case.number, "pokok": case.subject, "satker": case.unit.name}
    notify(
        kind=kind.code,
        unit=case.unit,
        to=to,
        context=about | dict(said),
        about=f"case:{case.pk}",
        key=key,
        link=link,
        now=now,
    )


def _when(case: Case, moment: datetime | None, language: str) -> str:
    if moment is None:
        return "-"
    return formats.moment(moment, case.unit.tz, lang="en" if language == "en" else "id")
