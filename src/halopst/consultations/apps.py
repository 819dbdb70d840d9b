from django.apps import AppConfig


class ConsultationsConfig(AppConfig):
    name = "halopst.consultations"
    label = "consultations"

    def ready(self) -> None:
        from halopst.consultations import notices, panels, personal  # noqa: F401, PLC0415  # each registers itself
