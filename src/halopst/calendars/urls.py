from django.urls import path

from halopst.calendars.views import holidays, hours

app_name = "calendars"
urlpatterns = [
    path("jam-khusus/<int:pk>/", hours.special, name="special"),
    path("jam-khusus/<int:pk>/hapus/", hours.special_remove, name="special-remove"),
    path("keputusan/<int:pk>/", holidays.decree, name="decree"),
    path("keputusan/<int:pk>/ubah/", holidays.decree_edit, name="decree-edit"),
    path("keputusan/<int:pk>/hapus/", holidays.decree_remove, name="decree-remove"),
    path("hari/<int:pk>/", holidays.holiday, name="holiday"),
    path("hari/<int:pk>/hapus/", holidays.holiday_remove, name="holiday-remove"),
    path("<slug:owner>/jam/", hours.hours, name="hours"),
    path("<slug:owner>/jam/ubah/", hours.hours_edit, name="hours-edit"),
    path("<slug:owner>/jam/ikuti/", hours.hours_inherit, name="hours-inherit"),
    path("<slug:owner>/jam/khusus/", hours.special_new, name="special-new"),
    path("<slug:owner>/cuti-bersama/", hours.joint_leave, name="joint-leave"),
    path("<slug:owner>/libur/", holidays.holiday_list, name="holidays"),
    path("<slug:owner>/libur/keputusan/", holidays.decree_new, name="decree-new"),
]
