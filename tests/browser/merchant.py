"""A shop of another address: a page with the one line, under the strictest policy the chat promises to bear."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = """<!doctype html>
<html lang="de"><head><meta charset="utf-8"><title>Radladen</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/own.css">
{line}</head>
<body><h1>Radladen</h1><button type="button" data-tresen-open>Fragen Sie uns</button>{more}</body></html>"""
LINE = '<script src="{assistant}/widget.js" data-lang="de"{options} defer></script>'
POLICY = (
    "default-src 'none'; script-src 'self' {assistant}; connect-src 'self' {assistant}; "
    "img-src 'self' {assistant} data:; style-src 'self'; frame-src {assistant}"
)


class Merchant:
    """What the shop's page says; `assistant` is filled in once the gateway has an address."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.assistant = ""
        self.accent = ' data-accent="#0b57a4"'
        self.options = ""
        self.body = ""
        self.stricter = ""
        self.css = "body { font-family: serif }"

    def page(self, *, embedded: bool) -> str:
        """The page with the one line, or without it."""
        line = LINE.format(assistant=self.assistant, options=self.accent + self.options) if embedded else ""
        return PAGE.format(line=line, more=self.body)


class Handler(BaseHTTPRequestHandler):
    """Serves the page, an empty style sheet and an icon."""

    server: "Shop"

    def do_GET(self) -> None:
        """Answer every address."""
        merchant = self.server.merchant
        kinds = {"/own.css": ("text/css", merchant.css), "/icon.svg": ("image/svg+xml", "<svg/>")}
        page = merchant.page(embedded=self.path != "/framed")
        kind, content = kinds.get(self.path, ("text/html; charset=utf-8", page))
        body = content.encode()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY.format(assistant=merchant.assistant) + merchant.stricter)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: object) -> None:
        """Say nothing."""


class Shop(ThreadingHTTPServer):
    """The server with its merchant."""

    merchant: Merchant


@contextmanager
def open_for_business() -> Iterator[Merchant]:
    """A shop on a free port."""
    server = Shop(("127.0.0.1", 0), Handler)
    server.merchant = Merchant(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.merchant
    server.shutdown()
    thread.join()
    server.server_close()
