"""One module per family of charts; each draws on a `Canvas` and returns SVG markup.

A chart takes plain numbers and words, never an edition. Everything is a presentation attribute, as
a page's CSS does not reach inside an SVG. A null value is hatched and named, never drawn as zero.
"""
