"""The voice channels over a scripted engine."""
