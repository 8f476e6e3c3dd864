"""How an edition is made: everything public in a folder of this machine, packed, stored, and only then offered."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files import File
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from kzafrica.editions import words
from kzafrica.editions.database import Database
from kzafrica.editions.descriptor import checksum, package_of, write_package
from kzafrica.editions.documents import site_address
from kzafrica.editions.flows import write_flows
from kzafrica.editions.models import STORAGE, Edition
from kzafrica.editions.packing import pack, write_checksums
from kzafrica.editions.tables import edition_tables
from kzafrica.editions.withdrawing import remove_files_left
from kzafrica.editions.writing import DATA, Records
from kzafrica.editorial.models import Change
from kzafrica.editorial.workflow import present_revision
from kzafrica.revision import holding
from trade.row_views import HAS_PARQUET

logger = logging.getLogger(__name__)

SO_OFTEN = 3
DATABASE = "kz-africa.sqlite"
# When the record began, for one that has no change yet.
BEGINNING = datetime(2025, 9, 1, tzinfo=UTC)
WITH_PARQUET = "Rows of trade statistics are in data/flows.parquet as well."
WITHOUT_PARQUET = "This edition has no Parquet file, since pyarrow is not installed where it was made."


class RecordKeepsMoving(Exception):
    """Something public changed during every attempt, so that no edition could be made of one state."""


def build_edition(*, force: bool = False) -> tuple[Edition, bool]:
    """The edition of the present content revision, and whether it was made now; ``force`` makes it in any case.

    Raises RecordKeepsMoving.
    """
    remove_files_left()
    # One that was withdrawn is not made again out of the same content, unless somebody asks for that.
    latest = Edition.objects.latest_built()
    if latest is not None and latest.content_revision == present_revision() and not force:
        return latest, False
    if not HAS_PARQUET:
        logger.warning(WITHOUT_PARQUET)
    for _attempt in range(SO_OFTEN):
        with TemporaryDirectory(prefix="kz-africa-edition-") as place:
            folder, target, revision = Path(place) / "files", Path(place) / "edition.zip", present_revision()
            day = write_files(folder, revision)
            if present_revision() != revision:
                continue
            pack(folder, target, day)
            return offer(target, revision), True
    raise RecordKeepsMoving(f"Something public changed during each of {SO_OFTEN} attempts.")


def write_files(folder: Path, revision: int) -> date:
    """Everything that is packed, and the day it is of: that of the last public change, in Almaty."""
    change = Change.objects.filter(number__lte=revision).order_by("-number").first()
    moment = change.at if change is not None else BEGINNING
    day = timezone.localdate(moment)
    (folder / DATA).mkdir(parents=True)
    # One language, and one state of everything that is kept by content revision.
    with translation.override("en"), holding(revision), Database(folder / DATABASE) as database:
        site = site_address()
        records = Records(folder, database, day)
        records.write(edition_tables())
        tables = [*records.tables, write_flows(folder, database, site, revision, day)]
        write_texts(
            folder,
            {
                "README.txt": [
                    words.readme(tables, site=site, revision=revision, day=day, has_parquet=HAS_PARQUET),
                ],
                "CODEBOOK.txt": [words.codebook(tables)],
                "LICENCES.txt": [words.licences(tables)],
                "SOURCES.txt": words.sources(site),
            },
        )
    created = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    notes = WITH_PARQUET if HAS_PARQUET else WITHOUT_PARQUET
    write_package(folder, package_of(tables, folder, site=site, revision=revision, created=created, notes=notes))
    write_checksums(folder)
    return day


def write_texts(folder: Path, texts: dict) -> None:
    for name, pieces in texts.items():
        with (folder / name).open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)


def offer(target: Path, revision: int) -> Edition:
    """Store the file and write it down. Readers know of it by the row alone, so that none meets half a file."""
    storage, day, sha256 = storages[STORAGE], timezone.localdate(), checksum(target)
    for name in names_of(day):
        if Edition.objects.filter(name=name).exists():
            continue
        with target.open("rb") as file:
            path = storage.save(f"{name}.zip", File(file))
        try:
            with transaction.atomic():
                return Edition.objects.create(
                    name=name,
                    day=day,
                    content_revision=revision,
                    size_bytes=target.stat().st_size,
                    sha256=sha256,
                    has_parquet=HAS_PARQUET,
                    path=path,
                )
        except IntegrityError:
            # Another process was faster with the name: the next is free.
            storage.delete(path)
    raise AssertionError("names do not end")


def names_of(day: date) -> Iterator[str]:
    """``kz-africa-2026-11-26``, and ``-2``, ``-3`` behind it for those of the same day."""
    name, number = f"kz-africa-{day.isoformat()}", 1
    while True:
        yield name if number == 1 else f"{name}-{number}"
        number += 1
