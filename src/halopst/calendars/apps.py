from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "halopst.calendars"
    label = "calendars"

    def ready(self) -> None:
        import halopst.calendars.reference  # noqa: F401, PLC0415  # registers its loaders once models are ready
