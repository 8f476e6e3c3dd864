"""What a load does: all of it at once, the same however often, and never over an editor's hand."""

import pytest

from events.models import Event
from kzafrica.dataset.loading import load_dataset
from kzafrica.editorial import proposals, workflow
from kzafrica.editorial.choices import ProposalState, Status
from kzafrica.editorial.content import content_of
from kzafrica.editorial.models import Change, ProposedChange, Source
from kzafrica.reference.models import Area, Bloc, Commodity, Country, Person
from kzafrica.statements.models import Figure
from tests.dataset.files import FIGURES, VISITS, rows_of_ours
from tests.factories import make_event, make_source, make_user

SOURCES = "records/sources.yaml"
COUNTRIES = "reference/countries.csv"
AREAS = "reference/areas.csv"


@pytest.fixture
def loaded(dataset):
    dataset.load()
    return dataset


@pytest.fixture
def editor(db):
    return make_user("editor", "bolat")


def visit() -> Event:
    return Event.objects.get(slug="state-visit")


def change_by_editor(record, by, **changes) -> None:
    """As an editor's proposal would that a colleague applied."""
    proposal = proposals.propose(
        record, content_of(record) | changes, by=make_user("contributor"), note="Seen in Akorda"
    )
    proposals.apply_proposal(proposal, by=by)


class TestFirstLoad:
    def test_says_what_it_did(self, dataset):
        assert dataset.load() == "Dataset: 19 created, 0 changed, 0 unchanged, 0 left alone.\n"

    def test_brings_every_record_before_readers(self, loaded):
        assert Source.objects.published().count() == 2
        assert Event.objects.published().get().participations.get().person == Person.objects.published().get()
        assert Figure.objects.published().get().commodity.code == "2503"

    def test_keeps_every_side_of_a_disagreement(self, loaded):
        differing = visit().citations.differing().get()

        assert (differing.field, differing.stated, differing.source.slug) == ("date", "2025-09-10", "newspaper")

    def test_acts_as_the_initial_dataset_in_every_history(self, loaded):
        for record in (visit(), Source.objects.first(), Country.objects.first()):
            assert workflow.latest_revision_of(record).user.get_username() == "initial dataset"
        assert set(Change.objects.values_list("by_name", flat=True)) == {"initial dataset"}

    def test_puts_the_members_of_a_bloc_into_it(self, loaded):
        assert [membership.country.alpha3 for membership in Bloc.objects.get(code="SADC").memberships.all()] == ["COD"]

    def test_gives_an_area_its_country_by_the_code_of_the_state(self, loaded):
        assert Area.objects.get(country__alpha3="COD").code == "180"
        assert Area.objects.get(code="711").country is None

    def test_sets_commodities_below_each_other(self, loaded):
        sulphur = Commodity.objects.get(code="250300")

        assert (sulphur.parent.code, sulphur.parent.parent.code, sulphur.is_leaf) == ("2503", "25", True)

    def test_loads_records_after_those_they_name_wherever_they_stand(self, dataset):
        dataset.write(
            "records/a-session.yaml",
            """\
            events:
              - slug: a-session
                title_en: Session of the forum
                kind: session
                level: minister
                parent: the-forum
                citations: [{source: newspaper}]
              - slug: the-forum
                title_en: Forum
                kind: forum
                level: minister
                citations: [{source: newspaper}]
            claims:
              - slug: a-claim
                text_en: It was the first.
                kind: first
                result: holds
                reason_en: None came before.
                subjects: [{record: claim/the-claim}, {record: event/a-session}]
                citations: [{source: newspaper}]
              - slug: the-claim
                text_en: There was a forum.
                kind: description
                result: holds
                reason_en: The newspaper says so.
                citations: [{source: newspaper}]
            """,
        )

        dataset.load()

        assert Event.objects.get(slug="a-session").parent.slug == "the-forum"

    def test_leaves_the_marks_of_facts_out_of_the_database(self, dataset):
        dataset.replace(VISITS, "    host: KAZ", "    host: KAZ\n    facts: [7, 8]")
        dataset.replace(VISITS, "text_en: Sulphur", "text_en: Sulphur\n        facts: [9]")

        dataset.load()

        assert "1 unchanged" not in dataset.load()
        assert "0 changed" in dataset.load()

    def test_of_a_dry_run_writes_nothing(self, dataset):
        before = rows_of_ours()

        said = dataset.load("--dry-run")

        assert said == "Dataset: 19 created, 0 changed, 0 unchanged, 0 left alone. Dry run.\n"
        assert rows_of_ours() == before

    def test_of_a_dry_run_finds_the_same_faults(self, dataset):
        dataset.replace(VISITS, "host: KAZ", "host: KZA")

        assert dataset.faults("--dry-run") == dataset.faults()

    def test_shows_its_progress(self, dataset):
        seen = []

        def progress(entries):
            for entry in entries:
                seen.append(entry.key)
                yield entry

        load_dataset(dataset.directory, progress=progress)

        assert len(seen) == 13
        assert "state-visit" in seen


class TestSecondLoad:
    def test_changes_nothing(self, loaded):
        before, revision = rows_of_ours(), workflow.content_revision()

        said = loaded.load()

        assert said == "Dataset: 0 created, 0 changed, 19 unchanged, 0 left alone.\n"
        assert (rows_of_ours(), workflow.content_revision()) == (before, revision)

    def test_updates_a_record_that_was_changed_in_the_files(self, loaded):
        before, participation = workflow.content_revision(), visit().participations.get()
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")

        said = loaded.load()

        assert said == "Dataset: 0 created, 1 changed, 18 unchanged, 0 left alone.\n"
        assert visit().outcomes.get().text == "Copper"
        assert visit().participations.get().pk == participation.pk
        change = Change.objects.last()
        assert (change.number, change.action, change.record_key) == (before + 1, "changed", "state-visit")
        assert change.revision.user == workflow.system_user()

    def test_updates_reference_data_that_was_changed_in_the_files(self, loaded):
        updated_at = Country.objects.get(alpha3="KEN").updated_at
        loaded.replace(COUNTRIES, "404,Kenya", "404,Republic of Kenya")

        assert "1 changed" in loaded.load()

        country = Country.objects.get(alpha3="KEN")
        assert country.name == "Republic of Kenya"
        assert country.updated_at > updated_at
        assert (Change.objects.last().action, Change.objects.last().record_key) == ("changed", "KEN")

    def test_updates_a_membership_that_was_changed_in_the_files(self, loaded):
        loaded.replace("reference/memberships.csv", "SADC,COD,member,1997", "SADC,COD,member,1997-09-08")

        assert "1 changed" in loaded.load()

        assert Bloc.objects.get(code="SADC").memberships.get().begins.edtf == "1997-09-08"

    def test_updates_a_commodity_that_was_changed_in_the_files(self, loaded):
        loaded.replace("reference/hs2022.csv", "Sulphur of all kinds", "Sublimed sulphur")

        assert "1 changed" in loaded.load()

        assert Commodity.objects.get(code="250300").description == "Sublimed sulphur"
        assert Change.objects.last().record_key == "250300"

    def test_updates_an_area_that_was_changed_in_the_files(self, loaded):
        loaded.replace(AREAS, "711,Southern African Customs Union (until 1999)", "711,Customs union")

        assert "1 changed" in loaded.load()

        assert Area.objects.get(code="711").name == "Customs union"
        assert Change.objects.last().record_key == "711"

    def test_gives_an_area_the_country_that_came_after_it(self, loaded):
        loaded.add(AREAS, "800,Uganda,state,UGA,,,true\n")
        loaded.load()
        loaded.add(COUNTRIES, "UGA,UG,800,Uganda,african_state\n")

        assert loaded.load() == "Dataset: 1 created, 1 changed, 19 unchanged, 0 left alone.\n"

        assert Area.objects.get(code="800").country.alpha3 == "UGA"

    def test_adds_what_is_new_in_the_files(self, loaded):
        loaded.add("reference/hs2022.csv", "2504,4,25,V,Graphite,1\n")
        loaded.add("reference/themes.csv", "trade,Trade\n")

        assert loaded.load() == "Dataset: 2 created, 0 changed, 19 unchanged, 0 left alone.\n"

    def test_writes_nothing_when_something_in_the_files_is_wrong(self, loaded):
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")
        loaded.replace(FIGURES, "unit: USD", "unit: t")

        loaded.fault()

        assert visit().outcomes.get().text == "Sulphur"

    def test_finds_no_change_in_another_way_of_writing_the_same(self, loaded):
        loaded.replace(FIGURES, "value: 106300000", "value: 106300000.00")
        loaded.replace(VISITS, "themes: [mining]", 'themes:\n      - "mining"')

        assert "0 changed, 19 unchanged" in loaded.load()


class TestEditorsHand:
    def test_a_record_an_editor_changed_is_left_alone_and_reported(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")
        before = workflow.content_revision()

        said = loaded.load()

        assert "events state-visit: an editor has changed it since; the dataset's version was not written." in said
        assert "0 changed, 18 unchanged, 1 left alone." in said
        assert (visit().venue, visit().outcomes.get().text) == ("Akorda", "Sulphur")
        assert workflow.content_revision() == before

    def test_what_the_files_say_becomes_one_proposal(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        ProposedChange.objects.all().delete()
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")

        loaded.load()
        loaded.load()

        proposal = ProposedChange.objects.get()
        assert proposal.record == visit()
        assert proposal.proposed_by == workflow.system_user()
        assert proposal.content["outcomes"] == [{"kind": "topic", "text_en": "Copper"}]
        assert "venue" not in proposal.content

    def test_a_proposal_of_the_files_can_be_applied_by_one_editor(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")
        loaded.load()

        proposals.apply_proposal(ProposedChange.objects.get(proposed_by=workflow.system_user()), by=editor)

        assert visit().outcomes.get().text == "Copper"
        assert "0 left alone" in loaded.load()

    def test_a_rejected_proposal_is_not_made_again(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        loaded.load()
        proposals.reject_proposal(
            ProposedChange.objects.get(proposed_by=workflow.system_user()), by=editor, note="It was in Akorda."
        )

        loaded.load()

        assert not ProposedChange.objects.filter(state=ProposalState.OPEN).exists()

    def test_a_record_an_editor_changed_to_what_the_files_say_is_no_difference(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        loaded.replace(VISITS, "    host: KAZ", "    host: KAZ\n    venue: Akorda")

        assert "0 changed, 19 unchanged, 0 left alone." in loaded.load()

    def test_a_withdrawn_record_stays_withdrawn(self, loaded, editor):
        workflow.withdraw(visit(), by=editor, note="Not confirmed")
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")

        assert "1 left alone" in loaded.load()

        assert visit().status == Status.WITHDRAWN
        assert visit().outcomes.get().text == "Sulphur"
        assert not ProposedChange.objects.exists()

    def test_a_draft_of_an_editor_under_the_same_slug_is_left_alone(self, dataset, editor):
        draft = make_event(slug="state-visit", title="Mine", status=Status.DRAFT)
        with workflow.one_revision(by=editor, note="Begun"):
            draft.save()

        assert "1 left alone" in dataset.load()

        assert (visit().title, visit().status) == ("Mine", Status.DRAFT)

    def test_reference_data_an_editor_changed_is_left_alone(self, loaded, editor):
        country = Country.objects.get(alpha3="KEN")
        country.capital = "Nairobi"
        with workflow.one_revision(by=editor, note="Edited in the admin"):
            workflow.change_reference(country, by=editor)

        assert "countries.csv KEN: an editor has changed it since" in loaded.load()

        assert Country.objects.get(alpha3="KEN").capital == "Nairobi"

    def test_an_area_an_editor_changed_is_left_alone(self, loaded, editor):
        area = Area.objects.get(code="711")
        area.note = "Five states."
        with workflow.one_revision(by=editor, note="Edited in the admin"):
            workflow.change_reference(area, by=editor)

        assert "areas.csv 711: an editor has changed it since" in loaded.load()

        assert Area.objects.get(code="711").note == "Five states."

    def test_the_hand_of_an_editor_whose_account_is_gone_still_counts(self, loaded, editor):
        change_by_editor(visit(), editor, venue="Akorda")
        editor.delete()

        assert "1 left alone" in loaded.load()

    def test_a_record_an_editor_renamed_is_not_created_again(self, loaded, editor):
        change_by_editor(visit_of_the_president := visit(), editor, slug="state-visit-of-the-drc")

        said = loaded.load()

        assert Event.objects.get() == visit_of_the_president
        assert "0 created, 0 changed, 19 unchanged, 0 left alone" in said

    def test_records_that_name_a_renamed_one_are_still_the_same(self, loaded, editor):
        change_by_editor(Source.objects.get(slug="newspaper"), editor, slug="astana-times")

        assert "0 created, 0 changed, 19 unchanged" in loaded.load()

    def test_a_change_to_a_record_an_editor_renamed_becomes_a_proposal_under_its_new_name(self, loaded, editor):
        change_by_editor(visit(), editor, slug="state-visit-of-the-drc")
        loaded.replace(VISITS, "text_en: Sulphur", "text_en: Copper")

        assert "1 left alone" in loaded.load()

        proposal = ProposedChange.objects.get(proposed_by=workflow.system_user())
        assert proposal.content["slug"] == "state-visit-of-the-drc"

    def test_a_new_record_may_rest_on_an_editors_draft_of_a_source(self, dataset):
        draft = make_source(slug="newspaper", title="Mine", status=Status.DRAFT)

        dataset.load()

        assert Source.objects.published().get(pk=draft.pk).cited_in.exists()


def test_a_directory_that_is_not_there_is_a_sentence(dataset):
    dataset.directory = dataset.directory / "nowhere"

    with pytest.raises(Exception, match="is not a directory: give the folder that holds reference/ and records/"):
        dataset.load()
