"""The commands of `tresen`, one file per noun; each has an `app` that bot.cli loads when it is called."""
