"""What lies in `inside` runs in the engine's environment and is looked at nowhere else."""

import importlib.util

collect_ignore = [] if importlib.util.find_spec("rasa") else ["inside"]
