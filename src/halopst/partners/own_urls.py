"""The mitra's own page: a public address of its own, so that its cookies reach no further."""

from django.urls import path

from halopst.partners.views import own_door, own_page

app_name = "own"
urlpatterns = [
    path("", own_page.home, name="home"),
    path("masuk/", own_door.door, name="door"),
    path("kode/", own_door.code, name="code"),
    path("keluar/", own_door.leave, name="leave"),
    path("tautan/<str:token>/", own_door.link, name="link"),
    path("tawaran/<int:pk>/", own_page.answer, name="answer"),
    path("rekening/", own_page.account, name="account"),
    path("daftar-hitam/<int:pk>/", own_page.appeal, name="appeal"),
    path("surat/<int:pk>.pdf", own_page.letter, name="letter"),
    path("surat/<int:pk>/pindaian/", own_page.scan, name="scan"),
]
