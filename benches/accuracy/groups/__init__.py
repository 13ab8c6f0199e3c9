"""Groups of cases. A module here has `cases(rng, size)`, which gives about `size` cases a group; name it in `MODULES`."""
import importlib

MODULES = ["token", "context", "wrapped", "decoy", "identity", "paths", "code", "names", "prose"]


def cases(rng, size, only=()):
    """All cases of all modules, or of those named."""
    out = []
    for name in MODULES:
        if not only or name in only:
            out.extend(importlib.import_module("groups." + name).cases(rng, size))
    return out
