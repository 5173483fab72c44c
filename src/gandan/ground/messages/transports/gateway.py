"""Short messages by a call to a gateway, which passes them on as SMS or by Zalo's notification service.

    POST <address>            {"key", "channel", "to", "template", "language", "text", "parameters"}
    X-Gandan-Timestamp        seconds since 1970, when the call was made
    X-Gandan-Signature        sha256=<HMAC-SHA256 of "<timestamp>.<body>" under the shared secret, in hexadecimal>
    Idempotency-Key           the message's key: a gateway that knows it answers 200 or 409 and sends nothing

The gateway refuses a signature that doesn't fit and a timestamp older than five minutes. 2xx and 409: taken. 408, 425, 429
and 5xx: try again later. Any other answer: never.
"""

import hashlib
import hmac
import http.client
import json
import ssl
from typing import Any
from urllib.parse import urlsplit

from gandan.ground.messages.operations import Held
from gandan.ground.messages.rules import Trouble
from gandan.ground.messages.transports.trying import Enclosure, NotSent

TIMEOUT = 20.0
LATER = {408, 425, 429}
KNOWN_ALREADY = 409
LONGEST_ANSWER = 65536


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """Return what a call is signed with; the timestamp is part of it, so that an old call can't be played again."""
    return "sha256=" + hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()


class SignedCalls:
    """Posts to one address, signed. It follows no redirection, so that nothing signed goes elsewhere."""

    def __init__(self, address: str, secret: str) -> None:
        parts = urlsplit(address)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(f"A gateway has an address that begins with https://, not {address!r}.")
        self.host, self.port, self.secure = parts.hostname, parts.port, parts.scheme == "https"
        self.path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        self.secret = secret

    def post(self, said: dict[str, Any], *, key: str, timestamp: int) -> str:
        """Post `said` as JSON, and return what was answered, or the number of the answer.

        :param key: whoever knows it already has taken it, and takes it no second time
        :raises NotSent: if it was not taken
        """
        body = json.dumps(said, ensure_ascii=False).encode()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Gandan-Timestamp": str(timestamp),
            "X-Gandan-Signature": signature(self.secret, timestamp, body),
        }
        status, answer = self._call(body, headers)
        if 200 <= status < 300 or status == KNOWN_ALREADY:
            return answer or str(status)
        raise NotSent(Trouble.LATER if status in LATER or status >= 500 else Trouble.REFUSED, f"{status} {answer}")

    def _call(self, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
        connection: http.client.HTTPConnection
        if self.secure:
            connection = http.client.HTTPSConnection(self.host, self.port, timeout=TIMEOUT, context=ssl.create_default_context())
        else:
            connection = http.client.HTTPConnection(self.host, self.port, timeout=TIMEOUT)
        try:
            connection.request("POST", self.path, body, headers)
            response = connection.getresponse()
            return response.status, response.read(LONGEST_ANSWER).decode(errors="replace").strip()[:150]
        except (OSError, http.client.HTTPException) as error:
            raise NotSent(Trouble.AWAY, str(error) or type(error).__name__) from error
        finally:
            connection.close()


class Gateway(SignedCalls):
    """Sends messages by calls to one address."""

    def send(self, held: Held, enclosure: Enclosure | None, timestamp: int) -> str:
        said = {
            "key": held.key,
            "channel": held.channel.value,
            "to": held.recipient,
            "template": held.template,
            "language": held.language,
            "text": held.content.text,
            "parameters": dict(held.content.parameters),
        }
        return self.post(said, key=held.key, timestamp=timestamp)

    def close(self) -> None:
        """Each call has a connection of its own."""
