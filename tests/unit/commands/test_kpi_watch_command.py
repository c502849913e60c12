"""`tresen kpi --watch`: figures beside the merchant's bounds."""

from bot.reports.bounds import FEWEST
from bot.reports.titles import WORDINGS
from tests.unit.commands.test_kpi_commands import talked


def test_a_broken_bound_ends_with_one_and_names_the_figure(electronics, tmp_path) -> None:
    for _ in range(FEWEST):
        talked(electronics, "declined")
    file = tmp_path / "bounds.yml"
    file.write_text("bounds: {order_rate: {min: 2%}, handoff_rate: {max: 25%}, latency_p95: {max: 1500}}")
    said = electronics("kpi", "--watch", file)
    assert said.code == 1
    assert [line.split()[0] for line in said.out.splitlines()] == ["outside", "kept", "too"]
    assert said.out.splitlines()[0].startswith("outside   Order rate: 0")
    assert electronics("kpi", "--watch", file, "--lang", "de").out.startswith("außerhalb")
    judged = electronics("kpi", "--watch", file, "--json")
    assert (judged.code, [each["verdict"] for each in judged.document]) == (1, ["outside", "kept", "too_few"])
    file.write_text("bounds: {handoff_rate: {max: 25%}}")
    assert electronics("kpi", "--watch", file).code == 0


def test_every_figure_of_the_whole_shop_can_be_watched(electronics, tmp_path) -> None:
    file = tmp_path / "bounds.yml"
    file.write_text("bounds:\n" + "".join(f"  {name}: {{max: 1}}\n" for name in WORDINGS))
    refused = electronics("kpi", "--watch", file)
    assert (refused.code, "told of single groups only" in refused.err) == (1, True)
    whole = electronics.asked("kpi")
    names = [each["name"] for each in (*whole["figures"], *whole["uplift"]["figures"])]
    file.write_text("bounds:\n" + "".join(f"  {name}: {{max: 1}}\n" for name in names))
    said = electronics("kpi", "--watch", file, "--json")
    assert [each["figure"]["name"] for each in said.document] == names


def test_a_file_that_cannot_be_read_and_a_name_beside_it_are_refused(electronics, tmp_path) -> None:
    file = tmp_path / "bounds.yml"
    file.write_text("bounds: {sales: {min: 1}}")
    said = electronics("kpi", "--watch", file)
    assert (said.code, "there is no figure sales" in said.err) == (1, True)
    assert electronics("kpi", "order_rate", "--watch", file).code == 2
    assert electronics("kpi", "--watch", tmp_path / "none.yml").code == 2
