"""The samples have the headers of the real exports, though every product and order in them is invented."""

import pytest

from actions.store.importing.detect import catalogue_format, order_format
from actions.store.importing.reading import column_names
from tests.unit.importing import official
from tests.unit.importing.exports import sample


def attributes(form: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of two attributes, as many as the samples have."""
    return tuple(column.format(number) for number in (1, 2) for column in form)


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("woocommerce.csv", official.WOOCOMMERCE + attributes(official.ATTRIBUTE)),
        ("woocommerce_deutsch.csv", official.WOOCOMMERCE_GERMAN + attributes(official.ATTRIBUTE_GERMAN)),
        ("shopify_2019.csv", official.SHOPIFY_2019),
        ("shopify_2025.csv", official.SHOPIFY_2025),
        ("shopify_orders.csv", official.SHOPIFY_ORDERS),
    ],
)
def test_a_sample_has_every_column_of_the_export_in_its_order(name, header):
    own = ("Meta: ", "(product.metafields.")
    assert (
        tuple(column for column in column_names(sample(name)) if not any(each in column for each in own)) == header
    )


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("woocommerce.csv", "woocommerce"),
        ("woocommerce_deutsch.csv", "woocommerce"),
        ("shopify_2019.csv", "shopify"),
        ("shopify_2025.csv", "shopify"),
        ("google.tsv", "google"),
        ("google.xml", "google"),
    ],
)
def test_a_catalogue_is_recognised_by_its_header(name, form):
    assert catalogue_format(sample(name)) == form


@pytest.mark.parametrize(
    ("name", "form"),
    [("woocommerce_orders.csv", "woocommerce"), ("shopify_orders.csv", "shopify"), ("ga4.jsonl", "ga4")],
)
def test_orders_are_recognised_by_their_header(name, form):
    assert order_format(sample(name)) == form
