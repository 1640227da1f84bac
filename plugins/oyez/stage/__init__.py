"""Makes landed items into staged ones: parsed, matched to brands, in a language, with a polarity."""
