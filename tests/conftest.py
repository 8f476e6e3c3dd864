"""The ground every test stands on: an environment of its own, and Django set up in it."""

import os
from uuid import uuid4

import django
import pytest

# pytest-django would read the settings before it reads this file, so pyproject.toml does not name them: this does.
# DATABASE_URL and CACHE_URL are taken as they are, which is how the suite runs on PostgreSQL and Redis.
os.environ |= {
    "DJANGO_SETTINGS_MODULE": "kzafrica.settings",
    "ENV_FILE": os.devnull,
    "SECRET_KEY": "known to everyone and good for nothing but tests",
    "DEBUG": "off",
    "HTTPS": "off",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "API_RATE": "100000/min",
}
django.setup()


@pytest.fixture(autouse=True)
def settings_of_tests(settings):
    """What tests replace: a slow hasher, collected files, and a cache that others could see into."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.CACHES = {"default": settings.CACHES["default"] | {"KEY_PREFIX": uuid4().hex}}
