"""What has to be set before mails go out from a real site: asked by ``manage.py check --deploy``."""

from django.conf import settings
from django.core.checks import Tags, Warning, register

TO_THE_WORLD = "django.core.mail.backends.smtp.EmailBackend"


def why_no_mail_can_go_out() -> list[tuple[str, str]]:
    """The faults of the settings of mail: a setting, and a sentence."""
    faults = []
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    if "." not in host:
        sentence = "EMAIL_FROM is not set: mails would come from an address that nobody can answer, and be refused."
        faults.append(("EMAIL_FROM", sentence))
    if not settings.SITE_ADDRESS:
        sentence = "SITE_ADDRESS is not set: links in mails need it, such as https://kz-africa.example."
        faults.append(("SITE_ADDRESS", sentence))
    elif settings.HTTPS and not settings.SITE_ADDRESS.startswith("https://"):
        sentence = "SITE_ADDRESS does not begin with https://: mail programs end a subscription over https alone."
        faults.append(("SITE_ADDRESS", sentence))
    return faults


@register(Tags.security, deploy=True)
def mail_of_a_real_site(app_configs, **options) -> list[Warning]:
    faults = why_no_mail_can_go_out()
    if settings.EMAIL_BACKEND != TO_THE_WORLD:
        faults.append(("EMAIL_URL", "EMAIL_URL names no mail server: e-mail alerts and new passwords reach nobody."))
    return [
        Warning(sentence, hint=f"Set {name}.", id=f"delivery.W{number:03}")
        for number, (name, sentence) in enumerate(faults, 1)
    ]
