from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "halopst.demo"
    label = "demo"
