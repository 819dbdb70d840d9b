from django.urls import path

from halopst.scheduling.views import offices, people, profile, schedule

app_name = "scheduling"
urlpatterns = [
    path("", people.home, name="home"),
    path("ahli/<int:pk>/", profile.profile, name="profile"),
    path("ahli/<int:pk>/foto/", profile.photo, name="photo"),
    path("ahli/<int:pk>/foto.jpg", profile.show_photo, name="show-photo"),
    path("ahli/<int:pk>/jadwal/", schedule.schedule, name="schedule"),
    path("ahli/<int:pk>/jadwal/<slug:kind>/<int:row>/hapus/", schedule.withdraw, name="withdraw"),
    path("ahli/<int:pk>/aturan/", offices.expert_policy, name="expert-policy"),
    path("ahli/<int:pk>/tugas/", people.set_duty, name="set-duty"),
    path("<slug:slug>/ahli/", people.experts, name="experts"),
    path("<slug:slug>/ahli/tambah/", people.add_expert, name="add-expert"),
    path("<slug:slug>/bidang/", offices.fields, name="fields"),
    path("<slug:slug>/bidang/<int:pk>/", offices.field, name="field"),
    path("<slug:slug>/bidang/<int:pk>/geser/", offices.move_field, name="move-field"),
    path("<slug:slug>/aturan/", offices.policy, name="policy"),
]
