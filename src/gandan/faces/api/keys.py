"""Programs that come with a key of their own: `Authorization: Bearer gd_…`."""

from django.http import HttpRequest
from django.utils.timezone import now
from ninja.security import HttpBearer

from gandan.faces.api.problems import operation_of
from gandan.ground.accounts.knocking import KeyRefused, Visitor, visitor
from gandan.ground.accounts.limits import address_of
from gandan.ground.audit.noting import came_with_key, note
from gandan.ground.audit.rules import What


class Key(HttpBearer):
    """The key of a partner's program. It opens the operations it names, at its units, as often as agreed."""

    def authenticate(self, request: HttpRequest, token: str) -> Visitor:
        try:
            found = visitor(token, address=address_of(request.META), at=now())
        except KeyRefused:
            note(What.SIGN_IN_FAILED, by=None, detail="key")
            raise
        came_with_key(found.key)
        request.user = found.person
        found.check(operation_of(request))
        return found
