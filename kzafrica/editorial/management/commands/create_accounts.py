import secrets

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand

from kzafrica.editorial.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, ensure_roles

ACCOUNTS = (("contributor", CONTRIBUTORS), ("editor", EDITORS), ("administrator", ADMINISTRATORS))


class Command(BaseCommand):
    help = "Create a contributor, an editor and an administrator where there is none, and print their passwords once."

    def handle(self, **options) -> None:
        groups = ensure_roles()
        for username, role in ACCOUNTS:
            if groups[role].user_set.exists():
                continue
            password = secrets.token_urlsafe(12)
            user = get_user_model().objects.create_user(username, password=password, is_staff=True)
            user.groups.add(groups[role])
            self.stdout.write(f"  {username:<14} {password}   (shown once; sign in at /admin/)")
