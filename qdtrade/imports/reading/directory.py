"""Which bureau a name in a file means."""

from collections.abc import Iterable, Mapping

from qdtrade import clock
from qdtrade.accounts.models import Bureau, BureauAlias

from . import bureau_names


class Directory:
    """The bureaus of a region by every name they have; built once per import, in two queries.

    `chosen` says by id which bureau a name means, whatever it looks like. The names of a bureau that was merged into
    another one mean that one from the day on, as its other names; before it they still mean the old one.
    """

    def __init__(self, region: Bureau | None, chosen: Mapping[str, int | None] | None = None) -> None:
        rows = Bureau.objects.filter(region=region) if region else Bureau.objects.none()
        aliases = BureauAlias.objects.filter(bureau__in=rows)
        self._region = region.name if region else ""
        self._by_name: dict[str, set[int]] = {}
        self._by_short: dict[str, set[int]] = {}
        today = clock.today()
        self.bureaus = {bureau.pk: bureau for bureau in rows.order_by("pk") if not bureau.is_merged_on(today)}
        self._chosen = {name: pk for name, pk in (chosen or {}).items() if pk in self.bureaus}
        self._own: set[str] = set()
        for bureau in self.bureaus.values():
            self._own |= {bureau_names.tidy(bureau.name), bureau_names.tidy(bureau.short_name)}
            self._add(bureau.pk, [bureau.name, bureau.short_name])
        for bureau_id, name in aliases.order_by("pk").values_list("bureau", "name"):
            if bureau_id in self.bureaus and not self._is_merging(name):
                self._add(bureau_id, [name])

    def _is_merging(self, name: str) -> bool:
        """Whether a bureau bears this name that is to be merged on a day to come."""
        bearers = (bureau for bureau in self.bureaus.values() if bureau.merged_on is not None)
        return any(name in {bureau.name, bureau.short_name} for bureau in bearers)

    def _add(self, pk: int, names: Iterable[str]) -> None:
        for name in names:
            self._by_name.setdefault(bureau_names.tidy(name), set()).add(pk)
            for short in self._shortened(name):
                self._by_short.setdefault(short, set()).add(pk)

    def _shortened(self, name: str) -> set[str]:
        """The name with and without the region before it: 青岛市商务局, 市商务局, 商务局."""
        bare = bureau_names.tidy(name)
        forms = {bare}
        for prefix in (self._region, self._region.rstrip("省市区州"), "市"):
            if prefix and bare.startswith(prefix) and len(bare) > len(prefix) + 1:
                forms.add(bare[len(prefix) :])
        return forms | {form.removeprefix("市") for form in forms if form != bare and len(form) > 3}

    @property
    def names(self) -> set[str]:
        """Every name that is known."""
        return set(self._by_name)

    def find(self, name: str) -> Bureau | None:
        """The one bureau of this name, or None for an unknown or ambiguous one."""
        if (chosen := self._chosen.get(name)) is not None:
            return self.bureaus[chosen]
        exact = self._by_name.get(bureau_names.tidy(name), set())
        if len(exact) == 1:
            return self.bureaus[next(iter(exact))]
        loose = {pk for short in self._shortened(name) for pk in self._by_short.get(short, set())}
        return self.bureaus[loose.pop()] if len(loose) == 1 and not exact else None

    def how(self, name: str) -> str:
        """How a name that is found was found: by a person's choice, as the bureau's own, as an alias, or shortened."""
        tidy = bureau_names.tidy(name)
        if name in self._chosen:
            return "chosen"
        if tidy in self._own:
            return "own"
        return "alias" if tidy in self._by_name else "short"

    def nearest(self, name: str) -> Bureau | None:
        """The bureau whose name is most like this one, or None."""
        found = bureau_names.nearest(bureau_names.tidy(name), self._by_short)
        return self.bureaus[min(self._by_short[found])] if found else None
