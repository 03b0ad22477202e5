"""A sentence that remembers what it was made of, so that a page can say it in another language."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Sentence(str):
    """A finished English sentence with its pattern and its values; to everybody else it is plain text.

    The pattern stands in the catalogue of the pages. A value that is itself a sentence is put into the other language
    with it.
    """

    pattern: str
    values: dict[str, object]
    lowered: bool

    def __new__(cls, pattern: str, /, **values: object) -> Self:
        """Make a sentence: ``Sentence("Trust stood at %(trust)s.", trust=41)``; a percent sign is doubled."""
        return cls._made(pattern, values)

    @classmethod
    def _made(cls, pattern: str, values: dict[str, object], *, lowered: bool = False) -> Self:
        text = pattern % values
        made = super().__new__(cls, text.lower() if lowered else text)
        made.pattern, made.values, made.lowered = pattern, values, lowered
        return made

    @classmethod
    def of_words(cls, words: str, *, lowered: bool = False) -> Self:
        """Return words out of a file as a sentence, if wanted in small letters; percent signs in them stay."""
        return cls._made(words.replace("%", "%%"), {}, lowered=lowered)

    @classmethod
    def joined(cls, parts: Iterable[str], between: str = " ") -> Self:
        """Return several sentences as one."""
        named = {f"part{n}": part for n, part in enumerate(parts)}
        return cls._made(between.join(f"%({name})s" for name in named), {**named})

    def filled(self, look_up: Callable[[str], str]) -> str:
        """Return it in another language.

        Args:
            look_up: Gives a pattern in that language, and gives it back where there is none.
        """
        values = {
            name: value.filled(look_up) if isinstance(value, Sentence) else value for name, value in self.values.items()
        }
        # Words without a value are known by themselves, with their percent signs single.
        text = look_up(self.pattern) % values if values else look_up(self.pattern.replace("%%", "%"))
        return text.lower() if self.lowered else text

    def __deepcopy__(self, _memo: object) -> Self:
        return self

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)
