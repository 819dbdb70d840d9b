from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "halopst.cases"
    label = "cases"

    def ready(self) -> None:
        from halopst.cases import notices, personal, reference, topics  # noqa: F401, PLC0415  # each registers itself
