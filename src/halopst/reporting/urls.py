from django.urls import path, re_path

from halopst.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.dashboard_page, name="dashboard"),
    re_path(r"^pelayanan\.(?P<kind>csv|xlsx)$", views.export, name="export"),
]
