"""The demo shop's pages."""

import re
from datetime import UTC, datetime, timedelta

import httpx
from sqlalchemy import delete

from actions.store.engine import writing
from actions.store.prices import note_prices
from actions.store.tables import price_changes, products
from bot.shopfront.pages import Pages
from bot.shopfront.pictures import DRAWN_AS, drawing_of
from tests.gateway.shop import BIKE, JACKET, OIL

BROWSER = {"Accept": "text/html"}


def words(page: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.text))


async def test_the_front_page_shows_models_with_prices_and_says_it_is_a_demo(client) -> None:
    page = await client.get("/")
    assert page.status_code == 200
    assert "Demo-Shop, Bestellhistorie simuliert" in words(page)
    assert words(page).count("Mountainbike Grat") == 1
    for told in ("649,00 €", "Zubehör", "Helm Fichte", "Bügelschloss Eiche", "inkl. MwSt., zzgl. Versand"):
        assert told in words(page)
    assert page.text.count("<h1") == 1
    assert 'lang="de"' in page.text


async def test_the_front_page_speaks_english(client) -> None:
    page = await client.get("/?lang=en")
    assert "Grat mountain bike" in words(page)
    assert "€649.00" in words(page)
    assert f'href="/p/{BIKE.replace("46", "42").replace("BLUE", "BLACK")}?lang=en"' in page.text


async def test_one_category_shows_only_its_own(client) -> None:
    page = await client.get("/?category=accessories")
    assert "Helm Fichte" in words(page)
    assert "Mountainbike Grat" not in words(page)
    assert (await client.get("/?category=nothing")).status_code == 404


async def test_a_product_page_tells_price_stock_variants_and_rating(client) -> None:
    page = await client.get(f"/p/{BIKE}")
    for told in (
        "649,00 € inkl. MwSt., zzgl. Versand",
        "4,3 von 5 Sternen, 87 Bewertungen",
        "Ein Rad für Straße und Wald.",
        "Frage zu diesem Produkt",
        "Auf Lager",
        "Gänge 18",
        "schwarz",
    ):
        assert told in words(page)
    assert f'data-sku="{BIKE}"' in page.text
    assert re.search(r'href="/p/BIKE-BLUE-42"[^>]*>42', page.text)


async def test_the_law_wants_a_unit_price_where_a_content_is_given(client) -> None:
    assert "51,60 € je l" in words(await client.get(f"/p/{OIL}"))


async def test_a_reduced_price_is_shown_with_the_lowest_of_the_thirty_days_before(client, database) -> None:
    with writing(database) as connection:
        connection.execute(delete(price_changes))
        for days, price in ((50, 70_000), (3, 64_900)):
            connection.execute(products.update().where(products.c.sku == BIKE).values(price=price))
            note_prices(connection, datetime.now(UTC) - timedelta(days=days))
    told = words(await client.get(f"/p/{BIKE}"))
    assert "Preis gesenkt; niedrigster Preis der 30 Tage davor: 700,00 €" in told


async def test_what_is_out_of_stock_is_called_so(client) -> None:
    assert "Zurzeit nicht lieferbar" in words(await client.get(f"/p/{JACKET}"))


async def test_a_missing_product_is_explained_to_people_and_to_programs(client) -> None:
    page = await client.get("/p/GONE", headers=BROWSER)
    assert page.status_code == 404
    assert "Diese Seite gibt es nicht" in words(page)
    assert (await client.get("/p/GONE")).headers["content-type"] == "application/problem+json"


async def test_pages_ask_nothing_of_other_hosts_and_hold_no_inline_code(client) -> None:
    for path in ("/", f"/p/{BIKE}", "/?lang=en"):
        html = (await client.get(path)).text
        assert not re.findall(r'(?:src|href)="(?:https?:)?//', html)
        assert not re.findall(r"<script(?![^>]*\bsrc=)", html)
        assert not re.findall(r"\son\w+=|\sstyle=", html)


async def test_every_picture_exists_and_unknown_colours_do_no_harm(client) -> None:
    front = (await client.get("/")).text
    addresses = set(re.findall(r'src="(/img/[^"]+)"', front))
    assert len(addresses) >= 5
    for address in (*addresses, "/img/helmets.svg?tint=<script>"):
        picture = await client.get(address)
        assert picture.status_code == 200
        assert picture.headers["content-type"] == "image/svg+xml"
        assert "max-age" in picture.headers["cache-control"]
        assert "$" not in picture.text
        assert "script" not in picture.text


def test_categories_find_their_drawing() -> None:
    assert drawing_of("bikes/e-bike") == "bike-electric"
    assert drawing_of("accessories/helmets") == "helmets"
    assert drawing_of("kitchen/toasters") == "generic"
    assert all(drawing_of(step) == drawn for step, drawn in DRAWN_AS.items())


async def test_files_are_kept_for_ever_by_version_and_compressed(client) -> None:
    front = (await client.get("/")).text
    (address,) = re.findall(r'href="(/static/shop\.css\?v=\w+)"', front)
    file = await client.get(address)
    assert "immutable" in file.headers["cache-control"]
    assert file.headers["content-encoding"] == "gzip"
    plain = await client.get("/static/shop.css", headers={"Accept-Encoding": "identity"})
    assert plain.headers["content-type"].startswith("text/css")
    assert plain.headers["cache-control"] == "no-cache"
    again = await client.get("/static/shop.css", headers={"If-None-Match": plain.headers["etag"]})
    assert again.status_code == 304


def test_every_label_is_in_both_languages() -> None:
    texts = Pages.load()._texts
    assert [name for name, label in texts.items() if set(label) != {"de", "en"} or not all(label.values())] == []
