"""How much memory a process took at most, and how much CPU time.

What the system reports of a process begins with the size of the process that started it. A measurement must
not depend on who asked for it, so commands are started by a small process, and a step reads its own mark.
"""

import resource
import sys
from dataclasses import dataclass
from pathlib import Path

UNIT = 1 if sys.platform == "darwin" else 1024

RUN_AND_TELL = """
import resource, subprocess, sys
code = subprocess.call(sys.argv[2:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
with open(sys.argv[1], "w") as told:
    told.write(f"{used.ru_maxrss} {used.ru_utime + used.ru_stime}")
sys.exit(code)
"""
"""A program that runs the command after its first word, and writes what it used into that file."""


@dataclass(frozen=True)
class Used:
    """What a command took: memory at most in bytes, CPU time of all its threads in seconds."""

    peak: int
    cpu_s: float


def told(file: Path) -> Used:
    """Give what `RUN_AND_TELL` wrote into a file."""
    peak, cpu_s = file.read_text(encoding="ascii").split()
    return Used(int(peak) * UNIT, float(cpu_s))


def own_peak() -> int:
    """Give the peak of this process in bytes."""
    status = Path("/proc/self/status")
    if status.exists():
        marks = dict(
            line.split(":", 1) for line in status.read_text(encoding="ascii").splitlines() if ":" in line
        )
        if "VmHWM" in marks:
            return int(marks["VmHWM"].split()[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT
