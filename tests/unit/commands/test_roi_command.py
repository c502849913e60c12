"""`tresen roi`: three cases, and every input called measured or assumed."""

from tests.architecture.repository import ROOT

SHEET = ROOT / "docs/templates/roi.yml"


def test_people_read_three_cases_and_where_each_number_comes_from(electronics) -> None:
    lines = electronics("roi", "--assumptions", SHEET).out.splitlines()
    assert lines[0].split() == ["low", "likely", "high"]
    visits = next(line for line in lines if line.startswith("Visits of the shop a month [assumption]"))
    assert visits.split()[-3:] == ["8,000", "10,000", "12,000"]
    assert any(line.startswith("ROI (gain / cost)") for line in lines)
    german = electronics("roi", "--assumptions", SHEET, "--lang", "de").out
    assert "Besuche des Shops im Monat [Annahme]" in german


def test_the_document_holds_inputs_and_cases(electronics) -> None:
    found = electronics.asked("roi", "--assumptions", SHEET)
    assert [case["case"] for case in found["cases"]] == ["low", "likely", "high"]
    assert found["assumptions"]["visits"] == {
        "name": "visits",
        "low": 8_000,
        "likely": 10_000,
        "high": 12_000,
        "measured": False,
        "simulated": False,
    }


def test_what_is_not_measured_yet_is_said(electronics, tmp_path) -> None:
    file = tmp_path / "roi.yml"
    file.write_text(SHEET.read_text("utf-8").replace("average_order: 85.00", "average_order: measured"), "utf-8")
    said = electronics("roi", "--assumptions", file)
    assert said.code == 1
    assert said.sentences[-1].startswith("average_order is not measured yet")


def test_a_missing_file_is_wrong_use(electronics) -> None:
    assert electronics("roi", "--assumptions", "no-such.yml").code == 2
