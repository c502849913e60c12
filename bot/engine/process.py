"""The environment of an engine process: silent towards the net, one thread for arithmetic, no training cache."""

import os

_CALM = {
    "RASA_TELEMETRY_ENABLED": "false",
    # Rasa's cache looks only at the class of a component, not at the modules it uses: it would serve stale ones
    "RASA_MAX_CACHE_SIZE": "0",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MPLBACKEND": "agg",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
}
_DEFAULTS = {"TRESEN_ACTIONS_PORT": "5055"}


def calm_environment() -> None:
    """Set what must hold before Rasa and numpy are imported; a port already chosen stays."""
    os.environ.update(_CALM)
    for name, value in _DEFAULTS.items():
        os.environ.setdefault(name, value)
