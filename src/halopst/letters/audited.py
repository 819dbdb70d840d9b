from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "letters.issued": _("Surat diterbitkan"),
        "letters.printed": _("Surat dicetak"),
        "letters.signed": _("Surat ditandatangani"),
        "letters.sealed": _("Surat diberi segel elektronik"),
        "letters.handed-over": _("Surat diserahterimakan"),
        "letters.paid": _("Surat dibayar"),
        "letters.reopened": _("Pembayaran surat dikembalikan"),
        "letters.outdated": _("Surat menjadi usang"),
        "letters.replaced": _("Surat diganti"),
        "letters.annulled": _("Surat dibatalkan"),
        "letters.pattern-set": _("Pola nomor ditetapkan"),
        "letters.numbers-imported": _("Nomor lama dimasukkan"),
        "letters.template-drafted": _("Konsep naskah surat disimpan"),
        "letters.template-published": _("Naskah surat diterbitkan"),
        "letters.template-discarded": _("Konsep naskah surat dibuang"),
        "letters.template-withdrawn": _("Naskah surat ditarik"),
        "letters.signatory-appointed": _("Penanda tangan ditetapkan"),
        "letters.signatory-corrected": _("Data penanda tangan dibetulkan"),
        "letters.signatory-ended": _("Masa penanda tangan diakhiri"),
        "letters.classification-added": _("Kode klasifikasi ditambahkan"),
        "letters.classification-ended": _("Kode klasifikasi diakhiri"),
        "letters.classification-removed": _("Kode klasifikasi dihapus"),
        "letters.batch-started": _("Pembuatan surat dimulai"),
        "letters.batch-cancelled": _("Pembuatan surat dihentikan"),
        "letters.batch-bound-again": _("Berkas gabungan surat disusun ulang"),
        "letters.stack-given": _("Tumpukan pindaian diunggah"),
    },
    subjects={
        "letters.letter": _("Surat"),
        "letters.numberpattern": _("Pola nomor"),
        "letters.template": _("Naskah surat"),
        "letters.signatory": _("Penanda tangan"),
        "letters.classification": _("Kode klasifikasi"),
        "letters.batch": _("Pembuatan surat"),
        "letters.scanstack": _("Tumpukan pindaian"),
    },
)
