"""Where a text stands in a transcript: one function a place, each gives a record."""
import json
import uuid

AN = "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789"


def run(rng, alphabet, n):
    """`n` characters of an alphabet."""
    return "".join(rng.choice(alphabet) for _ in range(n))


def base(rng, kind):
    """The fields that every record has."""
    u = lambda: str(uuid.UUID(int=rng.getrandbits(128), version=4))
    return {"parentUuid": u(), "isSidechain": False, "userType": "external", "cwd": "/srv/app", "sessionId": u(),
            "version": "2.1.4", "gitBranch": "main", "type": kind, "uuid": u(), "timestamp": "2026-03-04T10:11:12.345Z"}


def user(rng, content):
    return {**base(rng, "user"), "message": {"role": "user", "content": content}}


def assistant(rng, blocks):
    return {**base(rng, "assistant"), "message": {"id": "msg_01" + run(rng, AN, 22), "type": "message", "role": "assistant",
            "model": "claude", "content": blocks, "stop_reason": "tool_use", "usage": {"input_tokens": 12, "output_tokens": 400}},
            "requestId": "req_011" + run(rng, AN, 21)}


def call(rng, name, **arguments):
    return assistant(rng, [{"type": "tool_use", "id": "toolu_01" + run(rng, AN, 22), "name": name, "input": arguments}])


def answer(rng, content, extra=None):
    block = {"tool_use_id": "toolu_01" + run(rng, AN, 22), "type": "tool_result", "content": content}
    return {**user(rng, [block]), **({"toolUseResult": extra} if extra else {})}


def prompt(rng, t):
    return user(rng, "Please look at this and tell me what is wrong.\n\n" + t + "\n\nThanks!")


def bare_prompt(rng, t):
    return user(rng, t)


def prompt_block(rng, t):
    return user(rng, [{"type": "text", "text": "I ran it again.\n" + t}])


def said(rng, t):
    return assistant(rng, [{"type": "text", "text": "Here is what stands there now:\n\n" + t + "\n\nLet me go on."}])


def fenced(rng, t):
    return assistant(rng, [{"type": "text", "text": "I found this:\n```\n" + t + "\n```\nIt looks right."}])


def written(rng, t):
    return call(rng, "Write", file_path="/srv/app/notes.txt", content="first line\n" + t + "\nlast line\n")


def edited(rng, t):
    return call(rng, "Edit", file_path="/srv/app/settings.txt", old_string="a = 1\n", new_string="a = 1\n" + t + "\nb = 2\n")


def printed(rng, t):
    out = "total 8\n" + t + "\ndone in 0.31s\n"
    return answer(rng, out, {"stdout": out, "stderr": "", "interrupted": False, "isImage": False})


def result_blocks(rng, t):
    return answer(rng, [{"type": "text", "text": t}])


def result_json(rng, t):
    return answer(rng, json.dumps({"ok": True, "items": [{"id": 7, "body": t}], "next": None}))


def result_deep_json(rng, t):
    return answer(rng, [{"type": "text", "text": json.dumps({"status": 200, "payload": json.dumps({"log": t})})}])


def numbered(rng, t):
    lines = ["import sys", "", *t.split("\n"), "", "# end"]
    return answer(rng, "\n".join(f"{i:>6}→{line}" for i, line in enumerate(lines, 1)))


def patched(rng, t):
    lines = [" first", "-old", *("+" + x for x in t.split("\n")), " last"]
    hunk = {"oldStart": 1, "oldLines": 3, "newStart": 1, "newLines": len(lines) - 1, "lines": lines}
    return answer(rng, "The file has been updated.", {"filePath": "/srv/app/a.txt", "structuredPatch": [hunk]})


def queued(rng, t):
    return {"type": "queue-operation", "operation": "enqueue", "timestamp": "2026-03-04T10:11:12.345Z", "content": t}


def summed_up(rng, t):
    return {"type": "summary", "summary": "Work on the service.\n" + t, "leafUuid": str(uuid.UUID(int=rng.getrandbits(128)))}


PLACES = [prompt, bare_prompt, prompt_block, said, fenced, written, edited, printed, result_blocks, result_json,
          result_deep_json, numbered, patched, queued, summed_up]


def split_blocks(rng, pieces):
    return user(rng, [{"type": "text", "text": p} for p in pieces])


def split_patch(rng, pieces):
    hunk = {"oldStart": 1, "oldLines": 1, "newStart": 1, "newLines": len(pieces), "lines": ["+" + p for p in pieces]}
    return answer(rng, "updated", {"filePath": "/srv/app/a.txt", "structuredPatch": [hunk]})


def draw(rng, text):
    """A record with `text` at a place drawn at random; a list of pieces goes to neighbours."""
    if isinstance(text, list):
        return rng.choice([split_blocks, split_patch])(rng, text)
    return rng.choice(PLACES)(rng, text)
