"""What the tests of the desk's screens share: a page read as a browser would, and its fields sent back."""

from html.parser import HTMLParser

from django.test import Client

ADDRESS = "/admin/from-source/"


class _Fields(HTMLParser):
    """The fields of the form that has a class, with what stands in them; those of templates are no fields."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self.is_inside = self.is_template = False
        self.select = self.area = ""
        self.focused = ""

    def handle_starttag(self, tag: str, attrs: list) -> None:
        said = dict(attrs)
        if tag == "form":
            self.is_inside = said.get("method") == "post" and said.get("id") != "logout-form"
        self.is_template |= tag == "template"
        if not self.is_inside or self.is_template:
            return
        if "autofocus" in said:
            self.focused = said.get("name", said.get("id", ""))
        name, kind = said.get("name", ""), said.get("type", "text")
        if tag == "input" and (kind not in ("checkbox", "radio") or "checked" in said):
            self.fields.append((name, said.get("value", "")))
        elif tag == "select":
            self.select = name
            self.fields.append((name, ""))
        elif tag == "textarea":
            self.area = name
            self.fields.append((name, ""))
        elif tag == "option" and "selected" in said and self.select:
            self.fields[-1] = (self.select, said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        self.is_template = self.is_template and tag != "template"
        self.is_inside = self.is_inside and tag != "form"
        self.select = "" if tag == "select" else self.select
        self.area = "" if tag == "textarea" else self.area

    def handle_data(self, data: str) -> None:
        if self.area:
            self.fields[-1] = (self.area, self.fields[-1][1] + data.strip())


class Screen:
    """A page of the desk with the form on it; ``data`` is what stands in its fields, ``focus`` where typing goes on."""

    def __init__(self, client: Client, address: str, query: dict | None = None) -> None:
        self.client, self.address = client, address
        self.read(client.get(address, query or {}))

    def read(self, answer) -> None:
        self.answer, self.words = answer, answer.content.decode()
        parser = _Fields()
        parser.feed(self.words)
        self.data: dict[str, list[str]] = {}
        for name, value in parser.fields:
            self.data.setdefault(name, []).append(value)
        self.focus = parser.focused

    def send(self, button: str = "save", value: str = "1", **fields):
        """Press a button with these fields typed into; ``r0__date`` stands for ``r0-date``."""
        typed = {name.replace("__", "-").replace("_of_", "."): value for name, value in fields.items()}
        answer = self.client.post(self.address, {**self.data, **typed, button: value})
        if answer.status_code in (200, 409):
            self.read(answer)
        return answer


def story(client: Client, records: str = "event", address: str = "https://paper.kz/2025/09/talks") -> Screen:
    """The screen with empty forms of these kinds, before anything is typed into them."""
    screen = Screen(client, ADDRESS, {"address": address, "records": records})
    screen.address = ADDRESS
    return screen


EVENT = {
    "r0__title_en": "Talks in Nairobi",
    "r0__kind": "meeting",
    "r0__level": "minister",
    "r0__date": "2025-09-09",
    "r0__participations_of_country": "KAZ KEN",
}
SOURCE = {"s__title": "Presidents meet", "s__publisher": "Paper"}
