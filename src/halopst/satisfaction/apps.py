from importlib import import_module

from django.apps import AppConfig


class SatisfactionConfig(AppConfig):
    name = "halopst.satisfaction"
    label = "satisfaction"

    def ready(self) -> None:
        import_module("halopst.satisfaction.reference")
        import_module("halopst.satisfaction.notices")
        import_module("halopst.satisfaction.panels")
