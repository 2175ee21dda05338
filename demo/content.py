"""The words of the demo, read from ``fixtures/demo.yaml``."""

from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import yaml


@dataclass(frozen=True, slots=True)
class Matter:
    """What people write about one category, and what they are answered."""

    weight: int
    scene: str | None
    matters: list[str]
    details: list[str]
    answers: list[str]
    unit: str = "wgk"
    months: list[int] = field(default_factory=lambda: list(range(1, 13)))


@dataclass(frozen=True, slots=True)
class Content:
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


def description(rng: Random, content: Content, matter: Matter, address: str) -> str:
    """One to four sentences, as different people write them."""
    sentences = [rng.choice(matter.matters)]
    if address and rng.random() < 0.45:
        sentences.append(rng.choice(content.places).format(address=address))
    if matter.details and rng.random() < 0.55:
        sentences.append(rng.choice(matter.details))
    if rng.random() < 0.4:
        sentences.append(rng.choice(content.endings))
    return " ".join(sentences)
