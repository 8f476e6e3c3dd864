"""Opens files of trade rows and gives them row by row, in constant memory. Knows no model.

A file is CSV or JSON, as it is or compressed with gzip, in UTF-8 or ISO-8859-1. It is read once from end to end before
its first row is looked at: for its checksum, and so that nothing in it can exhaust the machine.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import BinaryIO

import ijson
from django.utils.translation import gettext as _

from trade.layouts import FORMS, JSON_FORM, Form, UnknownLayout, form_of

GIB = 1024**3
# Unpacked. The largest file of one reporter and year that we know of has a tenth of it.
LARGEST_FILE = 1 * GIB
LONGEST_LINE = 1024**2
CHUNK = 1024**2
DELIMITERS = ",;\t"
# How many levels of objects and lists JSON may have; UN Comtrade's has three.
DEEPEST = 6
# How files begin that are no text.
SIGNATURES = {
    b"PK\x03\x04": "ZIP, XLSX",
    b"PK\x05\x06": "ZIP, XLSX",
    b"\xd0\xcf\x11\xe0": "XLS",
    b"PAR1": "Parquet",
    b"%PDF": "PDF",
    b"\xff\xfe": "UTF-16",
    b"\xfe\xff": "UTF-16",
}
GZIP_SIGNATURE = b"\x1f\x8b"


class FileFault(Exception):
    """What is wrong with a file, in a sentence, and on which line; no line for the file as a whole."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        self.sentence, self.line = sentence, line
        super().__init__(str(self))

    def __str__(self) -> str:
        return _("line %(line)s: %(sentence)s") % vars(self) if self.line else self.sentence


@dataclass(frozen=True)
class TradeFile:
    """A file that was read through once: what it is, and that it can be read."""

    path: Path
    name: str
    checksum: str
    size_bytes: int
    encoding: str
    is_compressed: bool
    is_json: bool

    def open(self) -> BinaryIO:
        return gzip.open(self.path) if self.is_compressed else self.path.open("rb")

    def lines(self) -> io.TextIOWrapper:
        return io.TextIOWrapper(self.open(), encoding=self.encoding, newline="")


def survey(path: Path, name: str = "") -> TradeFile:
    """Read a file through once. Raises FileFault for one that is no text, too large or cut off."""
    size = path.stat().st_size
    if size == 0:
        raise FileFault(_("the file is empty."))
    if size > LARGEST_FILE:
        raise too_large(size)
    with path.open("rb") as file:
        beginning = file.read(4)
        file.seek(0)
        checksum = hashlib.file_digest(file, "sha256").hexdigest()
    for signature, kind in SIGNATURES.items():
        if beginning.startswith(signature):
            sentence = _("this is a file of the kind %s: unpack it, or save it as CSV in UTF-8, and load that.")
            raise FileFault(sentence % kind)
    is_compressed = beginning.startswith(GZIP_SIGNATURE)
    with gzip.open(path) if is_compressed else path.open("rb") as file:
        try:
            encoding, is_json = _read_through(file)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise FileFault(_("the compressed file is damaged or cut off.")) from None
    return TradeFile(path, name or path.name, checksum, size, encoding, is_compressed, is_json)


def too_large(size: int) -> FileFault:
    sentence = _("the file has %(size)s GB, and %(largest)s GB is the most: split it, for instance by year.")
    return FileFault(sentence % {"size": f"{size / GIB:.1f}", "largest": LARGEST_FILE // GIB})


def _read_through(file: BinaryIO) -> tuple[str, bool]:
    """The encoding, and whether it is JSON."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    encoding, is_json, total, since_break = "utf-8-sig", None, 0, 0
    for chunk in iter(partial(file.read, CHUNK), b""):
        total += len(chunk)
        if total > LARGEST_FILE:
            raise too_large(total)
        if b"\x00" in chunk:
            raise FileFault(_("this is no text: it has a NUL character in it."))
        if is_json is None:
            is_json = chunk.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")
        last_break = max(chunk.rfind(mark) for mark in ((b"}",) if is_json else (b"\n", b"\r")))
        since_break = len(chunk) - last_break - 1 if last_break >= 0 else since_break + len(chunk)
        if since_break > LONGEST_LINE:
            raise FileFault(_("a line or record is longer than a megabyte: these are no trade rows."))
        try:
            decoder.decode(chunk)
        except UnicodeDecodeError:
            encoding = "iso-8859-1"
            decoder = codecs.getincrementaldecoder(encoding)()
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        encoding = "iso-8859-1"
    return encoding, bool(is_json)


# --- Rows


@dataclass(frozen=True)
class Table:
    """The rows of a file with their places, and the layout they are in."""

    form: Form
    header: list[str]
    rows: Iterator[tuple[int, list[str]]]
    notes: list[str] = field(default_factory=list)


def table_of(file: TradeFile) -> Table:
    """The layout of a file, told from its header, and its rows. Raises FileFault, also while rows are read."""
    return _json_table(file) if file.is_json else _csv_table(file)


def _csv_table(file: TradeFile) -> Table:
    lines = file.lines()
    first = lines.readline(LONGEST_LINE)
    try:
        headers = [next(csv.reader([first], delimiter=delimiter), []) for delimiter in DELIMITERS]
    except csv.Error as error:
        raise FileFault(_("this line cannot be read as CSV (%s): is the file cut off?") % error, 1) from None
    known = {column for form in FORMS for column in form.columns.values()}
    header = max(headers, key=lambda names: len(known.intersection(map(str.strip, names))))
    delimiter = DELIMITERS[headers.index(header)]
    header = [name.strip() for name in header]
    try:
        form = form_of(header)
    except UnknownLayout as unknown:
        raise FileFault(str(unknown), 1) from None
    return Table(form, header, _csv_rows(lines, delimiter, len(header)))


def _csv_rows(lines: io.TextIOWrapper, delimiter: str, width: int) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    with lines:
        try:
            for cells in reader:
                if len(cells) == width:
                    yield reader.line_num + 1, cells
                elif len(cells) > width and not any(cells[width:]):
                    # Some downloads end each row with a comma that the header does not have.
                    yield reader.line_num + 1, cells[:width]
                elif cells:
                    yield reader.line_num + 1, cells
        except csv.Error as error:
            sentence = _("this line cannot be read as CSV (%s): is the file cut off?") % error
            raise FileFault(sentence, reader.line_num + 1) from None
        except (EOFError, zlib.error):
            raise FileFault(_("the compressed file is damaged or cut off.")) from None


def _json_table(file: TradeFile) -> Table:
    notes: list[str] = []
    _refuse_deep(file)
    return Table(JSON_FORM, list(JSON_FORM.columns.values()), _json_rows(file, notes), notes)


def _json_rows(file: TradeFile, notes: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The records of an answer of the API, or of a bare list, as rows of text; places are counted in records."""
    names = list(JSON_FORM.columns.values())
    wanted, number = set(names), 0
    with file.open() as stream:
        begins_list = stream.read(256).lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"[")
        stream.seek(3 if _has_mark(file) else 0)
        try:
            for number, record in enumerate(ijson.items(stream, "item" if begins_list else "data.item"), 1):
                if not isinstance(record, dict):
                    raise FileFault(_("a record has to be an object with the columns of UN Comtrade."), number)
                if not wanted <= record.keys():
                    missing = ", ".join(sorted(wanted - record.keys()))
                    raise FileFault(_("members are missing: %s.") % missing, number)
                yield number, [_as_text(record.get(name)) for name in names]
        except ijson.JSONError as error:
            sentence = _("after record %(number)s the JSON cannot be read (%(error)s): is the file cut off?")
            raise FileFault(sentence % {"number": number, "error": str(error).splitlines()[0][:80]}) from None
    if not begins_list:
        _read_envelope(file, number, notes)


def _refuse_deep(file: TradeFile) -> None:
    """The reader of records keeps where it is, which grows with the depth; an answer of the API has few levels."""
    depth = 0
    with file.open() as stream:
        stream.seek(3 if _has_mark(file) else 0)
        # What else is wrong is said where the records are read.
        with suppress(ijson.JSONError):
            for event, _value in ijson.basic_parse(stream):
                depth += event.startswith("start_") - event.startswith("end_")
                if depth > DEEPEST:
                    raise FileFault(_("records within records within records: this is no answer of the API."))


def _has_mark(file: TradeFile) -> bool:
    with file.open() as stream:
        return stream.read(3) == codecs.BOM_UTF8


def _read_envelope(file: TradeFile, number: int, notes: list[str]) -> None:
    """The envelope says how many records the answer had, of which this may be an excerpt, or what went wrong."""
    said: dict[str, object] = {}
    with file.open() as stream:
        stream.seek(3 if _has_mark(file) else 0)
        for prefix, _event, value in ijson.parse(stream):
            if prefix in ("count", "error"):
                said[prefix] = value
    if said.get("error"):
        raise FileFault(_("the API answered with an error instead of rows: %s") % str(said["error"])[:200])
    if isinstance(said.get("count"), int) and said["count"] != number:
        sentence = _("The file says that it has %(said)s records and has %(number)s.")
        notes.append(sentence % {"said": said["count"], "number": number})


def _as_text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else str(value)
