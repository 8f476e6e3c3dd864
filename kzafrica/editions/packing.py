"""A folder as a zip with checksums, such that the same folder gives the same bytes."""

import shutil
import zipfile
from datetime import date
from pathlib import Path

from kzafrica.editions.descriptor import checksum

CHECKSUMS = "CHECKSUMS"
UNIX, PLAIN_FILE = 3, 0o100644 << 16
FIRST_YEAR = 1980  # Nothing is older in a zip.


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def write_checksums(folder: Path) -> None:
    """As ``sha256sum -c`` reads them; of every other file."""
    lines = [f"{checksum(path)}  {path.relative_to(folder).as_posix()}\n" for path in files_of(folder)]
    (folder / CHECKSUMS).write_text("".join(lines), encoding="utf-8")


def pack(folder: Path, target: Path, day: date) -> None:
    """Write every file into the zip, in order and under one time."""
    when = (max(day.year, FIRST_YEAR), day.month, day.day, 0, 0, 0)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files_of(folder):
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), when)
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, UNIX, PLAIN_FILE
            entry.file_size = path.stat().st_size
            with path.open("rb") as file, archive.open(entry, "w") as packed:
                shutil.copyfileobj(file, packed)
