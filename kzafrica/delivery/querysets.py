from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from kzafrica.delivery.choices import Frequency


class WatchedListQuerySet(models.QuerySet):
    def without_subscribers(self):
        subscriptions = self.model._meta.get_field("subscriptions").related_model.objects
        return self.filter(~Exists(subscriptions.filter(watched=OuterRef("pk"))))

    def to_look_at(self, subscriptions: models.QuerySet):
        """The lists that some of the subscriptions are to."""
        return self.filter(pk__in=subscriptions.order_by().values("watched"))


class ApiKeyQuerySet(models.QuerySet):
    def good(self):
        return self.filter(revoked_at__isnull=True)

    def not_used_since(self, moment: datetime):
        return self.filter(Q(last_used_at__isnull=True) | Q(last_used_at__lte=moment))


class NewsQuerySet(models.QuerySet):
    def told_to_all(self):
        """News of which every subscriber of the list has had a mail."""
        subscriptions = self.model._meta.apps.get_model("delivery", "Subscription").objects.confirmed()
        waiting = subscriptions.filter(watched=OuterRef("watched"), told_to__lt=OuterRef("pk"))
        return self.filter(~Exists(waiting))


class SubscriptionQuerySet(models.QuerySet):
    def of_address(self, email: str):
        """Those of one address, in whichever case it is written."""
        return self.filter(email__iexact=email)

    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed_since(self, moment: datetime):
        """Those that nobody has confirmed although they were asked for before that moment."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=moment)

    def having_their_turn(self, now: datetime, today: date, frequencies: list[str]):
        """Those whose mail is due on that day in Almaty, and that no other sender has in hand.

        The day of a daily one is over when it is told of; a weekly one comes from Monday on.
        """
        monday = today - timedelta(days=today.weekday())
        turn = Q(frequency=Frequency.DAILY, served_on__lt=today) | Q(frequency=Frequency.WEEKLY, served_on__lt=monday)
        return (
            self.confirmed()
            .filter(turn, frequency__in=frequencies, paused_at__isnull=True)
            .filter(Q(retry_at__isnull=True) | Q(retry_at__lte=now))
            .filter(Q(claimed_until__isnull=True) | Q(claimed_until__lt=now))
        )

    def served(self, today: date, **fields):
        """Keep that these were told all they had in hand."""
        return self.update(
            told_to=F("in_hand_to"),
            in_hand_to=None,
            served_on=today,
            failures=0,
            refusals=0,
            retry_at=None,
            claim=None,
            claimed_until=None,
            **fields,
        )


class WebhookQuerySet(models.QuerySet):
    def due(self, now: datetime):
        """Those that may be told something now, and that no other sender has in hand."""
        return self.filter(is_active=True).filter(
            Q(retry_at__isnull=True) | Q(retry_at__lte=now),
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
        )
