"""Who subscribes to what, in numbers for editors; administrators can delete what somebody asks them to delete.

Administrators also give out the keys of the API and take them back, and register webhooks for those who ask.
"""

from django.contrib import admin, messages
from django.db.models import Count, Q
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kzafrica.delivery import keys
from kzafrica.delivery.choices import Frequency
from kzafrica.delivery.lists import Filtered, Unreadable
from kzafrica.delivery.models import ApiKey, Subscription, WatchedList, Webhook
from kzafrica.workshop.records import ReadOnlyAdmin


@admin.register(WatchedList)
class WatchedListAdmin(ReadOnlyAdmin):
    """How many subscribe to each list; of whom, it does not say."""

    list_display = ("in_words", "daily", "weekly", "unconfirmed", "looked_on", "unreadable")
    fields = ("list_name", "query", "looked_on", "unreadable")

    def get_queryset(self, request):
        is_confirmed = Q(subscriptions__confirmed_at__isnull=False)
        return (
            super()
            .get_queryset(request)
            .annotate(
                daily_count=Count("subscriptions", is_confirmed & Q(subscriptions__frequency=Frequency.DAILY)),
                weekly_count=Count("subscriptions", is_confirmed & Q(subscriptions__frequency=Frequency.WEEKLY)),
                unconfirmed_count=Count("subscriptions", ~is_confirmed),
            )
        )

    @admin.display(description=_("list"), ordering="list_name")
    def in_words(self, watched: WatchedList) -> str:
        try:
            return Filtered.of(watched).in_words()
        except Unreadable:
            return str(watched)

    @admin.display(description=_("every day"), ordering="daily_count")
    def daily(self, watched: WatchedList) -> int:
        return watched.daily_count

    @admin.display(description=_("every Monday"), ordering="weekly_count")
    def weekly(self, watched: WatchedList) -> int:
        return watched.weekly_count

    @admin.display(description=_("not confirmed"), ordering="unconfirmed_count")
    def unconfirmed(self, watched: WatchedList) -> int:
        return watched.unconfirmed_count


@admin.register(Subscription)
class SubscriptionAdmin(ReadOnlyAdmin):
    """For administrators: each subscription under a masked address, to be deleted when its owner asks for it.

    Who knows the whole address finds it by the search; nobody reads it here.
    """

    list_display = ("masked_email", "watched", "frequency", "language", "confirmed_at", "served_on", "paused_at")
    list_filter = ("frequency", "language")
    list_select_related = ("watched",)
    search_fields = ("email__iexact",)
    search_help_text = _("A whole address.")
    fields = ("masked_email", "watched", "frequency", "language", "asked_at", "confirmed_at", "served_on", "paused_at")
    actions = None

    @admin.display(description=_("address"))
    def masked_email(self, subscription: Subscription) -> str:
        return subscription.masked_email

    def has_view_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("delivery.view_subscription")

    def has_delete_permission(self, request, obj=None) -> bool:
        return request.user.has_perm("delivery.delete_subscription")


@admin.register(ApiKey)
class ApiKeyAdmin(admin.ModelAdmin):
    """For administrators: keys by their first letters. The whole of a key is on the page after it was made, once.

    To revoke keeps who had it; to delete, where its owner asks for that, ends it too.
    """

    list_display = (
        "prefix",
        "owner",
        "email",
        "requests_per_minute",
        "writes_as",
        "created_at",
        "last_used_at",
        "revoked_at",
    )
    list_filter = (("revoked_at", admin.EmptyFieldListFilter),)
    search_fields = ("prefix", "owner", "email")
    fields = ("owner", "email", "requests_per_minute", "writes_as")
    list_select_related = ("writes_as",)
    kept = ("prefix", "created_at", "last_used_at", "revoked_at")
    actions = ("revoke",)

    def get_fields(self, request, obj=None) -> tuple[str, ...]:
        return self.fields if obj is None else (*self.fields, *self.kept)

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return () if obj is None else self.kept

    def save_model(self, request, obj, form, change) -> None:
        if change:
            super().save_model(request, obj, form, change)
        else:
            obj.token = keys.issue(obj)

    def response_add(self, request, obj, post_url_continue=None):
        """The token, on the only page that ever shows it; a redirect would have to keep it somewhere meanwhile."""
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("The new key"),
            "opts": self.opts,
            "key": obj,
            "token": obj.token,
        }
        response = TemplateResponse(request, "admin/delivery/apikey/issued.html", context)
        add_never_cache_headers(response)
        return response

    @admin.action(description=_("Revoke these keys"), permissions=["change"])
    def revoke(self, request, queryset) -> None:
        revoked = [key for key in queryset if keys.revoke(key)]
        for key in revoked:
            self.log_change(request, key, gettext("Revoked"))
        sentence = ngettext("%(n)s key is revoked.", "%(n)s keys are revoked.", len(revoked)) % {"n": len(revoked)}
        self.message_user(request, sentence, messages.SUCCESS)


@admin.register(Webhook)
class WebhookAdmin(admin.ModelAdmin):
    """For administrators: the programs that are told of changes, with the secret that each is to be given."""

    list_display = ("name", "address", "resources", "is_active", "succeeded_at", "failures", "switched_off_at")
    list_filter = ("is_active",)
    search_fields = ("name", "address")
    fields = ("name", "address", "resources", "is_active")
    told = (
        "secret",
        "registered_at",
        "told_to",
        "succeeded_at",
        "failures",
        "last_failure",
        "retry_at",
        "switched_off_at",
    )

    def get_fields(self, request, obj=None) -> tuple[str, ...]:
        return self.fields if obj is None else (*self.fields, *self.told)

    def get_readonly_fields(self, request, obj=None) -> tuple[str, ...]:
        return () if obj is None else self.told

    def save_model(self, request, obj, form, change) -> None:
        # What an administrator has looked at begins anew: with a new batch, and without old failures.
        obj.in_hand_to = obj.retry_at = obj.switched_off_at = None
        obj.failures, obj.last_failure = 0, ""
        # How far it was told is the business of the sender, who may be at it.
        begun_anew = ("in_hand_to", "retry_at", "switched_off_at", "failures", "last_failure")
        obj.save(update_fields=(*self.fields, *begun_anew) if change else None)
