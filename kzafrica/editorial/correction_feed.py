"""The feed of corrections."""

from collections.abc import Iterable, Iterator

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kzafrica.dates import ImpreciseDate
from kzafrica.editorial.change_words import FieldChange
from kzafrica.editorial.corrections import with_changes
from kzafrica.editorial.feeds import RecordFeed
from kzafrica.editorial.filters import CorrectionFilterSet
from kzafrica.editorial.models import Correction
from kzafrica.editorial.version_pages import version_address
from kzafrica.syndication import Category, Entry


class CorrectionFeed(RecordFeed):
    """Corrections of public records, the latest first, each with its reason and what it changed."""

    queryset = Correction.objects.select_related("change").prefetch_related("record")
    filterset_class = CorrectionFilterSet
    title = gettext_lazy("Corrections")
    list_name = "editorial:correction_list"

    def rows(self, found):
        return found

    def entries(self, rows: Iterable[Correction]) -> Iterator[Entry]:
        for correction in with_changes(rows):
            yield Entry(
                uid=f"correction-{correction.change_id}",
                title=_("Correction: %s") % correction.change.record_title,
                date=ImpreciseDate.parse(localdate(correction.corrected_at).isoformat()),
                url=self.request.build_absolute_uri(self.address_of(correction)),
                published=correction.corrected_at,
                updated=correction.corrected_at,
                paragraphs=(correction.reason, *self.changes_told(correction)),
                categories=(Category("urgent", _("urgent")),) if correction.is_urgent else (),
            )

    def address_of(self, correction: Correction) -> str:
        """The version that it made, or the list of corrections where readers may not see the record any more."""
        if correction.version is None or correction.record is None:
            return reverse(self.list_name)
        return version_address(correction.record, correction.change_id)

    def changes_told(self, correction: Correction) -> Iterator[str]:
        for change in correction.changes:
            yield told(change)


def told(change: FieldChange) -> str:
    """What changed, in one line."""
    if not change.old:
        sentence = _("%(field)s: “%(new)s” added")
    elif not change.new:
        sentence = _("%(field)s: “%(old)s” taken out")
    else:
        sentence = _("%(field)s: “%(old)s” → “%(new)s”")
    return sentence % {"field": change.label, "old": change.old, "new": change.new}
