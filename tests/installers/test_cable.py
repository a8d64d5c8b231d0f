"""The cable carries bytes both ways until it is cut, and again once it is mended."""

import asyncio

import pytest

from installers.demo.network import Cable


async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while line := await reader.readline():
        writer.write(line.upper())
    writer.close()


async def ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"hello\n")
    answer = await reader.readline()
    writer.close()
    return answer


async def rest_of(reader: asyncio.StreamReader) -> bytes:
    """What still comes before the connection ends, in order or broken."""
    try:
        return await reader.read()
    except ConnectionError:
        return b""


async def test_a_whole_cable_carries_and_a_cut_one_breaks_what_is_open() -> None:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    cable = Cable(server.sockets[0].getsockname()[1])
    await cable.mend()
    assert await ask(cable.port) == b"HELLO\n"

    reader, writer = await asyncio.open_connection("127.0.0.1", cable.port)
    writer.write(b"still there\n")
    assert await reader.readline() == b"STILL THERE\n"
    await cable.cut()
    assert not cable.whole
    assert await rest_of(reader) == b""
    writer.close()
    with pytest.raises(ConnectionRefusedError):
        await ask(cable.port)

    port = cable.port
    await cable.mend()
    assert cable.port == port
    assert await ask(port) == b"HELLO\n"
    await cable.cut()
    server.close()
    await asyncio.sleep(0.05)  # the far ends hear that the calls are over


async def test_without_a_server_behind_it_the_cable_breaks_the_call() -> None:
    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    server.close()
    await server.wait_closed()
    cable = Cable(port)
    await cable.mend()
    reader, writer = await asyncio.open_connection("127.0.0.1", cable.port)
    assert await rest_of(reader) == b""
    writer.close()
    await cable.cut()
    await asyncio.sleep(0.05)
