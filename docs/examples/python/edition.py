"""The newest edition, the whole public record as one zip, with its checksum compared.

python3 edition.py [folder]
"""

import hashlib
import json
import os
import sys
import zipfile
from pathlib import Path
from urllib.request import urlopen

SITE = os.environ.get("KZ_AFRICA", "http://127.0.0.1:8000").rstrip("/")
FOLDER = Path(sys.argv[1] if len(sys.argv) > 1 else ".")

with urlopen(f"{SITE}/api/v1/editions/?limit=500") as answer:
    editions = json.load(answer)["results"]
# The newest comes first; of one that was withdrawn the row stays and the file does not.
edition = next((row for row in editions if row["withdrawn_at"] is None), None)
if edition is None:
    sys.exit("There is no edition.")

file = FOLDER / f"{edition['id']}.zip"
digest = hashlib.sha256()
with urlopen(edition["file_url"]) as answer, file.open("wb") as kept:
    while part := answer.read(1 << 16):
        digest.update(part)
        kept.write(part)
if digest.hexdigest() != edition["sha256"]:
    file.unlink()
    sys.exit("The checksum differs: the file did not arrive whole and was removed.")

print(f"{file.name}: {edition['size_bytes']} bytes, SHA-256 as published")
with zipfile.ZipFile(file) as parts:
    print(f"{len(parts.namelist())} files in it")
