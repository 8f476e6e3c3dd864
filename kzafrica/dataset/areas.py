"""The table of areas: every partner that trade statistics know, by its code."""

from django.utils.functional import cached_property

from kzafrica.dataset.reading import Row, in_place_of
from kzafrica.dataset.tables import LongTable
from kzafrica.editorial.applying import read_columns
from kzafrica.reference.models import Area, Country
from kzafrica.translation import translated_names


class Areas(LongTable):
    file_name = "areas.csv"
    model = Area
    columns = ("code", *translated_names("name"), "kind", "alpha3", "valid_from", "valid_until", "is_african", "note")

    @cached_property
    def countries(self) -> set[str]:
        return set(Country.objects.values_list("alpha3", flat=True))

    def content(self, row: Row) -> Row:
        """With the country of its alpha-3, where the record has that country."""
        alpha3 = row.get("alpha3", "")
        return in_place_of(row, Row({**row, "country": alpha3})) if alpha3 in self.countries else row

    def record(self, content: Row) -> Area | None:
        area = Area()
        faults = read_columns(area, content)
        for fault in faults:
            self.report.fault(self.path, f"{content['code']} {fault.where}".strip(), fault.sentence, content.line)
        return None if faults else area
