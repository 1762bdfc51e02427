"""Every form of the tables is drafted from a full record and opens in LibreOffice without repair, nothing left empty."""

from __future__ import annotations

import posixpath
import re
import shutil
import subprocess
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pytest
from lxml import etree

from cast import Cast
from papers.full import full_record, papers_of_form, typed, with_fill
from tochuc.papers.check import problems_of
from tochuc.papers.drafting import Paper, word_file
from tochuc.rules.forms import all_forms

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def texts_of(raw: bytes) -> list[str]:
    """The text of each paragraph, in the order of the file, those in tables too."""
    body = docx.Document(BytesIO(raw)).element.body
    return ["".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in body.iter(f"{WORD}p")]


def drafted(cast: Cast, paper: Paper) -> bytes:
    """The paper with something typed for everything it asks."""
    return word_file(with_fill(paper, typed(cast, paper.asked)))


def hold_whole(raw: bytes) -> None:
    """The package is sound: every part is well-formed, every relation leads to a part of it."""
    with zipfile.ZipFile(BytesIO(raw)) as package:
        assert package.testzip() is None
        names = set(package.namelist())
        for name in names:
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
        relations = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        for one in relations:
            if one.get("TargetMode") != "External":
                assert posixpath.normpath(f"word/{one.get('Target')}") in names


def hold_complete(raw: bytes, paper: Paper) -> None:
    """No braces or brackets of a text, no word of the program, no double space, no empty placeholder; all in NFC."""
    labels = {f"{label}:" for piece in paper.text.body for label in piece.lines}
    for text in texts_of(raw):
        told = f"{paper.form.id}: {text}"
        assert text == unicodedata.normalize("NFC", text), told
        assert not re.search(r"[{}\[\]]|None|  |…|\.\.\.|\( *\)|: *[;,.]|[ ,;][,;.]", text), told
        assert text == text.strip(), told
        assert text not in labels, told


def test_every_form_has_a_text_that_names_only_fields_there_are() -> None:
    assert problems_of() == []


@pytest.mark.parametrize("group", sorted({form_id.partition(".")[0] for form_id in all_forms()}))
def test_the_forms_of_a_group_are_drafted_whole_from_a_full_record(cast: Cast, group: str) -> None:
    person = full_record(cast)
    for form_id in (form_id for form_id in all_forms() if form_id.startswith(f"{group}.")):
        for paper in papers_of_form(cast, person, form_id):
            raw = drafted(cast, paper)
            hold_whole(raw)
            hold_complete(raw, paper)
            words = " ".join(texts_of(raw))
            names = "{member.full_name}" in " ".join(paper.text.texts)
            assert not names or person.full_name in words, form_id
            assert not paper.form.code or f"Mẫu {paper.form.code}" in words


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice isn't on this machine")
def test_libreoffice_opens_every_form(cast: Cast, tmp_path: Path) -> None:
    person = full_record(cast)
    files = []
    for form_id in sorted(all_forms()):
        *_, paper = papers_of_form(cast, person, form_id)
        files.append(tmp_path / f"{form_id}.docx")
        files[-1].write_bytes(drafted(cast, paper))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        *map(str, files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=400)
    for file in files:
        assert file.with_suffix(".pdf").read_bytes().startswith(b"%PDF"), file.name
