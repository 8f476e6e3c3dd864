"""Where each database keeps the terms: a table of FTS5, or a column beside the passages with an index of its own."""

from django.db import migrations

# Letters beyond ASCII are parts of words here, and so is the sign between a stem and its language.
SQLITE = """
    CREATE VIRTUAL TABLE search_terms USING fts5(
        title, title_stems, aliases, aliases_stems, body, body_stems, related, related_stems,
        tokenize = "ascii tokenchars '='", prefix = '2 3'
    )
"""
POSTGRESQL = (
    "ALTER TABLE search_indexedpassage ADD COLUMN terms tsvector",
    "CREATE INDEX search_terms ON search_indexedpassage USING gin (terms)",
)


def make(apps, schema_editor):
    statements = POSTGRESQL if schema_editor.connection.vendor == "postgresql" else (SQLITE,)
    for statement in statements:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE search_indexedpassage DROP COLUMN terms")
    else:
        schema_editor.execute("DROP TABLE search_terms")


class Migration(migrations.Migration):
    dependencies = [("search", "0001_index")]

    operations = [migrations.RunPython(make, unmake)]
