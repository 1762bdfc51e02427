"""The domain's refusals, and the examples in the kernel's own descriptions."""

import copy
import doctest
import importlib
import pickle
import pkgutil

import pytest

import tochuc.kernel
from tochuc.kernel.errors import BadInput, Conflict, DomainError, NotInForce, Refusals, Refused, raise_all

MODULES = [module.name for module in pkgutil.iter_modules(tochuc.kernel.__path__, "tochuc.kernel.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_in_the_descriptions_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0


@pytest.mark.parametrize("kind", [Refused, Conflict, NotInForce, BadInput])
def test_every_refusal_has_a_code_a_message_and_a_field(kind: type[DomainError]) -> None:
    error = kind("member.not_there", "Đảng viên không ở chi bộ này.", "member")
    assert (error.code, error.message, error.field) == ("member.not_there", str(error), "member")
    assert isinstance(error, DomainError)


def test_several_objections_are_told_together() -> None:
    first = Refused("a", "Chưa đủ tuổi.", "birth")
    second = BadInput("b", "Thiếu quyết định.", "decision")
    with pytest.raises(Refusals) as caught:
        raise_all([first, second])
    assert caught.value.errors == (first, second)
    assert caught.value.message == "Chưa đủ tuổi. Thiếu quyết định."


def test_one_objection_is_itself_and_none_is_silence() -> None:
    only = Refused("a", "Chưa đủ tuổi.")
    with pytest.raises(Refused) as caught:
        raise_all([only])
    assert caught.value is only
    raise_all([])
    with pytest.raises(ValueError, match="at least one"):
        Refusals([])


@pytest.mark.parametrize("copied", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_a_refusal_survives_being_carried_to_another_process(copied: object) -> None:
    assert callable(copied)
    error = copied(Refusals([Refused("a", "Chưa đủ tuổi.", "birth")]))
    assert error.code == "refusals"
    assert error.errors[0].field == "birth"
