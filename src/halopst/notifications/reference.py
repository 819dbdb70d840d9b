from halopst.core.reference import reference_data
from halopst.notifications.models import Channel, ProviderError

META = "developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes"
RFC = "RFC 5321 §4.2.1"
RETRY, TEMPLATE, FALLBACK, BROKEN, OPT_OUT = (
    ProviderError.Action.RETRY,
    ProviderError.Action.TEMPLATE,
    ProviderError.Action.FALLBACK,
    ProviderError.Action.BROKEN_TEMPLATE,
    ProviderError.Action.OPT_OUT,
)

MEANINGS: list[tuple[str, str, str, str]] = [
    (Channel.EMAIL, "4xx", RETRY, "Peladen surel penerima sedang menolak sementara."),
    (Channel.EMAIL, "5xx", FALLBACK, "Peladen surel menolak pesan ini. Periksa alamat surelnya."),
    (Channel.EMAIL, "550", FALLBACK, "Alamat surel tidak ada atau tidak menerima pesan."),
    (Channel.EMAIL, "552", FALLBACK, "Kotak surel penerima penuh."),
    (Channel.EMAIL, "address", FALLBACK, "Alamat surel tidak dapat dipakai."),
    (Channel.WHATSAPP, "1", RETRY, "WhatsApp sedang terganggu."),
    (Channel.WHATSAPP, "2", RETRY, "Layanan WhatsApp sedang tidak tersedia."),
    (Channel.WHATSAPP, "4", RETRY, "Batas panggilan ke WhatsApp tercapai."),
    (Channel.WHATSAPP, "80007", RETRY, "Batas pengiriman akun WhatsApp tercapai."),
    (Channel.WHATSAPP, "130429", RETRY, "Laju kirim WhatsApp penuh."),
    (Channel.WHATSAPP, "131000", RETRY, "WhatsApp gagal memproses pesan."),
    (Channel.WHATSAPP, "131016", RETRY, "Layanan WhatsApp sedang tidak tersedia."),
    (Channel.WHATSAPP, "131056", RETRY, "Terlalu banyak pesan ke nomor yang sama dalam waktu singkat."),
    (
        Channel.WHATSAPP,
        "131047",
        TEMPLATE,
        "Lebih dari 24 jam sejak pesan terakhir; hanya templat yang boleh.",
    ),
    (Channel.WHATSAPP, "131026", FALLBACK, "Pesan tidak dapat disampaikan ke nomor ini."),
    (Channel.WHATSAPP, "131048", FALLBACK, "Pengiriman dibatasi karena laporan spam."),
    (Channel.WHATSAPP, "131049", FALLBACK, "WhatsApp menahan pesan ini demi kenyamanan penerima."),
    (Channel.WHATSAPP, "131050", OPT_OUT, "Penerima berhenti menerima pesan dari nomor ini."),
    (Channel.WHATSAPP, "132000", BROKEN, "Jumlah isian templat tidak cocok dengan yang disetujui."),
    (Channel.WHATSAPP, "132001", BROKEN, "Templat tidak ada atau belum disetujui dalam bahasa ini."),
    (Channel.WHATSAPP, "132012", BROKEN, "Bentuk isian templat tidak cocok dengan yang disetujui."),
    (Channel.WHATSAPP, "132015", BROKEN, "Templat dijeda karena mutunya dinilai rendah."),
    (Channel.WHATSAPP, "132016", BROKEN, "Templat dinonaktifkan oleh WhatsApp."),
    (Channel.WHATSAPP, "190", FALLBACK, "Kunci akses WhatsApp tidak berlaku lagi. Pasang kunci baru."),
    (Channel.WHATSAPP, "368", FALLBACK, "Akun WhatsApp satker dibatasi karena pelanggaran kebijakan."),
    (Channel.WHATSAPP, "133010", FALLBACK, "Nomor pengirim belum terdaftar di WhatsApp."),
]


@reference_data("arti galat surel dan WhatsApp")
def load_error_meanings() -> None:
    for channel, code, action, sentence in MEANINGS:
        ProviderError.objects.get_or_create(
            channel=channel,
            code=code,
            defaults={
                "action": action,
                "sentence": sentence,
                "source": RFC if channel == Channel.EMAIL else META,
            },
        )
