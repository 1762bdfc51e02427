"""Documents come down: from superiors and their boards to all below, never sideways and never up past one's reach."""

from __future__ import annotations

import pytest

from cast import Cast
from tochuc.access import gate
from tochuc.documents.models import Document

READERS = {
    "province": {"officer", "secretary_a", "secretary_b", "cell_a1", "cell_a2", "cell_b1"},
    "district": {"officer", "secretary_a", "secretary_b", "cell_a1", "cell_a2", "cell_b1"},
    "organisation_board": {"officer", "secretary_a", "secretary_b", "cell_a1", "cell_a2", "cell_b1"},
    "commune_a": {"officer", "secretary_a", "cell_a1", "cell_a2"},
    "a1": {"officer", "secretary_a", "cell_a1"},
    "commune_b": {"officer", "secretary_b", "cell_b1"},
    "other_district": set(),
    "other_cell": set(),
}


@pytest.mark.parametrize("issuer", sorted(READERS))
def test_a_document_is_read_where_it_comes_down_to(issuer: str, cast: Cast):
    document = Document.objects.create(
        key="01-TB/X", type_name="Thông báo", status="issued", organisation=getattr(cast, issuer), number=1
    )
    readers = {
        name for name in cast.accounts if gate.may(cast.viewer(name), "document.read", "document", document)
    }
    assert readers == READERS[issuer]


def test_a_cited_rule_is_read_by_all_who_read_documents(cast: Cast):
    rule = Document.objects.create(key="10-QĐ/TW", type_name="Quy định")
    readers = {n for n in cast.accounts if gate.may(cast.viewer(n), "document.read", "document", rule)}
    assert readers == READERS["district"]
    verifiers = {n for n in cast.accounts if gate.may(cast.viewer(n), "document.verify", "document", rule)}
    assert verifiers == {"officer"}
