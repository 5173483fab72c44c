"""The personal identification number: twelve digits, and no check digit among them."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class IdentityNumber:
    """What a personal number says: where the birth was registered (never where someone lives), sex, year of birth."""

    digits: str
    registered_in: str  # code of a province or a country, as it was then: mergers don't change it
    female: bool
    born_in: int

    @property
    def grouped(self) -> str:
        """The number as people can read it out: 079 203 001234."""
        return f"{self.digits[:3]} {self.digits[3:6]} {self.digits[6:]}"

    @property
    def masked(self) -> str:
        """The number for screens that need to tell two apart and no more."""
        return f"•••••••••{self.digits[-3:]}"


def parse_identity(text: str) -> IdentityNumber:
    """Read a personal number; spaces, dots and dashes between digits don't matter."""
    digits = re.sub(r"[\s.-]", "", text)
    if not re.fullmatch(r"[0-9]{12}", digits):
        raise ValueError("A personal identification number has 12 digits.")
    if digits[:3] == "000":
        raise ValueError("A personal identification number begins with the code of a province or country, not 000.")
    century, sex = divmod(int(digits[3]), 2)
    return IdentityNumber(digits, registered_in=digits[:3], female=sex == 1, born_in=1900 + 100 * century + int(digits[4:6]))
