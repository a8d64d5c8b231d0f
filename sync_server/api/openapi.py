"""The description of the API for programs: what FastAPI cannot see by itself."""

from typing import Any, Final

from sync_server.api.described import schemas

SECURITY: Final[dict[str, Any]] = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "From `foyer-server token create`, or from hello for kiosks.",
    }
}
_TIME: Final = {"type": ["string", "null"], "format": "date-time"}
PROBLEM: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string"}},
}
REMEDY: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["kind", "sentence"],
    "properties": {
        "kind": {
            "enum": ["wait", "buy_day_pass", "pay", "use_door", "enter_fewer", "ask_staff"],
        },
        "sentence": {"type": "string"},
        "until": {"type": "string", "format": "date-time"},
        "amount_cents": {"type": "integer"},
        "door": {"type": "string"},
        "people": {"type": "integer"},
        "phone": {"type": "string"},
    },
}
ANSWER: Final[dict[str, Any]] = {
    "type": "object",
    "required": ["outcome", "reason", "sentence", "until", "remedies", "event_id"],
    "properties": {
        "outcome": {"enum": ["admitted", "refused"]},
        "reason": {"type": ["string", "null"]},
        "sentence": {"type": "string"},
        "until": _TIME,
        "remedies": {"type": "array", "items": REMEDY},
        "event_id": {"type": "string", "format": "uuid"},
        "contradiction": {"type": ["string", "null"]},
    },
}


def _body(description: str, *schemas: dict[str, Any]) -> dict[str, Any]:
    schema = schemas[0] if len(schemas) == 1 else {"anyOf": list(schemas)}
    return {"description": description, "content": {"application/json": {"schema": schema}}}


CHECK_IN_RESPONSES: Final[dict[int | str, dict[str, Any]]] = {
    200: _body("The stored answer to the same request", ANSWER),
    201: _body("Admitted, or recorded as happened", ANSWER),
    401: _body("No token, or none of ours", PROBLEM),
    403: _body("Refused; or `forbidden`: wrong scope or site", ANSWER, PROBLEM),
    409: _body("`id_reused`: the id stands for another request", PROBLEM),
    413: _body("`too_large`", PROBLEM),
    422: _body("`bad_body`, `unknown_place` or `bad_time`", PROBLEM),
    429: _body("`too_many_tries`: five wrong short codes a minute", PROBLEM),
    503: _body("`try_again`: nothing was recorded", PROBLEM),
}


def describe(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema FastAPI made, with how callers prove who they are."""
    components = schema.setdefault("components", {})
    components["securitySchemes"] = SECURITY
    components.setdefault("schemas", {}).update(schemas())
    return schema
