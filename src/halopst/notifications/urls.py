from django.urls import path

from halopst.notifications.views import inbox, webhook

app_name = "notifications"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("<int:pk>/buka/", inbox.open_notice, name="open"),
    path("baca-semua/", inbox.read_all, name="read-all"),
    path("whatsapp/webhook/", webhook.whatsapp, name="whatsapp-webhook"),
]
