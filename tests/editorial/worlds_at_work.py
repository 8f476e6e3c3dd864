"""A small world with every kind of record in it, naming each other in every way, and people who work on it."""

from collections.abc import Iterator

import reversion
from django.apps import apps
from django.db import transaction

from kzafrica.editorial import workflow
from kzafrica.editorial.applying import apply_content
from kzafrica.editorial.content import ContentError, content_of
from kzafrica.editorial.links import records_named_by
from kzafrica.editorial.models import Redirect
from kzafrica.editorial.publishable import Keyed, PublishableModel
from kzafrica.editorial.references import ReferenceField, reference_kinds
from tests.factories import (
    make_agreement,
    make_article,
    make_author,
    make_award,
    make_bloc,
    make_claim,
    make_country,
    make_derived_figure,
    make_event,
    make_figure,
    make_initiative,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_relation,
    make_route,
    make_source,
    make_theme,
)


def make_world() -> None:
    kaz, cod, ken = make_country("KAZ"), make_country("COD"), make_country("KEN")
    make_bloc("002", members=[cod, ken])
    aid, mining = make_theme("Aid"), make_theme("Mining")
    port, town = make_place("Port", country=ken), make_place("Town", country=cod)
    decree = make_source(
        slug="decree", authors=[{"name": "A", "affiliations": [{"text": "X"}, {"text": "Y"}]}, {"name": "B"}]
    )
    paper = make_source(slug="paper", authors=[{"name": "C"}])
    make_source(slug="journal")
    ministry = make_organization(slug="ministry", name_forms=[{"text": "Min"}, {"text": "Министерство"}])
    company = make_organization(slug="company", citations=[decree, paper])
    minister = make_office("Minister", organization=ministry)
    envoy = make_person(
        slug="envoy",
        name_forms=[{"text": "Envoy", "citations": [decree]}],
        offices_held=[{"office": minister, "begins": "2010"}],
    )
    guest = make_person(slug="guest", died="2015", name_forms=[{"text": "Guest"}, {"text": "Gast"}])
    chief = make_person(slug="chief", citations=[paper])
    forum = make_event(
        slug="forum",
        themes=[aid],
        host=cod,
        place=town,
        participations=[{"country": cod}, {"person": envoy, "office": minister, "citations": [decree]}],
        outcomes=[{"kind": "topic", "text": "Copper", "theme": mining}, {"kind": "topic", "text": "Zinc"}],
    )
    visit = make_event(slug="visit", parent=forum, date="2012", participations=[{"person": guest, "country": ken}])
    talks = make_event(slug="talks", parent=visit, participations=[{"organization": company}], themes=[aid, mining])
    route = make_route(
        slug="corridor", calls=[{"place": port, "onward_mode": "sea"}, {"place": town}], stages=[{"kind": "proposed"}]
    )
    make_route(slug="other-corridor", stages=[{"kind": "proposed", "date": "2020", "citations": [paper]}])
    plant = make_project(slug="plant", parties=[{"organization": company}], stages=[{"kind": "agreed", "date": "2025"}])
    make_project(slug="works", parties=[{"organization": ministry}], place=port)
    make_relation(first=kaz, second=cod, recognised="1991")
    make_relation(first=kaz, second=ken)
    head = {"person": chief, "accreditations": [{"country": cod, "credentials_presented": "2016-05"}, {"country": ken}]}
    make_mission(
        slug="embassy",
        receiving=cod,
        milestones=[{"kind": "decree", "date": "2013"}, {"kind": "opened", "date": "2014", "citations": [decree]}],
        heads=[head],
    )
    make_mission(slug="consulate", kind="consulate", receiving=ken, heads=[{"person": envoy}], place=port)
    make_mission(slug="office-at-body", receiving_organization=ministry, milestones=[{"kind": "opened"}])
    signed = {"kind": "signed", "date": "2012", "citations": [paper]}
    make_agreement(
        slug="memorandum",
        signed_at=visit,
        route=route,
        parties=[{"country": kaz}, {"organization": company}],
        signatories=[{"person": guest, "country": kaz}],
        stages=[{"kind": "drafted", "date": "2011"}, signed],
    )
    make_agreement(slug="contract", project=plant, parties=[{"country": ken}], stages=[{"kind": "announced"}])
    make_award(slug="order", recipient=guest, conferred_by=chief, event=visit, recipient_country=cod)
    make_award(slug="medal", recipient=envoy, recipient_country=ken)
    make_initiative(
        slug="fertiliser", raised_at=talks, countries=[cod], organizations=[company], stages=[{"kind": "raised"}]
    )
    make_initiative(slug="railway", organizations=[ministry, company], route=route)
    make_programme(slug="strategy", organization=ministry, stages=[{"kind": "adopted", "date": "2020"}])
    make_programme(slug="fund", organization=company, themes=[aid])
    value = make_figure(slug="turnover", value="783000000")
    growth = make_figure(slug="growth", measure="growth", base_measure="turnover", value="15", unit="percent")
    before = make_derived_figure([(value, "value"), (growth, "growth")], slug="turnover-before")
    make_derived_figure([(before, "value"), (growth, "growth")], slug="turnover-long-before", period="2022")
    make_figure(slug="jobs", measure="jobs", unit="jobs", subject=plant, counterpart="", value="20")
    make_figure(slug="deals", measure="agreement_count", unit="count", subject=forum, value="3")
    make_claim(slug="first-ever", subjects=[forum, value, company], checked_against=[value, before])
    make_claim(slug="since-then", subjects=[visit, cod], checked_against=[growth])
    author = make_author("Someone")
    make_article(
        slug="essay",
        authors=[author],
        body="It is {{figure/turnover}}, before {{figure/turnover-before}}.[^1]\n\n[^1]: source/journal, page 2",
        records_discussed=[{"record": "event/forum"}, {"record": "claim/first-ever"}, {"record": "person/guest"}],
    )
    make_article(slug="note", authors=[author], body="Nothing^[source/paper] but {{figure/growth}}.")
    with workflow.one_revision(by=workflow.system_user(), note="Made"):
        for model in apps.get_models():
            if issubclass(model, Keyed):
                for row in model._base_manager.all():
                    reversion.add_to_revision(row)


def kinds() -> list[type[PublishableModel]]:
    found = [model for model in apps.get_models() if issubclass(model, PublishableModel) and not model.comes_with_file]
    return sorted(found, key=lambda model: model._meta.label_lower)


def everything() -> list[Keyed]:
    """Every record, whatever its kind, in one order."""
    return [record for model in kinds() for record in model._base_manager.order_by("pk")]


def faults_of_the_world() -> Iterator[str]:
    yield from dangling_references()
    yield from wrong_redirects()
    yield from circles()
    for record in everything():
        name = f"{record._meta.model_name}/{record.key} ({record.status})"
        faults = [*faults_before_readers(record), *faults_of_its_own(record)]
        yield from (f"{name}: {fault}" for fault in faults)


def faults_before_readers(record: PublishableModel) -> Iterator[str]:
    """What readers would meet that they should not."""
    if not record.is_public:
        return
    named = [*records_named_by(record), *(citation.source for citation in record.all_citations())]
    yield from (f"names {other!r} ({other.key}), which is not public" for other in named if not other.is_public)
    # A correction of its inputs may leave a number that nothing can be computed from; the page says so.
    yield from (fault for fault in record.faults_before_readers() if "cannot be computed now" not in fault)
    if not record.has_support():
        yield "has no support"


def faults_of_its_own(record: PublishableModel) -> Iterator[str]:
    """What the rules of the record say against it as it is kept."""
    try:
        with transaction.atomic():
            kept = type(record)._base_manager.get(pk=record.pk)
            apply_content(kept, content_of(kept))
            raise _Undo
    except _Undo:
        pass
    except ContentError as error:
        yield str(error)


class _Undo(Exception):
    pass


def dangling_references() -> Iterator[str]:
    known = reference_kinds()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, ReferenceField):
                for row in model._base_manager.exclude(**{field.name: ""}):
                    kind, _slash, key = getattr(row, field.name).partition("/")
                    try:
                        known[kind].objects.get_by_natural_key(key)
                    except known[kind].DoesNotExist:
                        yield f"{row!r}.{field.name} names {kind}/{key}, which is not there"


def wrong_redirects() -> Iterator[str]:
    models_by_label = {model._meta.label_lower: model for model in apps.get_models()}
    for redirect in Redirect.objects.all():
        model = models_by_label[redirect.record_type]
        (name,) = model.natural_key_fields
        if not model._base_manager.filter(**{name: redirect.target_key}).exists():
            yield f"{redirect} of {redirect.record_type} leads nowhere"
        if model._base_manager.filter(**{name: redirect.old_key}).exists():
            yield f"{redirect} of {redirect.record_type} hides a record"


def circles() -> Iterator[str]:
    event, entry = apps.get_model("events", "Event"), apps.get_model("statements", "FigureInput")
    yield from _circle("parent", event._base_manager.exclude(parent=None).values_list("pk", "parent"))
    yield from _circle("inputs", entry._base_manager.values_list("derived", "figure"))


def _circle(name: str, pairs) -> Iterator[str]:
    leads = {}
    for one, other in pairs:
        leads.setdefault(one, set()).add(other)
    for start in leads:
        waiting, seen = set(leads[start]), set()
        while waiting:
            if start in waiting:
                yield f"{name} of {start} lead back to it"
                break
            seen |= waiting
            waiting = {other for one in waiting for other in leads.get(one, ())} - seen
