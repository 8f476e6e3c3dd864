"""The command that asks the addresses of sources, and what it takes an answer for."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from kzafrica.editorial import link_checks, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.link_checks import link_states
from kzafrica.editorial.models import LinkCheck, Source
from kzafrica.outward import Answer, NoAnswer, NoSuchName, NotLookedUp, Refused
from tests.desk.server import asking
from tests.factories import make_source

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def answers(monkeypatch):
    """What addresses answer: a status or an error, by address; nobody is asked on the network."""
    known: dict[str, int | BaseException] = {}

    def ask(address: str, *, agent: str, pace) -> Answer:
        assert "mailto:" in agent
        answer = known.get(address, 200)
        if isinstance(answer, BaseException):
            raise answer
        return Answer(answer, "", address)

    monkeypatch.setattr(link_checks, "ask", ask)
    return known


def check_links(*options) -> str:
    out = StringIO()
    call_command("check_links", *options, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("answer", "is_alive"),
    [
        (200, True),
        (206, True),
        (304, True),
        (404, False),
        (410, False),
        (NoSuchName("no such name"), False),
        (401, None),
        (403, None),
        (429, None),
        (451, None),
        (500, None),
        (503, None),
        (599, None),
        (NoAnswer("silence"), None),
        (NotLookedUp("later"), None),
        (Refused("inside"), None),
    ],
)
def test_only_what_proves_that_a_document_is_gone_makes_a_link_dead(answer, is_alive, answers):
    source = make_source(url="https://news.example/a")
    answers["https://news.example/a"] = answer

    check_links()

    check = LinkCheck.objects.get()
    assert (check.source, check.field, check.address) == (source, "url", "https://news.example/a")
    assert check.is_alive is is_alive
    assert check.answer


def test_the_answer_is_kept_in_words(answers):
    make_source(url="https://news.example/a")
    answers["https://news.example/a"] = 403

    check_links()

    assert LinkCheck.objects.get().answer == "403 Forbidden"


def test_both_addresses_of_sources_of_readers_and_of_drafts_are_asked():
    for status in (Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN):
        make_source(status=status, slug=str(status), url=f"https://news.example/{status}")
    make_source(url="https://news.example/b", archived_url="https://archive.example/b")
    make_source()

    told = check_links()

    assert LinkCheck.objects.count() == 5
    assert not LinkCheck.objects.filter(source__slug="withdrawn").exists()
    assert told.startswith("5 addresses asked: 5 alive, 0 dead, 0 without an answer that tells.")


def test_a_dead_link_is_named_in_the_summary(answers):
    make_source(slug="lost", url="https://news.example/a")
    answers["https://news.example/a"] = 404

    told = check_links()

    assert told.splitlines()[0] == "1 address asked: 0 alive, 1 dead, 0 without an answer that tells."
    assert told.splitlines()[1].strip() == "lost: https://news.example/a: 404 Not Found"


def test_a_second_check_takes_the_place_of_the_first(answers):
    make_source(url="https://news.example/a")
    answers["https://news.example/a"] = 404
    check_links()
    answers["https://news.example/a"] = 200

    check_links()

    assert LinkCheck.objects.get().is_alive is True


def test_those_never_asked_come_first_then_the_oldest():
    sources = {name: make_source(slug=name, url=f"https://news.example/{name}") for name in ("a", "b", "c")}
    check_links("--source", "a")
    check_links("--source", "b")
    LinkCheck.objects.filter(source=sources["b"]).update(checked_at=timezone.now() - timedelta(days=9))

    order = [link.source.slug for link in link_checks.links_to_ask(Source.objects.all())]

    assert order == ["c", "b", "a"]


def test_a_limit_and_an_age_bound_what_is_asked():
    for name in ("a", "b", "c"):
        make_source(slug=name, url=f"https://news.example/{name}")

    assert check_links("--limit", "2").startswith("2 addresses asked")
    assert check_links("--older-than", "7").startswith("1 address asked")
    assert check_links("--older-than", "7") == "No address is to be asked.\n"
    LinkCheck.objects.filter(source__slug="a").update(checked_at=timezone.now() - timedelta(days=8))
    assert check_links("--older-than", "7").startswith("1 address asked")


def test_an_address_that_was_changed_is_one_that_was_not_asked():
    source = make_source(url="https://news.example/a")
    check_links()
    assert link_states(Source.objects.all()).unasked == 0

    Source.objects.filter(pk=source.pk).update(url="https://news.example/moved")

    states = link_states(Source.objects.all())
    assert (states.total, states.alive, states.unasked) == (1, 0, 1)
    assert check_links("--older-than", "7").startswith("1 address asked")


@pytest.mark.parametrize("options", [("--source", "nothing"), ("--limit", "-1"), ("--older-than", "x")])
def test_an_option_that_means_nothing_is_refused_in_words(options):
    with pytest.raises(CommandError) as refusal:
        check_links(*options)

    assert options[1] in str(refusal.value)


def test_readers_are_told_by_a_new_content_revision():
    make_source(url="https://news.example/a")
    before = workflow.content_revision()

    check_links()

    assert workflow.content_revision() == before + 1


def test_a_machine_that_is_cut_off_calls_nothing_dead(answers):
    for name in ("a", "b", "c"):
        make_source(url=f"https://{name}.example/")
        answers[f"https://{name}.example/"] = NoSuchName(f"There is no host of the name “{name}.example”.")

    with pytest.raises(CommandError, match="cut off"):
        check_links()

    assert not LinkCheck.objects.exists()


def test_an_address_that_was_not_asked_is_no_sign_that_a_machine_is_not_cut_off(answers):
    for name in ("a", "b", "c"):
        make_source(url=f"https://{name}.example/")
        answers[f"https://{name}.example/"] = NoSuchName(f"There is no host of the name “{name}.example”.")
    make_source(url="ftp://d.example/")
    answers["ftp://d.example/"] = Refused("Only http and https are asked, not “ftp”.")

    with pytest.raises(CommandError, match="cut off"):
        check_links()

    assert not LinkCheck.objects.exists()


def test_a_name_that_is_gone_is_dead_where_another_answers(answers):
    for name in ("a", "b", "c", "d"):
        make_source(url=f"https://{name}.example/")
        answers[f"https://{name}.example/"] = NoSuchName(f"There is no host of the name “{name}.example”.")
    answers["https://d.example/"] = 200

    check_links()

    assert LinkCheck.objects.dead().count() == 3


def test_what_was_found_is_kept_when_a_person_interrupts(answers):
    for name in ("a", "b", "c"):
        make_source(slug=name, url=f"https://news.example/{name}")
    answers["https://news.example/c"] = KeyboardInterrupt()

    with pytest.raises(KeyboardInterrupt):
        check_links()

    assert LinkCheck.objects.count() == 2


def test_a_source_that_was_deleted_meanwhile_breaks_nothing(monkeypatch):
    source = make_source(status=Status.DRAFT, url="https://news.example/a")
    [link] = link_checks.links_to_ask(Source.objects.all())
    finding = link_checks.Finding(link, True, "200 OK")
    source.delete()

    link_checks.keep([finding])

    assert not LinkCheck.objects.exists()


def test_a_real_server_is_asked_with_the_real_request(monkeypatch):
    monkeypatch.undo()
    with asking(monkeypatch, {"/a": (301, "/b"), "/b": 200, "/c": 410}) as server:
        make_source(slug="moved", url=server.address("/a"))
        make_source(slug="gone", url=server.address("/c"))
        make_source(slug="odd", url="http://[::1]/")

        check_links()

    found = dict(LinkCheck.objects.values_list("source__slug", "is_alive"))
    assert found == {"moved": True, "gone": False, "odd": None}
    assert LinkCheck.objects.get(source__slug="moved").answer == f"200 OK, at {server.address('/b')}"
