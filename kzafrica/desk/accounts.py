"""Accounts of colleagues: who they are, what they may do, and what they have lost.

An administrator is no superuser. Administrators give the groups whose permissions they have themselves, and nothing
else: no permission of its own, no superuser, and no change to the account of one.
"""

from django.contrib import messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from reversion.models import Revision

from kzafrica.desk import second_factor
from kzafrica.editorial.models import ErrorReport, ProposedChange, Step
from kzafrica.workshop.forms import RefusedForm
from kzafrica.workshop.resuming import is_resumed, not_saved_yet, shows_typed

NAME_FIELDS = ("username", "first_name", "last_name", "email")


def permissions_of(account):
    """What this account may do once it is active, whether or not it is now."""
    return Permission.objects.filter(Q(user=account) | Q(group__user=account))


def groups_to_give(user):
    """The groups that this person may put others into: those that allow nothing that the person may not do."""
    if user.is_superuser:
        return Group.objects.all()
    beyond = Permission.objects.exclude(pk__in=permissions_of(user).values("pk"))
    return Group.objects.exclude(permissions__in=beyond)


def stands_in_history(account) -> bool:
    """Whether the history of a record says that this person wrote, reviewed or decided something."""
    decided = Q(proposed_by=account) | Q(decided_by=account)
    return (
        Revision.objects.filter(user=account).exists()
        or Step.objects.filter(by=account).exists()
        or ProposedChange.objects.filter(decided).exists()
        or ErrorReport.objects.filter(handled_by=account).exists()
    )


class AccountAdmin(UserAdmin):
    """People who sign in."""

    add_form = UserCreationForm
    change_form_template = "admin/desk/account_form.html"
    list_display = (*NAME_FIELDS, "is_active", "last_login")
    list_filter = ("is_active", "groups")
    add_fieldsets = ((None, {"classes": ["wide"], "fields": (*NAME_FIELDS, "groups", "password1", "password2")}),)
    administrators_fieldsets = (
        (None, {"fields": ("username", "password")}),
        (gettext_lazy("Person"), {"fields": ("first_name", "last_name", "email")}),
        (gettext_lazy("What the account may do"), {"fields": ("is_active", "groups")}),
        (gettext_lazy("Important dates"), {"fields": ("last_login", "date_joined")}),
    )

    # --- Who may do what to whom

    def has_change_permission(self, request, obj=None) -> bool:
        return super().has_change_permission(request, obj) and self._is_within_reach(request, obj)

    def has_delete_permission(self, request, obj=None) -> bool:
        may = super().has_delete_permission(request, obj) and self._is_within_reach(request, obj)
        # Who is gone is closed instead: history goes on saying who it was.
        return may and obj != request.user and (obj is None or not stands_in_history(obj))

    def _is_within_reach(self, request, account) -> bool:
        """Whether this account may do no more than whoever asks: taking it over would gain nothing."""
        user = request.user
        if account is None or user.is_superuser:
            return True
        beyond = permissions_of(account).exclude(pk__in=permissions_of(user).values("pk"))
        return not account.is_superuser and not beyond.exists()

    # --- Forms

    def get_fieldsets(self, request, obj=None):
        if obj is None or request.user.is_superuser:
            return super().get_fieldsets(request, obj)
        return self.administrators_fieldsets

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        # Nobody shuts themselves out, or gives up by mistake the group that lets them take it back.
        own = obj is not None and obj == request.user and not request.user.is_superuser
        return ("last_login", "date_joined", *(("is_active", "groups") if own else ()))

    def formfield_for_manytomany(self, db_field, request, **options):
        if db_field.name == "groups":
            options["queryset"] = groups_to_give(request.user)
            options["help_text"] = _("What the account may do: contributors write and submit, editors also publish.")
        return super().formfield_for_manytomany(db_field, request, **options)

    def save_model(self, request, obj, form, change) -> None:
        if not change:
            obj.is_staff = True  # Whoever gets an account here is to sign in here.
        super().save_model(request, obj, form, change)

    def get_form(self, request, obj=None, **options):
        form = super().get_form(request, obj, **options)
        if not is_resumed(request):
            return form
        return type(form)(form.__name__, (RefusedForm, form), {"refusal": not_saved_yet(request)})

    @shows_typed
    def add_view(self, request, form_url="", extra_context=None):
        return super().add_view(request, form_url, extra_context)

    @shows_typed
    def change_view(self, request, object_id, form_url="", extra_context=None):
        return super().change_view(request, object_id, form_url, extra_context)

    # --- A lost device

    def get_urls(self):
        view = self.admin_site.admin_view(self.remove_second_factor_view)
        return [path("<int:pk>/second-factor/", view, name="auth_user_second_factor"), *super().get_urls()]

    def may_remove_second_factor(self, request, account) -> bool:
        """Of a colleague: one's own is replaced on its own page, which asks for a code."""
        return account != request.user and self.has_change_permission(request, account)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        may_remove = obj is not None and self.may_remove_second_factor(request, obj) and second_factor.has_device(obj)
        context["second_factor_address"] = reverse("admin:auth_user_second_factor", args=[obj.pk]) if may_remove else ""
        return super().render_change_form(request, context, add, change, form_url, obj)

    def remove_second_factor_view(self, request, pk: int) -> HttpResponse:
        """Ask, then forget the device and the recovery codes of a colleague who lost them."""
        account = get_object_or_404(self.model, pk=pk)
        if not self.may_remove_second_factor(request, account):
            raise PermissionDenied
        if request.method == "POST":
            second_factor.remove_device(account, by=request.user)
            sentence = _("The second factor of %(name)s is removed.") % {"name": account.get_username()}
            self.message_user(request, sentence, messages.SUCCESS)
            return redirect("admin:auth_user_change", account.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove the second factor of %(name)s") % {"name": account.get_username()},
            "account": account,
            "must_have": second_factor.must_have(account),
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/desk/remove_second_factor.html", context)
