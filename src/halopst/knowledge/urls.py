from django.urls import path

from halopst.knowledge.views import public, synonyms, uploading, writing

app_name = "knowledge"
urlpatterns = [
    path("cari/", public.find, name="search"),
    path("pengetahuan/", writing.texts, name="texts"),
    path("pengetahuan/baru/", writing.new, name="new"),
    path("pengetahuan/unggah/", uploading.upload, name="upload"),
    path("pengetahuan/padanan/", synonyms.synonyms, name="synonyms"),
    path("pengetahuan/padanan/<int:pk>/langkah/", synonyms.move, name="move-synonym"),
    path("pengetahuan/<int:pk>/", public.document, name="document"),
    path("pengetahuan/<int:pk>/ubah/", writing.edit, name="edit"),
    path("pengetahuan/<int:pk>/langkah/", writing.move, name="move"),
    path("pengetahuan/<int:pk>/versi/<int:number>/", writing.version, name="version"),
]
