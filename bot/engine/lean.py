"""Keeps TensorFlow out of the process: no component of ours is a neural network, yet Rasa imports it everywhere.

That import costs 7 seconds and 260 MB. Names taken from the stand-in exist, so that Rasa's modules can be read;
building or calling anything with them fails at once, so a pipeline with DIET or TED cannot half work.
"""

import importlib.abc
import importlib.machinery
import sys
import types
from collections.abc import Sequence
from typing import Any

_KEPT_OUT = frozenset(("tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"))


class _Nameable(type):
    """A class whose every attribute is itself: enough for annotations, base classes and decorators."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls

    def __getitem__(cls, _item: Any) -> Any:
        return cls


class StandIn(metaclass=_Nameable):
    """Stands where TensorFlow would; used as a decorator it gives the function back, otherwise it refuses."""

    def __new__(cls, *given: Any, **_more: Any) -> Any:
        if cls is not StandIn:  # a Rasa class built on TensorFlow
            raise ImportError(f"{cls.__name__} needs TensorFlow, which the engine keeps out")
        if len(given) == 1 and isinstance(given[0], types.FunctionType):
            return given[0]
        return _decorator


def _decorator(function: Any) -> Any:
    return function


class _Module(types.ModuleType):
    __version__ = "2.12.0"

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return StandIn


class _Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(
        self, fullname: str, _path: "Sequence[str] | None", _target: "types.ModuleType | None" = None
    ) -> "importlib.machinery.ModuleSpec | None":
        if fullname.partition(".")[0] in _KEPT_OUT:
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return _Module(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Nothing to run: every attribute is made when it is asked for."""


def keep_tensorflow_out() -> None:
    """Call before the first import of Rasa; a TensorFlow that is already there stays."""
    if "tensorflow" not in sys.modules and not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())
