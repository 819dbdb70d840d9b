from importlib import import_module

from django.apps import AppConfig

# What composes letters, and what chooses a part of them, has to be known before the first is asked for.
COMPOSING = (
    "services.contract_texts",
    "services.decreeing",
    "services.receipting",
    "services.payment_letters",
    "services.amending",
    "services.terminating",
    "services.trying",
    "queries.stale",
)


class PartnersConfig(AppConfig):
    name = "halopst.partners"
    label = "partners"

    def ready(self) -> None:
        for part in ("reference", "notices", *COMPOSING):
            import_module(f"halopst.partners.{part}")
