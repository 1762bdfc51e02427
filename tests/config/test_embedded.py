"""The embedded database, started for real in a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

_START = """
import sys
from pathlib import Path
from tochuc.config.embedded import start
print(start(Path(sys.argv[1]), durable=False), flush=True)
sys.stdin.read()
"""


def test_programs_that_start_one_fresh_folder_at_once_share_one_server():
    with tempfile.TemporaryDirectory(prefix="tochuc-pg-") as var:
        data = Path(var) / "postgres"
        pipe = subprocess.PIPE
        programs = [
            subprocess.Popen([sys.executable, "-c", _START, str(data)], stdin=pipe, stdout=pipe, text=True)
            for _ in range(3)
        ]
        sockets = {program.stdout.readline().strip() for program in programs if program.stdout}
        unprepared = subprocess.run(
            [sys.executable, "-m", "tochuc.config.cli", "check"],
            env={**os.environ, "TOCHUC_VAR": var, "DATABASE_URL": ""},
            capture_output=True,
            text=True,
        )
        for program in programs:
            program.communicate(timeout=60)
        assert [program.returncode for program in programs] == [0, 0, 0]
        assert len(sockets) == 1
        assert sockets != {""}
        # Before its tables are made, it says what to do first.
        assert unprepared.stderr == "Cơ sở dữ liệu chưa có đủ bảng. Hãy chạy trước: tochuc migrate\n"
        assert unprepared.returncode == 2
