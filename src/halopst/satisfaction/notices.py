from django.utils.translation import gettext_lazy as _

from halopst.notifications.services import Group, NoticeKind, declare

INVITATION = declare(
    NoticeKind(
        code="satisfaction.invitation",
        label=_("Undangan menilai petugas"),
        variables={"nama": "Wening", "petugas": "Cak Bagas", "nomor": "JTM-2611-0427"},
        subject_id="Bagaimana layanan {petugas}?",
        body_id=(
            "Halo {nama}, permintaan {nomor} sudah selesai. Nilailah {petugas} lewat tautan di bawah: "
            "dua pertanyaan, tidak sampai satu menit. Petugas tidak melihat siapa yang menilai."
        ),
        subject_en="How did {petugas} do?",
        body_en=(
            "Hello {nama}, request {nomor} is finished. Please rate {petugas} with the link below: "
            "two questions, less than a minute. The officer does not see who rated."
        ),
        whatsapp_template="undangan_menilai",
        group=Group.RATING,
    )
)
