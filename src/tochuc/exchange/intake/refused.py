"""A file that can't be read, said in one plain line."""

from tochuc.exchange.intake.wordlists import wordlist


class Unreadable(Exception):
    """Why a file can't be read as a list of members; `code` for programs, `message` for people."""

    def __init__(self, code: str, **parts: object) -> None:
        self.code = code
        self.message: str = wordlist("messages")["unreadable"][code].format(**parts)
        super().__init__(self.message)
