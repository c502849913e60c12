"""The commands of `tresen`, one file per noun."""
