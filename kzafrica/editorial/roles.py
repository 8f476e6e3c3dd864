"""Who may do what in the admin.

Contributors write and submit, editors also review and publish, administrators also correct at once, withdraw editions
and look after accounts.
"""

from django.apps import apps
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from kzafrica.editorial.models import Change, Correction, ErrorReport, LinkCheck, ProposedChange

CONTRIBUTORS = "Contributors"
EDITORS = "Editors"
ADMINISTRATORS = "Administrators"
ROLES = (CONTRIBUTORS, EDITORS, ADMINISTRATORS)
# Apps of ours whose records are edited in the admin.
EDITED_APPS = ("editorial", "reference", "statements", "events", "trade", "diplomacy", "analysis")
# Written by the workflow or by a load alone.
NOT_EDITED = {
    "change",
    "contentrevision",
    "correction",
    "errorreport",
    "linkcheck",
    "proposedchange",
    "redirect",
    "step",
    "releasefile",
    "slice",
    "tradeflow",
    "flowsummary",
}


def ensure_roles() -> dict[str, Group]:
    """The three groups with their permissions; safe to call again after a new record type."""
    models = [
        model
        for app in EDITED_APPS
        for model in apps.get_app_config(app).get_models()
        if model._meta.model_name not in NOT_EDITED
    ]
    writing = Permission.objects.filter(
        content_type__in=[ContentType.objects.get_for_model(model) for model in models],
        codename__regex=r"^(add|change|view|delete)_",
    )
    reviewing = Permission.objects.filter(
        content_type__in=ContentType.objects.get_for_models(
            Change, Correction, ErrorReport, LinkCheck, ProposedChange
        ).values(),
        codename__in=[
            "publish_records",
            "view_change",
            "view_correction",
            "view_linkcheck",
            "view_proposedchange",
            "change_proposedchange",
            "view_errorreport",
            "change_errorreport",
            "delete_errorreport",
        ],
    )
    # Of e-mail alerts editors see how many there are; only administrators see and delete single ones, give keys
    # and register webhooks.
    delivery = Permission.objects.filter(content_type__app_label="delivery")
    administering = Permission.objects.filter(
        Q(pk__in=delivery.filter(codename__in=["view_subscription", "delete_subscription"]).values("pk"))
        | Q(pk__in=delivery.filter(content_type__model__in=["apikey", "webhook"]).values("pk"))
        | Q(content_type=ContentType.objects.get_for_model(Change), codename="correct_at_once")
        | Q(content_type__app_label="editions", codename="withdraw_edition")
        | Q(content_type=ContentType.objects.get_for_model(get_user_model()))
        | Q(content_type=ContentType.objects.get_for_model(Group), codename="view_group")
    )
    contributors, _made = Group.objects.get_or_create(name=CONTRIBUTORS)
    contributors.permissions.set(writing.exclude(codename__startswith="delete_source"))
    contributors.permissions.add(Permission.objects.get(codename="view_proposedchange"))
    editors, _made = Group.objects.get_or_create(name=EDITORS)
    counting = delivery.filter(codename="view_watchedlist")
    editors.permissions.set([*writing, *reviewing, *counting])
    administrators, _made = Group.objects.get_or_create(name=ADMINISTRATORS)
    administrators.permissions.set([*writing, *reviewing, *counting, *administering])
    return {CONTRIBUTORS: contributors, EDITORS: editors, ADMINISTRATORS: administrators}
