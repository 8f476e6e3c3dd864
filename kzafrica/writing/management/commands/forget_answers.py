from django.core.management.base import BaseCommand
from django.utils import timezone

from kzafrica.writing.once import forget_answers


class Command(BaseCommand):
    help = "Delete the answers kept for an Idempotency-Key longer than two days ago; run it every night."

    def handle(self, *args, **options) -> None:
        count = forget_answers(timezone.now())
        self.stdout.write(f"{count} kept {'answer' if count == 1 else 'answers'} deleted.")
