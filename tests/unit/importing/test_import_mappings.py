"""The mapping files that come with Tresen."""

from pathlib import Path

import pytest
import yaml

from actions.store.importing.mapping import catalogue_mapping, mapped, order_mapping

FOLDER = Path("data/mappings")
ADVENTURE = {
    "item_id": "BK-M68B-38",
    "title": "Mountain-200 Black, 38",
    "category": "Bikes",
    "subcategory": "Mountain Bikes",
    "brand": "Adventure Works",
    "price": 2294.99,
    "cost": 1251.9813,
    "tier": "H",
    "product_line": "M",
    "style": None,
    "model": "Mountain-200",
    "color": "Black",
    "size": "38",
    "description_en": "Serious back-country riding.",
    "description_de": "Mountainbike für Profis.",
}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
def test_every_mapping_file_is_sound_and_speaks_german_to_its_categories(path):
    mapping = catalogue_mapping(path)
    assert all(titles.get("de") and titles.get("en") for titles in mapping.category_titles.values())
    assert all(words.get("de") and words.get("en") for words in mapping.category_synonyms.values())
    if "orders" in yaml.safe_load(path.read_text(encoding="utf-8")):
        assert order_mapping(path).columns["sku"] == mapping.columns["sku"]


def test_a_german_shopper_finds_the_mountain_bikes_of_adventure_works():
    mapping = catalogue_mapping(FOLDER / "adventureworks.yml")
    fields = mapped(mapping, ADVENTURE)
    assert (fields["category"], fields["title_en"], fields["family"]) == (
        "bikes/mountain-bikes",
        "Mountain-200",
        "mountain-200",
    )
    assert (fields["tier"], fields["stock"], fields["attributes"]) == (3, 20, {"product_line": "M"})
    assert "mountainbike" in mapping.category_synonyms["bikes/mountain-bikes"]["de"]


def test_colours_and_sizes_of_contoso_are_variants_of_one_model():
    mapping = catalogue_mapping(FOLDER / "contoso_catalogue.yml")
    rows = [
        {
            "item_id": number,
            "title": f"Contoso MP3 Player E51 {colour}",
            "color": colour,
            "category": "Audio",
            "subcategory": "MP4&MP3",
        }
        for number, colour in enumerate(("Silver", "Blue"))
    ]
    assert {mapped(mapping, row)["family"] for row in rows} == {"contoso-mp3-player-e51"}
    assert mapped(mapping, rows[0])["category"] == "audio/mp4-mp3"
