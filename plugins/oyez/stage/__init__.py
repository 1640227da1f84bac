"""Makes landed items into staged ones: parsed, matched, in a language, with a polarity."""
