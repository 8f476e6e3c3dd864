"""A server of our own in a thread, under the name news.example, which the check of addresses lets through."""

import ipaddress
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple

from kzafrica import outward
from kzafrica.outward import Pace

NAME = "news.example"


class Request(NamedTuple):
    method: str
    path: str
    host: str
    agent: str


class Post(NamedTuple):
    headers: dict[str, str]
    body: bytes


class Handler(BaseHTTPRequestHandler):
    """Answers as the pages of its server say."""

    def do_HEAD(self) -> None:
        path = self.path.partition("?")[0]
        self.server.requests.append(Request(self.command, self.path, self.headers["Host"], self.headers["User-Agent"]))
        page = self.server.pages.get(f"{self.command} {path}", self.server.pages.get(path, 404))
        if isinstance(page, str):
            self.close_connection = True
            MISBEHAVIOURS[page](self)
            return
        status, location = page if isinstance(page, tuple) else (page, "")
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        self.end_headers()

    do_GET = do_HEAD

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.posts.append(Post({name.lower(): value for name, value in self.headers.items()}, body))
        self.do_HEAD()

    def drip(self, what: bytes, *, pause: float, times: int) -> None:
        for _drop in range(times):
            try:
                self.wfile.write(what)
            except OSError:
                return
            time.sleep(pause)

    def drip_a_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self.drip(b"a", pause=0.1, times=20)

    def drip_a_page(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"a" * 4096, pause=0.001, times=5000)

    def log_message(self, *_args) -> None:
        pass


MISBEHAVIOURS = {
    "hang up": lambda handler: None,
    "nonsense": lambda handler: handler.wfile.write(b"what?\r\n\r\n"),
    "silent": lambda handler: time.sleep(0.8),
    "drips": Handler.drip_a_header,
    "endless": Handler.drip_a_page,
}


class Server(ThreadingHTTPServer):
    """``pages`` has by path, or by method and path, a status, a status with where it leads, or a misbehaviour."""

    daemon_threads = True

    def __init__(self, pages: dict) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages = pages
        self.requests: list[Request] = []
        self.posts: list[Post] = []
        self.port = self.server_address[1]
        self.is_running = True
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    def address(self, path: str) -> str:
        return f"http://{NAME}:{self.port}{path}"

    def stop(self) -> None:
        if self.is_running:
            self.is_running = False
            self.shutdown()
            self.server_close()


@contextmanager
def asking(monkeypatch, pages: dict) -> Iterator[Server]:
    """A server that may be asked although it is on this machine; every other private number is refused as always."""
    server = Server(pages)
    refuses = outward.why_not

    def why_not(ip, port: int) -> str:
        is_ours = (str(ip), port) == ("127.0.0.1", server.port)
        return "" if is_ours else refuses(ip, port)

    def look_up(host: str, port: int) -> list[str]:
        known = {NAME: "127.0.0.1", "inside.example": "10.0.0.1"}
        if host in known:
            return [known[host]]
        try:
            return [str(ipaddress.ip_address(host))]
        except ValueError:
            raise socket.gaierror(socket.EAI_NONAME, "unknown") from None

    monkeypatch.setattr(outward, "why_not", why_not)
    monkeypatch.setattr(outward, "look_up", look_up)
    monkeypatch.setattr(Pace, "wait", lambda self, host: None)
    try:
        yield server
    finally:
        server.stop()
