#!/usr/bin/env python
import os
import sys

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kzafrica.settings")
    try:
        # Asked first: otherwise it is a matter of luck whether a check of models fails before one that reads settings.
        _ = settings.INSTALLED_APPS
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"KZ-Africa cannot start: {error}")


if __name__ == "__main__":
    main()
