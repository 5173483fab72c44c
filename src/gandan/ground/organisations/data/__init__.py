"""The units of Ho Chi Minh City as data, and how they are read. Origin and terms: README.md and NOTICE beside this file."""

from gandan.ground.organisations.data.city import city_plan
from gandan.ground.organisations.data.files import BEGINNING

__all__ = ["BEGINNING", "city_plan"]
