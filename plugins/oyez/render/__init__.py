"""Prints an edition: `render_pdf(edition, theme, agency_theme)` in `oyez.render.pdf`."""
