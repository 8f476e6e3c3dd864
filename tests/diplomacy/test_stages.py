"""Stages through time: which of them is the latest, and which order of them is refused by whom."""

import pytest

from diplomacy.choices import AGREEMENT_ORDER, INITIATIVE_ORDER, AgreementState, InitiativeState
from diplomacy.models import Agreement, Initiative
from kzafrica.editorial import proposals
from kzafrica.editorial.content import ContentError, content_of
from tests.factories import make_agreement, make_initiative, make_user

pytestmark = pytest.mark.django_db


def stages(*steps: str) -> list[dict]:
    """Stages written as "raised 2024", or "signed" without a date."""
    return [dict(zip(("kind", "date"), step.split(), strict=False)) for step in steps]


def faults_of(record, *steps: str) -> list[tuple[str, str]]:
    """What is wrong between these stages: the stage and the sentence."""
    part = type(record).stages.rel.related_model
    parts = [part(**stage) for stage in stages(*steps)]
    return [(str(fault[0].kind), fault[2]) for fault in record.faults_between("stages", parts)]


class TestState:
    @pytest.mark.parametrize(
        ("steps", "state", "begun"),
        [
            ([], None, None),
            (["announced 2024"], "announced", "announced"),
            (["signed 2025", "announced 2024"], "signed", "announced"),
            # An undated stage counts where it lies further on in the vocabulary than the latest dated one.
            (["announced 2024", "signed"], "signed", "announced"),
            (["announced", "signed 2025"], "signed", "signed"),
            (["signed 2025", "ratified", "in_force"], "in_force", "signed"),
            (["announced", "drafted"], "drafted", None),
            # What came after in time is the state, even if it is earlier in the vocabulary.
            (["signed 2020", "announced 2024"], "announced", "signed"),
            (["in_force 2021", "ended 2025"], "ended", "in_force"),
            (["announced /2020", "signed 2025"], "signed", "announced"),
        ],
    )
    def test_of_an_agreement(self, steps, state, begun):
        agreement = make_agreement(stages=stages(*steps))

        assert (agreement.state.kind if agreement.state else None) == state
        assert (agreement.begun.kind if agreement.begun else None) == begun

    @pytest.mark.parametrize(
        ("steps", "state"),
        [
            (["raised 2024", "negotiated", "agreed"], "agreed"),
            (["raised 2024", "lapsed"], "lapsed"),
            (["raised", "under_way 2025"], "under_way"),
            (["raised 2024", "under_way 2025", "delivered 2026"], "delivered"),
        ],
    )
    def test_of_an_initiative(self, steps, state):
        assert make_initiative(stages=stages(*steps)).state.kind == state


class TestOrder:
    @pytest.mark.parametrize(
        ("later", "needed"), [(later, one) for later in AGREEMENT_ORDER for one in AGREEMENT_ORDER[later]]
    )
    def test_no_step_of_an_agreement_precedes_one_it_needs(self, later, needed):
        [(kind, sentence)] = faults_of(Agreement(), f"{needed} 2025", f"{later} 2024")

        assert kind == later
        labels = AgreementState(later).label, AgreementState(needed).label
        assert sentence == "“{}” (2024) cannot come before “{}” (2025).".format(*labels)

    @pytest.mark.parametrize(
        ("later", "needed"), [(later, one) for later in INITIATIVE_ORDER for one in INITIATIVE_ORDER[later]]
    )
    def test_no_step_of_an_initiative_precedes_one_it_needs(self, later, needed):
        [(kind, sentence)] = faults_of(Initiative(), f"{needed} 2025", f"{later} 2024")

        assert kind == later
        labels = InitiativeState(later).label, InitiativeState(needed).label
        assert sentence == "“{}” (2024) cannot come before “{}” (2025).".format(*labels)

    @pytest.mark.parametrize(
        "steps",
        [
            ["signed 2025", "ratified 2025"],
            ["signed 2025-09", "ratified 2025-09-01"],
            ["signed 2025-09-10", "ratified 2025~"],
            ["signed 2024/2026", "in_force 2025-01-01"],
            ["signed 2025/..", "ratified 2025"],
            ["signed ../2025", "ratified 2024"],
            ["signed", "ratified 2020"],
            ["signed 2025", "ratified"],
            ["ratified 2020"],
            ["announced 2025", "signed 2024"],
        ],
    )
    def test_an_overlap_or_a_missing_date_is_no_fault(self, steps):
        assert faults_of(Agreement(), *steps) == []

    def test_each_step_that_comes_too_early_is_said_once(self):
        faults = faults_of(Agreement(), "signed 2025", "ratified 2026", "in_force 2020", "ended 2019")

        assert [kind for kind, _sentence in faults] == ["in_force", "ended"]


class TestRefusedInAProposal:
    SENTENCE = "“Ratified” (2024) cannot come before “Signed” (10 September 2025)."

    def test_by_whoever_applies_it(self):
        agreement = make_agreement(stages=stages("signed 2025-09-10"))
        content = content_of(agreement)
        content["stages"] = [*content["stages"], {"kind": "ratified", "date": "2024"}]
        proposal = proposals.propose(agreement, content, by=make_user("contributor"))

        with pytest.raises(ContentError) as refusal:
            proposals.apply_proposal(proposal, by=make_user("editor"))

        assert [(fault.where, fault.sentence) for fault in refusal.value.faults] == [("stages[2].date", self.SENTENCE)]
        assert [stage.kind for stage in Agreement.objects.get().stages.all()] == ["signed"]

    def test_both_dates_may_move_at_once(self):
        agreement = make_agreement(stages=stages("signed 2024", "ratified 2025"))
        content = content_of(agreement) | {"stages": stages("signed 2014", "ratified 2015")}
        proposal = proposals.propose(agreement, content, by=make_user("contributor"))

        proposals.apply_proposal(proposal, by=make_user("editor"))

        assert [str(stage.date) for stage in Agreement.objects.get().stages.all()] == ["2014", "2015"]
