"""Runs Rasa's small prediction graph step by step: a scheduler for clusters costs a sixth of a turn here."""

from typing import Any

import rasa.core.processor
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


class StraightRunner(DaskGraphRunner):
    """The same nodes and the same answers as the runner it comes from, each node once, after those it needs."""

    def run(self, inputs: "dict[str, Any] | None" = None, targets: "list[str] | None" = None) -> dict[str, Any]:
        """The outputs of `targets` by name; without targets, of those the graph names."""
        wanted = tuple(targets or self._graph_schema.target_names)
        known = dict(inputs or {})
        for name, node, needs in self._steps(wanted):
            _, known[name] = node(*((need, known[need]) for need in needs if need in known))
        return {name: known[name] for name in wanted}

    def _steps(self, wanted: tuple[str, ...]) -> "list[tuple[str, GraphNode, tuple[str, ...]]]":
        remembered = self.__dict__.setdefault("_remembered_steps", {})
        if wanted not in remembered:
            remembered[wanted] = self._in_order(wanted)
        return remembered[wanted]  # type: ignore[no-any-return]

    def _in_order(self, wanted: tuple[str, ...]) -> "list[tuple[str, GraphNode, tuple[str, ...]]]":
        needed = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        ordered: dict[str, tuple[str, ...]] = {}

        def add(name: str) -> None:
            if name not in needed or name in ordered:  # what is no node is an input
                return
            needs = tuple(needed[name].needs.values())
            for need in needs:
                add(need)
            ordered[name] = needs

        for name in wanted:
            add(name)
        return [(name, self._instantiated_nodes[name], needs) for name, needs in ordered.items()]


def run_straight() -> None:
    """Let the agent load its model with this runner; call before the model is loaded."""
    rasa.core.processor.DaskGraphRunner = StraightRunner  # type: ignore[misc]
