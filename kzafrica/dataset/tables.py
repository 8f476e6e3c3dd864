"""Loads a long table of reference data in one go: its rows have neither workflow nor history of their own."""

from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from kzafrica.dataset.reading import Row, in_place_of, read_csv
from kzafrica.dataset.report import Report
from kzafrica.editorial import workflow
from kzafrica.editorial.choices import ChangeAction
from kzafrica.editorial.content import completed, content_of, with_content


class LongTable:
    """A table of one file, whose rows are known by their ``code``; a subclass for each says what a row is."""

    file_name: str
    model: type[models.Model]
    columns: tuple[str, ...]

    def __init__(self, directory: Path, report: Report) -> None:
        self.path = directory / self.file_name
        self.report = report

    def load(self, *, by, note: str) -> list[Row]:
        """Create the rows that are not there yet.

        Gives back the rows that differ from the database, in the form of other records' content.
        """
        contents = {row["code"]: self.content(row) for row in self._rows_of_their_own()}
        known = self.known()
        fresh = [content for code, content in contents.items() if code not in known]
        differing = [
            content for code, content in contents.items() if code in known and self.as_known(content) != known[code]
        ]
        made = self.create(fresh)
        if made:
            first = self.model.objects.first()
            workflow.record_change(first, ChangeAction.PUBLISHED, by=by, note=note, is_of_many=True)
        self.report.created[self.file_name] += len(made)
        self.report.unchanged[self.file_name] += len(contents) - len(fresh) - len(differing)
        return differing

    # --- What a subclass may say otherwise

    def known(self) -> dict[str, object]:
        """What the rows of the database say, by their code."""
        return {record.code: content_of(record) for record in with_content(self.model.objects.all())}

    def as_known(self, content: Row) -> object:
        """What the row would say in the database, to be compared with that."""
        return completed(self.model, content)

    def content(self, row: Row) -> Row:
        """The row as content of a record."""
        return row

    def create(self, contents: list[Row]) -> list[models.Model]:
        """Save those that nothing is wrong with."""
        records = [record for content in contents if (record := self.record(content)) is not None]
        return self.model.objects.bulk_create(records, batch_size=1000)

    def record(self, content: Row) -> models.Model | None:
        """The row to be saved; None after reporting what is wrong with it."""
        raise NotImplementedError

    def is_key_readable(self, row: Row) -> bool:
        """Whether the row says what it is about; reports why not."""
        if not row.get("code"):
            self.fault(row, "code", _("This is needed: the key of the record."))
        return bool(row.get("code"))

    # --- What subclasses use

    def fault(self, row: Row, where: str, sentence: str) -> None:
        self.report.fault(self.path, where, sentence, row.line)

    def fail(self, row: Row) -> None:
        """Keep in mind that the row is not loaded: what names it need not be reported too."""
        self.report.failed.add(self.name_of(row.get("code", "")))

    def name_of(self, code: str) -> str:
        return f"{self.model._meta.label_lower}/{code}"

    def has_clean_columns(self, record: models.Model, content: Row, *, leaving_out: set[str]) -> bool:
        """Whether the record's columns hold what they may; reports what does not."""
        try:
            record.clean_fields(exclude=leaving_out)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                self.fault(content, name, " ".join(messages))
            self.fail(content)
            return False
        return True

    def _rows_of_their_own(self) -> list[Row]:
        """The rows of the file whose key can be read and stands nowhere else, without columns that are unknown."""
        rows = self.report.read(read_csv, self.path) or []
        for name in sorted({name for row in rows for name in row if name not in self.columns}):
            sentence = _("“%(name)s” is not a column of this table: use %(known)s.")
            self.report.fault(self.path, name, sentence % {"name": name, "known": ", ".join(self.columns)}, 1)
        seen: dict[str, Row] = {}
        for row in rows:
            if not self.is_key_readable(row):
                self.fail(row)
            elif first := seen.get(row["code"]):
                sentence = _("“%(code)s” is already the code of line %(line)s: every row has its own.")
                self.fault(row, "code", sentence % {"code": row["code"], "line": first.line})
            else:
                kept = {name: value for name, value in row.items() if name in self.columns}
                seen[row["code"]] = in_place_of(row, Row(kept))
        return list(seen.values())
