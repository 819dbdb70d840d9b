from importlib import import_module

from django.apps import AppConfig

# What composes letters, chooses a part of them, or tells what one goes on with, has to be known before the
# first is asked for.
COMPOSING = (
    "services.contracts.texts",
    "services.decreeing",
    "services.handovers.receipting",
    "services.payments.letters",
    "services.contracts.amending",
    "services.handovers.terminating",
    "services.trying",
    "queries.monitoring.stale",
    "queries.contracts.continued",
)


class PartnersConfig(AppConfig):
    name = "halopst.partners"
    label = "partners"

    def ready(self) -> None:
        for part in ("reference", "notices", *COMPOSING):
            import_module(f"halopst.partners.{part}")
