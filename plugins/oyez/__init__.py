"""oyez: hears what is said of a brand, and reports it every morning."""
