"""One source and any number of new records from it, as they are typed on one screen."""

from dataclasses import dataclass, field
from http import HTTPStatus

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from kzafrica.editorial import workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import ContentError
from kzafrica.editorial.labels import record_label
from kzafrica.editorial.models import Source
from kzafrica.filtering import nearest
from kzafrica.folding import fold
from kzafrica.reference.models import Country
from kzafrica.workshop.compact import CompactForm, compact_form
from kzafrica.workshop.inlines import title_field
from kzafrica.workshop.key_fields import KeysField, Pending
from kzafrica.workshop.meanwhile import NUMBER
from kzafrica.workshop.new_source import Named, NewSourceForm, source_named
from kzafrica.workshop.said import twins_of
from kzafrica.workshop.twins import BY_KEY, KEEP_FIELD, Twin, unseen

# Records in the order in which they may name each other, and in which they are offered.
ORDER = (
    "event", "figure", "agreement", "mission", "initiative", "award", "claim", "relation", "person", "organization",
    "project", "route", "programme",
)  # fmt: skip
SAVED_IN_ORDER = (
    "organization", "person", "event", "route", "project", "mission", "relation", "agreement", "initiative",
    "programme", "award", "figure", "claim",
)  # fmt: skip
MOST_RECORDS = 30
LONGEST_ADDRESS = 500


def kinds(user=None) -> dict[str, type[models.Model]]:
    """The kinds of record that have a short form and that the user may add, by their short names."""
    found = {
        model._meta.model_name: model
        for model, model_admin in admin.site._registry.items()
        if getattr(model_admin, "compact", None)
    }
    named = {name: found[name] for name in sorted(found, key=lambda name: (*ORDER, name).index(name))}
    return {name: model for name, model in named.items() if user is None or may_add(user, model)}


def may_add(user, model: type[models.Model]) -> bool:
    return user.has_perm(f"{model._meta.app_label}.add_{model._meta.model_name}")


def kinds_named(text: str, known: dict[str, type[models.Model]]) -> list[str]:
    """The kinds that are typed in one line: ``event figure agreement``. Raises ValidationError for an unknown one."""
    called = {fold(word): name for name, model in known.items() for word in (name, record_label(model))}
    called |= {fold(str(model._meta.verbose_name_plural)): name for name, model in known.items()}
    found = []
    for word in text.replace(",", " ").replace(";", " ").split():
        if fold(word) not in called:
            near = nearest(word, called)
            hint = " " + _("Did you mean “%s”?") % near if near else ""
            raise ValidationError(
                _("“%(word)s” is no kind of record: write %(known)s.") % {"word": word, "known": ", ".join(known)}
                + hint
            )
        found.append(called[fold(word)])
    return found


@dataclass
class Entry:
    """One record of the screen: its form, the records that may be the same, and the keys of those looked at."""

    number: int
    kind: str
    form: CompactForm
    twins: list[Twin] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return record_label(self.form.model)

    @property
    def prefix(self) -> str:
        return f"r{self.number}-"

    @property
    def keep_both(self) -> list[str]:
        """The keys of the records that are shown beside it now, or were: sent again, it says to keep both."""
        return [twin.key for twin in self.twins] or self.seen

    @property
    def is_blank(self) -> bool:
        """Whether nobody has typed anything into it yet."""
        return not self.form.is_bound or not self.form.has_changed()

    def as_twin(self, record: models.Model) -> Twin:
        """How it is named at another record of the screen, by what would be saved of it."""
        return Twin(str(record), _("on this screen"), "", f"#record-{self.number}", key=f"{self.kind}/{record.key}")

    def last_row(self, part: str) -> str:
        """The id of the first field of the last row of such parts; empty where there are none."""
        rows = next((table["rows"] for table in self.form.table_fields if table["part"] == part), [])
        return rows[-1][0].id_for_label if rows else ""

    @property
    def looks(self) -> dict | None:
        """What the script that looks for the same record asks."""
        model = self.form.model
        rule = admin.site.get_model_admin(model).twins
        address = f"admin:{model._meta.app_label}_{model._meta.model_name}_may_be_same"
        return {"address": reverse(address), "of": "", "reads": " ".join(rule.reads), "by": BY_KEY} if rule else None


@dataclass(frozen=True)
class TakenOut:
    """A record that was taken from the screen, with all that was typed into it, until the others are saved."""

    number: int
    kind: str
    label: str
    title: str
    typed: list[tuple[str, str]]


class Story:
    """What was sent from the screen, checked; ``save()`` writes all of it or nothing."""

    def __init__(self, data: QueryDict | None, user, *, address: str = "", asked: list[str] = ()) -> None:
        self.data, self.user = data, user
        self.kinds = kinds(user)
        self.address = (data.get("address", "") if data is not None else address).strip()[:LONGEST_ADDRESS]
        self.named: Named = source_named(self.address)
        self.source_form = self._source_form()
        self.entries: list[Entry] = []
        self.taken_out: list[TakenOut] = []
        self.pending: Pending = {}
        for number, kind in self._numbered(asked):
            self._add(number, kind)
        self._name_each_other()
        self._fill_in_what_is_shared()

    # --- What stands on the screen

    def _source_form(self) -> NewSourceForm | None:
        if not self.named.is_new:
            return None
        is_sent = self.data is not None and "s-title" in self.data
        return NewSourceForm(self.data if is_sent else None, prefix="s", initial=self.named.guessed)

    def _numbered(self, asked: list[str]) -> list[tuple[int, str]]:
        sent, out = self._listed("record"), self._listed("taken")
        pressed = {name: self.data.get(name, "") if self.data is not None else "" for name in ("remove", "back")}
        is_out = {number for number in sent if str(number) == pressed["remove"]}
        is_out |= {number for number in out if str(number) != pressed["back"]}
        both = {**out, **sent}
        self.taken_out = [row for number in sorted(is_out) if (row := self._taken_out(number, both[number]))]
        first = max(both, default=-1) + 1
        kept = [(number, both[number]) for number in sorted(both) if number not in is_out]
        return [*kept, *((first + index, kind) for index, kind in enumerate(asked))][:MOST_RECORDS]

    def _listed(self, name: str) -> dict[int, str]:
        """The kinds of the records on the screen, or of those taken from it, by their numbers."""
        listed = {}
        for text in self.data.getlist(name) if self.data is not None else ():
            number, _colon, kind = text.partition(":")
            if NUMBER.fullmatch(number) and int(number) < 10_000 and kind in self.kinds:
                listed[int(number)] = kind
        return listed

    def _taken_out(self, number: int, kind: str) -> TakenOut | None:
        """None where nothing was typed into it."""
        prefix, model = f"r{number}", self.kinds[kind]
        form = self._form(prefix, model)
        if not form.is_bound or not form.has_changed():
            return None
        form.is_valid()
        typed = [
            (name, value) for name in form.data if name.startswith(f"{prefix}-") for value in form.data.getlist(name)
        ]
        title = title_field(model)
        return TakenOut(number, kind, record_label(model), form[title].value() if title in form.fields else "", typed)

    def _form(self, prefix: str, model: type[models.Model]) -> CompactForm:
        form_class = compact_form(model, admin.site.get_model_admin(model).compact)
        is_sent = self.data is not None and any(name.startswith(f"{prefix}-") for name in self.data)
        return form_class(self.data if is_sent else None, prefix=prefix, pending=self.pending, initial={})

    def _add(self, number: int, kind: str) -> None:
        prefix = f"r{number}"
        form = self._form(prefix, self.kinds[kind])
        seen = self.data.getlist(f"{prefix}-{KEEP_FIELD}") if self.data is not None else []
        self.entries.append(Entry(number, kind, form, seen=seen))

    def _name_each_other(self) -> None:
        """Read each record after those that it may name, wherever they stand on the screen."""
        for entry in sorted(self.filled, key=lambda row: SAVED_IN_ORDER.index(row.kind)):
            if entry.form.is_valid():
                content = entry.form.content("")
                self.pending.setdefault(entry.form.model, {})[content["slug"]] = entry.form.names(content)

    def _fill_in_what_is_shared(self) -> None:
        for place, entry in enumerate(self.entries):
            if entry.is_blank:
                likely = self._likely(type(entry.form), self.entries[:place])
                entry.form = type(entry.form)(prefix=entry.form.prefix, pending=self.pending, initial=likely)

    def _likely(self, form_class: type[CompactForm], above: list[Entry]) -> dict:
        """What a record is likely to share with those of the same story that are filled in above it."""
        compact = form_class.compact
        stories = [entry.form.story for entry in above if not entry.is_blank]
        likely: dict = {}
        date = next((story["date"] for story in stories if story["date"]), "")
        if date and compact.dated_by and form_class.model._meta.model_name != "figure":
            likely[compact.dated_by] = date
        states = next((story["states"] for story in stories if any(story["states"])), [])
        if states and compact.states_in:
            likely[compact.states_in] = self._states(form_class, states)
        events = [key for model, keys in self.pending.items() if model._meta.model_name == "event" for key in keys]
        if events and compact.event_in:
            likely[compact.event_in] = events[0]
        return {name: value for name, value in likely.items() if value}

    def _states(self, form_class: type[CompactForm], states: list[str]) -> str:
        """All of them where several are typed; else the one abroad."""
        bare = [state.rpartition("/")[2] for state in states if state]
        several = isinstance(form_class(prefix="x").fields[form_class.compact.states_in], KeysField)
        if several:
            return " ".join(bare)
        home = set(Country.objects.home().values_list("alpha3", flat=True))
        return next((state for state in bare if state not in home), "")

    # --- What is right and wrong with it

    @property
    def filled(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.is_blank]

    def is_valid(self) -> bool:
        """Whether the source and every record that was begun can be read."""
        source_is = self.named.source is not None or (
            self.source_form is not None and self.source_form.is_bound and self.source_form.is_valid()
        )
        return all([source_is, *(entry.form.is_valid() for entry in self.filled)])

    def pass_over_faults(self) -> None:
        """Before it is to be saved, say only which texts were cut."""
        for form in (self.source_form, *(entry.form for entry in self.entries)):
            if form is not None and form.is_bound:
                form.tell_only_what_was_cut()

    @property
    def is_complete(self) -> bool:
        """Whether every record that was asked for is begun, and there is one at least."""
        return bool(self.entries) and len(self.filled) == len(self.entries)

    @property
    def focus(self) -> str:
        """The id of the field at which typing goes on: the first with a fault, else the first that is still empty."""
        if not self.address:
            return "id_address"
        if self.data is not None and (back := self.data.get("remove", "")) in {
            str(row.number) for row in self.taken_out
        }:
            return f"back-{back}"
        if self.source_form is not None and (not self.source_form.is_bound or self.source_form.errors):
            wrong = next(iter(self.source_form.errors), "") if self.source_form.is_bound else ""
            empty = next((name for name in ("title", "publisher") if not self.source_form[name].value()), "title")
            return f"id_s-{wrong if wrong in self.source_form.fields else empty}"
        for entry in self.entries:
            if entry.form.is_bound and entry.form.errors:
                wrong = next((name for name in entry.form.fields if name in entry.form.errors), "")
                return entry.form[wrong or entry.form.essential_names[0]].id_for_label
        for entry in self.entries:
            if entry.is_blank:
                return entry.form[self._first_to_fill(entry.form)].id_for_label
        return "save" if self.entries else "id_asked"

    def _first_to_fill(self, form: CompactForm) -> str:
        """The first field that the story does not fill: a kind that is only the usual one is still to be looked at."""
        return next((name for name in form.essential_names if name not in form.initial), form.essential_names[0])

    # --- Written down

    def save(self) -> list[models.Model]:
        """The new drafts, each in a revision of its own, or none at all: then faults and likes stand at their forms."""
        saved: dict[int, models.Model] = {}
        try:
            with transaction.atomic():
                source = self._saved_source()
                for entry in sorted(self.entries, key=lambda row: SAVED_IN_ORDER.index(row.kind)):
                    saved[entry.number] = self._saved(entry, source)
                if any(entry.form.errors for entry in self.entries):
                    raise _NotKept
                if self._looked_for_twins(saved):
                    raise _NotKept
        except _NotKept:
            return []
        self.source = source
        return [saved[entry.number] for entry in self.entries]

    def _saved_source(self) -> Source:
        if self.named.source is not None:
            return self.named.source
        source = Source()
        try:
            self._write(source, self.source_form.content(), note=_("Written down with its records"))
        except ContentError as error:
            for fault in error.faults:
                self.source_form.add_error(
                    fault.where if fault.where in self.source_form.fields else None, fault.sentence
                )
            raise _NotKept from None
        return source

    def _saved(self, entry: Entry, source: Source) -> models.Model:
        record = entry.form.model()
        try:
            with transaction.atomic():
                content = entry.form.content(source.slug)
                self._write(record, content, note=_("Written down from “%s”") % source)
        except ContentError as error:
            # What is wrong with another record of the screen is said there alone.
            entry.form.take_faults([fault for fault in error.faults if not self._is_pending(fault.missing)])
        return record

    def _is_pending(self, missing: str) -> bool:
        label, _slash, key = missing.partition("/")
        return any(model._meta.label_lower == label and key in keys for model, keys in self.pending.items())

    def _write(self, record: models.Model, content: dict, *, note: str) -> None:
        with workflow.one_revision(by=self.user, note=note, of=record):
            apply_content(record, content)

    def _looked_for_twins(self, saved: dict[int, models.Model]) -> bool:
        """Whether there are any that nobody has looked at; they stand at their entries then.

        Of two alike on the screen, the one further up is named at the other.
        """
        places = {saved[entry.number]: place for place, entry in enumerate(self.entries)}
        here: set[tuple[int, int]] = set()
        for place, entry in enumerate(self.entries):
            model_admin = admin.site.get_model_admin(entry.form.model)
            content = entry.form.content(self.address)
            twins = twins_of(model_admin.twins, entry.form.model, content, other_than=saved[entry.number].pk)
            entry.twins = model_admin.described([row for row in twins if row not in places])
            here |= {(max(place, places[row]), min(place, places[row])) for row in twins if row in places}
        for place, above in sorted(here):
            entry = self.entries[above]
            self.entries[place].twins.append(entry.as_twin(saved[entry.number]))
        return any(unseen(entry.twins, entry.seen) for entry in self.entries)

    @property
    def status(self) -> HTTPStatus:
        return HTTPStatus.CONFLICT if any(entry.twins for entry in self.entries) else HTTPStatus.OK


class _NotKept(Exception):
    """Leaves the transaction of a story that is not to be kept as it was sent."""
