"""The ways in which the domain says no.

Every message is a plain Vietnamese sentence that can be put before a person as it is: what is wrong and,
where possible, what to do. `code` is stable for programs and tests, `field` names the input it belongs to.
The names say what happened, as the domain speaks of it, hence no "Error" at their end.
"""

from collections.abc import Iterable, Sequence


class DomainError(Exception):
    """Something the domain won't do.

    `code`: dotted, stable (`date.unreadable`). `message`: Vietnamese, ends with a full stop.
    `field`: name of the input at fault, or None when it concerns the whole.
    """

    def __init__(self, code: str, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.field = field

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions rebuild themselves from `args`, which here holds the message alone.
        return _rebuild, (type(self), self.args, self.__dict__)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.code!r}, {self.message!r}, field={self.field!r})"


class Refused(DomainError):
    """A rule or the record says no: the act is understood but may not be done."""


class Conflict(DomainError):
    """Someone changed the same thing meanwhile; look again and decide."""


class NotInForce(DomainError):
    """A regulation was asked for on a day on which it did not apply."""


class BadInput(DomainError):
    """What was given can't be read or used as it stands."""


class Refusals(DomainError):
    """Several objections at once, so that a person sees all of them together.

    `errors` keeps their order; there is always at least one.
    """

    def __init__(self, errors: Iterable[DomainError]) -> None:
        self.errors: tuple[DomainError, ...] = tuple(errors)
        if not self.errors:
            raise ValueError("Refusals needs at least one error")
        super().__init__("refusals", " ".join(error.message for error in self.errors))


def raise_all(errors: Sequence[DomainError]) -> None:
    """Raise what was found: nothing for none, the error itself for one, `Refusals` for several."""
    if len(errors) == 1:
        raise errors[0]
    if errors:
        raise Refusals(errors)


def _rebuild(kind: type[DomainError], args: tuple[object, ...], state: dict[str, object]) -> DomainError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(state)
    return error
