"""Paths of every shape in every wrapping; and routes, URLs and packages that are none of a user's."""
import urllib.parse

import person as p
import place
from plant import Case

# {u} the user, {j} the project, {f} a file's name. Under `share` the user must go; under `bug` all three.
UNIX = ["/home/{u}/{j}/src/{f}.py", "/Users/{u}/{j}/tests/{f}.test.ts", "/var/home/{u}/{j}/{f}.rs", "/export/home/{u}/{j}/{f}.c", "/usr/home/{u}/{j}/{f}.go",
        "/mnt/home/{u}/{j}/{f}.rb", "/data/home/{u}/{j}/{f}.sql", "/home/students/{u}/{j}/{f}.jl", "/Volumes/Disk/Users/{u}/{j}/{f}.swift",
        "/System/Volumes/Data/Users/{u}/{j}/{f}.m", "/mnt/c/Users/{u}/{j}/{f}.cs", "/c/Users/{u}/{j}/{f}.cpp", "/cygdrive/c/Users/{u}/{j}/{f}.h",
        "/media/{u}/disk/{j}/{f}.md", "/run/media/{u}/disk/{j}/{f}.csv", "/scratch/{u}/{j}/{f}.csv", "/afs/cell/user/a/al/{u}/{j}/{f}.tex", "~{u}/{j}/{f}.py"]
WINDOWS = [r"C:\Users\{u}\{j}\src\{f}.cs", r"D:\Users\{u}\{j}\{f}.py", r"c:\users\{u}\{j}\{f}.ts", r"C:\Documents and Settings\{u}\{j}\{f}.vb",
           r"\\wsl$\Ubuntu\home\{u}\{j}\{f}.rs", r"\\wsl.localhost\Ubuntu\home\{u}\{j}\{f}.go", r"\\?\C:\Users\{u}\{j}\{f}.java", r"\\fileserver\homes\{u}\{j}\{f}.xml",
           "C:/Users/{u}/{j}/src/{f}.tsx"]
URIS = ["file:///home/{u}/{j}/src/{f}.ts", "file:///C:/Users/{u}/{j}/{f}.cs", "vscode://file/home/{u}/{j}/{f}.rs:12", "vscode-remote://ssh-remote+box/home/{u}/{j}/{f}.py",
        "file://localhost/Users/{u}/{j}/{f}.kt", "http://localhost:3000/@fs/home/{u}/{j}/src/{f}.ts"]
FRAMES = ["{}", "cd {} && ls", "error in {}: no such file", '  File "{}", line 12, in <module>', "    at load ({}:10:5)", "see `{}`.", "({})", "PATH={}:/usr/bin", "--> {}:3:1", "'{}'",
          '"{}"', "open {} failed", "-I{}", "--config={}", "[{}]", "<{}>", "{},", "{}:12:5: error: no", "1. {}\n2. again {}", "\x1b[32m{}\x1b[0m", "cp {} /tmp/", "export X={}"]
SLUGS = ["~/.claude/projects/-Users-{u}-{j}/3f2b8c1e.jsonl", "ls ~/.claude/projects\n-home-{u}-{j}", "/tmp/claude-501/-Users-{u}-work-{j}/tasks/b1.output", "C--Users-{u}-{j}"]


def percent(rng, t):
    return urllib.parse.quote(t, safe="")


def percent_twice(rng, t):
    return percent(rng, percent(rng, t))


def doubled(rng, t):
    return t.replace("\\", "\\\\")


def escaped_slash(rng, t):
    return t.replace("/", "\\/")


def entity(rng, t):
    return t.replace("/", "&#x2F;")


def plain(rng, t):
    return t


def user(rng, windows):
    """A login as it stands in a home directory."""
    u = p.login(rng).replace("+", "")
    more = [u.upper(), f"{p.word(rng, 2).capitalize()} {p.word(rng, 2).capitalize()}", u + ".CORP"] if windows else [u, u.capitalize()]
    return rng.choice([u, u, u, *more])


def made(rng, shapes, profile, wrap, frame):
    windows = shapes is WINDOWS
    u, j, f = user(rng, windows), p.word(rng, 2) + rng.choice(["-api", "_core", "app", "-" + p.word(rng, 2)]), p.word(rng)
    if " " in u and wrap is not plain:
        u = u.replace(" ", "")
    shape = rng.choice(shapes)
    path = wrap(rng, shape.format(u=u, j=j, f=f))
    frame = '"{}"' if " " in u else frame
    secrets = u.split() if profile == "share" else [*u.split(), j.split("-")[0].split("_")[0], f]
    kind = f"{shape} / {wrap.__name__} / {frame}"
    return Case("paths", kind, frame.replace("{}", path), tuple(s.split(".CORP")[0] for s in secrets), profile=profile)


def field(rng, profile):
    """A path in a field of the format, or as a key."""
    u, j, f = p.login(rng), p.word(rng, 2) + "-" + p.word(rng, 2), p.word(rng)
    path = rng.choice(["/home/{u}/{j}/src/{f}.py", "/Users/{u}/work/{j}/{f}.rs", r"C:\Users\{u}\{j}\{f}.cs"]).format(u=u, j=j, f=f)
    record = rng.choice([
        lambda: {**place.base(rng, "user"), "cwd": path, "message": {"role": "user", "content": "go on"}},
        lambda: {"type": "file-history-snapshot", "messageId": "x", "snapshot": {"trackedFileBackups": {path: {"backupFileName": None, "version": 1}}}},
        lambda: place.call(rng, "Read", file_path=path),
        lambda: place.call(rng, "Grep", pattern="x", path=path),
        lambda: place.answer(rng, "ok", {"filenames": [path], "numFiles": 1}),
        lambda: place.answer(rng, "ok", {"type": "text", "file": {"filePath": path, "content": "x", "numLines": 1}}),
        lambda: {"type": "session_meta", "payload": {"id": "x", "cwd": path, "cli_version": "0.1"}},
        lambda: {"type": "response_item", "payload": {"type": "function_call", "name": "exec_command", "arguments": place.json.dumps({"cmd": "ls " + path, "workdir": path})}},
    ])()
    secrets = (u,) if profile == "share" else (u, j, f)
    return Case("paths in fields", "field", path, secrets, profile=profile, record=record)


def slug(rng, profile):
    u, j = p.word(rng), p.word(rng)
    secrets = (u,) if profile == "share" else (u, j)
    return Case("slugs", "slug", rng.choice(SLUGS).format(u=u, j=j), secrets, profile=profile)


SAFE = """route | GET /users/123 and /users/:id and GET /users/{id}
api | https://api.github.com/users/octocat
page | https://site.example/home/ and /home/page.html is a route
component | app/Users/UserList.tsx renders the list
variable | ls ~ $HOME/x ${HOME} %USERPROFILE%\\Documents %APPDATA%
placeholder | cd /home/user/project and /Users/you and /path/to/file and /home/<user>/x and /Users/{name}
shared | /Users/Shared and /home/linuxbrew/.linuxbrew/bin/brew
container | /github/workspace and /workspaces and /usr/src/app and /home/node/app and /home/vscode
import | import x from "react-dom/client" and from "@scope/pkg/button"
go package | go get github.com/pkg/errors and golang.org/x/sync
docs | https://docs.rs/serde/latest/serde/de/trait.Deserialize.html
system | /usr/lib/python3.12/json/decoder.py and /etc/hosts and C:\\Windows\\System32\\drivers\\etc\\hosts
words | and/or, he/she, TCP/IP, application/json, 24/7, 1/2
date | 2026/05/17 and 05/17/2026
regex | s/foo/bar/g and /^[a-z]+$/i
fraction | 3/4 done, 10 MB/s, km/h
ref | refs/heads/main and origin/main and HEAD~1""".split("\n")


def cases(rng, size):
    out = []
    for profile in ("share", "bug"):
        for _ in range(size):
            shapes = rng.choice([UNIX, UNIX, WINDOWS, URIS])
            wraps = [plain] * 5 + ([doubled] if shapes is WINDOWS else [percent, percent_twice, escaped_slash, entity])
            if profile == "share":
                shapes = [s for s in shapes if not s.startswith("~")] if shapes is UNIX else shapes
            frames = [f for f in FRAMES if f != "-I{}"] if shapes is URIS else FRAMES
            out.append(made(rng, shapes, profile, rng.choice(wraps), rng.choice(frames)))
        out += [field(rng, profile) for _ in range(size // 4)] + [slug(rng, profile) for _ in range(size // 8)]
    for line in SAFE:
        kind, body = (x.strip() for x in line.split(" | ", 1))
        out.append(Case("no path of a user", kind, body, profile="share"))
    return out
