"""Texts read a second by the extractor on one core, and the time for the largest text. Budget: 200 texts/s."""

import json
import platform
import time
from pathlib import Path

from tochuc.documents.extract.decode import LARGEST, text_of
from tochuc.documents.extract.record import extract

REAL = Path(__file__).parent.parent / "tests" / "real"
ROUNDS = 20


def main() -> None:
    """Print the figures."""
    names = ("extraction-dev.jsonl", "extraction-own.jsonl")
    texts = [
        json.loads(line)["text"] for name in names for line in (REAL / name).read_text("utf-8").splitlines()
    ]
    begun = time.perf_counter()
    extract(texts[0])
    print(f"first text, grammar loaded with it: {(time.perf_counter() - begun) * 1000:.0f} ms")
    begun = time.process_time()
    for text in texts * ROUNDS:
        extract(text)
    spent = time.process_time() - begun
    size = sum(map(len, texts)) / len(texts)
    print(
        f"{len(texts) * ROUNDS / spent:.0f} texts/s of {size:.0f} characters (budget 200) on {platform.machine()}"
    )
    seed = (REAL / "seed-conference.txt").read_bytes()
    begun = time.process_time()
    record = extract(text_of((seed * (LARGEST // len(seed) + 1))[:LARGEST]))
    print(f"5 MB: {time.process_time() - begun:.1f} s, {len(record.limitations)} limitations")


if __name__ == "__main__":
    main()
