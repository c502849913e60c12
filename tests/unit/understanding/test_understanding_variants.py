"""A variant is settled by what was said, or asked for; it is never guessed."""

from dataclasses import replace

from understanding_shops import bikes, model

from actions.understanding.variants import Ask, Chosen, NoneLeft, resolve_variant

FELS = bikes().snapshot.families["fels-1"]


def test_size_and_colour_said_settle_the_variant() -> None:
    answer = resolve_variant(FELS, {"colour": "red", "size": "50"})
    assert isinstance(answer, Chosen)
    assert (answer.product.colour, answer.product.size) == ("red", "50")


def test_a_missing_size_is_asked_for_with_the_sizes_in_stock() -> None:
    variants = [replace(p, stock=0) if p.size == "46" else p for p in FELS]
    answer = resolve_variant(variants, {"colour": "red"})
    assert answer == Ask("size", ("50", "54"), {"50": 5, "54": 5})


def test_the_colour_is_asked_for_once_the_size_is_known() -> None:
    answer = resolve_variant(FELS, {"size": "50"})
    assert isinstance(answer, Ask)
    assert (answer.attribute, answer.options) == ("colour", ("black", "red"))


def test_the_last_size_in_stock_is_offered_not_taken() -> None:
    variants = [p if p.size == "54" else replace(p, stock=0) for p in FELS]
    assert resolve_variant(variants, {"colour": "black"}) == Ask("size", ("54",), {"54": 5})


def test_a_single_variant_needs_no_question() -> None:
    (lock,) = bikes().snapshot.families["schloss-a"]
    assert resolve_variant([lock]) == Chosen(lock)
    assert resolve_variant([lock], {"size": "L", "colour": "red"}) == Chosen(lock)


def test_a_size_out_of_stock_leads_to_what_is_nearest() -> None:
    variants = [replace(p, stock=0) if p.size == "50" else p for p in FELS]
    answer = resolve_variant(variants, {"colour": "red", "size": "50"})
    assert isinstance(answer, NoneLeft)
    assert answer.alternatives[0].colour == "red" or answer.alternatives[0].size == "50"
    assert all(product.stock > 0 for product in answer.alternatives)
    assert answer.asked == {"colour": "red", "size": "50"}


def test_a_size_that_is_not_made_is_not_replaced() -> None:
    answer = resolve_variant(FELS, {"size": "62"})
    assert isinstance(answer, NoneLeft)
    assert len(answer.alternatives) == len(FELS)


def test_everything_sold_out_leaves_nothing() -> None:
    assert resolve_variant([replace(p, stock=0) for p in FELS], {}) == NoneLeft({}, ())


def test_a_shoe_size_inside_a_range_is_that_range() -> None:
    socks = bikes().snapshot.families["socke"]
    answer = resolve_variant(socks, {"size": "38"})
    assert isinstance(answer, Chosen)
    assert answer.product.size == "36-39"


def test_sizes_and_colours_are_compared_by_what_they_mean() -> None:
    shirts = model("hemd", "hemden", ("Hemd", "Shirt"), 40, colours=("Weiß", "Schwarz/Rot"), sizes=("M", "L"))
    answer = resolve_variant(shirts, {"colour": "white", "size": "large"})
    assert isinstance(answer, Chosen)
    assert (answer.product.colour, answer.product.size) == ("Weiß", "L")


def test_an_exact_colour_beats_one_that_only_holds_it() -> None:
    shirts = model("hemd", "hemden", ("Hemd", "Shirt"), 40, colours=("Schwarz/Rot", "Rot"))
    answer = resolve_variant(shirts, {"colour": "Rot"})
    assert isinstance(answer, Chosen)
    assert answer.product.colour == "Rot"


def test_variants_told_apart_by_a_fact_are_asked_by_it() -> None:
    phones = [
        replace(phone, sku=f"phone-{size}", attributes={"storage": size})
        for size in ("128 GB", "256 GB")
        for phone in model("phone", "phones", ("Handy", "Phone"), 400)
    ]
    assert resolve_variant(phones) == Ask("storage", ("128 GB", "256 GB"), {"128 GB": 5, "256 GB": 5})
    answer = resolve_variant(phones, {"storage": "256 GB"})
    assert isinstance(answer, Chosen)


def test_alternatives_of_which_both_exist_are_still_asked() -> None:
    answer = resolve_variant(FELS, {"colour": "red", "size": "50|54"})
    assert answer == Ask("size", ("50", "54"), {"50": 5, "54": 5})
