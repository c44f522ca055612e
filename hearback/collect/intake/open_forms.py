"""The forms that are open, each ready to take answers, as the store has them."""

import logging
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import MappingProxyType

import msgspec

from hearback.collect.intake.receiving import Receiver
from hearback.collect.intake.store import Store

STILL_OPEN = 3
"""So many versions before the newest are taken: people have them open when a new one is published."""

log = logging.getLogger(__name__)


class OpenForms:
    """Receivers by form. `by_key` is None until the store was read once.

    One thread reads again, others look at `by_key`, which is never changed but replaced.

    Args:
        zone: in which the day ends on which a clearance expires.
    """

    def __init__(self, zone: tzinfo = UTC) -> None:
        self._zone = zone
        self.by_key: Mapping[str, Receiver] | None = None
        self._versions: dict[str, tuple[int, bool]] = {}

    def read(self, store: Store) -> None:
        """Read what changed since the last time.

        Raises:
            StoreNotReady: if the store cannot be read.
        """
        for one in (self.by_key or {}).values():
            if one.quota is not None:
                one.n_stored = store.count_sent(one.form.form)
        versions = store.versions()
        if self.by_key is not None and versions == self._versions:
            return
        before = self.by_key or {}
        now = {}
        earlier = defaultdict(list)
        for form in store.earlier_forms():
            earlier[form.form].append(form)
        for form in store.forms():
            known = before.get(form.form)
            try:
                if known is None or known.form != form:
                    known = Receiver(form, earlier=earlier[form.form][:STILL_OPEN], zone=self._zone)
                    known.n_stored = 0 if known.quota is None else store.count_sent(form.form)
                now[form.form] = known
            except msgspec.MsgspecError as problem:
                log.error("form %s takes no answers; what it asks cannot be read: %s", form.form, problem)
        self.by_key, self._versions = MappingProxyType(now), versions
