"""What a consultation tells people. Every text shows the time through `halopst.consultations.wording`."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _

from halopst.notifications.services import Group, NoticeKind, declare

EXAMPLE: Final[Mapping[str, str]] = {
    "nama": "Dwi",
    "nomor": "JTM-2611-0427",
    "ahli": "Ning Affah",
    "satker": "BPS Provinsi Jawa Timur",
    "topik": "Garis kemiskinan per kabupaten/kota",
    "waktu": "Senin, 23 November 2026, 10.00–10.45 WIB",
    "cara": "Daring",
    "tempat": "https://rapat.contoh.id/JTM-2611-0427",
    "batas": "Jumat, 20 November 2026, 16.00 WIB",
    "pesan": "Mohon siapkan daftar kabupaten yang dibutuhkan.",
    "hasil": "Data ditemukan",
}

REQUESTED = declare(
    NoticeKind(
        code="consultations.requested",
        label=_("Permintaan konsultasi diterima"),
        variables=EXAMPLE,
        subject_id="Permintaan konsultasi {nomor} kami terima",
        body_id=(
            "Halo {nama}, permintaan konsultasi Anda kami terima.\n\n"
            "Nomor lacak: {nomor}\nAhli: {ahli}\nWaktu: {waktu}\nCara: {cara}\nTopik: {topik}\n\n"
            "{ahli} menanggapi paling lambat {batas}."
        ),
        subject_en="We received your consultation request {nomor}",
        body_en=(
            "Hello {nama}, we received your consultation request.\n\n"
            "Tracking number: {nomor}\nExpert: {ahli}\nTime: {waktu}\nHow: {cara}\nTopic: {topik}\n\n"
            "{ahli} will answer by {batas}."
        ),
        whatsapp_template="konsultasi_diterima",
        urgent=True,
    )
)

TO_ANSWER = declare(
    NoticeKind(
        code="consultations.to_answer",
        label=_("Petugas: permintaan konsultasi baru"),
        variables=EXAMPLE,
        subject_id="Permintaan konsultasi {nomor}: {waktu}",
        body_id=(
            "{nama} meminta konsultasi dengan {ahli}.\n\n"
            "Waktu: {waktu}\nCara: {cara}\nTopik: {topik}\n\nTanggapi paling lambat {batas}."
        ),
        subject_en="Consultation request {nomor}: {waktu}",
        body_en=(
            "{nama} asks for a consultation with {ahli}.\n\n"
            "Time: {waktu}\nHow: {cara}\nTopic: {topik}\n\nPlease answer by {batas}."
        ),
        whatsapp_template="konsultasi_perlu_tanggapan",
        group=Group.WORK,
    )
)

APPROVED = declare(
    NoticeKind(
        code="consultations.approved",
        label=_("Konsultasi disetujui"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} disetujui: {waktu}",
        body_id=(
            "Halo {nama}, konsultasi Anda dengan {ahli} disetujui.\n\n"
            "Waktu: {waktu}\nCara: {cara}\nTempat atau tautan: {tempat}\n\n"
            "Undangan kalender terlampir pada surel."
        ),
        subject_en="Consultation {nomor} approved: {waktu}",
        body_en=(
            "Hello {nama}, your consultation with {ahli} is approved.\n\n"
            "Time: {waktu}\nHow: {cara}\nPlace or link: {tempat}\n\n"
            "A calendar invitation is attached to the e-mail."
        ),
        whatsapp_template="konsultasi_disetujui",
        urgent=True,
    )
)

AGREED = declare(
    NoticeKind(
        code="consultations.agreed",
        label=_("Petugas: konsultasi terjadwal"),
        variables=EXAMPLE,
        subject_id="Terjadwal: konsultasi {nomor}, {waktu}",
        body_id=(
            "Konsultasi {nomor} dengan {nama} terjadwal.\n\n"
            "Ahli: {ahli}\nWaktu: {waktu}\nCara: {cara}\nTempat atau tautan: {tempat}\nTopik: {topik}"
        ),
        subject_en="Scheduled: consultation {nomor}, {waktu}",
        body_en=(
            "Consultation {nomor} with {nama} is scheduled.\n\n"
            "Expert: {ahli}\nTime: {waktu}\nHow: {cara}\nPlace or link: {tempat}\nTopic: {topik}"
        ),
        whatsapp_template="konsultasi_terjadwal_petugas",
        group=Group.WORK,
    )
)

PROPOSED = declare(
    NoticeKind(
        code="consultations.proposed",
        label=_("Waktu lain diusulkan"),
        variables=EXAMPLE,
        subject_id="Usulan waktu untuk konsultasi {nomor}: {waktu}",
        body_id=(
            "Halo {nama}, {ahli} mengusulkan waktu lain untuk konsultasi Anda.\n\n"
            "Waktu usulan: {waktu}\nCara: {cara}\n{pesan}\n\n"
            "Waktu ini kami simpan untuk Anda. Buka tautan untuk menerima, memilih waktu lain, atau menolak."
        ),
        subject_en="Another time proposed for consultation {nomor}: {waktu}",
        body_en=(
            "Hello {nama}, {ahli} proposes another time for your consultation.\n\n"
            "Proposed time: {waktu}\nHow: {cara}\n{pesan}\n\n"
            "We keep this time for you. Open the link to accept it, choose another or decline."
        ),
        whatsapp_template="konsultasi_usulan_waktu",
        urgent=True,
    )
)

MOVED = declare(
    NoticeKind(
        code="consultations.moved",
        label=_("Petugas: pemohon mengubah jadwal"),
        variables=EXAMPLE,
        subject_id="Jadwal konsultasi {nomor} diubah: {waktu}",
        body_id=(
            "{nama} mengubah jadwal konsultasi {nomor}.\n\n"
            "Waktu baru: {waktu}\nCara: {cara}\nTopik: {topik}\n\nTanggapi paling lambat {batas}."
        ),
        subject_en="Consultation {nomor} was moved: {waktu}",
        body_en=(
            "{nama} moved consultation {nomor}.\n\n"
            "New time: {waktu}\nHow: {cara}\nTopic: {topik}\n\nPlease answer by {batas}."
        ),
        whatsapp_template="konsultasi_jadwal_diubah",
        group=Group.WORK,
    )
)

PASSED = declare(
    NoticeKind(
        code="consultations.passed",
        label=_("Konsultasi dialihkan ke ahli lain"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} kini ditangani {ahli}",
        body_id=(
            "Halo {nama}, konsultasi Anda kami alihkan kepada {ahli}. Waktunya tetap: {waktu}.\n{pesan}\n\n"
            "{ahli} menanggapi paling lambat {batas}."
        ),
        subject_en="{ahli} now handles consultation {nomor}",
        body_en=(
            "Hello {nama}, we passed your consultation to {ahli}. The time stays: {waktu}.\n{pesan}\n\n"
            "{ahli} will answer by {batas}."
        ),
        whatsapp_template="konsultasi_dialihkan",
        urgent=True,
    )
)

HANDED_OVER = declare(
    NoticeKind(
        code="consultations.handed_over",
        label=_("Petugas: konsultasi dialihkan"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} kini ditangani {ahli}",
        body_id="Konsultasi {nomor}, {waktu}, dialihkan kepada {ahli}. Anda tidak perlu melakukan apa pun.",
        subject_en="{ahli} now handles consultation {nomor}",
        body_en="Consultation {nomor}, {waktu}, was passed to {ahli}. You need not do anything.",
        whatsapp_template="konsultasi_dialihkan_petugas",
        group=Group.WORK,
    )
)

DECLINED = declare(
    NoticeKind(
        code="consultations.declined",
        label=_("Konsultasi belum dapat dilayani"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} belum dapat kami layani",
        body_id=(
            "Halo {nama}, konsultasi {nomor} pada {waktu} belum dapat kami layani.\n\n"
            "Alasan: {pesan}\n\nAnda dapat membuat janji lain kapan saja."
        ),
        subject_en="We cannot serve consultation {nomor}",
        body_en=(
            "Hello {nama}, we cannot serve consultation {nomor} on {waktu}.\n\n"
            "Reason: {pesan}\n\nYou can book another appointment at any time."
        ),
        whatsapp_template="konsultasi_ditolak",
        urgent=True,
    )
)

CANCELLED = declare(
    NoticeKind(
        code="consultations.cancelled",
        label=_("Konsultasi dibatalkan"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} dibatalkan",
        body_id="Konsultasi {nomor} dengan {ahli} pada {waktu} dibatalkan.\n{pesan}",
        subject_en="Consultation {nomor} is cancelled",
        body_en="Consultation {nomor} with {ahli} on {waktu} is cancelled.\n{pesan}",
        whatsapp_template="konsultasi_dibatalkan",
        urgent=True,
    )
)

REMINDER = declare(
    NoticeKind(
        code="consultations.reminder",
        label=_("Pengingat konsultasi"),
        variables=EXAMPLE,
        subject_id="Pengingat: konsultasi {nomor}, {waktu}",
        body_id=(
            "Halo {nama}, konsultasi Anda dengan {ahli} dimulai {waktu}.\n\n"
            "Cara: {cara}\nTempat atau tautan: {tempat}"
        ),
        subject_en="Reminder: consultation {nomor}, {waktu}",
        body_en=(
            "Hello {nama}, your consultation with {ahli} starts {waktu}.\n\n"
            "How: {cara}\nPlace or link: {tempat}"
        ),
        whatsapp_template="konsultasi_pengingat",
        group=Group.REMINDER,
    )
)

OFFICER_REMINDER = declare(
    NoticeKind(
        code="consultations.officer_reminder",
        label=_("Petugas: pengingat konsultasi"),
        variables=EXAMPLE,
        subject_id="Pengingat: konsultasi {nomor} dengan {nama}, {waktu}",
        body_id=(
            "Konsultasi {nomor} dengan {nama} dimulai {waktu}.\n\n"
            "Cara: {cara}\nTempat atau tautan: {tempat}\nTopik: {topik}"
        ),
        subject_en="Reminder: consultation {nomor} with {nama}, {waktu}",
        body_en=(
            "Consultation {nomor} with {nama} starts {waktu}.\n\n"
            "How: {cara}\nPlace or link: {tempat}\nTopic: {topik}"
        ),
        whatsapp_template="konsultasi_pengingat_petugas",
        group=Group.REMINDER,
    )
)

FINISHED = declare(
    NoticeKind(
        code="consultations.finished",
        label=_("Konsultasi selesai"),
        variables=EXAMPLE,
        subject_id="Ringkasan konsultasi {nomor}",
        body_id=(
            "Halo {nama}, terima kasih telah berkonsultasi dengan {ahli}.\n\n"
            "Hasil: {hasil}\n{pesan}\n\nRingkasan dan percakapan tersimpan di halaman permintaan Anda."
        ),
        subject_en="Summary of consultation {nomor}",
        body_en=(
            "Hello {nama}, thank you for consulting {ahli}.\n\n"
            "Result: {hasil}\n{pesan}\n\nThe summary and conversation stay on your request page."
        ),
        whatsapp_template="konsultasi_selesai",
    )
)

VISITOR_ABSENT = declare(
    NoticeKind(
        code="consultations.visitor_absent",
        label=_("Pemohon tidak hadir"),
        variables=EXAMPLE,
        subject_id="Kami menunggu Anda pada konsultasi {nomor}",
        body_id=(
            "Halo {nama}, {ahli} menunggu Anda pada {waktu}, tetapi belum bertemu. "
            "Konsultasi ini kami tutup.\n\n"
            "Bila masih perlu, silakan buat janji baru."
        ),
        subject_en="We waited for you at consultation {nomor}",
        body_en=(
            "Hello {nama}, {ahli} waited for you on {waktu} but did not meet you. "
            "This consultation is closed.\n\n"
            "If you still need it, please book again."
        ),
        whatsapp_template="konsultasi_pemohon_tidak_hadir",
    )
)

OFFICER_ABSENT = declare(
    NoticeKind(
        code="consultations.officer_absent",
        label=_("Ketua tim: petugas tidak hadir"),
        variables=EXAMPLE,
        subject_id="Petugas tidak hadir pada konsultasi {nomor}",
        body_id=(
            "{nama} melaporkan bahwa {ahli} tidak hadir pada konsultasi {nomor}, {waktu}.\n\n"
            "Hubungi pemohon dan tawarkan waktu atau ahli lain hari ini."
        ),
        subject_en="The officer missed consultation {nomor}",
        body_en=(
            "{nama} reports that {ahli} missed consultation {nomor}, {waktu}.\n\n"
            "Please contact the visitor and offer another time or expert today."
        ),
        whatsapp_template="konsultasi_petugas_tidak_hadir",
        group=Group.WORK,
        urgent=True,
    )
)

ANSWER_SOON = declare(
    NoticeKind(
        code="consultations.answer_soon",
        label=_("Petugas: batas tanggapan mendekat"),
        variables=EXAMPLE,
        subject_id="Tanggapi konsultasi {nomor} sebelum {batas}",
        body_id=(
            "Permintaan konsultasi {nomor} dari {nama} belum ditanggapi.\n\n"
            "Waktu yang diminta: {waktu}\nBatas tanggapan: {batas}"
        ),
        subject_en="Answer consultation {nomor} before {batas}",
        body_en=(
            "Consultation request {nomor} from {nama} has no answer yet.\n\n"
            "Time asked for: {waktu}\nAnswer due: {batas}"
        ),
        whatsapp_template="konsultasi_batas_mendekat",
        group=Group.WORK,
        urgent=True,
    )
)

ANSWER_LATE = declare(
    NoticeKind(
        code="consultations.answer_late",
        label=_("Ketua tim: tanggapan terlambat"),
        variables=EXAMPLE,
        subject_id="Konsultasi {nomor} lewat batas tanggapan",
        body_id=(
            "Permintaan konsultasi {nomor} untuk {ahli} belum ditanggapi. Batasnya {batas}.\n\n"
            "Waktu yang diminta: {waktu}\nTanggapi atau alihkan kepada ahli lain."
        ),
        subject_en="Consultation {nomor} is past its answer time",
        body_en=(
            "Consultation request {nomor} for {ahli} has no answer. It was due {batas}.\n\n"
            "Time asked for: {waktu}\nPlease answer it or pass it to another expert."
        ),
        whatsapp_template="konsultasi_lewat_batas",
        group=Group.WORK,
        urgent=True,
    )
)

MISSED = declare(
    NoticeKind(
        code="consultations.missed",
        label=_("Waktu terlewat tanpa tanggapan"),
        variables=EXAMPLE,
        subject_id="Maaf, konsultasi {nomor} belum sempat kami tanggapi",
        body_id=(
            "Halo {nama}, waktu yang Anda minta ({waktu}) terlewat tanpa tanggapan kami. Kami mohon maaf.\n\n"
            "Permintaan Anda tetap terbuka dan ketua tim sudah kami beri tahu. "
            "Buka tautan untuk memilih waktu lain."
        ),
        subject_en="Sorry, we did not answer consultation {nomor} in time",
        body_en=(
            "Hello {nama}, the time you asked for ({waktu}) passed without our answer. We apologise.\n\n"
            "Your request stays open and the team lead has been told. Open the link to choose another time."
        ),
        whatsapp_template="konsultasi_terlewat",
    )
)

RECORD_RESULT = declare(
    NoticeKind(
        code="consultations.record_result",
        label=_("Petugas: hasil belum dicatat"),
        variables=EXAMPLE,
        subject_id="Catat hasil konsultasi {nomor}",
        body_id=(
            "Konsultasi {nomor} dengan {nama}, {waktu}, sudah lewat tetapi hasilnya belum dicatat.\n\n"
            "Catat hasilnya, atau nyatakan pemohon tidak hadir."
        ),
        subject_en="Record the result of consultation {nomor}",
        body_en=(
            "Consultation {nomor} with {nama}, {waktu}, is over but has no result yet.\n\n"
            "Record the result, or state that the visitor did not come."
        ),
        whatsapp_template="konsultasi_catat_hasil",
        group=Group.WORK,
    )
)
