"""What an import would do, record by record, found out without keeping anything.

A record that would change is tried: read in a transaction of its own, compared, and undone. So others can write between
two records, and every rule of forms, loads and proposals is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property

from django.core.exceptions import ValidationError
from django.db import DatabaseError, OperationalError, models, transaction
from django.utils.translation import gettext as _

from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.change_words import changes_in_words
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, Fault, completed, content_of, with_content
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.workshop.exchange.layout import RECORD, Layout, key_content, key_form
from kzafrica.workshop.exchange.lines import FileRecord, Mistake, Parts, records_of
from kzafrica.workshop.exchange.outcomes import Entry, Outcome, Preview, digest_of, existing_records, open_proposals
from kzafrica.workshop.exchange.tables import MOST_CHANGED_LINES, MOST_CHANGES, MOST_RECORDS, Table, Unreadable
from kzafrica.workshop.said import Rule, twins_of

# For each fault the nearest of all known keys is sought.
MOST_FAULTY = 200


@contextmanager
def undone() -> Iterator[None]:
    """A transaction of which nothing stays."""
    with transaction.atomic():
        try:
            yield
        finally:
            transaction.set_rollback(True)


class Previewer:
    """Finds out what a table would do; ``may_add`` and ``may_change`` say what its editor may.

    ``twins`` is the rule by which records are looked for that may be the same as a new one.
    """

    def __init__(
        self,
        layout: Layout,
        *,
        may_add: bool,
        may_change: Callable[[models.Model], bool],
        twins: Rule | None = None,
    ) -> None:
        self.layout, self.model = layout, layout.model
        self.may_add, self.may_change, self.twins = may_add, may_change, twins
        self.is_reference = not issubclass(self.model, PublishableModel)

    def preview(self, table: Table) -> Preview:
        """Raises Unreadable where there are more records than can be looked at."""
        records, astray = records_of(self.layout, table)
        if len(records) > MOST_RECORDS:
            raise Unreadable(_("The file has more than %s records: divide it.") % f"{MOST_RECORDS:,}")
        self.columns = table.columns
        self.existing: dict[str, list[models.Model]] = {}
        for key, record in existing_records(self.model, [record.key for record in records]):
            self.existing.setdefault(key, []).append(record)
        self.entries = {record.key: self.entry_for(record) for record in records}
        self.refuse_doubles()
        tried = [entry for entry in self.entries.values() if entry.outcome in (Outcome.NEW, Outcome.CHANGED)]
        lines = sum(entry.line_count for entry in tried)
        if len(tried) > MOST_CHANGES or lines > MOST_CHANGED_LINES:
            sentence = _(
                "The file would make or change %(n)s records, in %(lines)s lines. At once, %(most)s records in "
                "%(most_lines)s lines are possible: divide it."
            )
            details = {"n": f"{len(tried):,}", "lines": f"{lines:,}"}
            limits = {"most": f"{MOST_CHANGES:,}", "most_lines": f"{MOST_CHANGED_LINES:,}"}
            raise Unreadable(sentence % (details | limits))
        faulty = 0
        for entry in tried:
            if faulty == MOST_FAULTY:
                sentence = _("Not looked at, since %s records have faults already: mend those first.")
                refuse(entry, Mistake(sentence % MOST_FAULTY, entry.line))
                continue
            self.attempt(entry)
            if entry.outcome == Outcome.NEW:
                entry.alike = twins_of(self.twins, self.model, entry.content)
            faulty += entry.outcome == Outcome.FAULTY
        self.refuse_what_needs_the_faulty()
        self.mark_proposals()
        return Preview(list(self.entries.values()), astray)

    # --- Before anything is tried

    def entry_for(self, record: FileRecord) -> Entry:
        entry = Entry(record.key, record.line, record.last_line, record.line_count, Outcome.FAULTY)
        entry.mistakes += record.mistakes
        found = self.existing.get(record.key, [])
        if len(found) > 1:
            sentence = _("Several records have the key “%s”: change them in their forms.")
            entry.mistakes.append(Mistake(sentence % record.key, record.line, RECORD))
            return entry
        if found:
            self.compare(entry, record, found[0])
        else:
            self.add(entry, record)
        return entry

    def add(self, entry: Entry, record: FileRecord) -> None:
        try:
            entry.content = record.content | key_content(self.model, record.key)
        except ValueError:
            sentence = _("“%(key)s” is not a key of this type: write it as %(form)s.")
            details = {"key": record.key, "form": key_form(self.model)}
            entry.mistakes.append(Mistake(sentence % details, record.line, RECORD))
            return
        if sentence := self.loss_of_zeros(record.key):
            entry.mistakes.append(Mistake(sentence, record.line, RECORD))
        if not self.may_add:
            entry.mistakes.append(Mistake(_("The record is not there, and you may not add one."), record.line, RECORD))
        if not entry.mistakes:
            entry.outcome = Outcome.NEW

    @cached_property
    def known_with_zeros(self) -> dict[str, str]:
        """The known keys of digits that begin with a zero, by what is left of them without."""
        name, *more = self.model.natural_key_fields
        if more or self.model._meta.get_field(name).is_relation:
            return {}
        keys = self.model._base_manager.filter(**{f"{name}__startswith": "0"}).values_list(name, flat=True)
        return {key.lstrip("0"): key for key in keys if key.isdecimal()}

    def loss_of_zeros(self, key: str) -> str:
        """What is wrong with a new key that is known with zeros before it; empty for any other."""
        full = self.known_with_zeros.get(key, "")
        sentence = _("There is no “%(key)s” but “%(full)s”: a spreadsheet has taken its zeros away. Write them.")
        return sentence % {"key": key, "full": full} if full else ""

    def compare(self, entry: Entry, record: FileRecord, existing: models.Model) -> None:
        entry.old = old = content_of(existing)
        entry.title, entry.pk, entry.based_on = str(existing), existing.pk, digest_of(old)
        entry.known_as = existing.key if existing.key != record.key else ""
        if sentence := self.refusal_to_change(existing):
            entry.mistakes.append(Mistake(sentence, record.line, RECORD))
        if record.has_parts:
            entry.mistakes += self.columns_that_would_be_lost(old, record)
        if entry.mistakes:
            return
        entry.content = with_line_ends_of(old, self.whole(old, record, existing))
        is_same = completed(self.model, entry.content) == old
        entry.outcome = Outcome.SAME if is_same else Outcome.CHANGED

    def refusal_to_change(self, existing: models.Model) -> str:
        if getattr(existing, "status", None) == Status.WITHDRAWN:
            return (
                _("“%s” is withdrawn and cannot be changed: submit it for review again in its form first.") % existing
            )
        return "" if self.may_change(existing) else _("You may not change “%s”.") % existing

    def whole(self, old: dict, record: FileRecord, existing: models.Model) -> dict:
        """What the file says, with what it leaves alone from the record as it is; its key is that of today."""
        parts = set(self.layout.below(()))
        in_file = {field for column, field in self.layout.kinds[()].columns.items() if column in self.columns}
        kept = {name: value for name, value in old.items() if name not in parts and name not in in_file}
        if not record.has_parts:
            kept |= {name: value for name, value in old.items() if name in parts}
        return record.content | kept | key_content(self.model, existing.key)

    def columns_that_would_be_lost(self, old: dict, record: FileRecord) -> list[Mistake]:
        """Columns of parts that are not in the file, though parts of the record say something there."""
        lost = dict.fromkeys(name for name in columns_said_by_parts(self.layout, old) if name not in self.columns)
        sentence = _(
            "The file has lines for parts of “%(key)s” and no column “%(column)s”, in which its parts say something: "
            "add the column, or take out all lines of parts."
        )
        return [Mistake(sentence % {"key": record.key, "column": name}, record.line) for name in lost]

    def refuse_doubles(self) -> None:
        """Two keys of a file may lead to one record."""
        first: dict[int, Entry] = {}
        for entry in self.entries.values():
            for record in self.existing.get(entry.key, []):
                other = first.setdefault(record.pk, entry)
                if other is not entry:
                    sentence = _("“%(key)s” and “%(other)s” (line %(line)s) are the same record: keep one.")
                    details = {"key": entry.key, "other": other.key, "line": other.line}
                    refuse(entry, Mistake(sentence % details, entry.line, RECORD))

    # --- Trying

    def attempt(self, entry: Entry) -> None:
        """Read the record as if it were imported, and undo it; new records that it names are read before it."""
        while True:
            try:
                self.try_once(entry)
                return
            except ContentError as error:
                needs = self.needs_of(error.faults, entry)
                if needs:
                    entry.needs += needs
                    continue
                refuse(entry, *(self.mistake_of(fault, entry) for fault in error.faults))
            except OperationalError:
                raise
            except (DatabaseError, ValidationError) as error:
                refuse(entry, Mistake(_("The database refuses it: %s") % error, entry.line))
            return

    def try_once(self, entry: Entry) -> None:
        existing = next(iter(self.existing.get(entry.key, [])), None)
        record = self.model() if existing is None else self.model._base_manager.get(pk=existing.pk)
        with undone():
            for need in self.before(entry):
                apply_content(self.model(), need.content)
            apply_content(record, entry.content)
            record = with_content(self.model._base_manager.filter(pk=record.pk)).get()
            new = content_of(record)
            entry.title = entry.title or str(record)
        if new == entry.old:
            entry.outcome = Outcome.SAME
        entry.changes = changes_in_words(self.model, entry.old, new)
        # What is imported is what was tried, word for word.
        entry.content = new

    def needs_of(self, faults: list[Fault], entry: Entry) -> list[str]:
        """New records of the file, not read before this one yet, that are named by it and missing."""
        label = f"{self.model._meta.label_lower}/"
        missing = [fault.missing.removeprefix(label) for fault in faults if fault.missing.startswith(label)]
        return [
            key for key in dict.fromkeys(missing) if key != entry.key and key not in entry.needs and self.is_new(key)
        ]

    def is_new(self, key: str) -> bool:
        return key in self.entries and self.entries[key].outcome == Outcome.NEW

    def before(self, entry: Entry) -> list[Entry]:
        """The new records that have to be there before this one, the innermost first."""
        ordered: list[Entry] = []

        def visit(key: str, seen: frozenset[str]) -> None:
            need = self.entries[key]
            if need in ordered or key in seen or need.outcome != Outcome.NEW:
                return
            for deeper in need.needs:
                visit(deeper, seen | {key})
            ordered.append(need)

        for key in entry.needs:
            visit(key, frozenset({entry.key}))
        return ordered

    def mistake_of(self, fault: Fault, entry: Entry) -> Mistake:
        """The fault where it stands in the file."""
        return Mistake(fault.sentence, fault.line or entry.line, self.layout.column_at(fault.where))

    # --- Afterwards

    def refuse_what_needs_the_faulty(self) -> None:
        again = True
        while again:
            again = False
            for entry in self.entries.values():
                bad = [key for key in entry.needs if self.entries[key].outcome == Outcome.FAULTY]
                if bad and entry.outcome != Outcome.FAULTY:
                    sentence = _("It names “%s”, which is new in this file and cannot be imported.")
                    refuse(entry, Mistake(sentence % bad[0], entry.line))
                    again = True

    def mark_proposals(self) -> None:
        """Of what would change, tell what is public; a proposal that waits already is not made twice."""
        if self.is_reference:
            return
        public = {
            record.pk: entry
            for entry in self.entries.values()
            if entry.outcome == Outcome.CHANGED
            for record in self.existing[entry.key]
            if record.is_public
        }
        for entry in public.values():
            entry.outcome = Outcome.PROPOSED
        for proposal in open_proposals(self.model, public):
            if proposal.content == public[proposal.object_id].content:
                public[proposal.object_id].outcome = Outcome.WAITING


def refuse(entry: Entry, *mistakes: Mistake) -> None:
    entry.outcome = Outcome.FAULTY
    entry.mistakes += mistakes


def columns_said_by_parts(layout: Layout, content: dict, path: tuple[str, ...] = ()) -> Iterator[str]:
    """The columns in which the parts and citations of a record say something."""
    for name in layout.below(path):
        for part in content.get(name, ()):
            columns = layout.kinds[(*path, name)].columns
            yield from (column for column, field in columns.items() if field in part)
            yield from columns_said_by_parts(layout, part, (*path, name))


def with_line_ends_of(old, new):
    """The new content; a text that differs from the old one in its line ends or in blanks behind it is the old one.

    Forms send two characters for the end of a line, and a spreadsheet keeps one of them. A blank behind a text that had
    none is a slip that no preview could show.
    """
    if isinstance(new, dict) and isinstance(old, dict):
        for name in new:
            new[name] = with_line_ends_of(old.get(name), new[name])
    elif isinstance(new, Parts) and isinstance(old, list):
        for number, below in enumerate(old[: len(new)]):
            new[number] = with_line_ends_of(below, new[number])
    elif isinstance(new, str) and isinstance(old, str):
        text = with_one_end(new)
        return old if with_one_end(old) in (text, text.rstrip()) else new
    return new


def with_one_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
