"""What lies on the machine: keys that two programs make at once, files that nobody else on it may read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from stat import S_IMODE
from threading import Barrier

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from tochuc.config import places


@pytest.fixture
def var(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TOCHUC_VAR", str(tmp_path))
    for name in ("TOCHUC_FIELD_KEY", "TOCHUC_SECRET_KEY"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_two_programs_that_start_at_once_seal_with_one_key(var: Path, monkeypatch: pytest.MonkeyPatch):
    both, made = Barrier(2), places.new_key
    monkeypatch.setattr(places, "new_key", lambda: (both.wait(5), made())[1])
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda _: places.field_keys(), range(2))
    assert first == second == places.field_keys()


def test_keys_are_for_the_program_alone(var: Path):
    places.secret_key()
    places.field_keys()
    assert {path.name: S_IMODE(path.stat().st_mode) for path in var.iterdir()} == {
        "secret-key": 0o600,
        "field-keys": 0o600,
    }


def test_kept_files_are_for_the_program_alone(tmp_path: Path):
    store = FileSystemStorage(**settings.STORAGES["default"]["OPTIONS"] | {"location": tmp_path})
    kept = tmp_path / store.save("ab/danh-sach", ContentFile(b"048075001234"))
    assert S_IMODE(kept.stat().st_mode) == 0o600
    assert S_IMODE(kept.parent.stat().st_mode) == 0o700
