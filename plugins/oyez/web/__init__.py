"""The web, asked politely and patiently, and never trusted: one client for all connectors."""

from oyez.web.agent import user_agent
from oyez.web.answer import Answer, Conditional
from oyez.web.client import Web
from oyez.web.pace import Pace
from oyez.web.verdict import Classify, Verdict, accepting, judge

__all__ = [
    "Answer",
    "Classify",
    "Conditional",
    "Pace",
    "Verdict",
    "Web",
    "accepting",
    "judge",
    "user_agent",
]
