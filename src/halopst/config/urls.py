from django.urls import include, path

from halopst.config.api import api
from halopst.config.observability import views as observability

handler400 = "halopst.config.problems.bad_request"
handler404 = "halopst.config.problems.page_not_found"

urlpatterns = [
    path("healthz", observability.healthz, name="healthz"),
    path("readyz", observability.readyz, name="readyz"),
    path("metrics", observability.metrics, name="metrics"),
    path("api/v1/", api.urls),
    path("bahasa/", include("django.conf.urls.i18n")),
    path("", include("halopst.core.urls")),
    path("akun/", include("halopst.accounts.urls.sign_in")),
    path("akun/", include("halopst.accounts.urls")),
    path("satker/", include("halopst.units.urls")),
    path("kalender/", include("halopst.calendars.urls")),
    path("pemberitahuan/", include("halopst.notifications.urls")),
    path("keahlian/", include("halopst.scheduling.urls")),
    path("permintaan/", include("halopst.cases.urls")),
    path("aida/", include("halopst.assistant.urls")),
    path("konsultasi/", include("halopst.consultations.urls")),
    path("data/", include("halopst.knowledge.data_urls")),
    path("mitra/", include("halopst.partners.urls")),
    path("saya-mitra/", include("halopst.partners.own_urls")),
    path("penilaian/", include("halopst.satisfaction.urls")),
    path("laporan/", include("halopst.reporting.urls")),
    path("", include("halopst.letters.urls")),
    path("", include("halopst.knowledge.urls")),
    path("", include("halopst.portal.urls")),
]
