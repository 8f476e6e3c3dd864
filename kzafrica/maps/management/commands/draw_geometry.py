from django.core.management.base import BaseCommand, CommandError

from kzafrica.maps.drawing import SHEETS, written


class Command(BaseCommand):
    help = "Write the outlines that maps are drawn with, from the geometry in kzafrica/maps/data."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail if the file is out of date")

    def handle(self, *, check: bool, **options) -> None:
        text = written()
        is_old = not SHEETS.exists() or SHEETS.read_text("utf-8") != text
        if check and is_old:
            raise CommandError(f"Out of date: {SHEETS.name}. Run manage.py draw_geometry.")
        if is_old:
            SHEETS.write_text(text, "utf-8")
        self.stdout.write(f"{SHEETS.name}: {len(text.encode()) // 1024} KiB.")
