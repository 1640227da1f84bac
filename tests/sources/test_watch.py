"""Collecting through a connector: what lands, what is said of the rest, what is asked again."""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
import yaml

from oyez import landing, line, upkeep
from oyez.errors import ConfigError, SourceDenied, SourceThrottled, SourceUnavailable
from oyez.sources import catalogue, watch
from oyez.sources.contract import Capabilities, Found, Gone, Missed, NoOptions
from oyez.warehouse.connect import open_snapshot
from oyez.workspace import Workspace

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "guestbook_source.py"
DAY = date(2026, 5, 26)
# The morning after, before the next local day is over in Paris.
NOW = datetime(2026, 5, 27, 5)  # noqa: DTZ001  naive UTC by convention
START, END = datetime(2026, 5, 25, 22), datetime(2026, 5, 26, 22)  # noqa: DTZ001


class Fake:
    """A connector whose answers a test sets."""

    name = "fake"
    title = "Fake site"
    capabilities = Capabilities(past_day="no", is_sorted=True, needs="nothing", recheck_days=30)
    Options = NoOptions
    script: Callable[[], Iterator[Any]]
    present: set[str]
    asked = 0

    def __init__(self, web: object, credential: object) -> None:
        self.credential = credential

    def fetch(self, query: object, window: object) -> Iterator[Any]:
        type(self).asked += 1
        yield from type(self).script()

    def probe(self, query: object) -> str:
        return "answers"

    def recheck(self, query: object, native_ids: list[str]) -> Iterator[Gone]:
        yield from (Gone(one) for one in native_ids if one not in type(self).present)


def found(native_id: str, at: str = "2026-05-26T10:00:00", **data: Any) -> Found:
    body = {"published_at": at, "text": f"Acme said {native_id}", "author_handle": "ann", **data}
    return Found(native_id, body, {"id": native_id, **body}, f"page 1 #{native_id}")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    files: dict[str, Any] = {
        "agency.yml": {"name": "Atelier Nord", "website": "https://atelier.example"},
        "clients/acme.yml": {
            "id": "acme",
            "name": "Acme",
            "timezone": "Europe/Paris",
            "languages": ["en"],
            "brands": [{"id": "acme", "name": "Acme"}],
            "sources": [{"id": "site", "kind": "fake"}],
            "reports": [{"id": "daily", "cadence": "daily"}],
        },
    }
    for path, content in files.items():
        target = tmp_path / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(yaml.safe_dump(content), encoding="utf-8")
    return tmp_path


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch) -> type[Fake]:
    for module in (catalogue, watch, upkeep):
        monkeypatch.setattr(module, "connector", lambda kind: Fake)
    Fake.script = lambda: iter(())
    Fake.present, Fake.asked = set(), 0
    return Fake


def collect(home: Path, now: datetime = NOW, **more: Any) -> dict[str, Any]:
    ws = Workspace.open(home)
    client = ws.client("acme")
    return watch.watch(ws, client, client.sources[0], DAY, now=now, **more)


def intervals(home: Path, run: str) -> list[tuple[str, str, str]]:
    body = landing.manifest(Workspace.open(home).storage, run)
    return [(one["start"], one["end"], one["state"]) for one in body["coverage"]]


def query(home: Path, sql: str) -> list[tuple[Any, ...]]:
    connection = open_snapshot(Workspace.open(home).storage)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def publish(home: Path) -> dict[str, Any]:
    ws = Workspace.open(home)
    line.stage(ws, line.pending_runs(ws))
    line.enrich(ws, line.pending_enrichment(ws))
    return line.publish(ws, [])


def test_a_whole_day_is_measured_from_end_to_end(home: Path, fake: type[Fake]) -> None:
    fake.script = lambda: iter([found("1"), found("2")])
    result = collect(home)
    assert result["state"] == "ok"
    assert intervals(home, result["run"]) == [(START.isoformat(), END.isoformat(), "ok")]


def test_nothing_found_is_not_nothing_measured(home: Path, fake: type[Fake]) -> None:
    result = collect(home)
    assert result["state"] == "ok_empty"
    publish(home)
    assert query(home, "select sum(item_count) from metric.mention_volume") == [(0,)]


def test_what_was_missed_is_cut_out(home: Path, fake: type[Fake]) -> None:
    gap = (START + timedelta(hours=4), START + timedelta(hours=6))
    fake.script = lambda: iter([found("1"), Missed(*gap, "throttled", "429")])
    result = collect(home)
    assert result["state"] == "partial"
    assert intervals(home, result["run"]) == [
        (START.isoformat(), gap[0].isoformat(), "ok_empty"),
        (gap[0].isoformat(), gap[1].isoformat(), "throttled"),
        (gap[1].isoformat(), END.isoformat(), "ok"),
    ]


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (SourceThrottled("slow down", until=NOW + timedelta(hours=1)), "throttled"),
        (SourceDenied("no"), "auth_failed"),
        (SourceUnavailable("down"), "source_down"),
    ],
)
def test_an_error_keeps_what_was_found_and_names_the_gap(
    home: Path, fake: type[Fake], error: Exception, state: str
) -> None:
    def script() -> Iterator[Found]:
        yield found("1")
        raise error

    fake.script = script
    result = collect(home)
    assert result["state"] == state
    assert result["error"] is error
    assert result["item_count"] == 1
    # Nobody knows which part of the day was read: none of it counts as measured.
    assert intervals(home, result["run"]) == [(START.isoformat(), END.isoformat(), state)]


def _poisoned(*hours: int) -> type[Fake]:
    """Return a connector that fails wherever the window holds a quarter past one of these hours."""

    class Poisoned(Fake):
        capabilities = Capabilities(
            past_day="yes", is_sorted=True, needs="nothing", slice_minutes=15
        )
        windows: ClassVar[list[Any]] = []

        def fetch(self, query: object, window: Any) -> Iterator[Any]:
            type(self).windows.append(window)
            for hour in range(24):
                at = START + timedelta(hours=hour)
                if window.holds(at) and len(hours) < 24:
                    yield found(str(hour), at=at.isoformat())
                if hour in hours and window.holds(at + timedelta(minutes=15)):
                    raise SourceUnavailable("status 500")

    return Poisoned


def test_a_poison_item_is_one_gap_and_the_rest_is_measured(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cls = _poisoned(9)
    for module in (catalogue, watch):
        monkeypatch.setattr(module, "connector", lambda kind: cls)
    result = collect(home)
    gap = (START + timedelta(hours=9, minutes=15)).isoformat()
    after = (START + timedelta(hours=9, minutes=30)).isoformat()
    assert (result["state"], result["error"]) == ("partial", None)
    assert intervals(home, result["run"]) == [
        (START.isoformat(), gap, "ok"),
        (gap, after, "source_down"),
        (after, END.isoformat(), "ok"),
    ]
    publish(home)
    assert query(home, "select count(*) from core.item") == [(24,)]


def test_a_site_that_is_down_is_one_gap_after_three_tries(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cls = _poisoned(*range(24))
    for module in (catalogue, watch):
        monkeypatch.setattr(module, "connector", lambda kind: cls)
    result = collect(home)
    assert result["state"] == "source_down"
    assert intervals(home, result["run"]) == [(START.isoformat(), END.isoformat(), "source_down")]
    assert len(cls.windows) == 3  # type: ignore[attr-defined]


def test_a_second_try_fills_the_gap_and_doubles_nothing(home: Path, fake: type[Fake]) -> None:
    def throttled() -> Iterator[Found]:
        yield found("1")
        raise SourceThrottled("slow down")

    fake.script = throttled
    collect(home)
    fake.script = lambda: iter([found("1"), found("2")])
    collect(home, now=NOW + timedelta(hours=1))
    publish(home)
    assert query(
        home, "select item_count, coverage from metric.mention_volume where item_count > 0"
    ) == [(2, "ok")]
    assert fake.asked == 2
    # The day is whole now: a further run of the same day asks nobody.
    assert collect(home, now=NOW + timedelta(hours=2))["message"] == "collected before"
    assert fake.asked == 2
    collect(home, now=NOW + timedelta(hours=2), again=True)
    assert fake.asked == 3


def test_a_past_day_is_not_asked_of_a_site_that_forgets(home: Path, fake: type[Fake]) -> None:
    result = collect(home, now=NOW + timedelta(days=30))
    assert result["state"] == "not_asked"
    assert fake.asked == 0


def test_an_unfinished_day_is_measured_up_to_now(home: Path, fake: type[Fake]) -> None:
    noon = START + timedelta(hours=12)
    result = collect(home, now=noon)
    assert intervals(home, result["run"]) == [(START.isoformat(), noon.isoformat(), "ok_empty")]


def test_lying_dates_and_missing_ids_are_quarantined(home: Path, fake: type[Fake]) -> None:
    fake.script = lambda: iter(
        [found("1"), found("2", at="1970-01-01"), found("3", at="2031-01-01"), found("")]
    )
    result = collect(home)
    assert (result["item_count"], result["reject_count"]) == (1, 3)
    publish(home)
    reasons = query(home, "select reason from ops.quarantine order by reason")
    assert reasons == [("bad_date",), ("date_in_future",), ("missing_id",)]


@pytest.mark.parametrize(
    ("key", "reason"), [("published_at", "missing_date"), ("native_id", "missing_id")]
)
def test_an_item_without_a_required_key_is_quarantined_and_the_others_count(
    home: Path, fake: type[Fake], key: str, reason: str
) -> None:
    bad = found("2")
    del bad.data["published_at"]
    if key == "native_id":
        bad = Found("", {**found("2").data}, {"text": "no id"}, "page 1 #2")
    fake.script = lambda: iter([found("1"), bad, found("3")])
    result = collect(home)
    assert (result["state"], result["item_count"], result["reject_count"]) == ("ok", 2, 1)
    publish(home)
    assert query(home, "select reason, raw_ref like '%page 1 #2' from ops.quarantine") == [
        (reason, True)
    ]
    assert query(home, "select sum(item_count) from metric.mention_volume") == [(2,)]


def test_a_key_whose_values_change_their_type_is_told_at_the_publish(
    home: Path, fake: type[Fake]
) -> None:
    """Four mornings of ten items; on the last one the likes come as words."""
    warnings: list[str] = []
    for morning in range(4):
        likes: Any = "7" if morning == 3 else 7
        fake.script = lambda morning=morning, likes=likes: iter(  # type: ignore[misc]
            [
                Found(f"{morning}-{n}", found("x").data, {"id": n, "likes": likes}, f"#{n}")
                for n in range(10)
            ]
        )
        collect(home, now=NOW + timedelta(hours=morning), again=True)
        warnings = publish(home)["warnings"]
    (told,) = [one for one in warnings if one.startswith("key_drift")]
    assert "source_id site, key_path likes, change retyped, types number → string" in told
    assert "since 2026-05-27" in told
    assert "→ see whether its connector or mapping still reads them" in told


def test_an_unset_connection_is_a_named_gap(
    home: Path, fake: type[Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Fake, "capabilities", Capabilities(past_day="no", is_sorted=True, needs="key")
    )
    monkeypatch.delenv("AIRFLOW_CONN_ACME__SITE", raising=False)
    result = collect(home)
    assert result["state"] == "not_configured"
    assert "AIRFLOW_CONN_ACME__SITE" in result["message"]
    assert fake.asked == 0


def test_a_failing_source_never_blocks_the_report(
    home: Path, fake: type[Fake], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        Fake, "capabilities", Capabilities(past_day="yes", is_sorted=True, needs="nothing")
    )

    def down() -> Iterator[Found]:
        raise SourceUnavailable("the site is down")
        yield

    fake.script = down
    ws = Workspace.open(home)
    outcome = line.run_day(ws, line.plan(ws, day=DAY))
    assert [type(one) for one in outcome.failures] == [SourceUnavailable]
    (made,) = outcome.editions
    edition = json.loads(ws.storage.read(made["edition"]))
    assert edition["figures"]["mention_volume"]["value"] is None
    assert edition["figures"]["mention_volume"]["status"] == "not_measured"


def test_calls_and_keys_are_kept(home: Path, fake: type[Fake]) -> None:
    fake.script = lambda: iter([found("1"), found("2", like_count=3)])
    collect(home)
    publish(home)
    paths = dict(query(home, "select key_path, item_count from ops.key_observation"))
    assert paths["published_at"] == 2
    assert paths["like_count"] == 1
    ((calls, items),) = query(home, "select call_count, item_count from core.usage")
    assert (calls, items) == (0, 2)  # the fake makes no call of the HTTP client


def test_two_misses_withdraw_an_item_for_good(home: Path, fake: type[Fake]) -> None:
    fake.script = lambda: iter([found("kept"), found("deleted")])
    collect(home)
    publish(home)
    fake.present = {"kept"}
    ws = Workspace.open(home)
    first = upkeep.upkeep(ws, "acme", "site", now=NOW)
    again = upkeep.upkeep(ws, "acme", "site", now=NOW + timedelta(hours=2))
    assert (first["missing"], first["withdrawn"]) == (1, 0)
    assert again["withdrawn"] == 0, "two looks on one day are one look"
    second = upkeep.upkeep(ws, "acme", "site", now=NOW + timedelta(days=1))
    assert second["withdrawn"] == 1
    publish(home)
    assert query(
        home, "select native_id, text, withdrawn_at is null from core.item order by 1"
    ) == [
        ("deleted", None, False),
        ("kept", "Acme said kept", True),
    ]
    assert query(home, "select sum(item_count) from metric.mention_volume") == [(1,)]
    for path in (home / "data" / "landing").rglob("items-*"):
        import zstandard

        assert b"Acme said deleted" not in zstandard.ZstdDecompressor().decompress(
            path.read_bytes()
        )
    rows = "select native_id, brand_id from core.item join core.mention using (item_id) order by 1"
    before = query(home, rows)
    line.rebuild(Workspace.open(home))
    assert query(home, "select count(*) from core.item where withdrawn_at is not null") == [(1,)]
    assert query(home, "select sum(item_count) from metric.mention_volume") == [(1,)]
    assert query(home, rows) == before
    # What was counted from its words stays in landing, for a report as of a day before.
    ((envelope,),) = [
        [one for one in landing.read(ws.storage, run, "items") if one["native_id"] == "deleted"]
        for run in landing.runs(ws.storage)
    ]
    settled = envelope["settled"]
    assert [one["brand_id"] for one in settled["mention"]] == ["acme"]
    assert (settled["item"]["text"], settled["item"]["url"]) == (None, None)
    third = upkeep.upkeep(ws, "acme", "site", now=NOW + timedelta(days=2))
    assert third["withdrawn"] == 0


def test_an_unknown_kind_and_wrong_options_are_told(home: Path) -> None:
    with pytest.raises(ConfigError, match="no source of kind 'fake'"):
        catalogue.connector("fake")


class _Entry:
    def __init__(self, name: str, value: object) -> None:
        self.name, self._value = name, value

    def load(self) -> object:
        return self._value


def test_the_worked_example_collects(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """docs/examples/guestbook_source.py, registered as the page says, against a small site."""
    spec = importlib.util.spec_from_file_location("guestbook_source", EXAMPLE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, "guestbook_source", module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(
        catalogue, "entry_points", lambda group: [_Entry("guestbook", module.Guestbook)]
    )
    entries = [
        {
            "id": number,
            "at": (END - timedelta(hours=number)).isoformat(),
            "name": "Ann",
            "words": "Acme!",
        }
        for number in range(1, 31)
    ]

    class Site:
        def get(self, url: str, *, params: dict[str, str], read: Any) -> Any:
            before = int(params.get("before", 0))
            page = entries[before : before + 10]
            following = str(before + 10) if before + 10 < len(entries) else None
            return _Answer({"entries": page, "next": following})

        def clean(self, text: str) -> str:
            return text

    file = home / "clients" / "acme.yml"
    body = yaml.safe_load(file.read_text())
    body["sources"] = [
        {"id": "book", "kind": "guestbook", "options": {"url": "https://book.example"}}
    ]
    file.write_text(yaml.safe_dump(body))
    ws = Workspace.open(home)
    client = ws.client("acme")
    result = watch.watch(ws, client, client.sources[0], DAY, now=NOW, web=Site())  # type: ignore[arg-type]
    assert (result["state"], result["item_count"]) == ("ok", 24)

    body["sources"][0]["options"] = {"adress": "https://book.example"}
    file.write_text(yaml.safe_dump(body))
    wrong = Workspace.open(home).client("acme")
    with pytest.raises(ConfigError, match=r"options\.url"):
        catalogue.query_of(wrong, wrong.sources[0])


class _Answer:
    def __init__(self, body: Any) -> None:
        self._body = body

    def json(self) -> Any:
        return self._body


def test_a_shared_quota_is_shared_out(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from oyez.sources import quota

    class Rationed(Fake):
        capabilities = Capabilities(
            past_day="yes", is_sorted=True, needs="nothing", daily_quota=100
        )

    monkeypatch.setattr(quota, "connector", lambda kind: Rationed)
    body = yaml.safe_load((home / "clients" / "acme.yml").read_text())
    for name in ("beta", "gamma"):
        other = {**body, "id": name, "brands": [{"id": name, "name": name}]}
        (home / "clients" / f"{name}.yml").write_text(yaml.safe_dump(other))
    agency = {"name": "Atelier Nord", "allowances": {"fake": {"acme": 60}}}
    (home / "agency.yml").write_text(yaml.safe_dump(agency))
    share = quota.allowance(Workspace.open(home), "fake")

    class Asker:
        def __init__(self, client_id: str) -> None:
            self.client_id = client_id

    assert [share(Asker(name)) for name in ("acme", "beta", "gamma")] == [60, 20, 20]  # type: ignore[arg-type]


def test_a_connector_is_given_its_memory_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, str]] = []

    class Remembering(Fake):
        def __init__(self, web: object, credential: object, memory: dict[str, str]) -> None:
            seen.append(dict(memory))
            memory.setdefault("entry", "2026-05-26")

    for module in (catalogue, watch):
        monkeypatch.setattr(module, "connector", lambda kind: Remembering)
    Remembering.script = lambda: iter(())
    collect(home)
    collect(home, again=True)
    assert seen == [{}, {"entry": "2026-05-26"}]
