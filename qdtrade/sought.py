"""One word of a search, and the columns it may stand in: the same for every page, list, file and endpoint."""

from dataclasses import dataclass

from django.db.models import Q

from . import pinyin


@dataclass(frozen=True)
class Word:
    """A word as it was typed, the Chinese words it may mean, and whether columns of sounds are asked too."""

    typed: str
    meant: tuple[str, ...] = ()
    by_sound: bool = True

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.typed, *self.meant)

    def within(self, *columns: str) -> Q:
        """The word itself or what it means stands in one of these columns."""
        found = Q()
        for column in columns:
            for text in self.texts:
                found |= Q(**{f"{column}__icontains": text})
        return found

    def sounds(self, prefix: str = "") -> Q:
        """The kept sounds of a row hold it; where it is no reading, nothing is asked."""
        found = Q()
        if not self.by_sound or not pinyin.is_reading(self.typed):
            return found
        for spelling in pinyin.spellings(self.typed):
            found |= Q(**{f"{prefix}pinyin__contains": spelling})
        return found | Q(**{f"{prefix}initials__contains": self.typed.lower()})


def words(text: str) -> list[Word]:
    """The words of a text, parted by spaces; a row has to hold each of them."""
    return [Word(typed) for typed in text.split()]
