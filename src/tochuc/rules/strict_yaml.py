"""YAML as rule files use it: a key given twice is an error, and only `true`/`false` are truth values.

YAML 1.1 silently keeps the last of two equal keys and reads the key `on` as a truth value; either would change a
regulation without anyone noticing.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

_BOOL = "tag:yaml.org,2002:bool"


class YamlMistake(Exception):
    """A file that isn't YAML, or holds a key twice; the text says where."""


class _StrictLoader(yaml.SafeLoader):
    """SafeLoader that refuses duplicate keys."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if not isinstance(key, Hashable):
                raise YamlMistake(f"khóa ở dòng {line} phải là chữ")
            if key in seen:
                raise YamlMistake(f"{key}: khóa này đã có ở trên (dòng {line})")
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_StrictLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL or first in "tTfF"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> Any:
    """The content of one YAML file; raises YamlMistake."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_StrictLoader)
    except (yaml.YAMLError, ValueError) as error:  # ValueError: bad bytes, a day that does not exist
        raise YamlMistake(f"không phải YAML hợp lệ: {' '.join(str(error).split())}") from error
