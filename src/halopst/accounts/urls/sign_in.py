"""Every page of signing in. allauth knows them by these names; what we do not use has no address."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.socialaccount import views as social
from django.urls import path

from halopst.accounts.views import sign_in

urlpatterns = [
    path("masuk/", sign_in.ask_address, name="account_login"),
    path("masuk/kode/", sign_in.ask_code, name="account_code"),
    path("masuk/kata-sandi/", account.login, name="account_password_login"),
    path("masuk/dua-langkah/", mfa.authenticate, name="mfa_authenticate"),
    path("masuk/sso/batal/", social.login_cancelled, name="socialaccount_login_cancelled"),
    path("masuk/sso/<slug:provider_id>/", sign_in.single_sign_on, name="openid_connect_login"),
    path("masuk/sso/<slug:provider_id>/kembali/", sign_in.signed_on, name="openid_connect_callback"),
    path("keluar/", account.logout, name="account_logout"),
    path("nonaktif/", account.account_inactive, name="account_inactive"),
    path("konfirmasi/", account.reauthenticate, name="account_reauthenticate"),
    path("konfirmasi/dua-langkah/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("kata-sandi/", account.password_change, name="account_change_password"),
    path("kata-sandi/buat/", account.password_set, name="account_set_password"),
    path("dua-langkah/", mfa.index, name="mfa_index"),
    path("dua-langkah/aktifkan/", sign_in.activate_totp, name="mfa_activate_totp"),
    path("dua-langkah/matikan/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("dua-langkah/kode-cadangan/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "dua-langkah/kode-cadangan/baru/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "dua-langkah/kode-cadangan/unduh/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
