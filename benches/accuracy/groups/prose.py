"""What a bug report is for: words, messages, commands, listings. Every word that changes under `bug` is a false alarm."""
import place
from plant import Case

LINES = """The tests fail after the last change, can you look at why and fix it?
I think the bug is in the part that reads the settings: it does not wait for the file.
Please don't change the public interface, only the internals. Thanks!
It works on my machine, but the build on the server says "out of memory" after ten minutes.
Why is the first request so slow? The second one takes 12 ms, the first one 4.3 s.
Let me check the error first. The call returns 404 because the route is registered too late.
I'll run the tests again now that the lock is released before the callback is called.
The problem: the loop ends one step too early, so the last item is never written.
Done. All 42 tests pass, and the linter has no complaints.
You were right: the cache was stale. I removed it and added a test for that case.
Can we use a queue instead of a list here? It would make the code easier to read, I think.
First, make a plan. Then do the steps one by one, and tell me when you are stuck.
No, that's wrong. Go back to the version before and try again with a smaller change.
The user clicks on "Save", waits, and sees nothing. There is an error in the console: "undefined is not a function".
We need three things: (1) a migration, (2) a new endpoint, and (3) documentation.
Add a button to the page that opens the dialog, and close it when the user presses Escape.
This is a race condition, and a nasty one. It only shows up under load.
The memory grows by about 5 MB per hour, from 120 MB to 1.2 GB in a week or so.
Version 2.1.4 works, 2.1.5 does not. The changelog says nothing about it.
Hmm, interesting. What does the log say at that time?
ok go on
yes, please do that
continue
update the docs too, and the changelog, but leave the version alone
It should say "not found" and not "internal error", whatever the reason is.
Der Test schlägt fehl, weil die Datei nicht geschlossen wird. Kannst du das beheben?
Le test échoue parce que le fichier n'est pas fermé, peux-tu corriger ça ?
La prueba falla porque el archivo no se cierra. ¿Puedes arreglarlo?
Exit code 1
error: test failed, to rerun pass `--lib`
Compiling app v0.1.0
warning: unused variable
Finished in 0.31s (files took 0.12s to load)
fatal: not a git repository (or any of the parent directories): .git
npm ERR! code ELIFECYCLE
TypeError: Cannot read properties of undefined (reading 'map')
ModuleNotFoundError: No module named 'requests'
panic: runtime error: index out of range [3] with length 3
1 failed, 4 passed in 0.31s
Your branch is up to date with 'origin/main'.
nothing to commit, working tree clean
3 files changed, 12 insertions(+), 4 deletions(-)
HTTP/1.1 404 Not Found
Connection refused (os error 111)
2026-05-17T10:00:00.123Z INFO request finished status=200 took=12ms
The tool took 340 ms, used 12,000 tokens and stopped with "end_turn".
## Summary
- The parser is fixed and has a test
- Two warnings are left, both of them harmless
**Note:** this needs Node 20 or newer.
Step 3: wait for the server to start, then open the page in a browser
See https://docs.python.org/3/library/asyncio.html for how tasks are cancelled.
I would rather have one function that does this than three that nearly do.
Either the test is wrong or the code is; the documentation agrees with the test.
The fix is simple: return early if the list is empty.
In short: yes. In detail: it depends on the size of the input and on whether the index fits into memory.
That said, I am not sure that the lock is needed at all.
If the file does not exist, create it; if it does, append to it.
For each of the rows, check that the date is set and that it is not in the future.
While the import runs, the page shows a spinner, which never goes away.""".split("\n")

COMMANDS = ["ls -la", "git status", "npm test", "cargo test --lib", "git log --oneline -5", "pytest -x -q", "docker ps", "make -j8", "go test ./...", "git diff --stat", "grep -rn TODO src | head -20",
            "npm run build 2>&1 | tail -20", "curl -s http://localhost:3000/health", "tail -f /var/log/syslog", "kill %1", "python3 -m venv .venv", "git stash && git pull --rebase"]


def said(rng):
    """Some lines in a row, as prompt, answer or output."""
    lines = rng.sample(LINES, rng.randrange(1, 6))
    text = rng.choice(["\n", "\n\n", " "]).join(lines)
    put = rng.choice([place.bare_prompt, place.prompt_block, lambda r, t: place.assistant(r, [{"type": "text", "text": t}]), place.result_blocks])
    return text, put(rng, text)


def cases(rng, size):
    out = []
    for _ in range(size):
        text, record = said(rng)
        out.append(Case("prose", text[:30], text, profile="bug", record=record, words=True))
    for command in COMMANDS:
        out.append(Case("commands", command, command, profile="bug", record=place.call(rng, "Bash", command=command, description="Run it"), words=True))
    return out
