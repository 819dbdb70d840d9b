"""What mitra are told of their page, papers and money; officers of what mitra say and exceptions."""

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
DECLINED = declare(
    NoticeKind(
        code="partners.offer_declined",
        label=_("Mitra tidak bersedia"),
        variables={
            "mitra": "Sri Contoh",
            "kegiatan": "Survei Contoh",
            "volume": "24 dokumen",
            "alasan": "Sedang di luar kota sampai akhir bulan.",
        },
        subject_id="{mitra} tidak bersedia mengerjakan {kegiatan}",
        body_id=(
            "{mitra} menolak {volume} untuk {kegiatan}. Alasannya:\n\n{alasan}\n\n"
            "Alokasinya belum berubah. Buka tautan untuk mengurangi volumenya atau memilih mitra lain."
        ),
        subject_en="{mitra} declines {kegiatan}",
        body_en=(
            "{mitra} declines {volume} of {kegiatan}. The reason given:\n\n{alasan}\n\n"
            "The allocation has not changed. Open the link to lower the volume or to choose another mitra."
        ),
        group=Group.WORK,
    )
)
SCAN_RETURNED = declare(
    NoticeKind(
        code="partners.scan_returned",
        label=_("Pindaian mitra dikembalikan"),
        variables={
            "nama": "Sri Contoh",
            "satker": "BPS Kota Contoh",
            "surat": "Perjanjian kerja mitra statistik B-001/35990/VS.330/2026",
            "alasan": "Halaman kedua terpotong.",
        },
        subject_id="Pindaian Anda perlu dikirim ulang",
        body_id=(
            "Halo {nama}, {satker} mengembalikan pindaian Anda untuk {surat}:\n\n{alasan}\n\n"
            "Buka halaman mitra Anda, lalu kirim pindaian yang baru."
        ),
        subject_en="Please send your scan again",
        body_en=(
            "Hello {nama}, {satker} has returned your scan of {surat}:\n\n{alasan}\n\n"
            "Open your mitra page and send a new scan."
        ),
        whatsapp_template="pindaian_mitra_dikembalikan",
        group=Group.WORK,
    )
)
BLACKLISTED = declare(
    NoticeKind(
        code="partners.blacklisted",
        label=_("Mitra masuk daftar hitam"),
        variables={
            "nama": "Sri Contoh",
            "satker": "BPS Kota Contoh",
            "sejak": "1 Maret 2026",
            "alasan": "Isian lima dokumen tidak sesuai kunjungan ulang.",
        },
        subject_id="Anda masuk daftar hitam mitra {satker}",
        body_id=(
            "Halo {nama}, sejak {sejak} {satker} memasukkan Anda ke daftar hitam mitra. Alasannya:\n\n"
            "{alasan}\n\n"
            "Selama itu tidak ada satker yang memberi Anda pekerjaan baru. Bila alasannya tidak benar, "
            "ajukan keberatan di halaman mitra Anda; orang lain yang memutuskannya."
        ),
        subject_en="{satker} has put you on its blacklist of mitra",
        body_en=(
            "Hello {nama}, from {sejak} {satker} has you on its blacklist of mitra. The reason:\n\n"
            "{alasan}\n\n"
            "Meanwhile no office gives you new work. If the reason is not true, appeal on your mitra page; "
            "another person decides."
        ),
        whatsapp_template="mitra_daftar_hitam",
        group=Group.WORK,
    )
)
APPEAL_GRANTED = declare(
    NoticeKind(
        code="partners.appeal_granted",
        label=_("Keberatan mitra diterima"),
        variables={
            "nama": "Sri Contoh",
            "satker": "BPS Kota Contoh",
            "pertimbangan": "Foto kunjungan sesuai lokasi.",
        },
        subject_id="Keberatan Anda diterima {satker}",
        body_id=(
            "Halo {nama}, keberatan Anda diterima {satker}; daftar hitam itu tidak berlaku. "
            "Pertimbangannya:\n\n{pertimbangan}\n\n"
            "Anda dapat diberi pekerjaan lagi seperti semula."
        ),
        subject_en="{satker} has granted your appeal",
        body_en=(
            "Hello {nama}, {satker} has granted your appeal; the blacklisting does not hold. What was "
            "considered:\n\n{pertimbangan}\n\nYou can be given work again as before."
        ),
        whatsapp_template="keberatan_mitra_diterima",
        group=Group.WORK,
    )
)
APPEAL_REJECTED = declare(
    NoticeKind(
        code="partners.appeal_rejected",
        label=_("Keberatan mitra ditolak"),
        variables={
            "nama": "Sri Contoh",
            "satker": "BPS Kota Contoh",
            "pertimbangan": "Foto yang dikirim bukan dari lokasi itu.",
        },
        subject_id="Keberatan Anda ditolak {satker}",
        body_id=(
            "Halo {nama}, keberatan Anda atas daftar hitam ditolak {satker}. Pertimbangannya:\n\n"
            "{pertimbangan}\n\n"
            "Hari terakhirnya dapat dibaca di halaman mitra Anda."
        ),
        subject_en="{satker} has rejected your appeal",
        body_en=(
            "Hello {nama}, {satker} has rejected your appeal against the blacklisting. What was "
            "considered:\n\n{pertimbangan}\n\nIts last day is on your mitra page."
        ),
        whatsapp_template="keberatan_mitra_ditolak",
        group=Group.WORK,
    )
)
TRANSFER_RETURNED = declare(
    NoticeKind(
        code="partners.transfer_returned",
        label=_("Transfer honor diretur bank"),
        variables={
            "nama": "Sri Contoh",
            "satker": "BPS Kota Contoh",
            "bulan": "November 2026",
            "alasan": "Rekening tidak aktif.",
        },
        subject_id="Transfer honor {bulan} dikembalikan bank",
        body_id=(
            "Halo {nama}, bank mengembalikan transfer honor {bulan} dari {satker}:\n\n{alasan}\n\n"
            "Buka halaman mitra Anda: benarkan rekeningnya bila sudah tepat, atau minta dibetulkan. "
            "Honor ditransfer ulang setelah itu."
        ),
        subject_en="The bank sent your honor for {bulan} back",
        body_en=(
            "Hello {nama}, the bank sent your honor for {bulan} from {satker} back:\n\n{alasan}\n\n"
            "Open your mitra page and check the account: confirm it if it is right, or ask for a correction. "
            "The honor is transferred again after that."
        ),
        whatsapp_template="transfer_honor_diretur",
        group=Group.WORK,
    )
)
_ASKED = {
    "nama": "Sri Contoh",
    "satker": "BPS Kota Contoh",
    "permintaan": "Nama pemiliknya seharusnya Sri Contoh Lestari.",
}
ACCOUNT_MENDED = declare(
    NoticeKind(
        code="partners.account_mended",
        label=_("Rekening mitra dibetulkan"),
        variables=_ASKED,
        subject_id="Rekening Anda sudah dibetulkan {satker}",
        body_id=(
            "Halo {nama}, {satker} sudah membetulkan rekening Anda. Yang Anda minta:\n\n{permintaan}\n\n"
            "Buka halaman mitra Anda dan periksa: benarkan bila sudah tepat, atau minta dibetulkan lagi."
        ),
        subject_en="{satker} has corrected your bank account",
        body_en=(
            "Hello {nama}, {satker} has corrected your bank account. What you asked for:\n\n{permintaan}\n\n"
            "Open your mitra page and check it: confirm it if it is right, or ask again."
        ),
        whatsapp_template="rekening_mitra_dibetulkan",
        group=Group.WORK,
    )
)
ACCOUNT_KEPT = declare(
    NoticeKind(
        code="partners.account_kept",
        label=_("Permintaan tentang rekening mitra selesai"),
        variables=_ASKED,
        subject_id="Permintaan Anda tentang rekening selesai diperiksa",
        body_id=(
            "Halo {nama}, {satker} sudah memeriksa permintaan Anda tentang rekening:\n\n{permintaan}\n\n"
            "Rekening yang tercatat tidak diubah. Buka halaman mitra Anda dan periksa: benarkan bila sudah "
            "tepat, atau minta dibetulkan lagi."
        ),
        subject_en="Your request about your bank account has been dealt with",
        body_en=(
            "Hello {nama}, {satker} has looked at your request about your bank account:\n\n{permintaan}\n\n"
            "The account on record was not changed. Open your mitra page and check it: confirm it if it is "
            "right, or ask again."
        ),
        whatsapp_template="permintaan_rekening_selesai",
        group=Group.WORK,
    )
)
_EXCEPTION = {"mitra": "Sri Contoh", "bulan": "November 2026", "jumlah": "Rp5.000.000"}
_DECIDED = {**_EXCEPTION, "pemutus": "Wulan Contoh"}
_TAKEN = {**_DECIDED, "alasan": "Masih ada mitra lain di kecamatan itu."}
EXCEPTION_ASKED = declare(
    NoticeKind(
        code="partners.exception_asked",
        label=_("Pengecualian batas honor diajukan"),
        variables={
            **_EXCEPTION,
            "pengaju": "Budi Contoh",
            "alasan": "Hanya satu mitra menguasai wilayah kepulauan ini.",
        },
        subject_id="Putuskan pengecualian batas honor {mitra}",
        body_id=(
            "{pengaju} mengajukan agar honor {mitra} pada {bulan} boleh sampai {jumlah}. Alasannya:\n\n"
            "{alasan}\n\nBuka tautan untuk membaca dokumennya, lalu menyetujui atau menolak."
        ),
        subject_en="Decide on an exception to the honor cap for {mitra}",
        body_en=(
            "{pengaju} asks that {mitra} may receive up to {jumlah} in {bulan}. The reason given:\n\n"
            "{alasan}\n\nOpen the link to read the document, then grant or decline it."
        ),
        group=Group.WORK,
    )
)
EXCEPTION_GRANTED = declare(
    NoticeKind(
        code="partners.exception_granted",
        label=_("Pengecualian batas honor disetujui"),
        variables=_DECIDED,
        subject_id="Pengecualian batas honor {mitra} disetujui",
        body_id=(
            "{pemutus} menyetujui pengecualian yang Anda ajukan: honor {mitra} pada {bulan} boleh sampai "
            "{jumlah}.\n\nVolume yang tadinya tidak muat kini dapat disimpan di lembar alokasi."
        ),
        subject_en="The exception to the honor cap for {mitra} was granted",
        body_en=(
            "{pemutus} granted the exception you asked for: {mitra} may receive up to {jumlah} in "
            "{bulan}.\n\nThe volume that did not fit can now be saved on the allocation sheet."
        ),
        group=Group.WORK,
    )
)
EXCEPTION_DECLINED = declare(
    NoticeKind(
        code="partners.exception_declined",
        label=_("Pengecualian batas honor ditolak"),
        variables=_TAKEN,
        subject_id="Pengecualian batas honor {mitra} ditolak",
        body_id=(
            "{pemutus} menolak pengecualian yang Anda ajukan agar honor {mitra} pada {bulan} boleh sampai "
            "{jumlah}. Alasannya:\n\n{alasan}\n\n"
            "Batas honornya tetap. Alihkan kelebihannya ke mitra lain, atau ajukan lagi dengan alasan baru."
        ),
        subject_en="The exception to the honor cap for {mitra} was declined",
        body_en=(
            "{pemutus} declined the exception you asked for, that {mitra} may receive up to {jumlah} in "
            "{bulan}. The reason given:\n\n{alasan}\n\n"
            "The cap stays. Hand the surplus to another mitra, or ask again with a new reason."
        ),
        group=Group.WORK,
    )
)
EXCEPTION_WITHDRAWN = declare(
    NoticeKind(
        code="partners.exception_withdrawn",
        label=_("Pengecualian batas honor ditarik"),
        variables=_TAKEN,
        subject_id="Pengecualian batas honor {mitra} ditarik",
        body_id=(
            "{pemutus} menarik pengecualian yang membolehkan honor {mitra} pada {bulan} sampai {jumlah}. "
            "Alasannya:\n\n{alasan}\n\nBatas honor yang biasa berlaku lagi."
        ),
        subject_en="The exception to the honor cap for {mitra} was taken back",
        body_en=(
            "{pemutus} took back the exception that allowed {mitra} up to {jumlah} in {bulan}. The reason "
            "given:\n\n{alasan}\n\nThe usual cap holds again."
        ),
        group=Group.WORK,
    )
)
