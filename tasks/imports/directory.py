"""Which bureau a name in a file means."""

from collections.abc import Iterable
from typing import Any

from qdtrade.accounts.models import Bureau, BureauAlias

from . import bureau_names


class Directory:
    """The bureaus of a region by every name they have; built once per import, in two queries."""

    def __init__(self, region: Bureau | None) -> None:
        rows = Bureau.objects.filter(region=region) if region else Bureau.objects.none()
        aliases = BureauAlias.objects.filter(region=region) if region else BureauAlias.objects.none()
        self._region = region.name if region else ""
        self._by_name: dict[str, set[int]] = {}
        self._by_key: dict[str, set[int]] = {}
        self.bureaus = {bureau.pk: bureau for bureau in rows.order_by("pk")}
        for bureau in self.bureaus.values():
            self._add(bureau.pk, [bureau.name, bureau.short_name])
        for alias in aliases:
            self._add(alias.bureau_id, [alias.name])

    def _add(self, pk: int, names: Iterable[Any]) -> None:
        for name in names:
            self._by_name.setdefault(bureau_names.tidy(name), set()).add(pk)
            self._by_key.setdefault(self._key(name), set()).add(pk)

    def _key(self, name: str) -> str:
        """The name without the region before it: 青岛市商务局, 市商务局 and 商务局 have one key."""
        bare = bureau_names.tidy(name)
        for prefix in (self._region, self._region.rstrip("省市区州")):
            if prefix and bare.startswith(prefix) and len(bare) > len(prefix) + 1:
                bare = bare[len(prefix) :]
        return bare[1:] if bare.startswith("市") and len(bare) > 3 else bare

    @property
    def names(self) -> set[str]:
        """Every name that is known."""
        return set(self._by_name)

    def find(self, name: str) -> Bureau | None:
        """The one bureau of this name, or None for an unknown or ambiguous one."""
        for found in (self._by_name.get(bureau_names.tidy(name)), self._by_key.get(self._key(name))):
            if found and len(found) == 1:
                return self.bureaus[next(iter(found))]
        return None

    def nearest(self, name: str) -> Bureau | None:
        """The bureau whose name is most like this one, or None."""
        key = bureau_names.nearest(self._key(name), self._by_key)
        return self.bureaus[min(self._by_key[key])] if key else None
