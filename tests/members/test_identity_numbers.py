"""The national identity number: sealed at rest, found without being opened, shown only on record."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

from cast import Cast
from exchange.lists import bring, person, sheet
from tochuc.audit.models import Entry
from tochuc.changes.actions import undo
from tochuc.changes.models import Change
from tochuc.kernel.errors import Refused
from tochuc.kernel.sealing import Keyring, Unsealable, new_key
from tochuc.members import identity
from tochuc.members.models import IdentityNumber, Person

NUMBER, OTHER = "048088001234", "048075004321"
HEAD = "STT;Họ và tên;Ngày sinh;Giới tính;Số căn cước;Số lý lịch;Chi bộ"


def set_number(cast: Cast, number: str = NUMBER, who: str = "member_a1") -> Person:
    identity.set_national_id(cast.people[who], number, by=cast.actor())
    return Person.objects.get(pk=cast.people[who].pk)


def test_a_number_is_nowhere_in_the_database_in_the_open(cast: Cast):
    set_number(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{NUMBER}%"])
            assert cursor.fetchone() == (0,), table


def test_a_number_is_shown_again_and_each_showing_stays_in_the_trail(cast: Cast):
    who = set_number(cast)
    assert identity.show(who, by=cast.actor("secretary_a")) == NUMBER
    entry = Entry.objects.filter(action="identity.read").get()
    assert (entry.object_key, entry.account) == (who.ref, cast.secretary_a.pk)
    assert NUMBER not in str(entry.data)


def test_people_are_found_by_the_exact_number_only(cast: Cast):
    who = set_number(cast)
    everyone = Person.objects.all()
    assert list(identity.with_number(everyone, "048 088 001 234")) == [who]
    assert not identity.with_number(everyone, NUMBER[:-1] + "5").exists()
    assert not identity.with_number(everyone, "0480").exists()


def test_a_number_replaced_is_found_no_more(cast: Cast):
    set_number(cast)
    set_number(cast, OTHER)
    assert not identity.with_number(Person.objects.all(), NUMBER).exists()
    assert IdentityNumber.objects.count() == 2


def test_the_same_number_again_writes_nothing(cast: Cast):
    who = set_number(cast)
    assert identity.set_national_id(who, "048.088.001.234", by=cast.actor()) is False
    assert IdentityNumber.objects.count() == 1


@pytest.mark.parametrize("typed", ["", "12345678", "0480880012345", "04808800123x", "٠٤٨٠٨٨٠٠١٢٣٤"])
def test_what_is_no_identity_number_is_refused(cast: Cast, typed: str):
    with pytest.raises(Refused, match="12 chữ số"):
        set_number(cast, typed)


def test_a_number_taken_back_needs_its_reason(cast: Cast):
    who = set_number(cast)
    with pytest.raises(Refused, match="lý do"):
        identity.withdraw_national_id(who, by=cast.actor(), ground=" ")
    identity.withdraw_national_id(who, by=cast.actor(), ground="Số của người khác")
    who.refresh_from_db()
    assert identity.numbers_of([who]) == {}


def test_two_records_with_one_number_are_told(cast: Cast):
    one, two = set_number(cast), set_number(cast, NUMBER, "teacher_a3")
    set_number(cast, OTHER, "canary")
    assert identity.shared(Person.objects.all()) == [sorted([one.pk, two.pk])]


def test_a_sealed_number_opens_for_its_own_person_only(cast: Cast):
    one, two = set_number(cast), set_number(cast, OTHER, "teacher_a3")
    Person.objects.filter(pk=two.pk).update(identity=one.identity_id)
    ring = identity.keyring()
    with pytest.raises(Unsealable):
        ring.unseal(bytes(one.identity.sealed), f"national_id:{two.pk}")


def test_after_a_new_key_numbers_are_read_found_and_sealed_anew(
    cast: Cast, settings: Any, monkeypatch: pytest.MonkeyPatch
):
    who = set_number(cast)
    old, fresh = settings.FIELD_KEYS(), new_key()
    settings.FIELD_KEYS = lambda: [fresh, *old]
    assert identity.numbers_of([who]) == {who.pk: NUMBER}
    assert list(identity.with_number(Person.objects.all(), NUMBER)) == [who]
    assert identity.set_national_id(who, NUMBER, by=cast.actor()) is False
    row = who.identity
    assert not identity.keyring().fresh(row.sealed)
    with pytest.raises(Unsealable):
        Keyring([fresh]).unseal(bytes(row.sealed), f"national_id:{who.pk}")


def test_an_import_keeps_the_number_sealed_and_the_number_of_the_personal_history(cast: Cast):
    row = f"Nguyễn Thị Lan;02/04/1975;Nữ;{NUMBER};123456 QNa;Thôn Đông"
    bring(cast, sheet(row, head=HEAD), cast.commune_a)
    lan = person("Nguyễn Thị Lan")
    assert identity.numbers_of([lan]) == {lan.pk: NUMBER}
    assert lan.member_number == "123456 QNa"
    change = Change.objects.get()
    assert NUMBER not in str(change.after) + str(change.said)


def test_the_same_list_again_changes_no_number_and_another_number_is_undone_as_it_was(cast: Cast):
    set_number(cast)
    row = f"Bùi Thị Lan;20/10/1988;Nữ;{NUMBER};;Thôn Đông"
    assert bring(cast, sheet(row, head=HEAD), cast.commune_a).counts == {"same": 1}
    done = bring(cast, sheet(row.replace(NUMBER, OTHER), head=HEAD), cast.commune_a)
    assert done.counts == {"change": 1}
    lan = person("Bùi Thị Lan")
    assert identity.numbers_of([lan]) == {lan.pk: OTHER}
    undo(done.changeset, by=cast.actor(), reason="Nhầm số")
    lan = person("Bùi Thị Lan")
    assert identity.numbers_of([lan]) == {lan.pk: NUMBER}


def test_a_number_of_a_wrong_length_is_left_out_of_the_record_and_asked_about(cast: Cast):
    done = bring(cast, sheet("Nguyễn Thị Lan;1975;Nữ;0480750;;Thôn Đông", head=HEAD), cast.commune_a)
    assert done.counts == {"create": 1}
    assert person("Nguyễn Thị Lan").identity is None
