"""The readers' style sheets as one file: a first visit over a slow line asks once, and every other page asks no more.

The sheets stay apart where they are written. ``STYLE_BUNDLES`` in the settings says which make up which, in order.
"""

import os
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage


class BundleFinder(BaseFinder):
    """Finds the bundles beside other static files, made anew whenever a sheet of theirs has changed."""

    def __init__(self, app_names=None, *args, **kwargs) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "bundles")
        super().__init__(*args, **kwargs)

    def find(self, path: str, find_all: bool = False, **kwargs):
        """The path of a bundle, or nothing that is found: Django asks every finder."""
        if path not in settings.STYLE_BUNDLES:
            return []
        found = self._made(path)
        return [found] if find_all else found

    def list(self, ignore_patterns) -> Iterator[tuple[str, FileSystemStorage]]:
        for path in settings.STYLE_BUNDLES:
            self._made(path)
            yield path, self.storage

    def _made(self, path: str) -> str:
        """Where the bundle lies; a file that would be the same is left alone, so that its age says something."""
        sheets = (settings.BASE_DIR / "kzafrica" / "static" / name for name in settings.STYLE_BUNDLES[path])
        text = "\n".join(sheet.read_text(encoding="utf-8") for sheet in sheets)
        target = Path(self.storage.path(path))
        if not target.exists() or target.read_text(encoding="utf-8") != text:
            target.parent.mkdir(parents=True, exist_ok=True)
            # Written beside and moved: another process never reads half of it.
            half = target.with_suffix(f".{os.getpid()}.tmp")
            half.write_text(text, encoding="utf-8")
            half.replace(target)
        return str(target)
