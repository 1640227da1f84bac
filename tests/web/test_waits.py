"""What the client does with a wait: sleeps a short one, hands a long one on, never cuts it."""

from __future__ import annotations

from datetime import timedelta

import pytest
import responses
from tests.web.conftest import NOW

from oyez.errors import SourceThrottled, SourceUnavailable
from oyez.web import Answer, Pace, Verdict

URL = "https://api.example.org/search"


@pytest.fixture(autouse=True)
def site():
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


@pytest.fixture
def web(make):
    return make()


def test_a_short_wait_is_slept_whole(site, web, clock):
    site.get(URL, status=429, headers={"Retry-After": "42"})
    site.get(URL, json={"ok": 1})
    assert web.get(URL).json() == {"ok": 1}
    assert clock.slept == [42]


def test_a_minute_is_slept_and_a_second_more_is_not(site, web, clock):
    site.get(URL, status=429, headers={"Retry-After": "60"})
    site.get(URL, status=429, headers={"Retry-After": "61"})
    with pytest.raises(SourceThrottled, match="16:02:01 UTC") as caught:
        web.get(URL)
    assert clock.slept == [60]
    assert caught.value.until == NOW + timedelta(seconds=121)
    assert caught.value.until.tzinfo is None


def test_a_long_wait_is_handed_on_whole(site, web, clock):
    site.get(URL, status=429, headers={"Retry-After": "21600"})
    with pytest.raises(SourceThrottled) as caught:
        web.get(URL)
    assert caught.value.until == NOW + timedelta(hours=6)
    assert clock.slept == []


def test_a_host_that_was_refused_is_not_asked_by_the_next_call(site, web):
    refused = site.get(URL, status=429, headers={"Retry-After": "600"})
    for _ in range(3):
        with pytest.raises(SourceThrottled) as caught:
            web.get(URL)
        assert caught.value.until == NOW + timedelta(seconds=600)
    assert refused.call_count == 1


def test_a_wait_beyond_the_tasks_end_is_handed_on(site, make, clock):
    site.get(URL, status=429, headers={"Retry-After": "30"})
    with pytest.raises(SourceThrottled):
        make(task_seconds=20).get(URL)
    assert clock.slept == []


def test_four_refusals_are_enough(site, web, clock):
    refused = site.get(URL, status=429, headers={"Retry-After": "9"})
    with pytest.raises(SourceThrottled) as caught:
        web.get(URL)
    assert refused.call_count == 4
    assert clock.slept == [9, 9, 9]
    # The last attempt's pause starts at the last answer.
    assert caught.value.until == NOW + timedelta(seconds=36)


def test_a_refusal_without_time_is_waited_for_longer_each_time(site, make, clock):
    site.get(URL, status=429)
    with pytest.raises(SourceThrottled, match="without saying") as caught:
        make(chance=lambda: 0.0).get(URL)
    assert clock.slept == [10, 20, 40]
    assert caught.value.until is None


def test_a_wait_of_nothing_does_not_become_a_hammer(site, web, clock):
    site.get(URL, status=429, headers={"Retry-After": "0"})
    with pytest.raises(SourceThrottled):
        web.get(URL)
    assert clock.slept == [1, 2, 4]


def test_a_refusal_in_words_with_status_200_is_no_success(site, web, clock):
    site.get(URL, body="Please limit requests to one every 5 seconds or contact us.\n")
    site.get(URL, json={"articles": []})
    assert web.get(URL, read=Answer.json).json() == {"articles": []}
    assert clock.slept == [10]


def test_a_used_up_window_makes_the_next_call_wait(site, web, clock):
    site.get(
        URL,
        json=[],
        headers={"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "2026-11-22T16:00:30Z"},
    )
    web.get(URL)
    assert clock.slept == []
    web.get(URL)
    assert clock.slept == [30]


def test_a_used_up_window_far_from_its_end_defers_the_next_call(site, web, clock):
    first = site.get(
        URL, json={"items": [], "quota_max": 300, "quota_remaining": 0, "has_more": True}
    )
    web.get(URL)
    with pytest.raises(SourceThrottled) as caught:
        web.get(URL)
    assert caught.value.until == NOW.replace(hour=0) + timedelta(days=1)
    assert first.call_count == 1


def test_another_host_does_not_wait(site, web, clock):
    site.get(URL, json={"backoff": 50, "quota_remaining": 9})
    site.get("https://other.example.org/", json={})
    web.get(URL)
    web.get("https://other.example.org/")
    assert clock.slept == []


def test_clients_that_share_a_pace_share_its_waits(site, make, clock):
    pace = Pace()
    site.get(URL, json={"backoff": 50, "quota_remaining": 9})
    make(pace=pace).get(URL)
    make(pace=pace).get(URL)
    assert clock.slept == [50]


@pytest.mark.parametrize(
    "verdict",
    [
        Verdict("throttled", "quotaExceeded", until=NOW + timedelta(hours=9)),
        Verdict("throttled", "quotaExceeded", wait_seconds=9 * 3600),
    ],
)
def test_a_connector_may_know_better(verdict, site, web):
    site.get(URL, status=403, json={"error": {"errors": [{"reason": "quotaExceeded"}]}})
    with pytest.raises(SourceThrottled, match="quotaExceeded") as caught:
        web.get(URL, classify=lambda answer: verdict)
    assert caught.value.until == NOW + timedelta(hours=9)


def test_a_wait_that_comes_with_a_server_error_is_obeyed(site, web, clock):
    site.get(URL, status=503, headers={"Retry-After": "33"})
    site.get(URL, json={})
    web.get(URL)
    assert clock.slept == [33]


def test_attempts_back_off_by_full_jitter(site, make, clock):
    site.get(URL, status=500)
    chances = iter([0.5, 0.0, 0.25])
    with pytest.raises(SourceUnavailable):
        make(chance=lambda: next(chances)).get(URL)
    assert clock.slept == [0.5, 0.0, 1.0]


def test_the_first_call_may_wait_for_its_share_of_the_minute(site, make, clock):
    site.get(URL, json={})
    web = make(start_jitter_seconds=40, chance=lambda: 0.25)
    web.get(URL)
    web.get(URL)
    assert clock.slept == [10]


def test_one_host_is_asked_by_one_thread_at_a_time():
    pace = Pace()
    with pace.turn("a.example", 1) as first, pace.turn("a.example", 0.05) as second:
        assert (first, second) == (True, False)
    with pace.turn("a.example", 0) as third, pace.turn("b.example", 0) as other:
        assert (third, other) == (True, True)


def test_a_deferral_never_shortens_a_wait():
    pace = Pace()
    pace.defer("a.example", NOW + timedelta(hours=1))
    pace.defer("a.example", NOW)
    assert pace.not_before("a.example") == NOW + timedelta(hours=1)
