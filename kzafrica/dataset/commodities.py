"""The table of the Harmonized System: seven thousand rows, each below another."""

import re

from django.db import models
from django.utils.translation import gettext as _

from kzafrica.dataset.reading import Row, Text, in_place_of
from kzafrica.dataset.tables import LongTable
from kzafrica.reference.models import CURRENT_HS_EDITION, Commodity

LEVELS = ("2", "4", "6")
STORED = ("code", "level", "parent__code", "section", "description", "is_leaf")
YES_AND_NO = {"1": "true", "0": "false", "": "false"}


class Commodities(LongTable):
    file_name = "hs2022.csv"
    model = Commodity
    columns = ("code", "level", "parent", "section", "description", "is_leaf")

    def known(self) -> dict[str, tuple]:
        return {row[0]: row for row in self.present().values_list(*STORED)}

    def as_known(self, content: Row) -> tuple:
        level, parent = int(content["level"]), content.get("parent") or None
        words = content.get("section", ""), content.get("description", "")
        return (content["code"], level, parent, *words, content["is_leaf"] == "true")

    def present(self) -> models.QuerySet:
        return Commodity.objects.filter(edition=CURRENT_HS_EDITION)

    def is_key_readable(self, row: Row) -> bool:
        code, level = row.get("code", ""), row.get("level", "")
        if level not in LEVELS:
            self.fault(row, "level", _("“%s” is not a level: use 2, 4 or 6.") % level)
            return False
        if not re.fullmatch(rf"[0-9]{{{level}}}", code):
            self.fault(row, "code", _("“%s” is not an HS code of its level: digits only.") % code)
            return False
        return True

    def content(self, row: Row) -> Row:
        """The row as content of a record, whose yes and no are words."""
        said = row.get("is_leaf", "")
        return in_place_of(row, Row({**row, "is_leaf": in_place_of(row, Text(YES_AND_NO.get(said, said)))}))

    def create(self, contents: list[Row]) -> list[models.Model]:
        """Chapters first, since headings stand below them."""
        self.numbers = dict(self.present().values_list("code", "pk"))
        made: list[models.Model] = []
        for level in LEVELS:
            of_level = super().create([content for content in contents if content["level"] == level])
            self.numbers |= {commodity.code: commodity.pk for commodity in of_level}
            made += of_level
        return made

    def record(self, content: Row) -> Commodity | None:
        parent = content.get("parent", "")
        if parent not in self.numbers and content["level"] != LEVELS[0]:
            if self.name_of(parent) not in self.report.failed:
                self.fault(content, "parent", _("There is no commodity “%s” above this one.") % parent)
            self.fail(content)
            return None
        commodity = Commodity(
            code=str(content["code"]),
            level=int(content["level"]),
            parent_id=self.numbers[parent] if parent else None,
            section=content.get("section", ""),
            description=content.get("description", ""),
            is_leaf=content["is_leaf"] == "true",
        )
        return commodity if self.has_clean_columns(commodity, content, leaving_out={"parent"}) else None
