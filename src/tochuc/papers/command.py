"""``tochuc forms check``: whether every form can be drafted, and what is wrong where one can't.

Exit status 0 when all is well, 1 when something is wrong.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from tochuc.papers.check import problems_of
from tochuc.rules.forms import all_forms


def main(argv: Sequence[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="tochuc forms", description="Kiểm tra lời văn các biểu mẫu")
    parser.add_subparsers(dest="what", required=True).add_parser("check", help="kiểm tra")
    parser.parse_args(argv)
    problems = problems_of()
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        print(f"{len(all_forms())} biểu mẫu đều có lời văn, mọi trường đều có nguồn.")
    return 1 if problems else 0
