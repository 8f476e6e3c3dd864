from django import forms
from django.contrib import admin, messages
from django.contrib.admin.helpers import ActionForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from kzafrica.editions.models import WITHDRAW_PERMISSION, Edition
from kzafrica.editions.withdrawing import withdraw
from kzafrica.workshop.records import ReadOnlyAdmin


class WithReason(ActionForm):
    reason = forms.CharField(label=_("Reason, for readers"), max_length=400, required=False)


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """What was offered for download, and from which state of the record; administrators withdraw what must not be."""

    list_display = ("name", "day", "content_revision", "size_bytes", "has_parquet", "built_at", "withdrawn_at")
    list_filter = ("has_parquet", ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "sha256")
    date_hierarchy = "day"
    fields = ("name", "day", "content_revision", "size_bytes", "sha256", "has_parquet", "built_at", "path")
    fields += ("withdrawn_at", "withdrawn_by", "withdrawal_reason")
    action_form = WithReason
    actions = ("withdraw",)

    def has_withdraw_permission(self, request) -> bool:
        return request.user.has_perm(WITHDRAW_PERMISSION)

    @admin.action(description=_("Withdraw these editions for good"), permissions=["withdraw"])
    def withdraw(self, request, queryset) -> None:
        for edition in queryset:
            try:
                withdraw(edition, by=request.user, reason=request.POST.get("reason", ""))
            except ValidationError as refusal:
                self.message_user(request, " ".join(refusal.messages), messages.ERROR)
            else:
                self.message_user(request, _("“%s” is withdrawn.") % edition, messages.SUCCESS)
