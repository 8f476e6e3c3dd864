"""A contributor, an editor and an administrator who work on records of every kind, and what each record said when."""

from collections.abc import Iterator
from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from kzafrica.editorial import history, merging, proposals, workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.changing import draft_renamed, reference_saved
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import ContentError, content_of, differences, with_content
from kzafrica.editorial.models import ProposedChange, Redirect, Source
from kzafrica.editorial.publishable import Keyed, PublishableModel
from kzafrica.editorial.reverting import restore, revert
from kzafrica.reference.models import Office, Place, Theme
from tests.editorial.worlds_at_work import everything, kinds
from tests.factories import make_user

REFUSED = (ValidationError, ContentError, workflow.NotAllowed)


class Desk:
    """A contributor, an editor and an administrator at their records; keeps what each record said, and when."""

    def __init__(self) -> None:
        self.writer, self.reviewer = make_user("contributor"), make_user("editor")
        self.chief = make_user("administrator")
        self.seen: dict[tuple, list[list]] = {}
        self.gone: list[tuple] = []
        self.written = 0
        self.look()

    def do(self, deed: str, *details) -> bool:
        """Do it, if the rules allow it, and look at every record afterwards."""
        done = False
        with suppress(*REFUSED), transaction.atomic():
            getattr(self, deed)(*details)
            done = True
        self.look()
        return done

    def look(self) -> None:
        now, here = timezone.now(), set()
        for model in (*kinds(), Theme, Place, Office):
            for record in with_content(model._base_manager.all()):
                here.add((model, record.pk))
                said = self.seen.setdefault((model, record.pk), [])
                content = (content_of(record), getattr(record, "status", ""))
                if said and said[-1][2] == content:
                    said[-1][1] = now
                else:
                    said.append([now, now, content])
        self.gone = [place for place in self.seen if place not in here]

    # --- Whom and what

    def record(self, index: int) -> Keyed:
        records = everything()
        return records[index % len(records)]

    def sibling(self, record: models.Model, index: int) -> models.Model:
        rows = list(type(record)._base_manager.order_by("pk"))
        return rows[index % len(rows)]

    def changed(self, record: models.Model, way: str, other: int, index: int) -> dict:
        """What the record says, changed in one place."""
        content, theirs = content_of(record), content_of(self.sibling(record, other))
        names = sorted({*content, *theirs} - {"slug"})
        name = names[index % len(names)]
        mine, their = content.get(name, ""), theirs.get(name, "")
        lists = sorted(each for each in content if isinstance(content[each], list) and content[each])
        if way == "copy":
            content[name] = their
        elif way == "drop":
            content[name] = ""
        elif way == "words":
            columns = {field.name for field in record._meta.fields}
            known = ("title_en", "name_en", "text_en", "title", "instrument", "venue")
            word = next(each for each in known if each in columns)
            content[word] = f"Words {index}"
        elif way == "add" and isinstance(mine or their, list) and isinstance(their or mine, list):
            content[name] = [*(mine or []), *(their or [])]
        elif way == "cite":
            rows = [content, *(row for each in lists if each != "citations" for row in content[each])]
            row = rows[index % len(rows)]
            if isinstance(row, dict):
                sources = list(Source.objects.order_by("pk").values_list("slug", flat=True))
                row["citations"] = [*row.get("citations", []), {"source": sources[other % len(sources)]}]
        elif lists:
            name = lists[index % len(lists)]
            rows = list(content[name])
            if way == "cut":
                rows.pop(other % len(rows))
            elif way == "turn":
                rows.reverse()
            content[name] = rows
        return {name: value for name, value in content.items() if value not in ("", [])}

    # --- Deeds

    def change(self, index: int, way: str, other: int, field: int) -> None:
        record = self.record(index)
        content = self.changed(record, way, other, field)
        if record.is_public:
            proposals.propose(record, content, by=self.writer)
            return
        with workflow.one_revision(by=self.writer, note="Edited", of=record):
            workflow.require(record.status in (Status.DRAFT, Status.WITHDRAWN), "In review.")
            apply_content(record, content)

    def change_at_once(self, index: int, way: str, other: int, field: int) -> None:
        record = self.record(index)
        proposals.correct_at_once(record, self.changed(record, way, other, field), by=self.chief, reason="Wrong")

    def decide(self, index: int) -> None:
        """On one of the proposals that wait; -1 is the newest."""
        waiting = list(ProposedChange.objects.open().order_by("pk"))
        if waiting:
            proposals.apply_proposal(waiting[index % len(waiting)], by=self.reviewer)

    def write(self, index: int) -> None:
        record = self.record(index)
        self.written += 1
        content = content_of(record) | {"slug": f"written-{self.written}"}
        content.pop("is_headline", None)
        with workflow.one_revision(by=self.writer, note="Written"):
            apply_content(type(record)(), content)

    def publish(self, index: int) -> None:
        record = self.record(index)
        if record.status in (Status.DRAFT, Status.WITHDRAWN):
            workflow.submit(record, by=self.writer)
        workflow.publish(record, by=self.reviewer)

    def withdraw(self, index: int) -> None:
        workflow.withdraw(self.record(index), by=self.reviewer, note="Not so")

    def delete(self, index: int) -> None:
        workflow.delete_draft(self.record(index), by=self.reviewer)

    def restore(self, index: int) -> None:
        gone = [place for place in self.gone if issubclass(place[0], PublishableModel)]
        if gone:
            restore(*gone[index % len(gone)], by=self.writer)

    def rename(self, index: int) -> None:
        record = self.record(index)
        self.written += 1
        content = content_of(record) | {"slug": f"renamed-{self.written}"}
        if record.is_public:
            proposals.propose(record, content, by=self.writer)
            return
        old_key = record.key
        with workflow.one_revision(by=self.writer, note="Edited", of=record) as changes:
            apply_content(record, content)
            draft_renamed(record, old_key, by=self.writer, changes=changes)

    def rename_back(self, index: int, other: int) -> None:
        """To an address that another has, or that one once had."""
        record = self.record(index)
        keys = list(Redirect.objects.filter(record_type=record._meta.label_lower).values_list("old_key", flat=True))
        keys.append(self.sibling(record, other).key)
        content = content_of(record) | {"slug": keys[other % len(keys)]}
        proposals.correct_at_once(record, content, by=self.chief, reason="Wrong")

    def rename_reference(self, index: int) -> None:
        rows = [*Theme.objects.order_by("pk"), *Place.objects.order_by("pk"), *Office.objects.order_by("pk")]
        row = rows[index % len(rows)]
        before = (row.key, content_of(row))
        self.written += 1
        with workflow.one_revision(by=self.reviewer, note="Edited"):
            row.slug = f"renamed-{self.written}"
            row.save()
            reference_saved(row, before, by=self.reviewer)

    def revert(self, index: int, back: int) -> None:
        record = self.record(index)
        states = history.states_of(record)
        if states:
            revert(record, states[back % len(states)], by=self.writer)

    def merge(self, index: int, other: int) -> None:
        kept = self.record(index)
        absorbed = self.sibling(kept, other)
        content = merging.merged_content(kept, absorbed)
        if kept.published_at or absorbed.published_at:
            merging.propose_merge(kept, absorbed, content, by=self.writer)
        else:
            merging.merge(kept, absorbed, content, by=self.reviewer)

    # --- What has to hold

    def not_rebuilt(self) -> Iterator[str]:
        for (model, pk), said in self.seen.items():
            for first, last, (content, status) in said:
                for moment in {first, last}:
                    state = history.state_at(model, pk, moment)
                    if state is None:
                        if said[0][0] == first:
                            continue  # Made before anybody kept a history of it.
                        yield f"{model.__name__} {pk}: nothing at {moment}"
                    elif state.content != content or (status and state.status != status):
                        yield f"{model.__name__} {pk}: {differences(content, state.content)} {status} {state.status}"
                        break
