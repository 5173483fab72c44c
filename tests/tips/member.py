"""What a member's browser does, in Python: opens a thread that the desk hands out, and seals what is said in it."""

import json
from typing import Any

from django.test import Client
from nacl.utils import random

from gandan.work.tips.rules import Direction, Place, bytes_of, sealing, text_of
from tests.tips.conftest import Member


class Browser:
    def __init__(self, client: Client, member: Member) -> None:
        self.client, self.member = client, member

    def thread(self, number: str) -> dict[str, Any]:
        answer = self.client.get(f"/tips/{number}/")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def read(self, number: str) -> list[str]:
        found = self.thread(number)
        return [self.open(found, message) for message in found["messages"]]

    def open(self, found: dict[str, Any], message: dict[str, Any]) -> str:
        place = Place(bytes_of(found["tip"]), Direction(message["direction"]), message["sequence"])
        content = bytes_of(message["content"])
        verify = bytes_of(found["verify"] if message["direction"] == "in" else message["signer"])
        sealing.check_signature(verify, bytes_of(message["signature"]), content, place.bound)
        secret = self.member.secret[:32]
        return sealing.open_message(place, content, bytes_of(message["seal"]), self.member.key.box, secret)["text"]

    def sealed(self, found: dict[str, Any], direction: Direction, text: str, sequence: int = 0) -> dict[str, Any]:
        turns = [one["sequence"] for one in found["messages"] if one["direction"] == direction.value]
        place = Place(bytes_of(found["tip"]), direction, sequence or max(turns, default=0) + 1)
        key = random(32)
        content = sealing.seal(key, sealing.padded(sealing.envelope(text)), place.bound)
        readers = [(one["id"], bytes_of(one["box"])) for one in found["readers"]]
        if direction == Direction.OUT:
            readers.append(("", bytes_of(found["public"])))
        return {
            "direction": direction.value,
            "sequence": place.sequence,
            "content": text_of(content),
            "signature": text_of(sealing.sign(self.member.secret[32:], content, place.bound)),
            "seals": [{"reader": name, "seal": text_of(sealing.to_reader(key, box, place.bound))} for name, box in readers],
        }

    def post(self, number: str, **body: Any) -> Any:
        return self.client.post(f"/tips/{number}/", json.dumps(body), content_type="application/json")

    def say(self, number: str, text: str, *, final: bool = True) -> Any:
        return self.post(number, step="say", final=final, **self.sealed(self.thread(number), Direction.OUT, text))
