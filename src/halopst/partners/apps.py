from importlib import import_module

from django.apps import AppConfig

# What declares letters and what composes them has to be known before the first is made.
OF_LETTERS = (
    "contracts",
    "papers",
    "addenda",
    "receipts",
    "spj",
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
        for part in ("reference", "notices", *OF_LETTERS):
            import_module(f"halopst.partners.{part}")
