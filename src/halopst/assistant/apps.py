from django.apps import AppConfig


class AssistantConfig(AppConfig):
    name = "halopst.assistant"
    label = "assistant"
