from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kzafrica.dataset.facts import article_page, fact_index, other_documents_page


class Command(BaseCommand):
    help = "Write docs/article.md and docs/other-documents.md: where each fact behind the dataset can be read."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; fail where a file is out of date")

    def handle(self, *, check: bool, **options) -> None:
        index = fact_index()
        if index.faults:
            for fault in index.faults:
                self.stderr.write(str(fault))
            raise CommandError(f"{len(index.faults)} faults; nothing was written.")
        directory = settings.BASE_DIR / "docs"
        pages = {
            directory / "article.md": article_page(index),
            directory / "other-documents.md": other_documents_page(index),
        }
        old = [path for path, text in pages.items() if not path.exists() or path.read_text("utf-8") != text]
        if check and old:
            names = ", ".join(f"docs/{path.name}" for path in old)
            raise CommandError(f"Out of date: {names}. Run manage.py write_fact_index.")
        directory.mkdir(exist_ok=True)
        for path in old:
            path.write_text(pages[path], "utf-8")
        self.stdout.write(f"{len(index.article)} facts of the article and {len(index.others)} of other documents.")
