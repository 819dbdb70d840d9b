from django.urls import path

from halopst.core import views

app_name = "core"
urlpatterns = [
    path("langsung/", views.stream, name="live"),
    path("_komponen/", views.components, name="components"),
]
