from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "halopst.partners"
    label = "partners"

    def ready(self) -> None:
        from halopst.partners import contracts, reference  # noqa: F401, PLC0415  # declares its letters, loads figures
        from halopst.partners.services import contracting  # noqa: F401, PLC0415  # composes them
