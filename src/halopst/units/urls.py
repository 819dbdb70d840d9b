from django.urls import path

from halopst.units.views import maklumat, offices, public, standards

app_name = "units"
urlpatterns = [
    path("", offices.unit_list, name="list"),
    path("baru/", offices.unit_new, name="new"),
    path("teks-bawaan/<slug:code>/", standards.template, name="template"),
    path("standar/<int:pk>/", standards.standard, name="standard"),
    path("standar/<int:pk>/terbitkan/", standards.standard_publish, name="standard-publish"),
    path("standar/<int:pk>/akhiri/", standards.standard_end, name="standard-end"),
    path("standar/<int:pk>/hapus/", standards.standard_discard, name="standard-discard"),
    path("maklumat/<int:pk>/terbitkan/", maklumat.maklumat_publish, name="maklumat-publish"),
    path("maklumat/<int:pk>/hapus/", maklumat.maklumat_discard, name="maklumat-discard"),
    path("<slug:slug>/standar/", public.standards, name="standards"),
    path("<slug:satker>/kelola/", offices.contact, name="office"),
    path("<slug:satker>/kelola/identitas/", offices.identity, name="identity"),
    path("<slug:satker>/kelola/layanan/", offices.service_choices, name="services"),
    path("<slug:satker>/kelola/standar/", standards.standard_list, name="standard-list"),
    path("<slug:satker>/kelola/standar/baru/", standards.standard_new, name="standard-new"),
    path("<slug:satker>/kelola/maklumat/", maklumat.maklumat, name="maklumat"),
]
