"""What Django and django-otp registered, put under the rules of the desk."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from kzafrica.desk.accounts import AccountAdmin

admin.site.unregister(get_user_model())
admin.site.register(get_user_model(), AccountAdmin)

# Their forms show the secret of a device to whoever may open them; nobody but its owner sees it, and only once.
admin.site.unregister([StaticDevice, TOTPDevice])
