from django.urls import path

from halopst.assistant.views import (
    channels,
    drafts,
    learning,
    opinions,
    proposals,
    public_answers,
    reading,
    talk,
    widget,
    wording,
)

app_name = "assistant"
urlpatterns = [
    path("", learning.home, name="learning"),
    path("widget.js", widget.script, name="widget-script"),
    path("usul/<nomor:number>/", proposals.propose, name="propose"),
    path("usul/<nomor:number>/abaikan/", proposals.dismiss, name="dismiss"),
    path("<slug:slug>/", talk.talk, name="talk"),
    path("jawaban-umum/<nomor:number>/", public_answers.public_answer, name="public-answer"),
    path("<slug:satker>/saluran/", channels.channels, name="channels"),
    path("<slug:slug>/bingkai/", widget.widget, name="widget"),
    path("<slug:slug>/lanjut/<str:token>/", widget.carry_on, name="carry-on"),
    path("<slug:slug>/baru/", talk.another, name="another"),
    path("<slug:slug>/simpan/", opinions.keep, name="keep"),
    path("<slug:slug>/petugas/", talk.hand_over, name="hand-over"),
    path("<slug:slug>/jawaban/<int:pk>/", opinions.judge, name="judge"),
    path("<slug:slug>/jawaban/<int:pk>/susun/", wording.word, name="word"),
    path("<slug:slug>/jawaban/<int:pk>/alasan/", opinions.explain, name="explain"),
    path("<slug:slug>/jawaban/<int:pk>/kabari/", opinions.wait, name="wait"),
    path("<slug:satker>/antrean/", learning.queue, name="queue"),
    path("<slug:satker>/antrean/<int:pk>/", learning.group, name="group"),
    path("<slug:satker>/antrean/<int:pk>/konsep/", drafts.draft, name="draft"),
    path("<slug:satker>/antrean/<int:pk>/sisihkan/", learning.set_aside, name="set-aside"),
    path("<slug:satker>/antrean/<int:pk>/buka/", learning.reopen, name="reopen"),
    path("<slug:satker>/percakapan/", reading.conversations, name="conversations"),
    path("<slug:satker>/percakapan/<int:pk>/", reading.conversation, name="conversation"),
    path("<slug:satker>/percakapan/jawaban/<int:pk>/koreksi/", reading.correct, name="correct"),
]
