"""Makes one figure: the value, what it is compared with, and what may be said of it."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Literal

from oyez.edition.model import Bridge, Comparison, Figure, Number, Reason, Status, Unit

# Below this share of hours, measured in part is too little to be compared with anything.
COMPARABLE_PCT = 90.0

PLACES = {"stars": 2, "pct": 1, "points": 1, "minutes": 0, "index": 0, "rate": 2}


@dataclass(frozen=True)
class Measure:
    """How well a span was measured for the report's brand."""

    status: Literal["ok", "partial", "not_measured"]
    measured_pct: float
    sources: tuple[str, ...]


Value = tuple[Number | Decimal, int | None]  # value and n


@dataclass(frozen=True)
class Bridged:
    """Two periods' values on the sources that measured both."""

    sources: tuple[str, ...]
    now: Value
    before: Value


def rounded(value: Number | Decimal, unit: str) -> Number:
    """Return the value as it is printed: half up, to the unit's number of decimals."""
    if value is None:
        return None
    exact = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    places = PLACES.get(unit, 0)
    if places == 0:
        return int(exact.quantize(Decimal(1), ROUND_HALF_UP))
    return float(exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


class FigureMaker:
    """Makes the figures of one edition.

    Args:
        measures: how well each span was measured.
        minimum_n: under it a rate is not printed as a rate.
        key: what the figures' refs are drawn from; equal for all locales of a report.
        basis: (metric, figure) → what its value rests on besides the data.
        refusal: (figure, span) → why that span's value may not be compared, or None.
        beside: (figure, metric, earlier value) → the value with what was printed then.
        targets: figure → (bound, value) that the client wants to reach.
        bridges: span → figure → its values on the sources that measured both periods.
    """

    def __init__(
        self,
        measures: dict[str, Measure],
        *,
        minimum_n: int,
        key: str,
        basis: Callable[[str, str], dict[str, Any]],
        refusal: Callable[[str, str], Reason | None],
        beside: Callable[[str, str, Comparison], Comparison],
        targets: dict[str, tuple[Literal["at_least", "at_most"], Decimal]],
        bridges: dict[str, dict[str, Bridged]],
    ) -> None:
        self._measures, self.minimum_n, self._key = measures, minimum_n, key
        self._basis, self._targets = basis, targets
        self._refusal, self._beside, self._bridges = refusal, beside, bridges

    def figure(
        self,
        name: str,
        values: dict[str, Value],
        unit: Unit,
        metric: str,
        *,
        is_rate: bool = False,
        missing: Status = "none",
        low: Number | Decimal = None,
        high: Number | Decimal = None,
        status: Status | None = None,
        refused: dict[str, Reason] | None = None,
    ) -> Figure:
        """Return the figure `name`.

        Args:
            name: key of the figure.
            values: span → (value, n); spans that are absent have nothing to show.
            unit: of the value.
            metric: card that defines it.
            is_rate: whether it needs a minimum n.
            missing: status of a measured span without a value.
            low: lower end of the interval.
            high: upper end of the interval.
            status: overrides what the coverage says.
            refused: span → why its value may not be compared, where the caller knows.
        """
        value, n = values.get("reported", (None, None))
        measure = self._measures["reported"]
        own: Status = measure.status
        if value is None and own != "not_measured":
            own = missing
        elif is_rate and own != "not_measured" and (n or 0) < self.minimum_n:
            own = "n_too_small"
        own = status or own
        comparisons = [
            self._beside(
                name,
                metric,
                self._comparison(
                    kind,
                    span,
                    values,
                    unit,
                    is_rate,
                    missing,
                    (refused or {}).get(span) or self._refusal(name, span),
                    self._bridges.get(span, {}).get(name),
                ),
            )
            for kind, span in (("previous_period", "previous"), ("last_year", "last_year"))
        ]
        target = self._targets.get(name)
        if target is not None:
            bound, wanted = target
            comparisons.append(
                Comparison(value=rounded(wanted, unit), kind="target", status="ok", bound=bound)
            )
        main = comparisons[0]
        return Figure(
            value=None if own == "not_measured" else rounded(value, unit),
            n=n,
            low=rounded(low, unit),
            high=rounded(high, unit),
            unit=unit,
            status=own,
            prior=main.value if main.status in ("ok", "partial") else None,
            prior_kind=main.kind if main.status in ("ok", "partial") else None,
            comparisons=comparisons,
            metric=metric,
            basis=short_hash(self._basis(metric, name)),
            ref=self.ref(name),
        )

    def is_comparable(self, name: str, span: str) -> bool:
        """Tell whether a span was measured like the reported one and rests on the same."""
        before, now = self._measures[span], self._measures["reported"]
        return (
            "not_measured" not in (before.status, now.status)
            and before.sources == now.sources
            and min(before.measured_pct, now.measured_pct) >= COMPARABLE_PCT
            and self._refusal(name, span) is None
        )

    def ref(self, name: str) -> str:
        """Return the short code printed beside a figure or a quotation."""
        return ref(self._key, name)

    def _comparison(
        self,
        kind: Any,
        span: str,
        values: dict[str, Value],
        unit: Unit,
        is_rate: bool,
        missing: Status,
        refused: Reason | None,
        bridged: Bridged | None,
    ) -> Comparison:
        value, n = values.get(span, (None, None))
        before, now = self._measures[span], self._measures["reported"]
        status: Any
        reason: Reason | None = None
        bridge: Bridge | None = None
        if before.status == "not_measured":
            value, status = None, "not_measured"
        elif value is None:
            # A median that half never reach, or an audience nobody knows, is not "no case".
            status = missing if n or missing == "unknown" else "none"
        elif before.sources != now.sources and (
            bridge := self._bridge(bridged, unit, is_rate, refused)
        ):
            status = "bridged"
        elif before.sources != now.sources or now.status == "not_measured":
            status, reason = "not_comparable", "sources"
        elif min(before.measured_pct, now.measured_pct) < COMPARABLE_PCT:
            status, reason = "not_comparable", "measured"
        elif refused:
            status, reason = "not_comparable", refused
        elif is_rate and (n or 0) < self.minimum_n:
            status = "n_too_small"
        elif "partial" in (before.status, now.status):
            status = "partial"
        else:
            status = "ok"
        return Comparison(
            value=rounded(value, unit), kind=kind, status=status, reason=reason, bridge=bridge
        )

    def _bridge(
        self, bridged: Bridged | None, unit: Unit, is_rate: bool, refused: Reason | None
    ) -> Bridge | None:
        """Return the comparison on common sources, where there is one that may be printed."""
        if bridged is None or refused:
            return None
        few = is_rate and min(bridged.now[1] or 0, bridged.before[1] or 0) < self.minimum_n
        if few or bridged.now[0] is None or bridged.before[0] is None:
            return None
        return Bridge(
            sources=list(bridged.sources),
            value=rounded(bridged.now[0], unit),
            prior=rounded(bridged.before[0], unit),
        )


def ref(key: str, name: str) -> str:
    """Return the short code of a figure or an item among those of a report's period."""
    digest = hashlib.sha256(f"{key}|{name}".encode()).digest()
    return base64.b32encode(digest)[:6].decode()


def reaches(value: float, target: Comparison) -> bool:
    """Tell whether a value reaches a target; a bound that is met exactly is reached."""
    wanted = target.value or 0
    return value <= wanted if target.bound == "at_most" else value >= wanted


def short_hash(document: Any) -> str:
    """Return eight hex digits of a JSON-able document."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:8]
