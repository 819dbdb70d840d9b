from django.apps import AppConfig


class PartnersConfig(AppConfig):
    name = "halopst.partners"
    label = "partners"
