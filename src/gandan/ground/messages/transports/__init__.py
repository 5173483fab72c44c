"""The ways out: e-mail by any SMTP server, short messages by a signed call to a gateway."""

from gandan.ground.messages.transports.gateway import Gateway, SignedCalls, signature
from gandan.ground.messages.transports.mail import Mail
from gandan.ground.messages.transports.trying import Enclosure, NotSent, Way

__all__ = ["Enclosure", "Gateway", "Mail", "NotSent", "SignedCalls", "Way", "signature"]
