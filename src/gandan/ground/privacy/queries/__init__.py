"""What is kept about people and why, who asked for what, what was erased, and which columns are sealed."""

from gandan.ground.privacy.queries.columns import SealedColumn, holds_plain, left_to_reseal, once_plain_columns, sealed_columns
from gandan.ground.privacy.queries.keeping import (
    Keepable,
    belongs_to_held,
    keepable,
    numbered,
    numbers_of,
    pk_of,
    sign_of,
)
from gandan.ground.privacy.queries.proofs import ErasureRow, HoldRow, erasures, held, hold_on, holds
from gandan.ground.privacy.queries.register import keeps, register, terms
from gandan.ground.privacy.queries.requests import (
    SIGN,
    RequestRow,
    UnknownRequest,
    asked_by_holder,
    request,
    request_numbers,
    request_to_keep,
    requests,
    requests_about,
)

__all__ = [
    "SIGN",
    "ErasureRow",
    "HoldRow",
    "Keepable",
    "RequestRow",
    "SealedColumn",
    "UnknownRequest",
    "asked_by_holder",
    "belongs_to_held",
    "erasures",
    "held",
    "hold_on",
    "holds",
    "holds_plain",
    "keepable",
    "keeps",
    "left_to_reseal",
    "numbered",
    "numbers_of",
    "once_plain_columns",
    "pk_of",
    "register",
    "request",
    "request_numbers",
    "request_to_keep",
    "requests",
    "requests_about",
    "sealed_columns",
    "sign_of",
    "terms",
]
