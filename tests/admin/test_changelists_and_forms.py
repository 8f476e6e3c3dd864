"""Every page of the workshop opens, for every kind of row, and runs under the policy that browsers are sent."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from diplomacy.models import (
    Accreditation,
    AgreementStage,
    HeadOfMission,
    InitiativeStage,
    Milestone,
    ProgrammeStage,
    Signatory,
)
from events.models import Announcement, Event, Outcome, Participation
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import (
    Change,
    Citation,
    Correction,
    ErrorReport,
    LinkCheck,
    ProposedChange,
    Redirect,
    Source,
    SourceAuthor,
)
from kzafrica.editorial.roles import EDITED_APPS
from kzafrica.reference.models import Country, NameForm, OfficeHeld
from tests.admin import FilledForm, address_of, browser_of
from tests.factories import (
    MAKERS,
    make_agreement,
    make_country,
    make_event,
    make_initiative,
    make_mission,
    make_office,
    make_organization,
    make_person,
    make_place,
    make_programme,
    make_project,
    make_route,
    make_source,
    make_trade_flow,
    make_user,
)
from trade.models import ProjectStage, RouteStage, TradeFlow

pytestmark = pytest.mark.django_db


def make_proposal() -> ProposedChange:
    event = make_event()
    changed = content_of(event) | {"venue": "Akorda"}
    return proposals.propose(event, changed, by=make_user("contributor"), note="As printed")


def make_correction() -> Correction:
    proposals.apply_proposal(make_proposal(), by=make_user("editor"), reason="The venue was missing.")
    return Correction.objects.get()


def make_head() -> HeadOfMission:
    head = {"person": make_person(), "accreditations": [{"country": make_country()}]}
    return make_mission(heads=[head]).heads.get()


OTHER_ROWS = {
    Change: lambda: make_event() and Change.objects.last(),
    Correction: make_correction,
    ProposedChange: make_proposal,
    Redirect: lambda: Redirect.objects.create(record_type="events.event", old_key="visit", target_key="state-visit"),
    ErrorReport: lambda: ErrorReport.objects.create(record=make_event(), message="Not so", content_revision=1),
    LinkCheck: lambda: LinkCheck.objects.create(
        source=make_source(),
        field="url",
        address="https://a.example/",
        checked_at=timezone.now(),
        answer="403 Forbidden",
    ),
    TradeFlow: make_trade_flow,
    SourceAuthor: lambda: make_source(authors=[{"name": "A. Author"}]).authors.get(),
    NameForm: lambda: make_organization(name_forms=[{"text": "МИД"}]).name_forms.get(),
    OfficeHeld: lambda: make_person(offices_held=[{"office": make_office()}]).offices_held.get(),
    Announcement: lambda: make_event(announcements=[{"planned": "2025-09"}]).announcements.get(),
    Participation: lambda: make_event(participations=[{"country": make_country()}]).participations.get(),
    Outcome: lambda: make_event(outcomes=[{"kind": "topic", "text": "Copper"}]).outcomes.get(),
    Milestone: lambda: make_mission(milestones=[{"kind": "opened", "date": "2014"}]).milestones.get(),
    HeadOfMission: make_head,
    Accreditation: lambda: make_head().accreditations.get(),
    Signatory: lambda: make_agreement(signatories=[{"person": make_person()}]).signatories.get(),
    AgreementStage: lambda: make_agreement(stages=[{"kind": "signed", "date": "2025"}]).stages.get(),
    InitiativeStage: lambda: make_initiative(stages=[{"kind": "raised", "date": "2025"}]).stages.get(),
    ProgrammeStage: lambda: make_programme(stages=[{"kind": "adopted", "date": "2025"}]).stages.get(),
    RouteStage: lambda: make_route(stages=[{"kind": "proposed", "date": "2025"}]).stages.get(),
    ProjectStage: lambda: make_project(stages=[{"kind": "agreed", "date": "2025"}]).stages.get(),
}
ROWS = {**MAKERS, **OTHER_ROWS}
OURS = [model for model in admin.site._registry if model._meta.app_label in EDITED_APPS]
SEARCHED = [model for model in OURS if admin.site.get_model_admin(model).search_fields]
every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)


@pytest.fixture
def editor():
    return make_user("editor", "bolat")


@pytest.fixture
def desk(editor):
    """The browser of an editor."""
    return browser_of(editor)


@every_model
def test_the_list_and_the_page_of_a_row_open(desk, model):
    row = ROWS[model]()

    assert desk.get(address_of("changelist", model)).status_code == 200
    assert desk.get(address_of("change", row)).status_code == 200


@every_model
def test_the_form_of_a_new_row_opens_where_one_can_be_added(desk, editor, model):
    request = RequestFactory().get("/")
    request.user = editor
    may_add = admin.site.get_model_admin(model).has_add_permission(request)

    # That of a release leads on to the form that loads it.
    assert desk.get(address_of("add", model), follow=True).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", SEARCHED, ids=lambda model: model._meta.label)
def test_a_list_can_be_searched(desk, model):
    ROWS[model]()

    assert desk.get(address_of("changelist", model), {"q": "nothing is called so"}).status_code == 200


@pytest.mark.parametrize("status", Status)
def test_the_page_of_a_record_opens_at_every_status(desk, status):
    event = make_event(status=status)

    assert desk.get(address_of("change", event)).status_code == 200
    assert desk.get(address_of("history", event)).status_code == 200


def test_accounts_are_not_for_editors(desk):
    assert desk.get("/admin/auth/user/").status_code == 403


def test_nobody_opens_the_workshop_without_signing_in(client):
    answer = client.get(address_of("changelist", Event))

    assert answer.status_code == 302
    assert answer.url.startswith("/admin/login/")


class TestChoosingByTyping:
    def found(self, client, model, field, term) -> list[str]:
        asked = {
            "app_label": model._meta.app_label,
            "model_name": model._meta.model_name,
            "field_name": field,
            "term": term,
        }
        answer = client.get(reverse("admin:autocomplete"), asked)
        assert answer.status_code == 200
        return [row["text"] for row in answer.json()["results"]]

    def test_the_place_of_an_event(self, desk):
        make_place("Kinshasa", country=make_country("COD"))
        make_place("Lubumbashi")

        assert self.found(desk, Event, "place", "kinsh") == [f"Kinshasa ({make_country('COD')})"]

    def test_the_host_of_an_event(self, desk):
        make_country("COD")
        make_country("KEN")

        assert self.found(desk, Event, "host", "ken") == ["Kenya (KEN)"]

    def test_the_source_of_a_citation(self, desk):
        make_source(title="Decree 17")

        assert self.found(desk, Citation, "source", "decree") == ["Astana Times: Decree 17 (10 September 2025)"]

    def test_a_person_by_another_form_of_the_name_is_found_once(self, desk):
        make_person(name="Félix Tshisekedi", name_forms=[{"text": "Чисекеди"}, {"text": "Чисекеди Феликс"}])

        assert self.found(desk, Participation, "person", "Чисекеди") == ["Félix Tshisekedi"]

    def test_a_contributor_chooses_too(self):
        make_country("KEN")

        assert self.found(browser_of(make_user("contributor")), Event, "host", "ken") == ["Kenya (KEN)"]

    def test_every_key_of_an_event_is_chosen_so(self):
        request = RequestFactory().get("/")

        chosen = admin.site.get_model_admin(Event).get_autocomplete_fields(request)

        assert chosen == ["host", "place", "parent", "themes"]


class TestReferenceData:
    def test_a_contributor_reads_it_and_cannot_change_it(self):
        country = make_country("KEN")
        client = browser_of(make_user("contributor"))

        page = client.get(address_of("change", country))
        answer = client.post(address_of("change", country), {"name_en": "Other"})

        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert answer.status_code == 403
        country.refresh_from_db()
        assert country.name == "Kenya"

    def test_a_contributor_cannot_add_any(self):
        client = browser_of(make_user("contributor"))

        assert client.get(address_of("add", Country)).status_code == 403

    def test_a_change_by_an_editor_is_seen_at_once_and_moves_the_content_revision(self, desk, editor):
        country = make_country("KEN")
        form = FilledForm(desk, address_of("change", country))
        before = workflow.content_revision()

        answer = form.send(name_en="Republic of Kenya")

        assert answer.status_code == 302
        country.refresh_from_db()
        assert country.name_en == "Republic of Kenya"
        assert workflow.content_revision() == before + 1
        change = Change.objects.last()
        assert (change.action, change.record_key, change.by_name) == ("changed", "KEN", "bolat")
        assert workflow.latest_revision_of(country).user == editor

    def test_it_is_never_deleted(self, desk):
        assert desk.post(address_of("delete", make_country("KEN")), {"post": "yes"}).status_code == 403


class TestWhatBrowsersAreTold:
    """The policy allows no script and no style that stands in a page, so none may stand there."""

    @pytest.fixture(
        params=["index", "login", "list", "add", "change", "public", "step", "history", "proposal", "delete"]
    )
    def page(self, request, client, desk):
        draft = make_event(status=Status.DRAFT)
        addresses = {
            "index": "/admin/",
            "login": "/admin/login/",
            "list": address_of("changelist", Event),
            "add": address_of("add", Event),
            "change": address_of("change", draft),
            "public": address_of("change", make_event()),
            "step": address_of("step", draft, "submit"),
            "history": address_of("history", draft),
            "proposal": address_of("change", make_proposal()),
            "delete": address_of("delete", draft),
        }
        answer = (client if request.param == "login" else desk).get(addresses[request.param])
        assert answer.status_code == 200
        return answer

    def test_the_policy_trusts_nothing_inline(self, page):
        policy = page["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "unsafe-inline" not in policy
        assert "unsafe-eval" not in policy

    def test_the_page_has_nothing_inline(self, page):
        html = page.content.decode()

        assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", html) == []
        assert re.findall(r"<style\b[^>]*>", html) == []
        assert re.findall(r"<[^>]+\s(?:style|on[a-z]+)=[\"'][^>]*>", html) == []


@pytest.mark.parametrize("name", ["change_form", "history", "proposal", "step"])
def test_our_templates_hold_no_script_and_no_style(name):
    html = Path(settings.BASE_DIR, "templates/admin/workshop", f"{name}.html").read_text()

    assert re.findall(r"<script|<style|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_the_source_of_a_record_is_listed_with_what_a_reviewer_asks(desk):
    make_source(title="Decree 17", publisher="Akorda")

    page = desk.get(address_of("changelist", Source)).content.decode()

    assert "Decree 17" in page
    assert "Akorda" in page
    assert "Published" in page
