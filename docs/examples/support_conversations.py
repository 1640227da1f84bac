"""Converts nested support conversations (JSON) to the NDJSON that `oyez import` reads.

    python docs/examples/support_conversations.py conversations.json > conversations.ndjson
    oyez import conversations.ndjson --client ID --mapping docs/examples/support_conversations.yml

Input: a list of conversations, each with `dialogHeader` (company, conversationDateTime, duration,
sessionID), `dialogContent` (messages of the customer, `client` or `client1`, and of the `agent`,
each with a UTC date) and `agentURL`, the agent's last message. That one carries no time of its own:
it was sent at conversationDateTime + duration.

Output: one message a line. A tweet may open two conversations, so the message's id is
session:turn; the thread is the session, which is how an answer is found without a parent's id.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any


def messages(conversation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the messages of one conversation in order, the agent's last message at its end."""
    header = conversation["dialogHeader"]
    company, session = header["company"], header["sessionID"]
    turns = [_turn(turn, company) for turn in conversation["dialogContent"]]
    length = duration(header["duration"])
    opened = datetime.fromisoformat(header["conversationDateTime"])
    last = conversation["agentURL"]
    turns.append(
        {
            "at": (opened + length).isoformat(),
            "author": company,
            "is_agent": True,
            "text": last["url_utterance"],
        }
    )
    for number, turn in enumerate(turns, start=1):
        yield {
            "id": f"{session}:{number}",
            "session": session,
            "company": company,
            # Every customer's message of a support conversation is addressed to the company.
            "addressed_to": None if turn.pop("is_agent") else company,
            **turn,
        }


def duration(text: str) -> timedelta:
    """Return a duration written as `[-]HH:MM:SS.`; its sign holds for all three parts.

    A few durations are negative: the last answer then lies before the question, so it answers
    nothing, and the conversation counts as one that still waits. Nothing is repaired by guessing.
    """
    hours, minutes, seconds = text.removeprefix("-").split(":")
    length = timedelta(hours=int(hours), minutes=int(minutes), seconds=float(seconds))
    return -length if text.startswith("-") else length


def _turn(turn: dict[str, Any], company: str) -> dict[str, Any]:
    author = turn.get("agent") or turn.get("client") or turn.get("client1")
    return {
        "at": turn["datetime"],
        "author": company if "agent" in turn else author,
        "is_agent": "agent" in turn,
        "text": turn["message"],
    }


def main(path: Path) -> None:
    """Write the messages of a file of conversations to standard output, one a line."""
    for conversation in json.loads(path.read_text("utf-8")):
        for message in messages(conversation):
            sys.stdout.write(json.dumps(message, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
