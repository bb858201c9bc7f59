"""Whatever a server sends, a reply is put together or refused in words; nothing else happens."""

import json
from contextlib import suppress
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from synthqc.assistant.streams import Assembly, BrokenStream, values_in

ANY = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 3) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=6,
)
CALL = st.fixed_dictionaries({}, optional={"index": ANY, "id": ANY, "function": st.fixed_dictionaries({}, optional={"name": ANY, "arguments": ANY}) | ANY})  # fmt: skip
DELTA = st.fixed_dictionaries({}, optional={"content": ANY, "tool_calls": st.lists(CALL, max_size=3) | ANY, "refusal": ANY, "function_call": ANY})  # fmt: skip
CHOICE = st.fixed_dictionaries({}, optional={"delta": DELTA | ANY, "message": DELTA | ANY, "finish_reason": ANY, "text": ANY})  # fmt: skip
PIECE = st.fixed_dictionaries({}, optional={"choices": st.lists(CHOICE | ANY, max_size=2) | ANY, "usage": ANY, "error": ANY, "detail": ANY})  # fmt: skip


async def read(pieces: list[bytes]) -> tuple[str, list[dict[str, Any]]]:
    async def arriving():
        for piece in pieces:
            yield piece

    assembly, text, values = Assembly(), "", []
    with suppress(BrokenStream):
        async for value in values_in(arriving()):
            values.append(value)
            text += assembly.take(value)
    assert all(isinstance(call.arguments, str) and call.name and call.id for call in assembly.calls)
    return text, values


@given(st.lists(PIECE | ANY, max_size=6))
async def test_events_of_any_content(values: list[Any]) -> None:
    await read([f"data: {json.dumps(value)}\n\n".encode() for value in values])


@given(st.lists(st.binary(max_size=20) | st.sampled_from([b"data: ", b"\n", b"\r\n", b"{", b"}", b"[DONE]", b'"a"', b"event: error"]), max_size=20))  # fmt: skip
async def test_any_bytes(pieces: list[bytes]) -> None:
    await read(pieces)


@given(st.lists(PIECE, min_size=1, max_size=4), st.lists(st.integers(0, 300), max_size=8), st.sampled_from(["\n", "\r", "\r\n"]))  # fmt: skip
async def test_where_the_bytes_are_cut_changes_nothing(values: list[Any], places: list[int], line_end: str) -> None:
    stream = "".join(f": ping{line_end}data: {json.dumps(value)}{line_end}{line_end}" for value in values).encode()
    cuts = sorted({min(place, len(stream)) for place in places})
    pieces = [stream[start:end] for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    assert await read(pieces) == await read([stream])
