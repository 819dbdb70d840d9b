from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    name = "halopst.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        import halopst.knowledge.notices  # noqa: PLC0415  # declares what may be told
        import halopst.knowledge.reference  # noqa: F401, PLC0415  # registers its loader once models are ready
