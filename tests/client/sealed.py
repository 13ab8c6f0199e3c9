"""The real client, sealed off: a network namespace with loopback only, an empty environment, a made-up home, a dummy
key, and stub.py in place of the service. Needs Linux, root, tmux, openssl, and npm for the client itself."""

import json
import os
import shutil
import subprocess
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PACKAGE, VERSION = "@anthropic-ai/claude-code-linux-x64", "2.1.330"
HOSTS = ["api.anthropic.com", "claude.ai", "platform.claude.com", "statsig.anthropic.com", "storage.googleapis.com"]
KEY = "sk-ant-dummy-not-a-key"


def missing():
    """Why the client cannot be run here, or None."""
    if os.geteuid() != 0:
        return "it needs root, for a network namespace"
    for tool in ("tmux", "openssl", "npm", "unshare", "git"):
        if not shutil.which(tool):
            return f"{tool} is not installed"
    if subprocess.run(["unshare", "-n", "-m", "true"], stderr=subprocess.DEVNULL).returncode:
        return "network namespaces are not allowed here"
    return None


class Client:
    """The client in `folder`, installed there if need be."""

    def __init__(self, folder):
        self.folder = os.path.abspath(folder)
        self.program = os.path.join(self.folder, "node_modules", *PACKAGE.split("/"), "claude")
        os.makedirs(self.folder, exist_ok=True)
        if not os.path.exists(self.program):
            with open(os.path.join(self.folder, "package.json"), "w") as file:
                file.write('{"name":"sealed-client","private":true}')
            command = ["npm", "install", "--ignore-scripts", "--no-fund", "--no-audit", f"{PACKAGE}@{VERSION}"]
            subprocess.run(command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.tls = os.path.join(self.folder, "tls")
        if not os.path.exists(os.path.join(self.tls, "hosts")):
            self.make_certificates()

    def make_certificates(self):
        os.makedirs(self.tls, exist_ok=True)
        with open(os.path.join(self.tls, "ext"), "w") as file:
            file.write("subjectAltName=" + ",".join("DNS:" + host for host in HOSTS))
        for command in (
            'openssl req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30 -subj "/CN=loopback test ca"',
            'openssl req -newkey rsa:2048 -nodes -keyout server.key -out server.csr -subj "/CN=loopback"',
            "openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out server.pem -days 30 -extfile ext",
        ):
            subprocess.run(command, shell=True, cwd=self.tls, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(os.path.join(self.tls, "hosts"), "w") as file:
            file.write("127.0.0.1 localhost " + " ".join(HOSTS) + "\n")

    def argv(self, home, args, log, script=None, env=()):
        tls = self.tls
        variables = [
            "PATH=/usr/local/bin:/usr/bin:/bin", "HOME=" + home, "TERM=xterm-256color", "LANG=C.UTF-8",
            "ANTHROPIC_BASE_URL=http://127.0.0.1:8399", "ANTHROPIC_API_KEY=" + KEY, "DISABLE_AUTOUPDATER=1",
            "DISABLE_TELEMETRY=1", "DISABLE_ERROR_REPORTING=1", "IS_SANDBOX=1",
            f"NODE_EXTRA_CA_CERTS={tls}/ca.pem", f"SSL_CERT_FILE={tls}/ca.pem", *env,
        ]
        inner = (
            f"mount --bind {tls}/hosts /etc/hosts; ip link set lo up; python3 {HERE}/stub.py {log} {tls} {script or ''} & "
            # A loaded machine takes its time until the stub listens.
            's=$!; for i in {1..300}; do (: < /dev/tcp/127.0.0.1/8399) 2>/dev/null && break; sleep 0.1; done; '
            '"$@"; r=$?; kill $s; exit $r'
        )
        return ["unshare", "-n", "-m", "env", "-i", *variables, "bash", "-c", inner, "x", self.program, *args]

    def run(self, home, cwd, args, log, script=None, env=()):
        prepare(home, cwd)
        return subprocess.run(self.argv(home, args, log, script, env), cwd=cwd, timeout=600, stdout=subprocess.PIPE, text=True)

    def plugin(self, *args):
        """`claude plugin …`, which needs no service."""
        with_home = {"PATH": os.environ["PATH"], "HOME": self.folder}
        command = ["unshare", "-n", self.program, "plugin", *args]
        return subprocess.run(command, env=with_home, timeout=600, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)

    def bug(self, home, cwd, session, log, plugin=None, refusal="Not sent", env=()):
        """Types /bug in the real interface. Gives what was sent, or None and what stood on the screen: where nothing is
        sent with another provider, the client saves an archive."""
        prepare(home, cwd)
        open(log, "w").close()
        args = ["--resume", session] + (["--plugin-dir", plugin] if plugin else [])
        screen = Screen(self.argv(home, args, log, env=env), cwd)
        try:
            screen.wait("for shortcuts", "Try the new", "shift+tab", limit=180)
            if "Try the new" in screen.text():
                screen.keys("Down", "Enter")
                time.sleep(2)
            screen.keys("/bug it fails")
            screen.wait("/bug it fails")
            screen.keys("Enter")
            last = ("This report will include", "An archive will be saved")
            seen = screen.wait("Describe the issue", "How much session history", *last, refusal, limit=180)
            if seen == "Describe the issue":
                screen.keys("Enter")
                seen = screen.wait("How much session history", *last)
            if seen == "How much session history":
                screen.keys("Enter")
                seen = screen.wait(*last)
            if seen not in last:
                return None, screen.text()
            screen.keys("Down", "Enter")
            screen.wait("Feedback sent", "Could not", "Saved", "feedback-bundles")
            time.sleep(1)
        finally:
            screen.close()
        for line in open(log):
            request = json.loads(line)
            if "feedback" in request["path"] and request["method"] == "POST":
                return json.loads(json.loads(request["body"])["content"]), ""
        return None, "nothing arrived"


class Screen:
    """A program in a terminal of its own, with a tmux server of its own: one that is ending takes no new session."""

    count = 0

    def __init__(self, argv, cwd):
        Screen.count += 1
        self.tmux = ["tmux", "-L", f"sealed-{os.getpid()}-{Screen.count}"]
        quoted = " ".join("'" + arg.replace("'", "'\\''") + "'" for arg in argv)
        command = f"cd {cwd} && {quoted}; sleep 30"
        subprocess.run([*self.tmux, "new-session", "-d", "-x", "160", "-y", "50", command], check=True)

    def text(self):
        shot = subprocess.run([*self.tmux, "capture-pane", "-p"], stdout=subprocess.PIPE, text=True).stdout
        return "\n".join(line for line in shot.split("\n") if line.strip())

    def wait(self, *words, limit=120):
        end = time.time() + limit
        while time.time() < end:
            text = self.text()
            for word in words:
                if word in text:
                    return word
            time.sleep(0.3)
        return None

    def keys(self, *keys):
        for key in keys:
            subprocess.run([*self.tmux, "send-keys", key])
            time.sleep(1)

    def close(self):
        subprocess.run([*self.tmux, "kill-server"], stderr=subprocess.DEVNULL)


def prepare(home, cwd):
    """No questions at the first start: onboarding done, folder trusted, dummy key approved."""
    os.makedirs(os.path.join(home, ".claude"), exist_ok=True)
    os.makedirs(cwd, exist_ok=True)
    path = os.path.join(home, ".claude.json")
    data = json.load(open(path)) if os.path.exists(path) else {}
    data.update(
        hasCompletedOnboarding=True, theme="dark", bypassPermissionsModeAccepted=True, tuiFullscreenPromptSeen=True,
        customApiKeyResponses={"approved": [KEY[-20:]], "rejected": []},
    )
    project = data.setdefault("projects", {}).setdefault(os.path.realpath(cwd), {})
    project.update(hasTrustDialogAccepted=True, hasCompletedProjectOnboarding=True)
    json.dump(data, open(path, "w"))
