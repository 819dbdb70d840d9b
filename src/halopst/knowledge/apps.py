from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "halopst.knowledge"
    label = "knowledge"
