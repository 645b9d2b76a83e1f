"""Programs for those who develop Needlepoint; the application never imports them."""
