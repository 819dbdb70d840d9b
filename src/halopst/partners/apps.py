from importlib import import_module

from django.apps import AppConfig

# What composes letters has to be known before the first is made.
COMPOSING = (
    "services.contract_texts",
    "services.decreeing",
    "services.receipting",
    "services.payment_letters",
    "services.amending",
    "services.terminating",
    "services.trying",
)


class PartnersConfig(AppConfig):
    name = "halopst.partners"
    label = "partners"

    def ready(self) -> None:
        for part in ("reference", "notices", *COMPOSING):
            import_module(f"halopst.partners.{part}")
