from django.urls import path

from halopst.assistant.views import talk, wording

app_name = "assistant"
urlpatterns = [
    path("<slug:slug>/", talk.talk, name="talk"),
    path("<slug:slug>/baru/", talk.another, name="another"),
    path("<slug:slug>/simpan/", talk.keep, name="keep"),
    path("<slug:slug>/petugas/", talk.hand_over, name="hand-over"),
    path("<slug:slug>/jawaban/<int:pk>/", talk.judge, name="judge"),
    path("<slug:slug>/jawaban/<int:pk>/susun/", wording.word, name="word"),
]
