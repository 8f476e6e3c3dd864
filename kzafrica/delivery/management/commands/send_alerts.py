from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from kzafrica.delivery.checks import TO_THE_WORLD, why_no_mail_can_go_out
from kzafrica.delivery.choices import Frequency
from kzafrica.delivery.sending import NoServer, Report, send_due
from kzafrica.delivery.subscribing import forget_unconfirmed, forget_unwatched


class Command(BaseCommand):
    help = "Send the e-mail alerts that are due. Safe to run every hour, and by two at once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--due", choices=Frequency.values, help="send those alone; without it, both")

    def handle(self, *, due: str | None, **options) -> None:
        if settings.EMAIL_BACKEND == TO_THE_WORLD and (faults := why_no_mail_can_go_out()):
            raise CommandError(" ".join(["No mail was sent.", *(sentence for _name, sentence in faults)]))
        forgotten = forget_unconfirmed()
        try:
            report = send_due([due] if due else Frequency.values)
        except NoServer as reason:
            raise CommandError(f"The mail server cannot be reached: {reason}. What is due stays due.") from None
        finally:
            forget_unwatched()
        self.stdout.write(summary_of(report, forgotten))
        for sentence in report.unreadable:
            self.stdout.write(f"  cannot be read any more: {sentence}")


def summary_of(report: Report, forgotten: int) -> str:
    return (
        f"{report.sent} sent, {report.quiet} without news, {report.failed} failed and tried again later, "
        f"{report.paused} paused after refusals, {forgotten} never confirmed and forgotten."
    )
