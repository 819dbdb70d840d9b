from django.urls import path

from halopst.knowledge.views import data_requests, fetching, figure_files, indicators, static_tables

app_name = "figures"
urlpatterns = [
    path("<slug:slug>/", fetching.syncs, name="syncs"),
    path("<slug:slug>/ambil/<slug:kind>/", fetching.start, name="start"),
    path("<slug:slug>/henti/<slug:kind>/", fetching.stop, name="stop"),
    path("<slug:slug>/akses/", fetching.access, name="access"),
    path("<slug:slug>/permintaan/", data_requests.requests, name="requests"),
    path("<slug:slug>/permintaan/<int:pk>/tutup/", data_requests.close, name="close-request"),
    path("<slug:slug>/berkas/", figure_files.files, name="files"),
    path("<slug:slug>/berkas/templat/", figure_files.template, name="template"),
    path("<slug:slug>/berkas/<int:pk>/", figure_files.file, name="file"),
    path("<slug:slug>/berkas/<int:pk>/masukkan/", figure_files.take_in, name="take-in"),
    path("<slug:slug>/berkas/<int:pk>/batal/", figure_files.cancel, name="cancel"),
    path("<slug:slug>/tabel/", static_tables.tables, name="tables"),
    path("<slug:slug>/indikator/", indicators.indicators, name="indicators"),
    path("<slug:slug>/indikator/<int:pk>/", indicators.indicator, name="indicator"),
    path("<slug:slug>/indikator/<int:pk>/nama/", indicators.call, name="call"),
    path("<slug:slug>/indikator/<int:pk>/jadwal/", indicators.schedule, name="schedule"),
    path(
        "<slug:slug>/indikator/<int:pk>/jadwal/<int:release_pk>/hapus/",
        indicators.unschedule,
        name="unschedule",
    ),
]
