from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "halopst.accounts"
    label = "accounts"

    def ready(self) -> None:
        from halopst.accounts import reference  # noqa: F401, PLC0415  # registers its loader
