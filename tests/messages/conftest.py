"""A real mail server and a real gateway, both in this process, and the outbox's settings that lead to them."""

import hashlib
import hmac
import json
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from gandan.ground.messages.models import Message
from gandan.ground.messages.operations import send
from gandan.ground.messages.rules import Channel
from tests.cast import TODAY, Cast

SECRET = "a secret that both know"
PARAMETERS = {
    "name": "Nguyễn Thị Hồng Ánh", "procedure": "Cấp hộ chiếu phổ thông", "number": "001.00.00.G01-261116-0001",
    "unit": "Phòng Quản lý xuất nhập cảnh", "due": "26/11/2026", "link": "https://gandan.example/d/x",
}  # fmt: skip


@dataclass
class MailServer:
    """Takes letters, or answers as it is told to."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: str = "250 OK"
    port: int = 0
    host: str = "127.0.0.1"
    after: Callable[[], None] | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.answer.startswith("2"):
            self.letters.append(message_from_bytes(envelope.content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
        return self.answer


@pytest.fixture
def mail_server(settings: Any) -> Iterator[MailServer]:
    handler = MailServer()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        handler.port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=handler.port)
    controller.start()
    settings.MAIL_HOST, settings.MAIL_PORT, settings.MAIL_FROM = "127.0.0.1", handler.port, "gandan@congan.example"
    yield handler
    controller.stop()


@dataclass
class GatewayServer:
    """Takes calls whose signature fits, each key once."""

    taken: dict[str, dict[str, Any]] = field(default_factory=dict)
    calls: int = 0
    answer: int = 200
    moved: str = ""


@pytest.fixture
def gateway(settings: Any) -> Iterator[GatewayServer]:
    kept = GatewayServer()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            kept.calls += 1
            body = self.rfile.read(int(self.headers["Content-Length"]))
            signed = f"{self.headers['X-Gandan-Timestamp']}.".encode() + body
            wanted = "sha256=" + hmac.new(SECRET.encode(), signed, hashlib.sha256).hexdigest()
            status = kept.answer
            if not hmac.compare_digest(wanted, self.headers["X-Gandan-Signature"]):
                status = 401
            elif status == 200 and self.headers["Idempotency-Key"] in kept.taken:
                status = 409
            elif status == 200:
                kept.taken[self.headers["Idempotency-Key"]] = json.loads(body)
            self.send_response(status)
            if kept.moved:
                self.send_header("Location", kept.moved)
            self.end_headers()
            self.wfile.write(f"nr-{kept.calls}".encode())

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    settings.GATEWAY_URL = f"http://127.0.0.1:{server.server_port}/send"
    settings.GATEWAY_SECRET, settings.QUIET_HOURS = SECRET, "00:00-00:00"
    yield kept
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def write(cast: Cast) -> Callable[..., Message]:
    return lambda **more: written(cast, **more)


def written(cast: Cast, **more: Any) -> Message:
    """Put a receipt into the outbox."""
    given: dict[str, Any] = {
        "key": "receipt:1", "channel": Channel.EMAIL, "to": "anh@example.com", "template": "dossier-receipt",
        "parameters": PARAMETERS, "about": cast.unit("PA08"), "unit": cast.unit("PA08"), "by": cast.alice, "on": TODAY,
    }  # fmt: skip
    return send(**(given | more))
