"""A lost password, under the admin. The names are those that Django's views look for, so they have no namespace."""

from django.urls import path

from kzafrica.desk import resetting

urlpatterns = [
    path("password-reset/", resetting.PasswordReset.as_view(), name="admin_password_reset"),
    path("password-reset/done/", resetting.PasswordResetDone.as_view(), name="password_reset_done"),
    path("reset/<uidb64>/<token>/", resetting.PasswordResetConfirm.as_view(), name="password_reset_confirm"),
    path("reset/done/", resetting.PasswordResetComplete.as_view(), name="password_reset_complete"),
]
