"""An alert as machines read it: Common Alerting Protocol 1.2 (OASIS). The text is written in one fixed form."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from xml.etree.ElementTree import Element, SubElement, indent, tostring

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"


@dataclass(frozen=True)
class Said:
    """What is said of an alert in one language."""

    language: str
    event: str
    headline: str
    description: str
    instruction: str


@dataclass(frozen=True)
class Area:
    name: str
    code: str = ""
    circle: tuple[float, float, float] | None = None  # latitude, longitude, kilometres


@dataclass(frozen=True)
class Message:
    """One message of an alert: the first, a later one, or the last, which cancels it."""

    identifier: str
    sender: str
    sender_name: str
    sent: datetime
    kind: str  # Alert, Update, Cancel
    status: str  # Actual, Exercise
    category: str
    urgency: str
    severity: str
    certainty: str
    onset: datetime | None
    expires: datetime
    web: str
    contact: str
    said: Sequence[Said]
    areas: Sequence[Area]
    references: Sequence[tuple[str, str, datetime]] = field(default=())  # sender, identifier, sent of those before


def moment(at: datetime) -> str:
    """A moment as CAP has it: seconds, and an offset that is never Z."""
    text = at.replace(microsecond=0).isoformat()
    return text if at.utcoffset() else text.replace("+00:00", "-00:00")


def written(message: Message) -> str:
    """Write a message as XML."""
    root = Element("alert", xmlns=NAMESPACE)

    def add(parent: Element, name: str, text: str) -> None:
        if text:
            SubElement(parent, name).text = text

    add(root, "identifier", message.identifier)
    add(root, "sender", message.sender)
    add(root, "sent", moment(message.sent))
    add(root, "status", message.status)
    add(root, "msgType", message.kind)
    add(root, "scope", "Public")
    add(root, "references", " ".join(f"{sender},{identifier},{moment(sent)}" for sender, identifier, sent in message.references))
    for said in message.said:
        info = SubElement(root, "info")
        add(info, "language", said.language)
        add(info, "category", message.category)
        add(info, "event", said.event)
        add(info, "urgency", message.urgency)
        add(info, "severity", message.severity)
        add(info, "certainty", message.certainty)
        add(info, "effective", moment(message.sent))
        add(info, "onset", moment(message.onset) if message.onset else "")
        add(info, "expires", moment(message.expires))
        add(info, "senderName", message.sender_name)
        add(info, "headline", said.headline)
        add(info, "description", said.description)
        add(info, "instruction", said.instruction)
        add(info, "web", message.web)
        add(info, "contact", message.contact)
        for one in message.areas:
            area = SubElement(info, "area")
            add(area, "areaDesc", one.name)
            if one.circle:
                latitude, longitude, kilometres = one.circle
                add(area, "circle", f"{latitude:.4f},{longitude:.4f} {kilometres:g}")
            if one.code:
                code = SubElement(area, "geocode")
                add(code, "valueName", "GanDan.Unit")
                add(code, "value", one.code)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"
