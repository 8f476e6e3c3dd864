"""The first three accounts: made by a command, which shows their passwords once."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from kzafrica.editorial import workflow
from kzafrica.editorial.roles import CONTRIBUTORS, EDITORS, ensure_roles
from tests.factories import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def create_accounts(capsys):
    """Run the command; the names it prints with their passwords."""

    def run() -> dict[str, str]:
        call_command("create_accounts")
        return dict(re.findall(r"^ +(\w+) +(\S+) +\(shown once", capsys.readouterr().out, flags=re.M))

    return run


def test_three_passwords_are_shown_the_first_time(create_accounts):
    shown = create_accounts()

    assert list(shown) == ["contributor", "editor", "administrator"]
    assert len(set(shown.values())) == 3
    assert all(len(password) >= 12 for password in shown.values())


def test_nothing_is_shown_or_made_the_second_time(create_accounts):
    create_accounts()
    before = list(get_user_model().objects.values_list("username", "password"))

    assert create_accounts() == {}
    assert list(get_user_model().objects.values_list("username", "password")) == before


def test_an_account_is_made_only_for_a_role_that_nobody_has(create_accounts):
    make_user("editor", "bolat")

    assert list(create_accounts()) == ["contributor", "administrator"]


@pytest.mark.parametrize("name", ["contributor", "editor", "administrator"])
def test_each_can_sign_in_with_what_was_shown(client, create_accounts, name):
    password = create_accounts()[name]

    answer = client.post("/admin/login/?next=/admin/", {"username": name, "password": password, "next": "/admin/"})

    assert answer.status_code == 302
    assert answer.url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_another_password_opens_nothing(client, create_accounts):
    create_accounts()

    answer = client.post("/admin/login/", {"username": "editor", "password": "guessed"})

    assert answer.status_code == 200
    assert client.get("/admin/").status_code == 302


def test_editor_and_administrator_may_publish_and_only_the_administrator_makes_accounts(create_accounts):
    names = create_accounts()
    people = get_user_model().objects.filter(username__in=names)

    assert {user.username for user in people if user.has_perm(workflow.PUBLISH_PERMISSION)} == {
        "editor",
        "administrator",
    }
    assert {user.username for user in people if user.has_perm("auth.add_user")} == {"administrator"}
    assert not any(user.is_superuser for user in people)


def test_no_password_is_kept_as_it_was_shown(create_accounts):
    shown = create_accounts()

    kept = get_user_model().objects.values_list("password", flat=True)
    assert not any(password in text for password in shown.values() for text in kept)


def test_the_roles_can_be_made_again_without_losing_their_members():
    user = make_user("editor", "bolat")

    groups = ensure_roles()

    assert list(groups[EDITORS].user_set.all()) == [user]
    assert not groups[CONTRIBUTORS].user_set.exists()
