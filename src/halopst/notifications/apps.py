from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "halopst.notifications"
    label = "notifications"

    def ready(self) -> None:
        import_module("halopst.notifications.reference")
        import_module("halopst.notifications.services.personal_data")
        import_module("halopst.notifications.topics")
        autodiscover_modules("notices")
