"""Reads dataset files into plain content whose every value knows its line.

Two forms: CSV with a header row for tables, YAML for records with parts and citations. All values are text: YAML's own
guesses would turn the country code NO into false and a date into something else.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import yaml
from django.utils.translation import gettext as _

from kzafrica.editorial.content import Fault


class Text(str):
    """A value with the line and the file it stands in."""

    line: int | None = None
    path: Path | None = None


class Rows(list):
    line: int | None = None
    path: Path | None = None


class Row(dict):
    line: int | None = None
    path: Path | None = None


@dataclass(frozen=True)
class FileFault:
    """A fault with the file it is in."""

    path: Path
    fault: Fault

    def __str__(self) -> str:
        place = f"{self.path.name}:{self.fault.line}" if self.fault.line else self.path.name
        return (
            f"{place}: {self.fault.where}: {self.fault.sentence}"
            if self.fault.where
            else f"{place}: {self.fault.sentence}"
        )


class UnreadableFile(Exception):
    """The file cannot be read at all; ``fault`` says where and why."""

    def __init__(self, path: Path, sentence: str, line: int | None = None) -> None:
        self.fault = FileFault(path, Fault("", sentence, line))
        super().__init__(str(self.fault))


def _placed(value, line: int, path: Path):
    value.line, value.path = line, path
    return value


def in_place_of(old, new):
    """The new value, as if it stood where the old one stands."""
    return _placed(new, getattr(old, "line", None), getattr(old, "path", None))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file. Raises UnreadableFile naming the line that is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(
            path, _("this line is not UTF-8 (byte %s): save the file as UTF-8.") % hex(data[error.start]), line
        ) from None


def read_csv(path: Path) -> list[Row]:
    """Rows by column name, empty cells left out. Raises UnreadableFile for a row of another length than the header."""
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows = []
    try:
        header = next(reader, None)
        if not header:
            raise UnreadableFile(path, _("the file is empty: a header row with column names is needed."), 1)
        for cells in reader:
            if len(cells) != len(header):
                raise UnreadableFile(
                    path,
                    _("this row has %(found)s cells where the header has %(wanted)s.")
                    % {"found": len(cells), "wanted": len(header)},
                    reader.line_num,
                )
            filled = {
                name: _placed(Text(cell), reader.line_num, path)
                for name, cell in zip(header, cells, strict=True)
                if cell
            }
            rows.append(_placed(Row(filled), reader.line_num, path))
    except csv.Error as error:
        raise UnreadableFile(path, _("this is not CSV: %s.") % error, reader.line_num) from None
    return rows


def read_yaml(path: Path) -> Row:
    """The mapping of a YAML file. Raises UnreadableFile for bad syntax, a repeated key or another top level."""
    try:
        node = yaml.compose(
            read_text(path), Loader=yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader
        )
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else None
        raise UnreadableFile(path, _("this is not YAML: %s.") % error.problem, line) from None
    except yaml.YAMLError as error:
        raise UnreadableFile(path, _("this is not YAML: %s.") % error) from None
    content = _plain(node, path) if node is not None else Row()
    if not isinstance(content, Row):
        raise UnreadableFile(path, _("the file must begin with a kind of record, such as “events:”."), 1)
    return content


def _plain(node: yaml.Node, path: Path, within: tuple[yaml.Node, ...] = ()):
    line = node.start_mark.line + 1
    if node in within:
        raise UnreadableFile(path, _("this value contains itself."), line)
    if isinstance(node, yaml.ScalarNode):
        is_null = node.tag == "tag:yaml.org,2002:null"
        return _placed(Text("" if is_null else node.value), line, path)
    within = (*within, node)
    if isinstance(node, yaml.SequenceNode):
        return _placed(Rows(_plain(child, path, within) for child in node.value), line, path)
    row = _placed(Row(), line, path)
    for key, child in node.value:
        key_line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise UnreadableFile(path, _("the name of a field is one word, not a list or a mapping."), key_line)
        if key.value in row:
            raise UnreadableFile(path, _("“%s” stands twice in one mapping.") % key.value, key_line)
        row[Text(key.value)] = _plain(child, path, within)
    return row
