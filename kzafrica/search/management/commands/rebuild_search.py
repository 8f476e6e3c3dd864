from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from kzafrica.search.engines import EngineFailure
from kzafrica.search.index import catch_up, rebuild
from kzafrica.search.models import IndexedDocument


class Command(BaseCommand):
    help = "Make the index of the search from nothing. Without it, the first question does."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--if-needed", action="store_true", help="take in only what has changed, if that is enough")

    def handle(self, *, if_needed: bool, verbosity: int, **options) -> None:
        started = perf_counter()
        try:
            (catch_up if if_needed else rebuild)()
        except EngineFailure as error:
            raise CommandError(str(error)) from error
        if verbosity:
            count, seconds = IndexedDocument.objects.count(), perf_counter() - started
            self.stdout.write(f"Search: {count} documents, {seconds:.1f} s.")
