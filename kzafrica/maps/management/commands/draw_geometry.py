from django.core.management.base import BaseCommand, CommandError

from kzafrica.maps.drawing import written


class Command(BaseCommand):
    help = "Write the outlines that maps are drawn with, from the geometry in kzafrica/maps/data."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is out of date")

    def handle(self, *, check: bool, **options) -> None:
        texts = written()
        old = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
        if check and old:
            names = ", ".join(path.name for path in old)
            raise CommandError(f"Out of date: {names}. Run manage.py draw_geometry.")
        for path in old:
            path.parent.mkdir(exist_ok=True)
            path.write_text(texts[path], "utf-8")
        for path, text in texts.items():
            self.stdout.write(f"{path.name}: {len(text.encode())} bytes.")
