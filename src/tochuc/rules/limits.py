"""From a time limit to the day it ends."""

from datetime import date, timedelta

from tochuc.kernel.days import add_months
from tochuc.kernel.workdays import add_working_days
from tochuc.rules.calendar import days_off, days_worked
from tochuc.rules.ruled import Ruled


def due_after(limit: Ruled, day: date) -> date:
    """The last day on which an act is still in time, when its clock starts on `day`.

    The starting day isn't counted. TypeError for a parameter that is not a duration in days or longer.
    """
    if limit.kind != "duration":
        raise TypeError(f"{limit.id} is a {limit.kind}, not a duration")
    match limit.unit:
        case "days":
            return day + timedelta(days=limit.number)
        case "working_days":
            # Holidays leave well over two working days in three, so twice the number always reaches far enough.
            last_year = (day + timedelta(days=2 * limit.number + 31)).year
            return add_working_days(
                day, limit.number, days_off(day.year, last_year), days_worked(day.year, last_year)
            )
        case "months":
            return add_months(day, limit.number)
        case "years":
            return add_months(day, 12 * limit.number)
    raise TypeError(f"{limit.id} is counted in {limit.unit}, which end no day")


def due_before(limit: Ruled, day: date) -> date:
    """The last day on which an act is still in time that must be done this long before `day`.

    TypeError for a parameter that is not a duration in days, months or years.
    """
    match limit.unit:
        case "days":
            return day - timedelta(days=limit.number)
        case "months":
            return add_months(day, -limit.number)
        case "years":
            return add_months(day, -12 * limit.number)
    raise TypeError(f"{limit.id} is counted in {limit.unit}, which lead up to no day")
