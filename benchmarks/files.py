"""Whole commands on large files: seconds from start to end, and the most memory at a time.

Run: python benchmarks/files.py [DIRECTORY]. It makes the two files there, 380 and 430 MB, if they are not there yet.
Targets on two cores: 25 s and 2.5 GB for 500,000 dialogues, 40 s and 4 GB for 2,000,000 pairs.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
COMMAND = Path(sys.executable).with_name("synthqc")


def main() -> None:
    """Prints the table."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(tempfile.gettempdir())
    print(f"{'file':26}{'tool':20}{'workers':>8}{'seconds':>10}{'MB':>8}")
    for kind, rows in (("dialogues", 500_000), ("pairs", 2_000_000)):
        file = place / f"{kind}-{rows}.jsonl"
        if not file.exists():
            subprocess.run([sys.executable, HERE / "corpora.py", kind, str(rows), file], check=True)
        for tool, workers in (("near-duplicates", 1), ("near-duplicates", 2), ("distinct-n", 1), ("", 1)):
            seconds, megabytes = run(file, tool, workers)
            print(f"{file.name:26}{tool or 'standard set':20}{workers:8}{seconds:10.1f}{megabytes:8.0f}", flush=True)


def run(file: Path, tool: str, workers: int) -> tuple[float, float]:
    """Seconds that the command takes, and megabytes that it holds at most; workers hold theirs besides."""
    named = ["--tool", tool] if tool else []
    started = time.perf_counter()
    process = subprocess.Popen(
        [COMMAND, "measure", file, *named, "--workers", str(workers), "--format", "json"], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"the command ended with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, usage.ru_maxrss / 1000


if __name__ == "__main__":
    main()
