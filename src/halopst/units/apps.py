from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "halopst.units"
    label = "units"

    def ready(self) -> None:
        import halopst.units.reference  # noqa: F401, PLC0415  # registers its loaders once models are ready
