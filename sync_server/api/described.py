"""The OpenAPI description of the booking API: every status it answers, with every code."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final

import msgspec

from sync_server.api import answers, day_answers, series_forms, wishes
from sync_server.api.codes import ApiCode

Responses = dict[int | str, dict[str, Any]]

_REF: Final = "#/components/schemas/{name}"
_JSON: Final = "application/json"
_ANYWHERE: Final = {503: (ApiCode.TRY_AGAIN,)}
"""What every operation may answer."""


def schemas() -> dict[str, Any]:
    """The components of all bodies and answers by name."""
    told = (answers, day_answers, wishes, series_forms)
    types = [each for module in told for each in _structs(module)]
    return msgspec.json.schema_components(types, ref_template=_REF)[1]


def answered(status: int, description: str, type_: type) -> Responses:
    """The wished answer of an operation."""
    return {status: _content(description, ref(type_))}


def without_body(status: int, description: str) -> Responses:
    """An answer that is its status alone."""
    return {status: {"description": description}}


def refused(
    by_status: Mapping[int, Iterable[str]],
    *,
    also: Mapping[int, Mapping[str, Any]] = MappingProxyType({}),
    **with_409: Any,
) -> Responses:
    """The refusals of an operation: which codes come with which status.

    `also`: what else they may tell, by status, name and type; most of it with a conflict.
    """
    found: Responses = {}
    for status, codes in sorted({**_ANYWHERE, **by_status}.items()):
        told = [str(code) for code in codes]
        more = with_409 if status == 409 else also.get(status, {})
        schema = _refusal(told, more)
        found[status] = _content(", ".join(f"`{code}`" for code in told), schema)
    return found


def _refusal(codes: list[str], more: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "required": ["code", "sentence"],
        "properties": {
            "code": {"type": "string", "enum": codes},
            "sentence": {"type": "string"},
            "detail": {"type": "string", "description": "For whoever writes the program."},
            **{
                name: msgspec.json.schema_components([type_], ref_template=_REF)[0][0]
                for name, type_ in more.items()
            },
        },
    }


def takes(type_: type) -> dict[str, Any]:
    """The body that an operation takes, for `openapi_extra`."""
    return {"requestBody": {"required": True, "content": {_JSON: {"schema": ref(type_)}}}}


def secured(*, needed: bool = True) -> dict[str, Any]:
    """A token is needed, or makes a difference, for `openapi_extra`."""
    return {"security": [{"token": []}] if needed else [{}, {"token": []}]}


def ref(type_: type) -> dict[str, str]:
    return {"$ref": _REF.format(name=type_.__name__)}


def _content(description: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": description, "content": {_JSON: {"schema": schema}}}


def _structs(module: Any) -> list[type]:
    own = [each for each in vars(module).values() if isinstance(each, type)]
    return [each for each in own if issubclass(each, msgspec.Struct)]
