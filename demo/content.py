"""The words of the demo, read from ``fixtures/demo.yaml``."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml


@dataclass(frozen=True, slots=True)
class Matter:
    """What people write about one category, and what units answer.

    ``weight``: how often the category comes up. ``scene``: its picture in ``demo.pictures``.
    ``unit``: the code of the unit to which the operator forwards. ``months``: when such reports
    are sent, 1 to 12.
    """

    weight: int
    scene: str | None
    matters: list[str]
    details: list[str]
    answers: list[str]
    unit: str = "wgk"
    months: list[int] = field(default_factory=lambda: list(range(1, 13)))


@dataclass(frozen=True, slots=True)
class Content:
    """All the words; ``categories``: by code, the rest are sentences to choose from."""

    places: list[str]
    endings: list[str]
    progress: list[str]
    rejected: list[str]
    passed_on: list[str]
    duplicate: list[str]
    forward_reasons: list[str]
    categories: dict[str, Matter]


def read_content(path: Path) -> Content:
    words = yaml.safe_load(path.read_text(encoding="utf-8"))
    categories = {code: Matter(**values) for code, values in words.pop("categories").items()}
    return Content(**words, categories=categories)


def compose_description(rng: Random, content: Content, matter: Matter, address: str) -> str:
    """One to four sentences, varied as if by different people."""
    sentences = [rng.choice(matter.matters)]
    if address and rng.random() < 0.45:
        sentences.append(rng.choice(content.places).format(address=address))
    if matter.details and rng.random() < 0.55:
        sentences.append(rng.choice(matter.details))
    if rng.random() < 0.4:
        sentences.append(rng.choice(content.endings))
    return " ".join(sentences)
