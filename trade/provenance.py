"""What every file of rows says of itself: what was asked, where the rows come from, how to read and to cite them."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from kzafrica.syndication import RIGHTS
from trade.exports import COLUMNS, Export
from trade.models import Release
from trade.rows import slices_with_rows


def readme(export: Export) -> str:
    """The provenance of the rows as plain text; names the releases that hold a row of the file, and no other."""
    return "\n".join(readme_lines(export)) + "\n"


def readme_lines(export: Export) -> Iterator[str]:
    yield from (f"# {_('KZ-Africa: rows of trade statistics')}", "")
    yield from _what_was_asked(export)
    yield from _headed(_("Releases"), _releases(export))
    yield from _headed(_("Columns"), (f"{column.name}: {column.explained}" for column in COLUMNS))
    yield from _headed(_("How to read them"), _how_to_read())
    yield from _headed(_("Rights"), _rights())
    yield from _headed(_("How to cite"), _how_to_cite(export))


def _headed(heading: str, lines: Iterable[str]) -> Iterator[str]:
    yield from ("", f"## {heading}", "")
    yield from lines


def _what_was_asked(export: Export) -> Iterator[str]:
    yield _("Asked for: %s") % ("; ".join(export.asked) or _("all rows that no newer release replaces"))
    yield _("Page: %s") % export.address
    yield _("As of: %(day)s, content revision %(revision)s") % {
        "day": export.day.isoformat(),
        "revision": export.revision,
    }


def releases_of(export: Export) -> list[Release]:
    """The releases that hold a row that was asked for, by title."""
    slugs = {part.release for part in slices_with_rows(export.selection)}
    found = Release.objects.published().filter(slug__in=slugs)
    return list(found.select_related("source").prefetch_related("files").order_by("title", "slug"))


def _releases(export: Export) -> Iterator[str]:
    releases = releases_of(export)
    if not releases:
        yield _("None: no row fits.")
    for release in releases:
        yield f"{release.slug}: {release.title}"
        yield "  " + _("Source: %s") % release.source
        if release.source.url:
            yield "  " + _("Where it is published: %s") % release.source.url
        yield "  " + _("Rights: %s") % (release.source.rights or _("not stated by the source"))
        yield "  " + _("Perspective: %s") % release.get_perspective_display()
        yield "  " + _("Released on: %s") % (release.released_on or _("not known"))
        for file in release.files.all():
            yield "  " + _("File: %(name)s, SHA-256 %(checksum)s") % {"name": file.name, "checksum": file.checksum}
        if release.note:
            yield "  " + _("Note: %s") % " ".join(release.note.split())
        yield "  " + _("Page: %s") % (export.site + release.get_absolute_url())


def _how_to_read() -> Iterator[str]:
    yield _("An empty cell is missing, and 0 is zero: the two are never the same.")
    yield _("Rows of all goods, chapters, headings and subheadings stand beside each other: add up one level alone.")
    yield _("So do the world and its parts, imports and exports, the same trade by several sources: never add them.")
    yield _("Rows that a newer release replaces are given only where their release was asked for by name.")
    yield _("Decimals are exact. Text that a spreadsheet would take for a formula begins with an apostrophe.")
    yield _("In the workbook, a number of more than fifteen digits is text, because a spreadsheet would round it.")


def _rights() -> Iterator[str]:
    yield _("What we add, such as codes and names: %s") % RIGHTS
    yield _("The rows themselves: those of each source, as stated above.")


def _how_to_cite(export: Export) -> Iterator[str]:
    details = {"address": export.address, "revision": export.revision, "day": export.day.isoformat()}
    yield _("KZ-Africa, rows of trade statistics, content revision %(revision)s, %(day)s, %(address)s") % details
    yield _("Name the source of the rows as well:")
    for source in dict.fromkeys(str(release.source) for release in releases_of(export)):
        yield f"  {source}"
