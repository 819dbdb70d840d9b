from django.urls import path

from halopst.letters.views import (
    batches,
    classifications,
    esign,
    letters,
    numbers,
    public,
    scans,
    signatories,
    templates,
)

app_name = "letters"

urlpatterns = [
    path("surat/", letters.letter_list, name="letters"),
    path("surat/<int:pk>/", letters.letter, name="letter"),
    path("surat/periksa/", esign.check, name="check-signature"),
    path("surat/<int:pk>/langkah/", letters.move, name="move"),
    path("surat/<int:pk>/pindaian/", letters.scan, name="scan"),
    path("surat/<int:pk>/tanda-tangan-elektronik/", esign.sign, name="esign"),
    path("surat/<int:pk>/pdf/", letters.pdf, name="pdf"),
    path("surat/<int:pk>/word/", letters.word, name="word"),
    path("surat/<int:pk>/ditandatangani/<int:signing>/", letters.signed_file, name="signed-file"),
    path("surat/borongan/<int:pk>/", batches.batch, name="batch"),
    path("surat/borongan/<int:pk>/langkah/", batches.move, name="move-batch"),
    path("surat/borongan/<int:pk>/gabungan/", batches.merged, name="merged"),
    path("surat/borongan/<int:pk>/arsip/", batches.archive, name="archive"),
    path("surat/pindaian/<slug:slug>/", scans.stacks, name="stacks"),
    path("surat/pindaian/<slug:slug>/<int:pk>/", scans.stack, name="stack"),
    path("surat/naskah/<slug:slug>/", templates.template_list, name="templates"),
    path("surat/naskah/<slug:slug>/<str:kind>/", templates.template, name="template"),
    path("surat/naskah/<slug:slug>/<str:kind>/pratinjau/", templates.preview, name="preview"),
    path("surat/naskah/<slug:slug>/<str:kind>/word/", templates.word, name="template-word"),
    path("surat/naskah/<slug:slug>/<str:kind>/mitra/", templates.samples, name="samples"),
    path("surat/naskah/<slug:slug>/<str:kind>/buang/", templates.discard, name="discard"),
    path("surat/naskah/<slug:slug>/<str:kind>/tarik/", templates.withdraw, name="withdraw"),
    path("surat/nomor/<slug:slug>/", numbers.numbers, name="numbers"),
    path("surat/nomor/<slug:slug>/<int:pk>/", numbers.book, name="book"),
    path("surat/nomor/<slug:slug>/pola/", numbers.pattern, name="pattern"),
    path("surat/nomor/<slug:slug>/lama/", numbers.old_numbers, name="old-numbers"),
    path("surat/klasifikasi/<slug:slug>/", classifications.classifications, name="classifications"),
    path("surat/klasifikasi/<slug:slug>/<int:pk>/", classifications.end, name="end-classification"),
    path(
        "surat/klasifikasi/<slug:slug>/<int:pk>/hapus/",
        classifications.remove,
        name="remove-classification",
    ),
    path("surat/penanda-tangan/<slug:slug>/", signatories.signatories, name="signatories"),
    path("surat/penanda-tangan/<slug:slug>/<int:pk>/akhiri/", signatories.end, name="end-signatory"),
    path("verifikasi/<slug:token>", public.verify, name="verify"),
]
