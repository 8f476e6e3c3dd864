"""One world with every kind of record, public and not, and rows of trade statistics; editions of it in a folder."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass

import pytest
from django.db import models, transaction
from django.test import override_settings

from kzafrica.editions.building import build_edition
from kzafrica.editions.models import Edition
from kzafrica.editorial.choices import Status
from tests.api.resources import BY_NAME, RESOURCES, UNDER_WORKFLOW, key_of
from tests.factories import make_event, make_source
from tests.trade.worlds import make_world
from trade import catalogue

SECRET = "Secret visit"
# Stands in every text of every draft.
MARK = "Nobody sees this"


@dataclass(frozen=True)
class World:
    """Keys of records that no edition may have, by the table they would be in; an edition; where editions are kept.

    ``marked`` says how many texts of drafts have the mark.
    """

    hidden: dict[str, str]
    marked: int
    edition: Edition
    folder: str

    def file(self) -> zipfile.ZipFile:
        return zipfile.ZipFile(io.BytesIO(contents(self.edition)))


def contents(edition: Edition) -> bytes:
    with edition.open() as file:
        return file.read()


def lines(file: zipfile.ZipFile, table: str) -> list[dict]:
    return [json.loads(line) for line in file.read(f"data/{table}.jsonl").splitlines()]


def storages_in(folder) -> dict:
    from django.conf import settings  # noqa: PLC0415 (as the tests have replaced them)

    files = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(folder)}}
    static = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    return settings.STORAGES | {"editions": files, "staticfiles": static}


def mark(record: models.Model) -> int:
    """Put the mark into every free text of a record and its parts; how many there are."""
    fields = [
        field.name
        for field in record._meta.concrete_fields
        if type(field) in (models.CharField, models.TextField) and not field.choices and not field.unique
    ]
    fields = [name for name in fields if (record._meta.get_field(name).max_length or 99) >= len(MARK)]
    type(record).objects.filter(pk=record.pk).update(**dict.fromkeys(fields, MARK))
    parts = [part for name in getattr(record, "part_names", ()) for part in getattr(record, name).all()]
    return len(fields) + sum(map(mark, parts))


@pytest.fixture(scope="class")
def world(django_db_setup, django_db_blocker, tmp_path_factory):
    folder = tmp_path_factory.mktemp("editions")
    with (
        django_db_blocker.unblock(),
        transaction.atomic(),
        override_settings(STORAGES=storages_in(folder), SITE_ADDRESS="https://kz-africa.example"),
    ):
        catalogue._read.cache_clear()
        for resource in RESOURCES:
            resource.make()
        drafts = {resource.name: resource.make(Status.DRAFT) for resource in UNDER_WORKFLOW}
        hidden = {name: key_of(draft) for name, draft in drafts.items()}
        marked = sum(map(mark, drafts.values()))
        make_event(title=SECRET, status=Status.DRAFT)
        withdrawn = BY_NAME["corrections"].make()
        type(withdrawn.record).objects.filter(pk=withdrawn.record.pk).update(status=Status.WITHDRAWN)
        hidden["corrections"] = key_of(withdrawn)
        make_source(title="=HYPERLINK(1)", slug="formula")
        make_world()
        edition, _is_new = build_edition()
        yield World(hidden, marked, edition, str(folder))
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def folder_of_editions(settings, request, tmp_path):
    """Where the test keeps editions: the folder of its world, if it has one."""
    folder = request.getfixturevalue("world").folder if "world" in request.fixturenames else tmp_path / "editions"
    settings.STORAGES = storages_in(folder)
    settings.SITE_ADDRESS = "https://kz-africa.example"
    return folder


@pytest.fixture
def limits_of_csv():
    """Frictionless lifts the limit of what a field may hold for the whole process: it is put back."""
    limit = csv.field_size_limit()
    yield
    csv.field_size_limit(limit)
