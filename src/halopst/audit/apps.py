from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class AuditConfig(AppConfig):
    name = "halopst.audit"
    label = "audit"

    def ready(self) -> None:
        """Each domain names what it records in a module `audited`."""
        autodiscover_modules("audited")
