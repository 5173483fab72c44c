"""The words of the tree: lines, kinds of unit, kinds of actor, kinds of succession."""

from enum import StrEnum


class Line(StrEnum):
    """A hierarchy of its own. A unit has at most one place per line and day."""

    POLICE = "police"
    CIVIL = "civil"
    FRONT = "front"
    ADMINISTRATION = "administration"  # every unit also stands here, so that a city's sum counts everything once
    POST = "post"


LINE_NAMES = {
    Line.POLICE: "công an",
    Line.CIVIL: "dân vận",
    Line.FRONT: "mặt trận",
    Line.ADMINISTRATION: "hành chính",
    Line.POST: "bưu điện",
}


class UnitKind(StrEnum):
    CITY = "city"
    PROVINCE = "province"
    DISTRICT = "district"
    WARD = "ward"  # ward, commune, township or special zone
    HEADQUARTERS = "headquarters"  # the police of a city, province or district
    DEPARTMENT = "department"
    STATION = "station"  # the police of a ward
    POST = "post"  # a police post, or a place where a department receives people
    COMMISSION = "commission"
    FRONT = "front"
    PARTNER = "partner"


class Nature(StrEnum):
    """Who acts: a person, a partner's program, the public at large, or the clock."""

    PERSON = "person"
    PROGRAM = "program"
    PUBLIC = "public"
    CLOCK = "clock"


class How(StrEnum):
    """A unit passes into another as a whole, or is divided among several."""

    WHOLE = "whole"
    DIVIDED = "divided"
