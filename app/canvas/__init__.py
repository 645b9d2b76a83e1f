"""The body map on the screen: panes, zoom, pointer, cached layers. It decides nothing."""
