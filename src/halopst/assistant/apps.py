from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "halopst.assistant"
    label = "assistant"

    def ready(self) -> None:
        from halopst.assistant import topics  # noqa: F401, PLC0415  # registers itself
