"""Mail servers for tests: back ends of Django that fail as planned, and a real server of SMTP in a thread."""

import smtplib
import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.policy import SMTP

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.locmem import EmailBackend


class Refusing(BaseEmailBackend):
    """A server that takes nothing from anybody."""

    def send_messages(self, messages) -> int:
        raise smtplib.SMTPServerDisconnected("gone")


class Unreachable(EmailBackend):
    def open(self) -> None:
        raise ConnectionRefusedError("refused")


class Planned(EmailBackend):
    """Takes mails as ``plan`` says: called with each, it may raise; what it does not raise for is taken."""

    plan: Callable = staticmethod(lambda message: None)

    def send_messages(self, messages) -> int:
        for message in messages:
            type(self).plan(message)
        return super().send_messages(messages)


class Session(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a client of it says."""

    def say(self, line: str) -> None:
        self.wfile.write(line.encode() + b"\r\n")

    def handle(self) -> None:
        self.say("220 mail.example ready")
        recipients: list[str] = []
        while line := self.rfile.readline().decode("ascii").strip():
            command = line[:4].upper()
            if command in ("EHLO", "HELO"):
                self.say("250 mail.example")
            elif command == "MAIL":
                recipients = []
                self.say("250 fine")
            elif command == "RCPT":
                address = line.partition("<")[2].partition(">")[0]
                answer = self.server.answers.get(address, "250 fine")
                recipients.append(address)
                self.say(answer)
            elif command == "DATA":
                self.say("354 go on")
                self.server.mails.append((recipients, message_from_bytes(self.data(), policy=SMTP)))
                self.say("250 taken")
                if len(self.server.mails) in self.server.ends_after:
                    return
            elif command == "QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 fine")

    def data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


class Server(socketserver.ThreadingTCPServer):
    """``mails`` are those it took; ``answers`` what it says to a recipient; it hangs up ``ends_after`` some mails."""

    daemon_threads = allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.mails: list[tuple] = []
        self.answers: dict[str, str] = {}
        self.ends_after: set[int] = set()

    def __enter__(self) -> "Server":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        return self

    def __exit__(self, *_args) -> None:
        self.shutdown()
        self.server_close()
