from importlib import import_module

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LettersConfig(AppConfig):
    name = "halopst.letters"
    label = "letters"

    def ready(self) -> None:
        import_module("halopst.letters.reference")
        autodiscover_modules("letter_kinds")
