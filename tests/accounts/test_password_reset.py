"""A lost password: a link by mail, which opens nothing by itself."""

import re

import pytest
from django.core import mail

from tests.accounts import give_device, sign_in
from tests.admin import words_of

pytestmark = pytest.mark.django_db
ASK, NEW = "/admin/password-reset/", "quite another password"


def ask_for_a_link(client, address: str) -> str:
    """The address in the mail that was sent."""
    client.post(ASK, {"email": address})
    return re.search(r"http://testserver(\S+)", mail.outbox[-1].body)[1]


def choose(client, link: str, password: str = NEW):
    """Open the link of the mail and choose a password."""
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}, follow=True)


def test_the_page_for_signing_in_leads_to_it(client):
    assert f'href="{ASK}"' in client.get("/admin/login/").content.decode()


def test_the_link_of_the_mail_sets_a_new_password(client, contributor):
    choose(client, ask_for_a_link(client, "aigerim@example.org"))

    sign_in(client, contributor, password=NEW)

    assert client.get("/admin/").status_code == 200


def test_typing_begins_at_the_address_and_at_the_new_password(client, contributor):
    asked = client.get(ASK).context["form"]
    chosen = client.get(ask_for_a_link(client, "aigerim@example.org"), follow=True).context["form"]

    assert "autofocus" in str(asked["email"])
    assert "autofocus" in str(chosen["new_password1"])


def test_the_mail_names_the_account_and_says_what_to_do_if_nobody_asked(client, contributor):
    ask_for_a_link(client, "aigerim@example.org")

    (sent,) = mail.outbox
    assert sent.to == ["aigerim@example.org"]
    assert sent.subject == "KZ-Africa: a new password"
    assert "“aigerim”" in sent.body
    assert "do nothing" in sent.body


def test_the_answer_is_the_same_whether_there_is_an_account(client, contributor):
    known = client.post(ASK, {"email": "aigerim@example.org"}, follow=True)
    unknown = client.post(ASK, {"email": "nobody@example.org"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert words_of(known) == words_of(unknown)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("backend", ["console", "filebased"])
def test_mail_goes_to_the_console_or_into_a_file_where_the_settings_say_so(
    client, contributor, settings, tmp_path, capsys, backend
):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)

    client.post(ASK, {"email": "aigerim@example.org"})

    written = capsys.readouterr().out + "".join(path.read_text() for path in tmp_path.iterdir())
    assert "/admin/reset/" in written


def test_a_new_password_does_not_get_around_the_second_factor(client, editor):
    device = give_device(editor)
    choose(client, ask_for_a_link(client, "bolat@example.org"))
    after_reset = client.get("/admin/").status_code

    without_code = sign_in(client, editor, password=NEW)
    sign_in(client, editor, device.code(), password=NEW)

    assert after_reset == 302
    assert "give the code from your device" in words_of(without_code)
    assert client.get("/admin/").status_code == 200


def test_a_link_is_good_only_once(client, contributor):
    link = ask_for_a_link(client, "aigerim@example.org")
    choose(client, link)

    answer = type(client)().get(link, follow=True)

    assert "This link is no longer good" in words_of(answer)


def test_a_link_is_void_for_another_account(client, contributor, editor):
    link = ask_for_a_link(client, "aigerim@example.org")
    other = ask_for_a_link(client, "bolat@example.org")

    mixed = "/".join([*link.split("/")[:3], other.split("/")[3], link.split("/")[4], ""])

    assert "This link is no longer good" in words_of(client.get(mixed, follow=True))


def test_a_weak_password_is_refused_in_words(client, contributor):
    answer = choose(client, ask_for_a_link(client, "aigerim@example.org"), "short")

    assert "too short" in words_of(answer)
    contributor.refresh_from_db()
    assert not contributor.check_password("short")


def test_an_account_that_is_closed_gets_no_mail(client, contributor):
    contributor.is_active = False
    contributor.save()

    client.post(ASK, {"email": "aigerim@example.org"})

    assert mail.outbox == []


def test_nobody_can_have_mails_sent_without_end(client, contributor):
    statuses = [client.post(ASK, {"email": "aigerim@example.org"}).status_code for _attempt in range(11)]

    assert statuses == [302] * 10 + [429]
    assert len(mail.outbox) == 10


def test_other_sessions_close_when_the_password_is_reset(client, contributor):
    other = type(client)()
    sign_in(other, contributor)

    choose(client, ask_for_a_link(client, "aigerim@example.org"))

    assert other.get("/admin/").status_code == 302
