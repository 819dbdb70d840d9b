from django.apps import AppConfig


class SchedulingConfig(AppConfig):
    name = "halopst.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        from halopst.scheduling import reference  # noqa: F401, PLC0415  # registers the loader
