"""A campaign of reports: every kind, of many random patients, read as others read them."""
