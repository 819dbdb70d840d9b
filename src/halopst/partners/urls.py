from django.urls import path

from halopst.partners.views import activities, importing, person, reference, register

app_name = "partners"
urlpatterns = [
    path("", register.home, name="home"),
    path("<slug:slug>/", register.register, name="register"),
    path("<slug:slug>/kegiatan/", activities.activities, name="activities"),
    path("<slug:slug>/kegiatan/tambah/", activities.add_activity, name="add-activity"),
    path("<slug:slug>/kegiatan/<int:pk>/", activities.activity, name="activity"),
    path("<slug:slug>/kegiatan/<int:pk>/ubah/", activities.edit_activity, name="edit-activity"),
    path("<slug:slug>/kegiatan/<int:pk>/tugas/<int:duty>/hapus/", activities.remove_duty, name="remove-duty"),
    path("<slug:slug>/acuan/aturan/", reference.rules, name="rules"),
    path("<slug:slug>/acuan/mak/<int:pk>/", reference.ceiling, name="ceiling"),
    path("<slug:slug>/acuan/<slug:key>/", reference.shelf, name="shelf"),
    path("<slug:slug>/acuan/<slug:key>/<int:pk>/hapus/", reference.remove, name="remove"),
    path("<slug:slug>/impor/", importing.imports, name="imports"),
    path("<slug:slug>/impor/templat.xlsx", importing.template, name="template"),
    path("<slug:slug>/impor/<int:pk>/", importing.run, name="import"),
    path("<slug:slug>/impor/<int:pk>/periksa/", importing.check, name="check-import"),
    path("<slug:slug>/impor/<int:pk>/mulai/", importing.start, name="start-import"),
    path("<slug:slug>/impor/<int:pk>/batal/", importing.cancel, name="cancel-import"),
    path("<slug:slug>/impor/<int:pk>/salah.xlsx", importing.bad_rows, name="bad-rows"),
    path("<slug:slug>/unduh/", importing.export, name="export"),
    path("<slug:slug>/tambah/", register.add, name="add"),
    path("<slug:slug>/<int:pk>/", person.person, name="person"),
    path("<slug:slug>/<int:pk>/nik/", person.nik, name="nik"),
    path("<slug:slug>/<int:pk>/ubah/", person.edit, name="edit"),
    path("<slug:slug>/<int:pk>/tahun/", person.year, name="year"),
    path("<slug:slug>/<int:pk>/rekening/", person.account, name="account"),
    path("<slug:slug>/<int:pk>/berkas/", person.add_document, name="add-document"),
    path("<slug:slug>/<int:pk>/berkas/<int:document>/", person.document, name="document"),
    path("<slug:slug>/<int:pk>/berkas/<int:document>/hapus/", person.remove_document, name="remove-document"),
    path("<slug:slug>/<int:pk>/daftar-hitam/", person.blacklist, name="blacklist"),
    path("<slug:slug>/<int:pk>/daftar-hitam/<int:listed>/akhiri/", person.lift, name="lift"),
    path("<slug:slug>/<int:pk>/daftar-hitam/<int:listed>/keberatan/", person.appeal, name="appeal"),
    path("<slug:slug>/<int:pk>/daftar-hitam/<int:listed>/putusan/", person.decide, name="decide"),
]
