from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management.base import BaseCommand, CommandError

from kzafrica.editions.models import Edition
from kzafrica.editions.withdrawing import withdraw


class Command(BaseCommand):
    help = "Take download editions from readers for good: those named, or all but the newest."

    def add_arguments(self, parser) -> None:
        parser.add_argument("names", nargs="*", metavar="NAME", help="such as kz-africa-2026-11-26")
        parser.add_argument("--all-but", type=int, metavar="N", help="all but the N newest that are offered")
        parser.add_argument("--reason", required=True, help="for readers")
        parser.add_argument("--by", required=True, help="the administrator in whose name")

    def handle(self, *, names: list[str], all_but: int | None, reason: str, by: str, **options) -> None:
        user = get_user_model().objects.filter(username=by, is_active=True).first()
        if user is None:
            raise CommandError(f"There is no account “{by}”.")
        for edition in self.chosen(names, all_but):
            try:
                withdraw(edition, by=user, reason=reason)
            except (PermissionDenied, ValidationError) as refusal:
                raise CommandError(" ".join(getattr(refusal, "messages", [str(refusal)]))) from None
            self.stdout.write(f"{edition.name} is withdrawn.")

    def chosen(self, names: list[str], all_but: int | None) -> list[Edition]:
        if bool(names) == (all_but is not None) or (all_but is not None and all_but < 1):
            raise CommandError("Name editions, or give --all-but with 1 or more, not both.")
        if all_but is not None:
            return list(Edition.objects.offered().newest_first()[all_but:])
        found = {edition.name: edition for edition in Edition.objects.filter(name__in=names)}
        if missing := [name for name in names if name not in found]:
            raise CommandError(f"There is no edition {', '.join(missing)}.")
        return [found[name] for name in names]
