"""The graph of the trained model gives the same answers step by step as under Rasa's own runner."""

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.engine.runner import StraightRunner


class Add(GraphComponent):
    """Adds up what it is given and one more; counts how often it was asked."""

    asked = 0

    @classmethod
    def create(cls, *_: Any, **__: Any) -> "Add":
        return cls()

    def add(self, left: int, right: int = 0) -> int:
        Add.asked += 1
        return left + right + 1


def node(needs: "dict[str, str]") -> SchemaNode:
    return SchemaNode(needs=needs, uses=Add, constructor_name="create", fn="add", config={}, eager=True)


SCHEMA = GraphSchema(
    {
        "last": SchemaNode(**{**vars(node({"left": "middle", "right": "first"})), "is_target": True}),
        "middle": node({"left": "first"}),
        "first": node({"left": "given"}),
        "unasked": node({"left": "given"}),
    }
)


def runner(kind: type[DaskGraphRunner], folder: Path) -> DaskGraphRunner:
    schema_and_place = (SCHEMA, LocalModelStorage(folder), ExecutionContext(GraphSchema({}), "model"))
    return kind.create(*schema_and_place)


def test_each_step_is_taken_once_in_order_and_the_answers_are_rasas(tmp_path: Path) -> None:
    straight, rasas = runner(StraightRunner, tmp_path), runner(DaskGraphRunner, tmp_path)
    for targets in (None, ["middle"], ["unasked", "first"], ["middle"]):
        Add.asked = 0
        ours = straight.run({"given": 4}, targets)
        asked_by_us, Add.asked = Add.asked, 0
        assert ours == rasas.run({"given": 4}, targets)
        assert asked_by_us == Add.asked
    assert straight.run({"given": 4}) == {"last": 12}
