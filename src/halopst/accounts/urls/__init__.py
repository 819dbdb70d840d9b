from django.urls import path

from halopst.accounts.views import address, audit, people, profile
from halopst.accounts.views import sign_in as entry

app_name = "accounts"
urlpatterns = [
    path("", profile.profile, name="profile"),
    path("surel/", address.address, name="address"),
    path("surel/kode/", address.address_code, name="address-code"),
    path("data-saya/", profile.my_data, name="my-data"),
    path("data-saya/unduh/", profile.my_data_file, name="my-data-file"),
    path("data-saya/persetujuan/<int:pk>/", profile.consent, name="consent"),
    path("data-saya/hapus/", profile.erasure, name="erasure"),
    path("token/", profile.tokens, name="tokens"),
    path("token/<int:pk>/cabut/", profile.revoke_token, name="revoke-token"),
    path("nama/", entry.ask_name, name="name"),
    path("lanjutkan/", entry.resume, name="resume"),
    path("belum-punya-peran/", entry.no_role, name="no-role"),
    path("tanpa-surel/", entry.sso_without_address, name="sso-without-address"),
    path("orang/", people.people, name="people"),
    path("orang/undang/", people.invite, name="invite"),
    path("orang/<int:pk>/", people.person, name="person"),
    path("orang/<int:pk>/akun/", people.switch_account, name="switch-account"),
    path("orang/peran/<int:pk>/cabut/", people.take_role, name="take-role"),
    path("orang/undangan/<int:pk>/batal/", people.withdraw_invitation, name="withdraw-invitation"),
    path("undangan/<str:token>/", people.invitation, name="invitation"),
    path("peran-sso/", people.mappings, name="mappings"),
    path("peran-sso/<int:pk>/hapus/", people.remove_mapping, name="remove-mapping"),
    path("penghapusan/", people.erasures, name="erasures"),
    path("penghapusan/<int:pk>/", people.erase, name="erase"),
    path("audit/", audit.audit, name="audit"),
]
