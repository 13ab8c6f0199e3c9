"""Stands in for the Messages API and the feedback endpoint, on loopback, so that the real client can run sealed off.

usage: stub.py LOG TLS_FOLDER [SCRIPT.json]

SCRIPT is a list of turns of the assistant, each a list of content blocks. Every request becomes one JSON line of LOG."""

import http.server
import json
import os
import ssl
import sys
import threading
import time

LOG = open(sys.argv[1], "a")
TURNS = json.load(open(sys.argv[3])) if len(sys.argv) > 3 else []
turn = [0]


def events(message, blocks, stop):
    yield "message_start", {"type": "message_start", "message": message}
    for i, block in enumerate(blocks):
        if block["type"] == "text":
            empty, delta = {"type": "text", "text": ""}, {"type": "text_delta", "text": block["text"]}
        else:
            empty = {**block, "input": {}}
            delta = {"type": "input_json_delta", "partial_json": json.dumps(block["input"])}
        yield "content_block_start", {"type": "content_block_start", "index": i, "content_block": empty}
        yield "content_block_delta", {"type": "content_block_delta", "index": i, "delta": delta}
        yield "content_block_stop", {"type": "content_block_stop", "index": i}
    delta = {"stop_reason": stop, "stop_sequence": None}
    yield "message_delta", {"type": "message_delta", "delta": delta, "usage": {"output_tokens": 5}}
    yield "message_stop", {"type": "message_stop"}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def note(self, body=""):
        LOG.write(json.dumps({"method": self.command, "path": self.path, "body": body}) + "\n")
        LOG.flush()

    def reply(self, data, kind="application/json"):
        self.send_response(200)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def do_GET(self):
        self.note()
        self.reply(b"{}")

    do_HEAD = do_GET

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode("utf-8", "replace")
        self.note(body)
        if "feedback" in self.path:
            return self.reply(b'{"feedback_id":"fb_stub"}')
        if "count_tokens" in self.path:
            return self.reply(b'{"input_tokens":10}')
        if "/messages" not in self.path:
            return self.reply(b"{}")
        request = json.loads(body)
        blocks = [{"type": "text", "text": "Done."}]
        if request.get("tools") and turn[0] < len(TURNS):
            blocks = TURNS[turn[0]]
            turn[0] += 1
        stop = "tool_use" if any(b["type"] == "tool_use" for b in blocks) else "end_turn"
        message = {
            "id": "msg_01stub%016d" % int(time.time() * 1e6), "type": "message", "role": "assistant",
            "model": request.get("model", "m"), "content": [], "stop_reason": None, "stop_sequence": None,
            "usage": {"input_tokens": 10, "output_tokens": 1},
        }
        if not request.get("stream"):
            return self.reply(json.dumps({**message, "content": blocks, "stop_reason": stop}).encode())
        stream = "".join(f"event: {k}\ndata: {json.dumps(v)}\n\n" for k, v in events(message, blocks, stop))
        self.reply(stream.encode(), "text/event-stream")


tls = http.server.ThreadingHTTPServer(("127.0.0.1", 443), Handler)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(os.path.join(sys.argv[2], "server.pem"), os.path.join(sys.argv[2], "server.key"))
tls.socket = context.wrap_socket(tls.socket, server_side=True)
threading.Thread(target=tls.serve_forever, daemon=True).start()
http.server.ThreadingHTTPServer(("127.0.0.1", 8399), Handler).serve_forever()
