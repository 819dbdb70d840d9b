from django.urls import path

from halopst.satisfaction import views

app_name = "satisfaction"
urlpatterns = [
    path("", views.ratings, name="ratings"),
    path("<str:token>/", views.rate, name="rate"),
]
