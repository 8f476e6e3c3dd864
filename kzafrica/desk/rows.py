"""How a row of the first page is told: what it is, since when it waits, who says what about it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from diplomacy.models import Mission
from events.models import Event
from kzafrica.editorial.models import ErrorReport, LinkCheck, ProposedChange, Source, Step
from kzafrica.editorial.proposals import fate_of
from kzafrica.editorial.publishable import PublishableModel
from kzafrica.editorial.steps import last_steps
from kzafrica.editorial.templatetags.records import day_in_words
from kzafrica.numbers import amount_text
from kzafrica.statements.comparisons import Differing, differing
from kzafrica.statements.models import Figure

WORDS_SHOWN = 200


@dataclass(frozen=True)
class Row:
    """One row: the kind of record, its title with the address of its form, facts about it, and someone's words."""

    kind: str
    title: str
    address: str
    facts: list[str] = field(default_factory=list)
    words: str = ""


@dataclass
class _Known:
    """What is read once for all rows of the page."""

    steps: dict[PublishableModel, Step]
    dead: dict[int, list[LinkCheck]]
    differing: dict[int, Differing]


def told(shown: dict[str, list[models.Model]]) -> dict[str, list[Row]]:
    """The rows of each group, in the same few queries however many there are."""
    with_steps = [*shown.get("review", ()), *shown.get("returned", ())]
    known = _Known(
        steps=last_steps(with_steps),
        dead=_dead_links(shown.get("link", ())),
        differing=differing() if shown.get("difference") else {},
    )
    return {name: [TELLING.get(name, _draft)(record, known) for record in rows] for name, rows in shown.items()}


def _dead_links(sources: Iterable[Source]) -> dict[int, list[LinkCheck]]:
    found: dict[int, list[LinkCheck]] = {source.pk: [] for source in sources}
    for check in LinkCheck.objects.present().dead().filter(source__in=list(found)) if found else ():
        found[check.source_id].append(check)
    return found


def _row(record: models.Model, facts: Iterable[str] = (), words: str = "", about: models.Model | None = None) -> Row:
    """``about`` is what the row is called after, where the row itself is only a word about it."""
    meta = record._meta
    named = about if about is not None else record
    return Row(
        str(capfirst(named._meta.verbose_name)),
        Truncator(str(named)).chars(WORDS_SHOWN),
        reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[record.pk]),
        [fact for fact in facts if fact],
        Truncator(words.strip()).chars(WORDS_SHOWN),
    )


def _by(sentence: str, user, moment) -> str:
    return sentence % {"who": user.get_username() if user else _("someone"), "day": day_in_words(moment)}


def _in_review(record: PublishableModel, known: _Known) -> Row:
    step = known.steps.get(record)
    if step is None:
        return _row(record, [_by(_("submitted by %(who)s"), record.submitted_by, record.created_at)])
    return _row(record, [_by(_("submitted by %(who)s, %(day)s"), step.by, step.at)], step.note)


def _returned(record: PublishableModel, known: _Known) -> Row:
    step = known.steps[record]
    return _row(record, [_by(_("returned by %(who)s, %(day)s"), step.by, step.at)], step.note)


def _draft(record: PublishableModel, _known: _Known) -> Row:
    return _row(record, [_("begun %(day)s") % {"day": day_in_words(record.created_at)}])


def _proposal(proposal: ProposedChange, _known: _Known) -> Row:
    fact = _by(_("proposed by %(who)s, %(day)s"), proposal.proposed_by, proposal.proposed_at)
    return _row(proposal, [fact], proposal.note, about=proposal.record)


def _decided(proposal: ProposedChange, _known: _Known) -> Row:
    fact = _by(_("by %(who)s, %(day)s"), proposal.decided_by, proposal.decided_at)
    return _row(proposal, [fate_of(proposal), fact], proposal.decision_note, about=proposal.record)


def _report(report: ErrorReport, _known: _Known) -> Row:
    facts = [report.record_title, report.page, day_in_words(report.reported_at)]
    return _row(report, facts)


def _unresolved(event: Event, _known: _Known) -> Row:
    return _row(event, [event.date.text(), event.get_occurrence_display()])


def _undated(event: Event, _known: _Known) -> Row:
    return _row(event, [event.get_kind_display(), event.get_occurrence_display()])


def _unchecked(mission: Mission, _known: _Known) -> Row:
    day = mission.last_checked_on
    return _row(mission, [_("checked on %(day)s") % {"day": day_in_words(day)} if day else _("never checked")])


def _dead(source: Source, known: _Known) -> Row:
    return _row(source, [f"{check.address}: {check.answer}" for check in known.dead[source.pk]])


def _different(figure: Figure, known: _Known) -> Row:
    found = known.differing[figure.pk]
    facts = [_("stated: %(number)s") % {"number": found.stated}]
    if found.computed is not None:
        facts.append(_("computed: %(number)s") % {"number": amount_text(found.computed, found.unit)})
    return _row(figure, facts)


TELLING: dict[str, Callable[..., Row]] = {
    "review": _in_review,
    "returned": _returned,
    "decide": _proposal,
    "proposed": _proposal,
    "decided": _decided,
    "report": _report,
    "outcome": _unresolved,
    "date": _undated,
    "check": _unchecked,
    "link": _dead,
    "difference": _different,
}
