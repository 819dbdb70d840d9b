from django.urls import path

from halopst.notifications.views import inbox, outbox, preferences, texts, webhook

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:pk>/buka/", inbox.open_notice, name="open"),
    path("baca-semua/", inbox.read_all, name="read-all"),
    path("pilihan/", preferences.preferences, name="preferences"),
    path("berhenti/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
    path("kotak-keluar/", outbox.outbox, name="outbox"),
    path("kotak-keluar/<int:pk>/kirim-ulang/", outbox.again, name="again"),
    path("naskah/", texts.texts, name="texts"),
    path("naskah/<slug:slug>/jam-tenang/", texts.quiet_hours, name="quiet-hours"),
    path("naskah/<slug:slug>/<str:kind>/<str:language>/", texts.text, name="text"),
    path("whatsapp/webhook/", webhook.whatsapp, name="whatsapp-webhook"),
]
