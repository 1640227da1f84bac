"""A Discourse forum in memory that pages as Discourse did in three of its ages."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Literal

from .site import Asked, Reply

PAGE = 50


def post(number: int, created_at: str, **fields: Any) -> dict[str, Any]:
    """Return a post as `/posts.json` gives it; each opens its own topic unless told otherwise."""
    return {
        "id": number,
        "username": "mira",
        "name": "Mira Bell",
        "user_id": 42,
        "created_at": created_at,
        "cooked": f"<p>Post {number}</p>",
        "post_number": 1,
        "post_type": 1,
        "topic_id": 1000 + number,
        "topic_title": f"Topic of {number}",
        "reply_to_post_number": None,
        "reply_count": 0,
        "reads": 3,
        "actions_summary": [],
        "hidden": False,
        "deleted_at": None,
        "user_deleted": False,
        "staff": False,
        **fields,
    }


class Forum:
    """Answers `/posts.json`, `/t/ID/NUMBER.json` and `/posts/ID.json`.

    Args:
        posts: all posts, in any order; those with `"invisible": True` are shown to nobody.
        age: `exclusive` (now), `inclusive` (until early 2025), `bracket` (until May 2024).
        before_answer: may return a reply of its own, such as a 429.
    """

    def __init__(
        self,
        posts: list[dict[str, Any]],
        *,
        age: Literal["exclusive", "inclusive", "bracket"] = "exclusive",
        before_answer: Callable[[Asked], Reply | None] = lambda _: None,
    ) -> None:
        self.posts, self.age, self.before_answer = posts, age, before_answer

    def __call__(self, asked: Asked) -> Reply:
        if found := self.before_answer(asked):
            return found
        if asked.path == "/posts.json":
            return Reply({"latest_posts": self._page(int(asked.params.get("before", "0")))})
        if place := re.fullmatch(r"/t/(\d+)/(\d+)\.json", asked.path):
            wanted = (int(place[1]), int(place[2]))
            around = [one for one in self._visible() if one["topic_id"] == wanted[0]]
            if wanted in {(one["topic_id"], one["post_number"]) for one in around}:
                return Reply({"id": wanted[0], "post_stream": {"posts": around}})
        if number := re.fullmatch(r"/posts/(\d+)\.json", asked.path):
            for one in self._visible():
                if one["id"] == int(number[1]):
                    return Reply(one)
        return Reply({"errors": ["not found"], "error_type": "not_found"}, 404)

    def _visible(self) -> list[dict[str, Any]]:
        return [one for one in self.posts if not one.get("invisible")]

    def _page(self, before: int) -> list[dict[str, Any]]:
        shown = sorted(self._visible(), key=lambda one: -one["id"])
        if self.age == "bracket":
            before = before or max(one["id"] for one in self.posts)
            return [one for one in shown if before - PAGE < one["id"] <= before]
        if self.age == "inclusive":
            return [one for one in shown if not before or one["id"] <= before][:PAGE]
        return [one for one in shown if not before or one["id"] < before][:PAGE]
