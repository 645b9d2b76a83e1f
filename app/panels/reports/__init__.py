"""Reports in the window: chosen by ticks, seen before they are saved, printed, or made of many."""
