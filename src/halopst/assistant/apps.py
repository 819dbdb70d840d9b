from importlib import import_module

from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "halopst.assistant"
    label = "assistant"

    def ready(self) -> None:
        for part in ("notices", "panels", "personal", "topics"):
            import_module(f"halopst.assistant.{part}")
