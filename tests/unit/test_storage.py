"""The five verbs hold under races, kills and hostile keys."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from oyez.storage import AlreadyExists, Storage


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return Storage(tmp_path / "data")


def test_an_object_is_read_as_it_was_written(storage: Storage, tmp_path: Path) -> None:
    (tmp_path / "origin").write_bytes(b"from a file")
    storage.create("a/b.json", b"{}")
    storage.create("a/c.bin", tmp_path / "origin")
    assert storage.read("a/b.json") == b"{}"
    assert storage.read("a/c.bin") == storage.local("a/c.bin").read_bytes() == b"from a file"
    assert storage.exists("a/b.json")
    assert not storage.exists("a")
    with pytest.raises(FileNotFoundError):
        storage.read("a/d")
    with pytest.raises(FileNotFoundError):
        storage.local("a")


def test_a_key_is_created_once(storage: Storage) -> None:
    storage.create("journal/1", b"first")
    with pytest.raises(AlreadyExists):
        storage.create("journal/1", b"second")
    assert storage.read("journal/1") == b"first"
    assert list(storage.list()) == ["journal/1"]
    storage.delete("journal/1")
    storage.delete("journal/1")
    storage.create("journal/1", b"third")
    assert storage.read("journal/1") == b"third"


def _claim(root: Path, name: bytes, start, won) -> None:
    storage = Storage(root)
    start.wait()
    for number in range(60):
        try:
            storage.create(f"claims/{number}", name)
        except AlreadyExists:
            continue
        won.put((number, name))


def test_two_processes_that_claim_one_key_see_one_winner(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start, won = context.Barrier(2), context.Queue()
    racers = [
        context.Process(target=_claim, args=(tmp_path, name, start, won)) for name in (b"a", b"b")
    ]
    for racer in racers:
        racer.start()
    winners = [won.get(timeout=60) for _ in range(60)]
    for racer in racers:
        racer.join(60)
        assert racer.exitcode == 0
    assert won.empty()
    assert sorted(number for number, _ in winners) == list(range(60))
    storage = Storage(tmp_path)
    assert all(storage.read(f"claims/{number}") == name for number, name in winners)
    assert len(list(storage.list())) == 60


_WRITER = """
import os, pathlib, sys, time
from oyez.storage import Storage

def stop(descriptor):
    print("written", flush=True)
    time.sleep(60)

os.fsync = stop
storage = Storage(pathlib.Path(sys.argv[1]))
getattr(storage, sys.argv[2])("editions/e.json", b"x" * 100_000)
"""


@pytest.mark.parametrize("verb", ["create", "replace"])
def test_a_kill_in_the_middle_leaves_nothing_visible(tmp_path: Path, verb: str) -> None:
    # The bytes are written but not yet on disk when the writer dies.
    writer = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path), verb],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert writer.stdout is not None
    assert writer.stdout.readline() == b"written\n"
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    writer.stdout.close()
    storage = Storage(tmp_path)
    assert any((tmp_path / "editions").iterdir())  # the dead writer's temporary file
    assert list(storage.list()) == []
    assert not storage.exists("editions/e.json")
    storage.create("editions/e.json", b"again")
    assert list(storage.list("editions/")) == ["editions/e.json"]


@pytest.mark.parametrize("key", ["../x", "a/../../x", "/etc/passwd", "link/x"])
def test_a_key_stays_under_the_root(tmp_path: Path, key: str) -> None:
    root = tmp_path / "data"
    root.mkdir()
    (root / "link").symlink_to(tmp_path)
    storage = Storage(root)
    for act in (
        storage.read,
        storage.local,
        storage.exists,
        storage.delete,
        lambda key: storage.create(key, b""),
        lambda key: storage.replace(key, b""),
        lambda key: list(storage.list(key + "/")),
    ):
        with pytest.raises(ValueError, match="leaves the data root"):
            act(key)
    assert not (tmp_path / "x").exists()


def test_keys_come_in_order_without_temporaries(storage: Storage, tmp_path: Path) -> None:
    for key in ("b/2", "b/10", "a/1", "c"):
        storage.create(key, b"")
    (tmp_path / "data" / "b" / ".tmp-dead").write_bytes(b"half")
    assert list(storage.list("b/")) == ["b/10", "b/2"]
    assert list(storage.list()) == ["a/1", "b/10", "b/2", "c"]
    assert list(storage.list("none/")) == []
    assert list(Storage(tmp_path / "nowhere").list()) == []


def _replace(root: Path, until: float) -> None:
    storage = Storage(root)
    turn = 0
    while time.monotonic() < until:
        storage.replace("CURRENT", bytes([65 + turn % 26]) * 20_000)
        turn += 1


def test_readers_see_the_old_or_the_new_and_never_a_mixture(tmp_path: Path) -> None:
    storage = Storage(tmp_path)
    storage.replace("CURRENT", b"A" * 20_000)
    until = time.monotonic() + 1.5
    writer = multiprocessing.get_context("spawn").Process(target=_replace, args=(tmp_path, until))
    writer.start()
    seen = set()
    while time.monotonic() < until:
        data = storage.read("CURRENT")
        assert len(data) == 20_000
        assert len(set(data)) == 1
        seen.add(data[0])
    writer.join(30)
    assert writer.exitcode == 0
    assert seen
    assert list(storage.list()) == ["CURRENT"]
