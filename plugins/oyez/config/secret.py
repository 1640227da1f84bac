"""Recognises a password or a token written where only its name belongs."""

from __future__ import annotations

import re

REMEDY = (
    "remove it and revoke it: this file is shared. A credential is the connection named after "
    "client and source, as in AIRFLOW_CONN_<CLIENT>__<SOURCE>; write the connection's name"
)

_KEY = re.compile(
    r"(?:^|_)(?:token|password|passwd|pwd|secret|api_?key|access_?key|private_?key|credentials?"
    r"|bearer|authorization|cookie)(?:$|_)"
)
_KNOWN_FORM = re.compile(
    r"^(?:Bearer |Basic |sk-|gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|AKIA|ASIA|AIza|ya29\.|EAA"
    r"|eyJ[\w-]{10,}\.|-----BEGIN )\S{8,}|://[^/\s:@]+:[^/\s@]+@"
)
_RANDOM = re.compile(
    r"(?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=(?:[^0-9]*[0-9]){3})[A-Za-z0-9+/=_-]{32,}|[0-9a-f]{32,}"
)


def is_secret_key(key: str) -> bool:
    """Tell whether a key asks for a secret by its name."""
    return bool(_KEY.search(key.lower().replace("-", "_")))


def is_secret(value: object) -> bool:
    """Tell whether a value has the form of a token, a key, or an address with a password."""
    return isinstance(value, str) and bool(
        _KNOWN_FORM.search(value) or _RANDOM.fullmatch(value.strip())
    )
