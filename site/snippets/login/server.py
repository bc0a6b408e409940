"""The login of a sidebar page's server, with nothing but Python's standard library (3.9 or newer).

ORIGIN=https://page.example SECRET=… python3 server.py
"""

import hashlib
import hmac
import json
import os
import re
import secrets
import time
from http import HTTPStatus
from http.client import HTTPException
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, quote, unquote, urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, build_opener

HUB = os.environ.get("JUZI_HUB", "https://hub.juzibot.com")
ORIGIN = os.environ["ORIGIN"]  # where browsers reach this server
SECRET = os.environ["SECRET"].encode()
if len(SECRET) < 32:
    raise SystemExit("SECRET must have at least 32 characters")

LOGIN, LOGIN_SECONDS, MAX_LOGINS = "__Host-juzi-login-", 600, 5
SESSION, SESSION_SECONDS = "__Host-session", 8 * 3600
MAX_BYTES = 65_536

# The hub's errcodes. With the first three the user logs in again.
ERRCODES = {-1: "invalid_code", -2: "expired_code", -4: "missing_code"}
OVER = {"state_mismatch", *ERRCODES.values()}


class LoginError(Exception):
    """Its text is the name of an error in the specification, and never contains a code or a state."""

    @property
    def status(self):
        return HTTPStatus.UNAUTHORIZED if str(self) in OVER else HTTPStatus.BAD_GATEWAY


class NoRedirects(HTTPRedirectHandler):
    """A code goes to the hub and nowhere else."""

    def redirect_request(self, *_):
        return None


hub = build_opener(NoRedirects)


def user_of(code):
    """Redeems a code: one request, which is never repeated."""
    if not isinstance(code, str) or not code:
        raise LoginError("missing_code")
    if len(code.encode(errors="replace")) > 1024:
        raise LoginError("invalid_code")
    query = urlencode({"code": code}, errors="replace")
    try:
        with hub.open(f"{HUB}/api/v1/oauth/getUserInfo?{query}", timeout=10) as answer:
            body = answer.read(MAX_BYTES + 1)
    except HTTPError as error:
        raise LoginError("hub_unreachable" if 300 <= error.code < 400 else "bad_answer") from None
    except (OSError, HTTPException) as error:
        late = isinstance(getattr(error, "reason", error), TimeoutError)
        raise LoginError("timeout" if late else "hub_unreachable") from None
    try:
        found = json.loads(body) if len(body) <= MAX_BYTES else None
        errcode, user = found["errcode"], found.get("data")
        if errcode == 0 and isinstance(user["userId"], str) and user["userId"]:
            return {"userId": user["userId"], "corpId": user.get("corpId", "")}
    except (ValueError, LookupError, TypeError, AttributeError):
        raise LoginError("bad_answer") from None
    raise LoginError("bad_answer" if errcode == 0 else ERRCODES.get(errcode, "unknown_error"))


def signature(name, text):
    """With the cookie's name, so that a login is no session."""
    return hmac.new(SECRET, f"{name}={text}".encode(), hashlib.sha256).hexdigest()


def cookie(name, value, seconds):
    """The page is in the frame of another site, where browsers keep and send no other cookies."""
    return f"{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; Secure; SameSite=None; Partitioned"


def signed(name, text, seconds):
    return cookie(name, f"{text}.{signature(name, text)}", seconds)


def text_in(cookies, name):
    """The text of a signed cookie, or None."""
    text, _, given = cookies.get(name, "").rpartition(".")
    return text if hmac.compare_digest(given.encode(), signature(name, text).encode()) else None


PROBLEM = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Log in</title>
<p>{}</p><p lang="zh-CN">{}</p><p><a href="/login">Log in again · 重新登录</a></p><p><small>{}</small></p>"""
IS_OVER = (
    "This login is over: it took too long, was used before, or began in another browser.",
    "这次登录已失效：超时、已用过，或是在别的浏览器里开始的。",
)
NO_HUB = (
    "Juzi does not answer at the moment. Wait a minute before you log in again.",
    "句子暂时没有应答。请过一分钟再重新登录。",
)


class Server(BaseHTTPRequestHandler):
    timeout = 60  # of a connection that sends nothing

    def do_GET(self):
        path, _, query = self.path.partition("?")
        if path == "/login":
            self.begin()
        elif path == "/callback":
            self.end({name: values[0] for name, values in parse_qs(query).items() if len(values) == 1})
        elif path == "/user":
            self.tell_user()
        else:
            self.answer(HTTPStatus.NOT_FOUND, "not found")

    def do_POST(self):
        if self.path == "/session":
            self.redeem()
        else:
            self.answer(HTTPStatus.NOT_FOUND, "not found")

    def begin(self):
        """Sends the browser to the hub. The state is in a signed cookie, so only this browser can end the login."""
        if self.headers.get("Sec-Purpose", "").startswith("prefetch"):
            self.answer(HTTPStatus.SERVICE_UNAVAILABLE, "")  # the user may never open the page
            return
        state = secrets.token_hex(16)
        # The oldest logins of a browser that has too many. What is not a login of ours is older than all.
        names = [name for name in self.cookies() if re.fullmatch(LOGIN + "[a-z0-9]{1,8}", name)]
        begun = sorted((ends_at(text_in(self.cookies(), name)), name) for name in names)
        too_many = begun[: max(0, len(begun) + 1 - MAX_LOGINS)]
        name = LOGIN + state[:8]
        text = f"{state}.{int(time.time()) + LOGIN_SECONDS}"
        query = urlencode({"redirect_uri": f"{ORIGIN}/callback", "state": state})
        cookies = [cookie(old, "", 0) for _, old in too_many] + [signed(name, text, LOGIN_SECONDS)]
        self.answer(HTTPStatus.FOUND, "", cookies, location=f"{HUB}/oauth/connect/authorize?{query}")

    def end(self, query):
        """The hub sends the browser back. The answer leads away from this address, because its code is used."""
        state = query.get("state", "")
        name = LOGIN + state[:8]
        text = text_in(self.cookies(), name)
        ours = text is not None and text.split(".")[0] == state and time.time() < ends_at(text)
        # A state is for one callback: its cookie is removed whether the login succeeds or not.
        cookies = [cookie(name, "", 0)] if ours else []
        try:
            if not ours:
                raise LoginError("state_mismatch")
            cookies.append(session_of(user_of(query.get("code"))))
            self.answer(HTTPStatus.SEE_OTHER, "", cookies, location="/")
        except LoginError as error:
            texts = IS_OVER if str(error) in OVER else NO_HUB
            self.answer(error.status, PROBLEM.format(*texts, error), cookies, content_type="text/html; charset=utf-8")

    def redeem(self):
        """In the sidebar there is no redirect: the page posts the code of `sidebarAuth`."""
        try:
            length = int(self.headers.get("Content-Length", "0"))
            posted = json.loads(self.rfile.read(length)) if 0 < length <= MAX_BYTES else None
        except (ValueError, RecursionError):
            posted = None
        # Other websites can send requests with the cookies of this one.
        if self.headers.get("Origin") != ORIGIN:
            self.answer(HTTPStatus.FORBIDDEN, "wrong origin")
            return
        try:
            user = user_of(posted.get("code") if isinstance(posted, dict) else None)
            self.answer_json({"userId": user["userId"]}, [session_of(user)])
        except LoginError as error:
            self.answer(error.status, str(error))

    def tell_user(self):
        text = text_in(self.cookies(), SESSION)
        session = json.loads(unquote(text)) if text else {"until": 0}
        if time.time() * 1000 < session.pop("until"):
            self.answer_json(session)
        else:
            self.answer(HTTPStatus.UNAUTHORIZED, "nobody is logged in")

    def cookies(self):
        pairs = (pair.strip().partition("=") for pair in self.headers.get("Cookie", "").split(";"))
        return {name: value for name, _, value in pairs}

    def answer_json(self, value, cookies=()):
        self.answer(HTTPStatus.OK, json.dumps(value), cookies, content_type="application/json")

    def answer(self, status, body, cookies=(), content_type="text/plain; charset=utf-8", location=None):
        body = body.encode()
        self.send_response(status)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        if location:
            self.send_header("Location", location)
        for value in cookies:
            self.send_header("Set-Cookie", value)
        self.end_headers()
        self.wfile.write(body)

    def log_request(self, *_):
        """Addresses of callbacks contain codes, which no log should have."""


def ends_at(text):
    """The time at which a login ends, in its cookie."""
    return int(text.split(".")[1]) if text else 0


def session_of(user):
    """The user in a signed cookie: the server keeps nothing."""
    until = int((time.time() + SESSION_SECONDS) * 1000)
    return signed(SESSION, quote(json.dumps({**user, "until": until}), safe=""), SESSION_SECONDS)


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), Server)
    print(f"listening on port {server.server_port}", flush=True)
    server.serve_forever()
