"""Judges staged mentions: sentiment, intents, themes, cues of a crisis, how a brand answers."""
