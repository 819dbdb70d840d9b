from django.urls import path

from halopst.assistant.views import channels, proposals, public_answers, talk, widget, wording

app_name = "assistant"
urlpatterns = [
    path("widget.js", widget.script, name="widget-script"),
    path("usul/<nomor:number>/", proposals.propose, name="propose"),
    path("usul/<nomor:number>/abaikan/", proposals.dismiss, name="dismiss"),
    path("<slug:slug>/", talk.talk, name="talk"),
    path("jawaban-umum/<nomor:number>/", public_answers.public_answer, name="public-answer"),
    path("<slug:satker>/saluran/", channels.channels, name="channels"),
    path("<slug:slug>/bingkai/", widget.widget, name="widget"),
    path("<slug:slug>/lanjut/<str:token>/", widget.carry_on, name="carry-on"),
    path("<slug:slug>/baru/", talk.another, name="another"),
    path("<slug:slug>/simpan/", talk.keep, name="keep"),
    path("<slug:slug>/petugas/", talk.hand_over, name="hand-over"),
    path("<slug:slug>/jawaban/<int:pk>/", talk.judge, name="judge"),
    path("<slug:slug>/jawaban/<int:pk>/susun/", wording.word, name="word"),
]
