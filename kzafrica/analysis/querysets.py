from kzafrica.editorial.querysets import PublishableQuerySet


class ArticleQuerySet(PublishableQuerySet):
    def for_list(self):
        return self.prefetch_related("authors").with_citations()

    def for_detail(self):
        return self.for_list().prefetch_related("records_discussed__record_record")
