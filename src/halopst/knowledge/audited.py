from django.utils.translation import gettext_lazy as _

from halopst.audit.wording import name_recorded

name_recorded(
    actions={
        "knowledge.webapi-set": _("Alamat dan kunci WebAPI diatur"),
        "knowledge.sync-started": _("Pengambilan data dimulai"),
        "knowledge.sync-stopped": _("Pengambilan data dihentikan"),
        "knowledge.figures-uploaded": _("Berkas angka diunggah"),
        "knowledge.figures-imported": _("Angka dari berkas dimasukkan"),
        "knowledge.figures-cancelled": _("Berkas angka dibatalkan"),
        "knowledge.measure-changed": _("Satuan indikator berganti"),
        "knowledge.release-set": _("Jadwal rilis diatur"),
        "knowledge.indicator-called": _("Nama lain indikator diubah"),
        "knowledge.release-removed": _("Jadwal rilis dihapus"),
        "knowledge.written": _("Tulisan dibuat"),
        "knowledge.edited": _("Tulisan diubah"),
        "knowledge.published": _("Tulisan terbit"),
        "knowledge.withdrawn": _("Tulisan ditarik"),
        "knowledge.taken-over": _("Penanggung jawab tulisan berganti"),
        "knowledge.synonym-proposed": _("Padanan kata diusulkan"),
        "knowledge.synonym-approved": _("Padanan kata disetujui"),
        "knowledge.synonym-withdrawn": _("Padanan kata tidak dipakai lagi"),
        "knowledge.data-asked": _("Data diminta"),
        "knowledge.data-request-closed": _("Permintaan data ditutup"),
        "knowledge.imported": _("Tulisan diimpor"),
    },
    subjects={
        "knowledge.webapiaccess": _("Akses WebAPI"),
        "knowledge.indicator": _("Indikator"),
        "knowledge.sync": _("Pengambilan data"),
        "knowledge.figureimport": _("Berkas angka"),
        "knowledge.releasedate": _("Jadwal rilis"),
        "knowledge.document": _("Tulisan"),
        "knowledge.synonym": _("Padanan kata"),
        "knowledge.datarequest": _("Permintaan data"),
    },
)
