"""The scripted visit of `installers/demo.sh --check`: every step is told, or the check fails."""

from installers.demo.kiosk import Fittings, Kiosk
from installers.demo.running import Running
from installers.demo.steps import say, step, told
from installers.demo.trouble import DemoTrouble
from installers.demo.visit import ANSWER_WITHIN_S, SENT_WITHIN_S, Visit, arrived, visit


async def check(demo: Running) -> None:
    """Online, without the server, back again, and in the house without devices."""
    say("A member comes in")
    await arrived(demo, await visit(demo, "member"))

    say("The server is stopped")
    with step("Server stopped"):
        await demo.server.stop()
    offline = await visit(demo, "host")
    _kept(demo, offline)

    say("The server is back")
    with step("Server ready"):
        await demo.server.start()
    with step("Kiosk sent what it kept"):
        await _sent(demo, offline)
    await arrived(demo, offline)

    say("The other house, without door, camera and broker")
    with step("Broker stopped"):
        demo.broker.stop()
    kiosk = await _second_kiosk(demo)
    await arrived(demo, await _visit_by_typing(demo, kiosk, "other_site"))
    with step("Log verified, link by link"):
        await demo.server.verify_log()


def _kept(demo: Running, visited: Visit) -> None:
    with step(f"Kept on the kiosk: {len(visited.events)} event(s), none of them on the server"):
        if any(demo.server.times_in_log(visited.events).values()):
            raise DemoTrouble("The server knows of a visit although it was stopped.")


async def _sent(demo: Running, visited: Visit) -> None:
    last = visited.events[-1]
    await demo.kiosk.reports.next("sent", 0, SENT_WITHIN_S, lambda line: last in line["events"])


async def _second_kiosk(demo: Running) -> Kiosk:
    """A kiosk of the second site, which has nothing but its keyboard."""
    with step("Second kiosk enrolled and running"):
        fittings = Fittings(server=f"http://127.0.0.1:{demo.cable.port}")
        return await demo.open_kiosk("kiosk-2", demo.seeded["site2"], fittings)


async def _visit_by_typing(demo: Running, kiosk: Kiosk, part: str) -> Visit:
    mark = kiosk.reports.mark
    with step("Short code typed"):
        await kiosk.type(demo.seeded["passes"][part]["short_code"])
        answer = await kiosk.reports.next("answer", mark, ANSWER_WITHIN_S)
    if answer["outcome"] != "admitted":
        raise DemoTrouble(f"Not admitted but {answer['outcome']}: {answer.get('reason')}.")
    told(f"Admitted: {answer['because']}", answer["ms"] / 1000)
    return Visit(tuple(answer["event_ids"]))
