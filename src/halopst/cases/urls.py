from django.urls import path

from halopst.cases import converters, views  # noqa: F401  # registers <nomor:number>

app_name = "cases"
urlpatterns = [
    path("kotak-masuk/", views.inbox, name="inbox"),
    path("kotak-masuk/<nomor:number>/", views.case_detail, name="case-detail"),
    path("kotak-masuk/<nomor:number>/balas/", views.reply, name="case-reply"),
    path("kotak-masuk/<nomor:number>/serahkan/", views.assign, name="case-assign"),
    path("kotak-masuk/<nomor:number>/lengkap/", views.complete, name="case-complete"),
    path("kotak-masuk/<nomor:number>/lanjut/", views.resume, name="case-resume"),
    path("kotak-masuk/<nomor:number>/selesai/", views.finish, name="case-finish"),
    path("kotak-masuk/<nomor:number>/batal/", views.cancel, name="case-cancel"),
    path("kotak-masuk/<nomor:number>/buka/", views.reopen, name="case-reopen"),
    path("kotak-masuk/<nomor:number>/hadir/", views.presence, name="case-presence"),
    path("saya/", views.my_cases, name="my-cases"),
    path("saya/<nomor:number>/", views.my_case, name="my-case"),
    path("saya/<nomor:number>/balas/", views.my_reply, name="my-reply"),
    path("saya/<nomor:number>/batal/", views.my_cancel, name="my-cancel"),
    path("saya/<nomor:number>/buka/", views.my_reopen, name="my-reopen"),
    path("tautan/<str:token>/", views.my_case, name="linked-case"),
    path("tautan/<str:token>/balas/", views.my_reply, name="linked-reply"),
    path("tautan/<str:token>/batal/", views.my_cancel, name="linked-cancel"),
    path("tautan/<str:token>/buka/", views.my_reopen, name="linked-reopen"),
    path("berkas/<int:pk>/", views.attachment, name="attachment"),
    path("tautan/<str:token>/berkas/<int:pk>/", views.attachment, name="linked-attachment"),
    path("baru/<slug:slug>/", views.new_case, name="new"),
    path("aturan/<slug:slug>/", views.policy, name="policy"),
    path("lacak/", views.track, name="track"),
]
