from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "halopst.reporting"
    label = "reporting"
