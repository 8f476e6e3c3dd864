from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from kzafrica.editorial.reporting import forget_senders

MOST_DAYS = 36_500


class Command(BaseCommand):
    help = "Delete the e-mail addresses of error reports that were answered longer ago than so many days."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--older-than", type=int, default=365, metavar="DAYS", help="Days since the answer; 365.")

    def handle(self, *args, older_than: int, **options) -> None:
        if not 0 <= older_than <= MOST_DAYS:
            raise CommandError(f"--older-than is a number of days from 0 to {MOST_DAYS}.")
        count = forget_senders(timezone.now() - timedelta(days=older_than))
        self.stdout.write(f"{count} e-mail {'address' if count == 1 else 'addresses'} deleted.")
