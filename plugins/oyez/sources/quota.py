"""Shares a site's daily quota out among the clients of the agency, as `agency.yml` says.

YouTube gives one project 100 searches a day, whoever they are for: without shares the first client
of the morning would use them up.
"""

from __future__ import annotations

from collections.abc import Callable

from oyez.sources.catalogue import connector
from oyez.sources.contract import Query
from oyez.workspace import Workspace


def allowance(workspace: Workspace, kind: str) -> Callable[[Query], int]:
    """Return a function: query → calls a day that its client may spend at this kind of source.

    A client named in the agency's `allowances` has what it is given; the others share the rest
    equally. Calls already spent today are not subtracted: the site's own refusal ends a run that
    asks again.
    """
    daily = connector(kind).capabilities.daily_quota or 0
    given = workspace.agency.allowances.get(kind, {})
    users = {
        client.id
        for client in workspace.clients.values()
        if any(source.kind == kind for source in client.sources)
    }
    others = users - set(given)
    rest = max(0, daily - sum(given.values()))

    def share(query: Query) -> int:
        if query.client_id in given:
            return given[query.client_id]
        return rest // max(1, len(others))

    return share
