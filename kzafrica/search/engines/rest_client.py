"""The little of OpenSearch's REST API that search needs, over Python's own HTTP client.

The client library opensearch-py cannot be imported here: it needs a package called ``events``, which is our own app.
"""

import base64
import http.client
import json
import ssl
from urllib.parse import quote, unquote, urlsplit

from kzafrica.search.engines import EngineFailure

TIMEOUT_SECONDS = 10


class RestClient:
    """Asks one server, such as ``https://user:password@host:9200/index``; threads share no connection."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.index = quote(parts.path.strip("/"), safe="") or "kzafrica"
        self.is_secure = parts.scheme == "https"
        self.host, self.port = parts.hostname or "localhost", parts.port or (443 if self.is_secure else 9200)
        self.headers = {"Content-Type": "application/json"}
        if parts.username:
            pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
            self.headers["Authorization"] = "Basic " + base64.b64encode(pair.encode()).decode()

    def ask(self, method: str, path: str, body=None, *, allowed: tuple[int, ...] = ()) -> dict:
        """The answer as JSON. Raises EngineFailure unless its status is 2xx or allowed."""
        payload = body if isinstance(body, (bytes, type(None))) else json.dumps(body).encode()
        connection = self._connection()
        try:
            connection.request(method, f"/{self.index}{path}", body=payload, headers=self.headers)
            answer = connection.getresponse()
            document = json.loads(answer.read() or b"{}")
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise EngineFailure(f"OpenSearch does not answer: {error}") from error
        finally:
            connection.close()
        if answer.status >= 300 and answer.status not in allowed:
            raise EngineFailure(f"OpenSearch answers {answer.status} to {method} {path}: {document.get('error')}")
        return document

    def _connection(self) -> http.client.HTTPConnection:
        if self.is_secure:
            context = ssl.create_default_context()
            return http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT_SECONDS, context=context)
        return http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT_SECONDS)
