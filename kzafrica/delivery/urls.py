from django.urls import path

from kzafrica.delivery import views

app_name = "delivery"

urlpatterns = [
    path("", views.Subscribe.as_view(), name="subscribe"),
    path("sent/", views.Sent.as_view(), name="sent"),
    path("confirm/<str:mark>/", views.Confirm.as_view(), name="confirm"),
    path("end/<str:mark>/", views.End.as_view(), name="end"),
    path("manage/<str:mark>/", views.Manage.as_view(), name="manage"),
]
