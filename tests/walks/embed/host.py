"""Pages of somebody else, served from another address of this machine, on which a form is embedded."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urlsplit

HOSTILE = """
*:not(html, head, body, main, style) { all: unset !important; display: none !important; opacity: 0 !important;
  color: #ff0 !important; font: 3px serif !important; position: absolute !important; left: -999em !important;
  transform: scale(.1) !important; visibility: hidden !important; pointer-events: none !important; }
main, main > #feedback, main > h1, main > button { all: revert !important; }
html { font-size: 4px; }
body { text-transform: uppercase; letter-spacing: .5em; line-height: .1; word-spacing: 2em; direction: ltr; }
div > button, fieldset, legend, input, label, dialog, :host { display: none !important; }
"""
"""What a host page might do to everything on it; only its own places for the form are left alone."""
EVENTS = """
window.told = [];
for (const name of ["ready", "open", "close", "page", "submitted", "accepted", "refused", "error"])
  document.addEventListener(`hearback:${name}`, (event) => {
    told.push([name, event.detail]);
    document.documentElement.dataset.told = told.map((one) => one[0]).join(" ");
  });
window.keys = [];
document.addEventListener("keydown", (event) => keys.push(event.key));
"""


@dataclass
class Host:
    """A web server with pages of its own, each with a title, a body, styles and a policy."""

    address: str
    pages: dict[str, tuple[str, str]] = field(default_factory=dict)

    def put(self, path: str, body: str, *, policy: str = "", styles: str = "", language: str = "en") -> str:
        """Add a page that notes the events of forms and the keys it hears of; gives its address."""
        own = f'<link rel="stylesheet" href="{path}.css"><script src="/events.js"></script>'
        self.pages[f"{path}.css"] = (styles, "")
        return self.put_bare(path, body, policy=policy, language=language, head=own)

    def put_bare(
        self, path: str, body: str, *, policy: str = "", language: str = "en", head: str = ""
    ) -> str:
        """Add a page without script or style of its own; gives its address."""
        text = (
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>A host</title>'
            '<meta name="viewport" content="width=device-width, initial-scale=1">'
            f"{head}</head><body>{body}</body></html>"
        )
        self.pages[path] = (text, policy)
        return self.address + path


@contextmanager
def hosted() -> Iterator[Host]:
    """Serve pages on a free port until the block ends."""
    host = Host("")
    host.pages |= {"/events.js": (EVENTS, ""), "/favicon.ico": ("", "")}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            text, policy = host.pages.get(path, ("", ""))
            self.send_response(200 if path in host.pages else 404)
            kind = {"css": "text/css", "js": "text/javascript"}.get(path.rpartition(".")[2], "text/html")
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            if policy:
                self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *args: object) -> None:
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    host.address = f"http://127.0.0.1:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
