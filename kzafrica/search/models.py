"""The index as it is kept beside the records. Nothing here says what only a record says; all of it can be made anew."""

from django.db import models


class IndexedDocument(models.Model):
    """A record as it is found: what it is called, where it is, what it can be filtered by."""

    type = models.CharField(max_length=24)
    record_id = models.PositiveBigIntegerField()
    key = models.CharField(max_length=140)
    address = models.CharField(max_length=300)
    weight = models.FloatField(default=1)
    # A name on each line: as readers write it, and as it is compared with a question.
    aliases = models.TextField(blank=True)
    plain_names = models.TextField(blank=True)
    # Codes between blanks: " COD KEN ".
    countries = models.TextField(blank=True)
    edtf = models.CharField(max_length=60, blank=True)
    # The latest year that it tells of; 0 where none is known.
    year = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("type", "key")
        constraints = [models.UniqueConstraint(fields=["type", "record_id"], name="document_once")]
        indexes = [models.Index(fields=["type", "key"], name="document_key")]

    def __str__(self) -> str:
        return f"{self.type}/{self.key}"


class IndexedPassage(models.Model):
    """The words of a document in one language. The back end of the database keeps its terms under the same number."""

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="passages")
    language = models.CharField(max_length=2)
    title = models.TextField()
    body = models.TextField(blank=True)
    # Every longer word once, in small letters, names drawn from other records too: what a misspelt one may have meant.
    words = models.TextField(blank=True)

    class Meta:
        ordering = ("document", "language")
        constraints = [models.UniqueConstraint(fields=["document", "language"], name="passage_once_a_language")]

    def __str__(self) -> str:
        return f"{self.document} ({self.language})"


class Span(models.Model):
    """The days on which something that a document tells of may have happened; an open bound is empty."""

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="spans")
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)

    class Meta:
        ordering = ("document", "earliest", "latest")

    def __str__(self) -> str:
        return f"{self.earliest or '..'}/{self.latest or '..'}"


class Drawing(models.Model):
    """A row from which a document has drawn words: when that changes, so does the document."""

    document = models.ForeignKey(IndexedDocument, models.CASCADE, related_name="drawings")
    record_type = models.CharField(max_length=80)
    record_id = models.PositiveBigIntegerField()

    class Meta:
        ordering = ("document", "record_type", "record_id")
        indexes = [models.Index(fields=["record_type", "record_id"], name="drawing_source")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id}"


class Progress(models.Model):
    """How far an index has read the change log, and by which rule its terms were made."""

    engine = models.CharField(max_length=200, unique=True)
    rule = models.CharField(max_length=40, blank=True)
    number = models.PositiveBigIntegerField(default=0)
    # What the kinds of documents depend on beside the change log, by their type.
    states = models.JSONField(default=dict)
    # Another one after every step: what was worked out of the index before it holds no more.
    mark = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ("engine",)
        verbose_name_plural = "progress"

    def __str__(self) -> str:
        return f"{self.engine}: {self.number}"
