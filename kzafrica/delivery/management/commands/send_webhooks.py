from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kzafrica.delivery.webhooks import send_due


class Command(BaseCommand):
    help = "Tell the registered webhooks of public changes. Safe to run every minute, and by two at once."

    def handle(self, **options) -> None:
        if not settings.SITE_ADDRESS:
            raise CommandError(
                "Nothing was sent. SITE_ADDRESS is not set: addresses in messages need it, such as "
                "https://kz-africa.example."
            )
        report = send_due()
        self.stdout.write(
            f"{report.sent} messages sent, {report.failed} failed and tried again later, "
            f"{report.switched_off} webhooks switched off."
        )
