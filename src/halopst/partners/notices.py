"""What mitra are told about the page of their own."""

from django.utils.translation import gettext_lazy as _

from halopst.notifications.services import Group, NoticeKind, declare

LINK = declare(
    NoticeKind(
        code="partners.own_link",
        label=_("Tautan halaman mitra"),
        variables={"nama": "Sri Contoh", "satker": "BPS Kota Contoh"},
        subject_id="Halaman mitra Anda di {satker}",
        body_id=(
            "Halo {nama}, {satker} membuka halaman mitra untuk Anda. Di sana ada tawaran pekerjaan, "
            "perjanjian, honor terhadap batasnya, dan rekening Anda.\n\n"
            "Buka tautan berikut, lalu minta kode enam angka. Kodenya dikirim ke alamat ini."
        ),
        subject_en="Your page at {satker}",
        body_en=(
            "Hello {nama}, {satker} has opened a page for you as a mitra: work on offer, contracts, your "
            "honor against its cap, and your bank account.\n\n"
            "Open this link and ask for a six-digit code. It is sent to this address."
        ),
        whatsapp_template="halaman_mitra",
        group=Group.WORK,
    )
)
CODE = declare(
    NoticeKind(
        code="partners.own_code",
        label=_("Kode halaman mitra"),
        variables={"kode": "402913"},
        subject_id="{kode} adalah kode halaman mitra Anda",
        body_id=(
            "Kode halaman mitra Anda: {kode}\n\n"
            "Kode berlaku 10 menit dan hanya di perangkat tempat Anda memintanya. Petugas kami tidak pernah "
            "menanyakan kode ini.\n\n"
            "Tidak merasa meminta? Abaikan pesan ini; tidak ada yang berubah."
        ),
        subject_en="{kode} is the code to your mitra page",
        body_en=(
            "The code to your mitra page: {kode}\n\n"
            "It is valid for 10 minutes and only on the device you asked for it on. Our officers never ask "
            "for this code.\n\n"
            "Did you not ask? Ignore this message; nothing has changed."
        ),
        whatsapp_template="kode_halaman_mitra",
        group=Group.WORK,
        urgent=True,
        alone=True,
    )
)
SHARED = declare(
    NoticeKind(
        code="partners.own_shared",
        label=_("Alamat halaman mitra dipakai bersama"),
        variables={"nama": "mitra"},
        subject_id="Alamat ini dipakai lebih dari satu mitra",
        body_id=(
            "Halo {nama}, kode halaman mitra tidak dikirim karena alamat ini tercatat untuk lebih dari satu "
            "orang. Minta tautan pribadi kepada satker Anda; tautan itu tahu untuk siapa kodenya."
        ),
        subject_en="More than one mitra uses this address",
        body_en=(
            "Hello {nama}, no code was sent because this address is on record for more than one person. Ask "
            "your office for a personal link; the link knows whose code it is."
        ),
        whatsapp_template="alamat_mitra_bersama",
        group=Group.WORK,
        urgent=True,
        alone=True,
    )
)
