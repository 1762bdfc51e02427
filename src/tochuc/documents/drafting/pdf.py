"""PDF from Word by LibreOffice, where the server has it. Nothing leaves the machine; each run has a profile of its own."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tochuc.kernel.errors import Refused

_LONGEST_S = 90


def available() -> bool:
    """Whether this server can make PDF."""
    return _program() is not None


def _program() -> str | None:
    return shutil.which("soffice") or shutil.which("libreoffice")


def as_pdf(words: Sequence[bytes]) -> list[bytes]:
    """Each Word file as PDF, all in one run. Raises ``Refused`` where the server has no LibreOffice or it fails."""
    program = _program()
    if program is None:
        raise Refused("no_pdf", "Máy chủ chưa có LibreOffice nên chỉ tải được bản Word.")
    with TemporaryDirectory(prefix="tochuc-pdf-") as folder:
        files = [Path(folder) / f"{at}.docx" for at in range(len(words))]
        for file, raw in zip(files, words, strict=True):
            file.write_bytes(raw)
        _convert(program, Path(folder), files)
        made = [file.with_suffix(".pdf") for file in files]
        if not all(file.exists() for file in made):
            raise Refused("pdf_failed", "Chưa tạo được bản PDF; hãy tải bản Word.")
        return [file.read_bytes() for file in made]


def _convert(program: str, folder: Path, files: Sequence[Path]) -> None:
    command = [
        program,
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    try:
        subprocess.run(command, check=True, capture_output=True, timeout=_LONGEST_S)
    except (subprocess.SubprocessError, OSError) as failed:
        raise Refused("pdf_failed", "Chưa tạo được bản PDF; hãy tải bản Word.") from failed
