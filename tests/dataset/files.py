"""A small dataset on disk that loads as it stands, and what a load of it says."""

from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from textwrap import dedent

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

VISITS, MISSIONS, FIGURES = "records/visits.yaml", "records/missions.yaml", "records/figures.yaml"
FILES = {
    "reference/countries.csv": """\
        alpha3,alpha2,m49,name_en,role
        KAZ,KZ,398,Kazakhstan,home
        COD,CD,180,Democratic Republic of the Congo,african_state
        KEN,KE,404,Kenya,african_state
        """,
    "reference/areas.csv": """\
        code,name_en,kind,alpha3,valid_from,valid_until,is_african
        0,World,world,,,,false
        180,Democratic Republic of the Congo,state,COD,,,true
        711,Southern African Customs Union (until 1999),group,,,1999,true
        """,
    "reference/blocs.csv": """\
        code,name_en,kind
        002,Africa,continent
        SADC,Southern African Development Community,economic_community
        """,
    "reference/memberships.csv": """\
        bloc,country,status,begins,ends,verification
        002,COD,member,,,V
        SADC,COD,member,1997,,V
        """,
    "reference/places.csv": """\
        slug,name_en,country,latitude,longitude
        kinshasa,Kinshasa,COD,-4.32758,15.31357
        """,
    "reference/themes.csv": """\
        slug,name_en
        mining,Mining
        """,
    "reference/hs2022.csv": """\
        code,level,parent,section,description,is_leaf
        25,2,,V,Salt; sulphur,0
        2503,4,25,V,Sulphur,0
        250300,6,2503,V,Sulphur of all kinds,1
        """,
    "records/sources.yaml": """\
        sources:
          - slug: communique
            kind: official
            title: Joint communiqué
            publisher: Akorda
            language: en
            published: 2025-09-10
          - slug: newspaper
            kind: news
            title: A state visit
            publisher: Astana Times
            language: en
            published: 2025-09-14
            authors:
              - name: A. Reporter
        """,
    "records/visits.yaml": """\
        people:
          - slug: felix-tshisekedi
            name_en: Félix Tshisekedi
            citations:
              - source: communique

        events:
          - slug: state-visit
            title_en: State visit of the President of the DRC
            kind: state_visit
            level: head_of_state
            date: 2025-09-09/2025-09-10
            host: KAZ
            themes: [mining]
            participations:
              - person: felix-tshisekedi
                country: COD
                role: guest
            outcomes:
              - kind: topic
                text_en: Sulphur
            citations:
              - source: communique
                field: date
              - source: newspaper
                field: date
                stated: 2025-09-10
                reason: The communiqué gives both days.
        """,
    "records/missions.yaml": """\
        missions:
          - slug: embassy-of-kazakhstan-in-kenya
            title_en: Embassy of Kazakhstan in Kenya
            sending: KAZ
            receiving: KEN
            milestones:
              - kind: decree
                date: 2025-04
              - kind: opened
                date: 2025-05
            heads:
              - person: felix-tshisekedi
                accreditations:
                  - country: KEN
                    appointed: 2025-04
            citations:
              - source: newspaper
        """,
    "records/figures.yaml": """\
        figures:
          - slug: exports-of-sulphur-to-the-drc-2024
            title_en: Sulphur to the DRC, 2024
            measure: exports
            subject: country/KAZ
            counterpart: country/COD
            commodity: 2503
            period: 2024
            value: 106300000
            unit: USD
            printed: $106.3 million
            citations:
              - source: newspaper
        """,
}
# Empty before any load; the rest of the database is Django's own.
OUR_APPS = ("editorial", "reference", "statements", "events", "trade", "diplomacy", "analysis", "auth", "reversion")


@dataclass
class Dataset:
    directory: Path

    def text(self, name: str) -> str:
        return (self.directory / name).read_text(encoding="utf-8")

    def write(self, name: str, text: str | bytes) -> None:
        data = text if isinstance(text, bytes) else dedent(text).encode()
        (self.directory / name).write_bytes(data)

    def replace(self, name: str, old: str, new: str) -> None:
        """Put other words into a file, in the one place where the old ones stand."""
        text = self.text(name)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        self.write(name, text.replace(old, new).encode())

    def add(self, name: str, text: str) -> None:
        self.write(name, (self.text(name) + dedent(text)).encode())

    def remove(self, name: str) -> None:
        (self.directory / name).unlink()

    def load(self, *options: str) -> str:
        """Load it by the command and give back what the command says."""
        out = StringIO()
        call_command("load_dataset", str(self.directory), *options, stdout=out, verbosity=0)
        return out.getvalue()

    def faults(self, *options: str) -> list[str]:
        """Load what must not load: the status is 1, nothing is written, and this is what is said."""
        before, said = rows_of_ours(), StringIO()
        with pytest.raises(CommandError) as refusal:
            call_command("load_dataset", str(self.directory), *options, stderr=said, verbosity=0)
        assert refusal.value.returncode == 1
        assert "nothing was written" in str(refusal.value)
        assert rows_of_ours() == before
        return said.getvalue().splitlines()

    def fault(self) -> str:
        """The one thing that is wrong with it."""
        [fault] = self.faults()
        return fault


def minimal_dataset(directory: Path) -> Dataset:
    dataset = Dataset(directory)
    for name, text in FILES.items():
        (directory / name).parent.mkdir(exist_ok=True)
        dataset.write(name, text)
    return dataset


def rows_of_ours() -> dict[str, int]:
    models = [model for app in OUR_APPS for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: model._base_manager.count() for model in models}
