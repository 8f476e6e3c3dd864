from kzafrica.editions.caching import tells_of_editions
from kzafrica.editions.models import Edition
from kzafrica.editions.serializers import EditionSerializer
from kzafrica.editorial.api import PublicViewSet


@tells_of_editions
class EditionViewSet(PublicViewSet):
    """Download editions, the latest first: the whole public record as one zip file each."""

    queryset = Edition.objects.newest_first()
    serializer_class = EditionSerializer
    lookup_field = "name"
    lookup_value_regex = r"[a-z0-9-]+"
