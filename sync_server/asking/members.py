"""Pages for members: who is signed in, or the way to the sign-in page and back."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sync_server.asking.visits import visit_of


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person in one of their browsers."""

    person_id: str
    session_id: str


async def signed_in(request: Request) -> SignedIn | Response:
    """Who is signed in; else the answer that leads to signing in, and from there to this page.

    What a form would have done is not done: after signing in, the page it stands on is shown.
    """
    session = await visit_of(request).session()
    if session and session.person_id:
        return SignedIn(session.person_id, session.id)
    path = request.url.path if request.method in ("GET", "HEAD") else ""
    query = f"?{request.url.query}" if request.url.query and path else ""
    return RedirectResponse(f"/sign-in?{urlencode({'next': path + query})}", 303)
