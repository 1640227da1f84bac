"""Prints every sample into a folder, to look at: `python tests/pdf/print_samples.py FOLDER`."""

from __future__ import annotations

import sys
from pathlib import Path

from sample_edition import SAMPLES

from oyez.render.pdf import render_pdf
from oyez.render.theme import load_theme

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    agency = load_theme("atelier-nord")
    for name, (build, theme) in SAMPLES.items():
        (folder / f"{name}.pdf").write_bytes(render_pdf(build(), load_theme(theme), agency))
