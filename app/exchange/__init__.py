"""Records in and out of the practice: the chart file, its schema, and synthetic demo data."""
