"""Words that carry praise or complaint, and the rules that weigh them, one language a module."""
