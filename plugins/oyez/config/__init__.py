"""What people write in YAML: the agency, its clients, its import mappings."""
