"""Readable parts of addresses."""

import re

from tochuc.kernel.names import fold

_RUNS = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Lower-case Latin letters and digits joined by hyphens; "" when the text has none.

    >>> slug("Chi bộ thôn Trà Đông")
    'chi-bo-thon-tra-dong'
    """
    return _RUNS.sub("-", fold(text)).strip("-")
