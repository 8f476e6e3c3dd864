"""The catalogues of the interface: ``python -m kzafrica.languages`` (``make messages``).

Gathers every marked string of Python files and templates, brings it into ``locale/<language>/LC_MESSAGES/django.po``,
compiles those, and says what is missing. Babel does it, which the site has anyway: gettext's tools are not needed.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

BASE_DIR = Path(__file__).resolve().parent.parent
LOCALE_DIR = BASE_DIR / "locale"
TRANSLATED = ("kk", "ru", "fr")
FOLDERS = ("kzafrica", "events", "trade", "diplomacy", "templates")
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
# What they are called where they are imported under another name.
KEYWORDS |= {f"{name}_": spec for name, spec in KEYWORDS.items() if name != "_"}


def marked_strings() -> Catalog:
    """Every string that the code and the templates mark for translation."""
    catalog = Catalog(charset="utf-8", project="KZ-Africa")
    for path in source_files():
        code = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            # What is left of a template is no block of Python: it is read line by line.
            code = "\n".join(line.strip() for line in templatize(code, origin=str(path)).splitlines())
        for _line, name, words, _comments in extract_python(BytesIO(code.encode()), list(KEYWORDS), [], {}):
            add(catalog, name, words)
    return catalog


def source_files() -> Iterator[Path]:
    for folder in FOLDERS:
        for path in sorted((BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".txt"} and "migrations" not in path.parts:
                yield path


def add(catalog: Catalog, name: str, words) -> None:
    """Bring one call into the catalogue; what is not plain text in it cannot be translated and is left out."""
    spec = KEYWORDS[name]
    given = list(words) if isinstance(words, tuple) else [words]
    context = None
    if spec and isinstance(spec[0], tuple):
        context, *given = given
    count = sum(isinstance(place, int) for place in spec) if spec else 1
    texts = given[:count]
    if texts and all(isinstance(text, str) and text for text in texts):
        catalog.add(tuple(texts) if len(texts) > 1 else texts[0], context=context)


def catalogue_of(language: str) -> Catalog:
    path = LOCALE_DIR / language / "LC_MESSAGES" / "django.po"
    if not path.exists():
        return Catalog(locale=language, project="KZ-Africa", charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, marked: Catalog) -> Catalog:
    """The catalogue of a language with what is marked now; what is not used any more is gone."""
    catalog = catalogue_of(language)
    catalog.update(marked, no_fuzzy_matching=True, keep_user_comments=True, update_creation_date=False)
    catalog.obsolete.clear()
    folder = LOCALE_DIR / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "django.po").open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, sort_output=True, omit_header=False)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog)
    return catalog


def untranslated(catalog: Catalog) -> list[str]:
    """The strings that have no translation, or not in every plural form."""
    missing = []
    for message in catalog:
        if message.id and (message.fuzzy or not is_whole(message.string)):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def is_whole(translation) -> bool:
    return all(translation) if isinstance(translation, (list, tuple)) else bool(translation)


def main() -> int:
    marked = marked_strings()
    total = len(marked)
    missing_somewhere = False
    for language in TRANSLATED:
        missing = untranslated(update(language, marked))
        missing_somewhere |= bool(missing)
        print(f"{language}: {total - len(missing)} of {total} strings are translated.")
    return 1 if missing_somewhere else 0


if __name__ == "__main__":
    sys.exit(main())
