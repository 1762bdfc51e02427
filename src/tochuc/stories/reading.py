"""Reading a story file strictly: whatever isn't as the reference says is told with its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from tochuc.rules.mistakes import mistakes
from tochuc.rules.strict_yaml import Place, YamlMistake, key_words, line_of, lines_in, read_yaml
from tochuc.stories.checking import loose_ends
from tochuc.stories.declare import Story


class Mistake:
    """One thing that is wrong with a file: where, and how to mend it."""

    def __init__(self, line: int, words: str) -> None:
        self.line = line
        self.words = words


class UnreadableStory(Exception):
    """A file that isn't a story; ``mistakes`` has everything that is wrong with it, each with its line."""

    def __init__(self, path: Path, found: list[Mistake]) -> None:
        self.path = path
        self.mistakes = found
        super().__init__("\n".join(self.lines))

    @property
    def lines(self) -> list[str]:
        """Each mistake as it is shown: `story.yaml, dòng 12: moves[3].step: …`."""
        return [f"{self.path.name}, dòng {one.line}: {one.words}" for one in self.mistakes]


def read_story(path: Path) -> Story:
    """Read a story file; raises ``UnreadableStory`` with everything that is wrong with it."""
    try:
        raw = read_yaml(path)
    except OSError as missing:
        raise UnreadableStory(path, [Mistake(1, f"không đọc được tệp này ({missing.strerror})")]) from missing
    except YamlMistake as mistake:
        raise UnreadableStory(path, [Mistake(mistake.line, str(mistake))]) from mistake
    try:
        story = Story.model_validate(raw)
    except ValidationError as error:
        raise UnreadableStory(path, _placed(path, list(mistakes(error, Story)))) from error
    found = list(loose_ends(story))
    if found:
        raise UnreadableStory(path, _placed(path, found))
    return story


def _placed(path: Path, found: list[tuple[Place, str]]) -> list[Mistake]:
    lines = lines_in(path)
    placed = [Mistake(line_of(lines, place), f"{key_words(place)}: {words}") for place, words in found]
    return sorted(placed, key=lambda one: one.line)
