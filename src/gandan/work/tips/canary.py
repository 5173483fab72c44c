"""A tip from outside, by the way that anybody comes: sent, followed by its receipt, found again. It knows an address alone."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlencode

import requests

from gandan.work.tips.rules import About, proof

ACTION = re.compile(r'<form method="post" action="([^"]+)"')
BITS = re.compile(r'data-bits="(\d+)"')
RECEIPT = re.compile(r'id="receipt">([\d ]+)<')
SECONDS = 30
WORDS = "Tin thử đường dây"


class Silent(Exception):
    """The door doesn't do what it is there for; says at which step."""


@dataclass
class Canary:
    """Somebody outside, without a session and without scripts, who works off the proof."""

    address: str
    post: Callable[..., requests.Response] = requests.post
    get: Callable[..., requests.Response] = requests.get

    def sing(self) -> None:
        """Send a tip and find it again.

        :raises Silent: at the first step that fails
        """
        sent = self._form("/a/", {"about": About.CANARY.value, "text": WORDS, "pledge": "anonymous"})
        found = RECEIPT.search(sent)
        if found is None:
            raise Silent("no receipt was given")
        if WORDS not in self._form("/b/", {"receipt": found[1]}):
            raise Silent("the receipt opens nothing")

    def _form(self, path: str, typed: dict[str, str]) -> str:
        page = self._asked(lambda: self.get(f"{self.address}{path}", timeout=SECONDS))
        action, bits = ACTION.search(page), BITS.search(page)
        if action is None or bits is None:
            raise Silent(f"{path} has no form")
        query = unescape(action[1]).removeprefix("?")
        token = query.partition("t=")[2].partition("&")[0]
        solved = urlencode({"p": proof.solve(token, int(bits[1]))})
        return self._asked(lambda: self.post(f"{self.address}{path}?{query}&{solved}", data=typed, timeout=SECONDS))

    @staticmethod
    def _asked(call: Callable[[], requests.Response]) -> str:
        try:
            answer = call()
        except requests.RequestException as fault:
            raise Silent(f"it can't be reached: {type(fault).__name__}") from None
        if answer.status_code != 200:
            raise Silent(f"it answers {answer.status_code}")
        return answer.text
