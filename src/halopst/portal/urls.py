from django.urls import path

from halopst.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.landing, name="landing"),
    path("mulai/", views.start, name="start"),
    path("kelola/", views.manage, name="manage"),
    path("<slug:slug>/", views.unit_home, name="unit-home"),
]
