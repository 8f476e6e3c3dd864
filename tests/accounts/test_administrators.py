"""Administrators look after accounts, and gain nothing by it: no superuser, no permission beyond their own."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.sessions.models import Session
from django_otp.plugins.otp_totp.models import TOTPDevice

from kzafrica.editorial import history, workflow
from kzafrica.editorial.choices import Status
from kzafrica.editorial.roles import ADMINISTRATORS, CONTRIBUTORS, EDITORS, ensure_roles
from tests.accounts import PASSWORD, give_device, make_person, sign_in
from tests.admin import FilledForm, address_of, browser_of, words_of
from tests.factories import make_event

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def administering(administrator, settings):
    """The browser of an administrator at an open desk."""
    settings.SECOND_FACTOR = False
    return browser_of(administrator)


@pytest.fixture
def superuser(db):
    return User.objects.create_superuser("root", password=PASSWORD, email="root@example.org")


def change(browser, account, **fields):
    return FilledForm(browser, address_of("change", account)).send(**fields)


def reloaded(account):
    return User.objects.get(pk=account.pk)


# --- What they do


def test_an_administrator_adds_an_editor_who_can_sign_in(client, administering):
    roles = ensure_roles()
    form = FilledForm(administering, address_of("add", User))

    answer = form.send(
        username="marat", password1=PASSWORD, password2=PASSWORD, groups=[roles[EDITORS].pk], email="m@example.org"
    )
    made = User.objects.get(username="marat")
    sign_in(client, made)

    assert answer.status_code == 302
    assert made.is_staff
    assert not made.is_superuser
    assert [group.name for group in made.groups.all()] == [EDITORS]
    assert client.get("/admin/").status_code == 200


def test_an_administrator_gives_another_group(administering, contributor):
    group = ensure_roles()[EDITORS]

    change(administering, contributor, groups=[group.pk])

    assert list(contributor.groups.all()) == [group]


def test_the_three_groups_can_be_chosen(administering):
    form = administering.get(address_of("add", User)).context["adminform"].form

    assert {group.name for group in form.fields["groups"].queryset} == {CONTRIBUTORS, EDITORS, ADMINISTRATORS}


def test_an_account_that_is_closed_no_longer_opens_the_desk(client, administering, contributor):
    client.force_login(contributor)

    form = FilledForm(administering, address_of("change", contributor))
    del form.data["is_active"]
    form.send()

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("role", ["contributor", "editor"])
@pytest.mark.parametrize("page", ["add", "changelist"])
def test_others_do_not_look_after_accounts(settings, role, page):
    settings.SECOND_FACTOR = False

    assert browser_of(make_person(role)).get(address_of(page, User)).status_code == 403


# --- What they cannot do


def test_nobody_is_made_a_superuser_by_an_administrator(administering, contributor):
    change(administering, contributor, is_superuser="on", is_staff="on")

    assert not reloaded(contributor).is_superuser


def test_a_new_account_of_an_administrator_is_no_superuser(administering):
    form = FilledForm(administering, address_of("add", User))

    form.send(username="marat", password1=PASSWORD, password2=PASSWORD, is_superuser="on")

    assert not User.objects.get(username="marat").is_superuser


def test_an_administrator_makes_no_superuser_of_themselves(administering, administrator):
    permission = Permission.objects.get(codename="delete_group")

    change(administering, administrator, is_superuser="on", user_permissions=[permission.pk])

    assert not reloaded(administrator).is_superuser
    assert not administrator.user_permissions.exists()


def test_no_single_permission_is_given_by_an_administrator(administering, contributor):
    permission = Permission.objects.get(codename="publish_records")

    change(administering, contributor, user_permissions=[permission.pk])

    assert not contributor.user_permissions.exists()


def test_a_group_that_may_do_more_than_an_administrator_cannot_be_given(administering, contributor):
    beyond = Group.objects.create(name="Keepers of groups")
    beyond.permissions.add(Permission.objects.get(codename="change_group"))

    answer = change(administering, contributor, groups=[beyond.pk])

    assert answer.status_code == 200
    assert beyond not in contributor.groups.all()


def test_the_account_of_a_superuser_can_be_read_and_not_changed(administering, superuser):
    page = administering.get(address_of("change", superuser))

    answer = administering.post(address_of("change", superuser), {"username": "mine", "is_active": "on"})

    assert page.status_code == 200
    assert 'name="username"' not in page.content.decode()
    assert answer.status_code == 403
    assert reloaded(superuser).username == "root"


def test_the_password_of_a_superuser_is_not_set_by_an_administrator(administering, superuser):
    address = f"/admin/auth/user/{superuser.pk}/password/"

    answer = administering.post(address, {"password1": "quite another one", "password2": "quite another one"})

    assert answer.status_code == 403
    assert reloaded(superuser).check_password(PASSWORD)


def test_a_superuser_is_not_deleted_by_an_administrator(administering, superuser):
    one = administering.post(address_of("delete", superuser), {"post": "yes"})
    several = administering.post(
        address_of("changelist", User),
        {"action": "delete_selected", "_selected_action": [superuser.pk], "post": "yes"},
    )

    assert one.status_code == 403
    assert several.status_code in (200, 403)
    assert User.objects.filter(pk=superuser.pk).exists()


def test_the_second_factor_of_a_superuser_is_not_removed_by_an_administrator(administering, superuser):
    give_device(superuser)

    answer = administering.post(f"/admin/auth/user/{superuser.pk}/second-factor/")

    assert answer.status_code == 403
    assert TOTPDevice.objects.filter(user=superuser).exists()


@pytest.mark.parametrize("is_active", [True, False])
def test_an_account_that_may_do_more_is_out_of_reach_even_while_it_is_closed(administering, is_active):
    other = make_person("editor", is_active=is_active)
    other.user_permissions.add(Permission.objects.get(codename="change_group"))

    answer = administering.post(f"/admin/auth/user/{other.pk}/password/", {"password1": "x", "password2": "x"})

    assert answer.status_code == 403


def test_who_stands_in_a_history_is_closed_and_not_deleted(administering, contributor):
    event = make_event(status=Status.DRAFT)
    workflow.submit(event, by=contributor)

    one = administering.post(address_of("delete", contributor), {"post": "yes"})
    administering.post(
        address_of("changelist", User),
        {"action": "delete_selected", "_selected_action": [contributor.pk], "post": "yes"},
    )
    change(administering, contributor, is_active="")

    assert one.status_code == 403
    assert not reloaded(contributor).is_active
    assert history.states_of(event)[0].revision.user == contributor


def test_the_author_of_the_dataset_is_not_deleted(administering):
    make_event()

    assert administering.post(address_of("delete", workflow.system_user()), {"post": "yes"}).status_code == 403


def test_who_has_done_nothing_yet_is_deleted(administering, contributor):
    assert administering.post(address_of("delete", contributor), {"post": "yes"}).status_code == 302
    assert not User.objects.filter(pk=contributor.pk).exists()


def test_an_administrator_does_not_delete_or_close_their_own_account(administering, administrator):
    deleted = administering.post(address_of("delete", administrator), {"post": "yes"})
    form = FilledForm(administering, address_of("change", administrator))
    form.data.pop("is_active", None)
    form.send(groups=[])

    assert deleted.status_code == 403
    assert reloaded(administrator).is_active
    assert administrator.groups.get().name == ADMINISTRATORS


def test_a_group_is_not_changed_by_an_administrator(administering):
    group = ensure_roles()[ADMINISTRATORS]

    answer = administering.post(address_of("change", group), {"name": "Everything", "permissions": []})

    assert answer.status_code == 403


def test_a_superuser_still_makes_superusers(settings, superuser, contributor):
    settings.SECOND_FACTOR = False

    change(browser_of(superuser), contributor, is_superuser="on")

    assert reloaded(contributor).is_superuser


# --- A lost device


def test_an_administrator_removes_the_lost_device_of_a_colleague(client, administering, administrator, editor):
    give_device(editor, "abcdefgh")

    page = administering.get(address_of("change", editor))
    administering.post(f"/admin/auth/user/{editor.pk}/second-factor/")
    sign_in(client, editor)

    assert f"/admin/auth/user/{editor.pk}/second-factor/" in page.content.decode()
    assert not TOTPDevice.objects.filter(user=editor).exists()
    assert client.get("/admin/").status_code == 200


def test_removing_a_device_stands_in_the_history_of_the_account(administering, administrator, editor):
    give_device(editor)

    administering.post(f"/admin/auth/user/{editor.pk}/second-factor/")

    entry = LogEntry.objects.get(object_id=str(editor.pk))
    assert (entry.user, entry.change_message) == (administrator, "Removed the second factor.")
    history = administering.get(address_of("history", editor))
    assert "Removed the second factor." in words_of(history)


def test_a_session_that_rests_on_the_removed_device_closes(client, administering, editor, settings):
    settings.SECOND_FACTOR = True
    sign_in(client, editor, give_device(editor).code())
    settings.SECOND_FACTOR = False

    administering.post(f"/admin/auth/user/{editor.pk}/second-factor/")
    settings.SECOND_FACTOR = True

    assert client.get("/admin/").url.startswith("/admin/second-factor/set-up/")


def test_asking_removes_nothing(administering, editor):
    give_device(editor)

    page = administering.get(f"/admin/auth/user/{editor.pk}/second-factor/")

    assert page.status_code == 200
    assert TOTPDevice.objects.filter(user=editor).exists()


def test_nobody_removes_their_own_device_without_a_code(administrator, client):
    sign_in(client, administrator, give_device(administrator).code())

    answer = client.post(f"/admin/auth/user/{administrator.pk}/second-factor/")

    assert answer.status_code == 403
    assert TOTPDevice.objects.filter(user=administrator).exists()


def test_an_editor_removes_nobodys_device(settings, editor):
    settings.SECOND_FACTOR = False
    other = make_person("editor")
    give_device(other)

    answer = browser_of(editor).post(f"/admin/auth/user/{other.pk}/second-factor/")

    assert answer.status_code == 403


# --- One's own password


def test_changing_the_own_password_keeps_the_session_and_the_code_given(client, editor):
    sign_in(client, editor, give_device(editor).code())

    answer = client.post(
        "/admin/password_change/",
        {"old_password": PASSWORD, "new_password1": "quite another one", "new_password2": "quite another one"},
    )

    assert answer.status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Session.objects.count() == 1
