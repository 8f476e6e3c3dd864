"""Rows of trade statistics as Parquet, written to a temporary file group by group; only where pyarrow is installed."""

from itertools import islice
from tempfile import TemporaryFile
from typing import IO

import pyarrow
from pyarrow.parquet import ParquetWriter

from kzafrica.statements.amounts import DECIMAL_PLACES
from trade.exports import COLUMNS, Export, Kind, rows_of_cells
from trade.provenance import readme

# All that a signed 64-bit column of ten-thousandths can hold.
DIGITS = 19
ROWS_IN_GROUP = 50_000
TYPES = {
    Kind.TEXT: pyarrow.dictionary(pyarrow.int32(), pyarrow.string()),
    Kind.WHOLE: pyarrow.int32(),
    Kind.DECIMAL: pyarrow.decimal128(DIGITS, DECIMAL_PLACES),
    Kind.YES_NO: pyarrow.bool_(),
}


def parquet(export: Export) -> IO[bytes]:
    """The rows with their provenance under README in the schema, in a file that is gone once it is closed."""
    fields = [pyarrow.field(column.name, TYPES[column.kind]) for column in COLUMNS]
    schema = pyarrow.schema(fields, metadata={"README": readme(export)})
    rows = rows_of_cells(export)
    file = TemporaryFile()  # noqa: SIM115 - the answer reads it and closes it
    with ParquetWriter(file, schema, compression="zstd") as writer:
        while group := list(islice(rows, ROWS_IN_GROUP)):
            columns = [
                array_of(column.kind, cells) for column, cells in zip(COLUMNS, zip(*group, strict=True), strict=True)
            ]
            writer.write_batch(pyarrow.record_batch(columns, schema=schema))
    file.seek(0)
    return file


def array_of(kind: Kind, cells: tuple) -> pyarrow.Array:
    if kind is Kind.TEXT:
        return pyarrow.array(cells, pyarrow.string()).dictionary_encode()
    if kind is not Kind.DECIMAL:
        return pyarrow.array(cells, TYPES[kind])
    # A decimal is kept as its unscaled number, which is what ours are: the same bytes under another type.
    whole = pyarrow.array(cells, pyarrow.int64()).cast(pyarrow.decimal128(DIGITS, 0))
    return pyarrow.Array.from_buffers(TYPES[kind], len(whole), whole.buffers())
