from django.urls import path

from halopst.accounts.views import profile, sign_in

app_name = "accounts"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("data-saya/", profile.my_data, name="my-data"),
    path("data-saya/unduh/", profile.my_data_file, name="my-data-file"),
    path("data-saya/persetujuan/<int:pk>/", profile.consent, name="consent"),
    path("data-saya/hapus/", profile.erasure, name="erasure"),
    path("token/", profile.tokens, name="tokens"),
    path("token/<int:pk>/cabut/", profile.revoke_token, name="revoke-token"),
    path("nama/", sign_in.ask_name, name="name"),
    path("lanjutkan/", sign_in.resume, name="resume"),
    path("belum-punya-peran/", sign_in.no_role, name="no-role"),
    path("tanpa-surel/", sign_in.sso_without_address, name="sso-without-address"),
]
