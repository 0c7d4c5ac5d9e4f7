"""A tiny site for trying the harness on: ``python -m e2e.harness.pages``, on ``PORT``."""

from __future__ import annotations

import os
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self' http://127.0.0.1:*; worker-src 'self';"
    " require-trusted-types-for 'script'; trusted-types site"
)
SCRIPTS = {
    "quiet": "",
    "says-an-error": "console.error('something is wrong')",
    "throws": "setTimeout(() => { throw new Error('nobody caught me') })",
    "rejects": "Promise.reject(new Error('nobody awaited me'))",
    "asks-elsewhere": "fetch('http://127.0.0.1:9/elsewhere').catch(() => undefined)",
    "injects": "try { document.body.innerHTML = '<b>markup</b>' } catch { /* the browser tells */ }",
    "asks-a-question": "setTimeout(() => confirm('Are you sure?'))",
    "asks-the-server": "document.querySelector('#go').onclick = () => fetch('/slow').catch(() => undefined)",
    "sends": """
        const sent = [
          fetch('/quiet/?q=sent in an address'),
          fetch('/quiet', { headers: { 'x-words': 'sent-in-a-header' } }),
          fetch('/quiet', { method: 'POST', body: JSON.stringify({ note: 'sent-in-a-body' }) }),
          fetch('/quiet', { method: 'POST', body: btoa('so sent-in-base64') }),
        ];
        navigator.sendBeacon('/quiet', 'sent-in-a-beacon');
        Promise.allSettled(sent).then(() => { document.title = 'Sent'; });""",
    "worker": "navigator.serviceWorker.register("
    "trustedTypes.createPolicy('site', { createScriptURL: (s) => s }).createScriptURL('/worker.js'))",
    "worker-that-throws": "navigator.serviceWorker.register("
    "trustedTypes.createPolicy('site', { createScriptURL: (s) => s }).createScriptURL('/throwing-worker.js'))",
    "answers": """
        const said = document.querySelector('#said');
        for (const e of document.querySelectorAll('button'))
          e.onclick = () => { said.textContent = 'Pressed ' + e.textContent; };
        document.querySelector('form').onsubmit = (e) => e.preventDefault();
        document.querySelector('form').onchange = (e) => { said.textContent = 'Got ' + e.target.value; };""",
    "keeps-much": """
        const asked = indexedDB.open('diary', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('entries');
        asked.onsuccess = () => {
          const writing = asked.result.transaction('entries', 'readwrite');
          for (let i = 0; i < 500; i += 1) {
            const noise = Array.from({ length: 2500 }, () => Math.random().toString(36)).join('');
            writing.objectStore('entries').put({ note: `${noise} many-marker-${i} ` + 'again '.repeat(50) }, i);
          }
          writing.oncomplete = () => { document.title = 'Kept'; };
        };""",
    "keeps": """
        const asked = indexedDB.open('diary', 1);
        asked.onupgradeneeded = () => asked.result.createObjectStore('entries');
        asked.onsuccess = () => {
          const writing = asked.result.transaction('entries', 'readwrite', { durability: 'strict' });
          const noise = Array.from({ length: 20000 }, () => Math.random().toString(36)).join('');
          const write = (key, value) => writing.objectStore('entries').put(value, key);
          write('a', { note: 'plain-marker is here' });
          write('wide', { note: '\u2764 wide-marker is here' });
          write('key-marker', 1);
          write('repeated', { note: 'compressed '.repeat(2000) + 'folded-marker' + ' compressed'.repeat(2000) });
          write('large', { note: noise + 'large-marker' + noise });
          write('cut', { note: noise.slice(0, 40000) + 'cut-in-two-marker' + noise.slice(0, 20000) });
          write('coded', { note: 'x' + btoa('based-marker') });
          writing.oncomplete = () => {
            localStorage.setItem('note', 'local-marker');
            caches.open('kept').then((c) => c.put('/kept', new Response('cached-marker')))
              .then(() => { document.title = 'Kept'; });
          };
        };""",
}
WORKERS = {
    "/worker.js": """
        self.addEventListener('install', (e) => e.waitUntil(
          caches.open('site').then((c) => c.addAll(['/worker', '/worker/script.js', '/style.css']))
            .then(() => self.skipWaiting())));
        self.addEventListener('activate', (e) => e.waitUntil(self.clients.claim()));
        self.addEventListener('fetch', (e) => e.respondWith(
          caches.match(e.request).then((kept) => kept ?? fetch(e.request)).catch(() => Response.error())));""",
    "/throwing-worker.js": "setTimeout(() => { throw new Error('the worker fell over') })",
}
BODIES = {
    "answers": """
        <main><h1>A page that answers</h1><p id="said" role="status">Nothing yet</p>
        <ul><li>Bread <button>Remove</button></li><li>Tea <button>Remove</button></li></ul>
        <form><label>Note <textarea></textarea></label>
        <fieldset><legend>How was it</legend>
        <label><input type="radio" name="how" value="less"> Less</label>
        <label><input type="radio" name="how" value="same"> The same</label>
        <label><input type="radio" name="how" value="more"> More</label></fieldset>
        <label>Day <input type="date"></label>
        <label>Unit <select><option value="min">minutes</option><option value="m">metres</option></select></label>
        <button>Done</button></form><a href="/quiet">Onwards</a></main>""",
    "wide": "<main><h1>Wide</h1><pre>" + "wide" * 40 + "</pre></main>",
    "wide-when-large": "<main><h1>Fits</h1><p>Unbreakableandlongword</p></main>",
    "covered": "<main><h1>Covered</h1><button id='go'>Hidden from sight</button></main><div class='cover'></div>",
    "no-label": "<main><h1>Fault</h1><input></main>",
}
STYLE = "html { font-size: 112.5% } .cover { position: fixed; inset: 0; background: white }"


class Pages(BaseHTTPRequestHandler):
    """Answer ``/NAME`` with the page of that name."""

    def do_GET(self) -> None:
        """Answer with a page, its script, its style or a worker."""
        name = self.path.split("/")[1]
        if self.path in WORKERS:
            self._answer("text/javascript", WORKERS[self.path])
        elif self.path == "/style.css":
            self._answer("text/css", STYLE)
        elif self.path.endswith("/script.js"):
            self._answer("text/javascript", SCRIPTS.get(name, ""))
        elif name in SCRIPTS or name in BODIES or name == "":
            self._answer("text/html", page(name))
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        """Take anything."""
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._answer("text/plain", "Taken")

    def log_message(self, *what: object) -> None:
        """Say what was asked for."""
        print(*what, flush=True)

    def _answer(self, kind: str, text: str) -> None:
        body = text.encode()
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)


def page(name: str) -> str:
    """Return a page that is without fault but for what it is named after."""
    body = BODIES.get(name, "<main><h1>Quiet</h1><button id='go'>Go</button></main>")
    return (
        "<!doctype html><html lang='en'><head><title>A page</title><link rel='stylesheet' href='/style.css'>"
        "<meta name='viewport' content='width=device-width, initial-scale=1'></head>"
        f"<body>{body}<script src='/{name or 'quiet'}/script.js'></script></body></html>"
    )


if __name__ == "__main__":
    ThreadingHTTPServer(("localhost", int(os.environ["PORT"])), Pages).serve_forever()
