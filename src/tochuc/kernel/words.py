"""Words for a sentence: how far a due day is, and a title as it stands inside one."""

from datetime import date

from tochuc.kernel.known_dates import day_vn


def due_words(due: date, today: date) -> str:
    """How a due day stands to today, as lists show it.

    >>> due_words(date(2023, 12, 5), date(2023, 11, 23))
    'còn 12 ngày, đến 05/12/2023'
    """
    left = (due - today).days
    if left < 0:
        return f"quá hạn {-left} ngày"
    if left == 0:
        return "hôm nay"
    return f"còn {left} ngày, đến {day_vn(due)}"


def in_sentence(words: str) -> str:
    """Words as they stand inside a sentence: only the first letter becomes small.

    >>> in_sentence("Ngoài Đảng")
    'ngoài Đảng'
    """
    return words[:1].lower() + words[1:]


def waiting_words(since: date, today: date) -> str:
    """How long something waits for which no rule sets a day.

    >>> waiting_words(date(2023, 11, 20), date(2023, 11, 23))
    'chờ từ 20/11/2023 (3 ngày)'
    """
    gone = (today - since).days
    return f"chờ từ {day_vn(since)} ({gone} ngày)" if gone > 0 else f"chờ từ {day_vn(since)}"
