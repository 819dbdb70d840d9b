from django.urls import path

from halopst.consultations.views import calendar, nearby, officer, policy, ticket, topic, wizard

app_name = "consultations"
urlpatterns = [
    path("kalender/", calendar.calendar, name="calendar"),
    path("kalender/umpan/", calendar.renew_feed, name="feed-renew"),
    path("kalender/umpan/cabut/", calendar.revoke_feed, name="feed-revoke"),
    path("umpan/<str:secret>.ics", calendar.feed, name="feed"),
    path("tiket/<str:token>/", ticket.ticket, name="ticket"),
    path("tiket/<str:token>/kalender.ics", ticket.ticket_ics, name="ticket-ics"),
    path("tiket/<str:token>/ubah/", ticket.reschedule, name="reschedule"),
    path("tiket/<str:token>/batal/", ticket.cancel, name="cancel"),
    path("tiket/<str:token>/terima/", ticket.accept, name="accept"),
    path("tiket/<str:token>/tolak/", ticket.refuse, name="refuse"),
    path("tiket/<str:token>/hadir/", ticket.arrive, name="arrive"),
    path("tiket/<str:token>/petugas-tidak-hadir/", ticket.miss_officer, name="miss-officer"),
    path("janji/<int:pk>/setujui/", officer.approve, name="approve"),
    path("janji/<int:pk>/tautan/", officer.relink, name="relink"),
    path("janji/<int:pk>/usulkan/", officer.propose, name="propose"),
    path("janji/<int:pk>/alihkan/", officer.pass_to, name="pass"),
    path("janji/<int:pk>/tolak/", officer.decline, name="decline"),
    path("janji/<int:pk>/hadir/", officer.arrive, name="receive"),
    path("janji/<int:pk>/mulai/", officer.start, name="start"),
    path("janji/<int:pk>/selesai/", officer.finish, name="finish"),
    path("janji/<int:pk>/tidak-hadir/", officer.miss_visitor, name="miss-visitor"),
    path("aturan/<slug:satker>/", policy.policy, name="policy"),
    path("<slug:slug>/", wizard.experts, name="experts"),
    path("<slug:slug>/waktu/", wizard.times, name="times"),
    path("<slug:slug>/tambah-waktu/", wizard.extend, name="extend"),
    path("<slug:slug>/topik/", topic.topic, name="topic"),
    path("<slug:slug>/bacaan/", nearby.nearby, name="nearby"),
    path("<slug:slug>/kode/", topic.code, name="code"),
]
