"""What is planted: cases, and the file of transcript records they go into."""
import json
import random
from dataclasses import dataclass, field

import place


@dataclass
class Case:
    """One text with something planted in it, or one that must stay as it is.

    `secrets` are the parts that must not survive; without any the case is a decoy, and a change is a false alarm.
    `text` is a string, or a list of pieces that go to neighbouring blocks or lines.
    `twin` names the case (by position in its group's list) that holds the same value plainly.
    `record` replaces the place that would be drawn for the text.
    `words`: of a decoy the words that changed are counted, not the record.
    `loose` values are words of people: half of one may stand elsewhere by chance, so more of it must be left to count.
    """
    group: str
    kind: str
    text: object
    secrets: tuple = ()
    profile: str = "retain"
    record: dict | None = None
    loose: bool = False
    twin: object = None
    words: bool = False
    line: bytes = field(default=b"", repr=False)
    copy: bytes = field(default=b"", repr=False)

    @property
    def decoy(self):
        return not self.secrets


def write(cases, seed):
    """Gives every case its line of JSON; the bytes of the whole file."""
    rng = random.Random(seed)
    for case in cases:
        record = case.record or place.draw(rng, case.text)
        case.line = json.dumps(record, ensure_ascii=rng.random() < 0.2, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return b"".join(c.line + b"\n" for c in cases)
