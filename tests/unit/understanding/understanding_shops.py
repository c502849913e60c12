"""Three small shops made by hand: bikes in German and English, fashion by gender, electronics with units."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property

from actions.offers.products import Money, Product, Words
from actions.offers.situation import Needs
from actions.understanding.finder import Found, find
from actions.understanding.lexicon import Lexicon
from actions.understanding.needs import merge_needs, merge_unwanted
from actions.understanding.understood import Understood, understand


@dataclass(frozen=True)
class Category:
    category: str
    title: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@dataclass(frozen=True)
class Term:
    term: str
    kind: str
    words: Words
    synonyms_de: tuple[str, ...] = ()
    synonyms_en: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    products: Mapping[str, Product]
    categories: Mapping[str, Category] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()

    @cached_property
    def families(self) -> Mapping[str, tuple[Product, ...]]:
        grouped: dict[str, list[Product]] = {}
        for product in self.products.values():
            grouped.setdefault(product.family, []).append(product)
        return {family: tuple(members) for family, members in grouped.items()}


@dataclass(frozen=True)
class Shop:
    """A catalogue with its lexicon, and the two things one does with them."""

    snapshot: Snapshot
    lexicon: Lexicon

    def understand(self, text: str, language: str = "de", within: str = "") -> Understood:
        return understand(text, language, self.lexicon, within=within)

    def search(self, *messages: str, language: str = "de", limit: int = 20) -> Found:
        """What is found after these messages; the first begins a search, the others refine it."""
        needs, unwanted, words = Needs(), {}, ()
        for turn, message in enumerate(messages):
            understood = self.understand(message, language, within=needs.category)
            unwanted = merge_unwanted(unwanted, needs, understood, new_search=turn == 0)
            needs = merge_needs(needs, understood, new_search=turn == 0, snapshot=self.snapshot)
            words = understood.words or words
        return find(needs, understood, self.snapshot, self.lexicon, limit=limit, words=words, unwanted=unwanted)

    def found(self, *messages: str, language: str = "de") -> set[str]:
        """The families found."""
        return {hit.family for hit in self.search(*messages, language=language).families}


def model(
    family: str,
    category: str,
    title: tuple[str, str],
    price: float,
    *,
    colours: Iterable[str] = ("",),
    sizes: Iterable[str] = ("",),
    stock: int = 5,
    **more: object,
) -> list[Product]:
    """The variants of one model, every colour in every size."""
    made = []
    attributes = {key: str(value) for key, value in dict(more.pop("attributes", {})).items()}  # type: ignore[call-overload]
    for colour in colours:
        for size in sizes:
            sku = "-".join(filter(None, (family, colour, size))).replace(" ", "")
            made.append(
                Product(
                    sku=sku,
                    family=family,
                    title=Words(*title),
                    category=category,
                    price=Money(round(price * 100)),
                    stock=stock,
                    colour=colour,
                    size=size,
                    attributes=attributes,
                    **more,  # type: ignore[arg-type]
                )
            )
    return made


def shop(models: Iterable[list[Product]], categories: Iterable[Category], terms: Iterable[Term] = ()) -> Shop:
    products = {product.sku: product for variants in models for product in variants}
    snapshot = Snapshot(products, {category.category: category for category in categories}, tuple(terms))
    return Shop(snapshot, Lexicon.build(snapshot))


@cache
def bikes() -> Shop:
    """Bikes, helmets, locks, tubes and jackets; values recorded in English, words given in both languages."""
    return shop(_bike_models(), _bike_categories(), _bike_terms())


def _bike_models() -> list[list[Product]]:
    frame = {"frame": "aluminium", "gears": 21, "weight_kg": 14.4, "wheel_size": 29, "brakes": "hydraulic disc"}
    trail = {**frame, "lights": "none", "rack": "none", "use": "trail,leisure"}
    daily = {"frame": "aluminium", "gears": 27, "weight_kg": 15.5, "wheel_size": 28, "brakes": "rim"}
    daily |= {"lights": "dynamo", "rack": "rear", "use": "commute,touring"}
    light = {"frame": "carbon", "gears": 24, "weight_kg": 7.9, "wheel_size": 28, "brakes": "rim", "use": "race"}
    electric = {"frame": "aluminium", "gears": 9, "weight_kg": 24, "range_km": 100, "battery_wh": 500}
    electric |= {"lights": "integrated", "rack": "rear", "use": "commute,city"}
    frames = {"colours": ("black", "red"), "sizes": ("46", "50", "54")}
    return [
        model(
            "fels-1",
            "bikes/mountain",
            ("Mountainbike Bergfink Fels 1", "Bergfink Fels 1 mountain bike"),
            649,
            brand="Bergfink",
            model="Fels 1",
            tier=1,
            attributes=trail,
            **frames,
        ),
        model(
            "fels-2",
            "bikes/mountain",
            ("Mountainbike Bergfink Fels 2", "Bergfink Fels 2 mountain bike"),
            899,
            brand="Bergfink",
            model="Fels 2",
            tier=2,
            attributes={**trail, "gears": 12, "weight_kg": 13.1},
            **frames,
        ),
        model(
            "fels-3",
            "bikes/mountain",
            ("Mountainbike Bergfink Fels 3", "Bergfink Fels 3 mountain bike"),
            1799,
            brand="Bergfink",
            model="Fels 3",
            tier=3,
            attributes={**trail, "frame": "carbon", "weight_kg": 11.2, "gears": 12},
            **frames,
        ),
        model(
            "pfeil",
            "bikes/road",
            ("Rennrad Windauer Pfeil", "Windauer Pfeil road bike"),
            1499,
            brand="Windauer",
            model="Pfeil",
            tier=3,
            attributes=light,
            colours=("white", "blue"),
            sizes=("54", "58"),
        ),
        model(
            "weit-1",
            "bikes/touring",
            ("Trekkingrad Windauer Weit 1", "Windauer Weit 1 touring bike"),
            749,
            brand="Windauer",
            model="Weit 1",
            tier=1,
            attributes=daily,
            colours=("blue",),
            sizes=("50", "54"),
        ),
        model(
            "weit-2",
            "bikes/touring",
            ("Trekkingrad Windauer Weit 2", "Windauer Weit 2 touring bike"),
            1149,
            brand="Windauer",
            model="Weit 2",
            tier=2,
            attributes={**daily, "weight_kg": 14.2},
            colours=("green", "blue"),
            sizes=("50", "54"),
        ),
        model(
            "surr",
            "bikes/electric",
            ("E-Bike Bergfink Surr", "Bergfink Surr e-bike"),
            2499,
            brand="Bergfink",
            model="Surr",
            tier=2,
            attributes=electric,
            colours=("anthracite",),
            sizes=("50",),
        ),
        model(
            "zwerg",
            "bikes/kids",
            ("Kinderfahrrad Zwerg", "Zwerg kids bike"),
            249,
            brand="Bergfink",
            model="Zwerg",
            attributes={"wheel_size": 20, "use": "family"},
            colours=("red",),
        ),
        model(
            "kopf-stadt",
            "gear/helmets",
            ("Fahrradhelm Kopfgut Stadt", "Kopfgut Stadt helmet"),
            59.9,
            brand="Kopfgut",
            model="Stadt",
            attributes={"use": "commute,city", "weight_g": 310},
            colours=("black", "white"),
            sizes=("S", "M", "L"),
        ),
        model(
            "kopf-renn",
            "gear/helmets",
            ("Fahrradhelm Kopfgut Sause", "Kopfgut Sause helmet"),
            89.9,
            brand="Kopfgut",
            model="Sause",
            attributes={"use": "race", "weight_g": 240, "visor": "none"},
            colours=("red",),
            sizes=("M", "L"),
        ),
        model(
            "schloss-a",
            "gear/locks",
            ("Bügelschloss Riegler Fest", "Riegler Fest U-lock"),
            49.9,
            brand="Riegler",
            model="Fest",
            attributes={"type": "U-lock", "security_level": 9},
        ),
        model(
            "schloss-b",
            "gear/locks",
            ("Kettenschloss Riegler Stark", "Riegler Stark chain lock"),
            89.9,
            brand="Riegler",
            model="Stark",
            attributes={"type": "chain", "security_level": 14},
        ),
        model(
            "tube",
            "parts/tubes",
            ("Schlauch Rollgut", "Rollgut inner tube"),
            6.9,
            brand="Rollgut",
            sizes=("28 presta", "29 presta", "28 schrader"),
        ),
        model(
            "nass",
            "wear/jackets",
            ("Regenjacke Wetterfest Guss", "Wetterfest Guss rain jacket"),
            89,
            brand="Wetterfest",
            model="Guss",
            attributes={"waterproof": "waterproof", "gender": "men"},
            colours=("yellow", "black"),
            sizes=("M", "L", "XL"),
        ),
        model(
            "nieselt",
            "wear/jackets",
            ("Regenjacke Wetterfest Niesel", "Wetterfest Niesel rain jacket"),
            129,
            brand="Wetterfest",
            model="Niesel",
            attributes={"waterproof": "waterproof", "gender": "women"},
            colours=("red", "petrol"),
            sizes=("S", "M", "L"),
        ),
        model(
            "socke",
            "wear/socks",
            ("Radsocken Zehe", "Zehe cycling socks"),
            12.9,
            brand="Wetterfest",
            model="Zehe",
            colours=("black",),
            sizes=("36-39", "40-43"),
        ),
    ]


def _bike_categories() -> list[Category]:
    return [
        Category("bikes", Words("Fahrräder", "Bikes"), ("fahrrad", "rad", "velo"), ("bike", "bicycle")),
        Category(
            "bikes/mountain",
            Words("Mountainbikes", "Mountain bikes"),
            ("mountainbike", "mtb"),
            ("mtb",),
            ("trail",),
        ),
        Category("bikes/road", Words("Rennräder", "Road bikes"), ("rennrad",), ("road bike", "racer"), ("race",)),
        Category(
            "bikes/touring",
            Words("Trekkingräder", "Touring bikes"),
            ("trekkingrad",),
            ("touring bike",),
            ("touring",),
        ),
        Category("bikes/electric", Words("E-Bikes", "E-bikes"), ("e-bike", "pedelec"), ("e-bike", "electric bike")),
        Category("bikes/kids", Words("Kinderräder", "Kids' bikes"), ("kinderrad", "kinderfahrrad"), ("kids bike",)),
        Category("gear", Words("Zubehör", "Accessories")),
        Category("gear/helmets", Words("Helme", "Helmets"), ("helm", "fahrradhelm"), ("helmet", "bike helmet")),
        Category("gear/locks", Words("Schlösser", "Locks"), ("schloss", "bügelschloss"), ("lock", "bike lock")),
        Category("parts/tubes", Words("Schläuche", "Inner tubes"), ("schlauch",), ("tube", "inner tube")),
        Category("wear", Words("Bekleidung", "Clothing")),
        Category(
            "wear/jackets", Words("Regenjacken", "Rain jackets"), ("regenjacke", "jacke"), ("rain jacket", "jacket")
        ),
        Category("wear/socks", Words("Socken", "Socks"), ("socke",), ("sock",)),
    ]


def _bike_terms() -> list[Term]:
    return [
        Term("commute", "use", Words("Arbeitsweg", "commuting"), ("pendeln", "zur arbeit")),
        Term("touring", "use", Words("Touren", "touring"), ("tour", "reise")),
        Term("trail", "use", Words("Gelände", "trails"), ("wald",)),
        Term("hydraulic disc", "value", Words("Scheibenbremsen", "disc brakes"), ("scheibenbremse",)),
        Term("gears", "attribute", Words("Gänge", "gears"), ("gänge", "schaltung")),
        Term("brakes", "attribute", Words("Bremsen", "brakes")),
        Term("weight_kg", "attribute", Words("Gewicht in kg", "weight in kg")),
        Term("range_km", "attribute", Words("Reichweite in km", "range in km")),
        Term("security_level", "attribute", Words("Sicherheitsstufe", "security level")),
        Term("lights", "attribute", Words("Licht", "lights"), ("beleuchtung",)),
        Term("rack", "attribute", Words("Gepäckträger", "rack")),
        Term("visor", "attribute", Words("Visier", "visor")),
        Term("none", "value", Words("ohne", "none"), ("kein", "keine"), ("no", "without")),
    ]


@cache
def fashion() -> Shop:
    """Clothes by gender; colours recorded in German, no terms at all."""
    shirt = {"sizes": ("S", "M", "L", "XL"), "colours": ("Weiß", "Hellblau", "Schwarz/Rot")}
    return shop(
        [
            model(
                "hemd",
                "herren/hemden",
                ("Leinenhemd Kragenweite", "Kragenweite linen shirt"),
                59.95,
                brand="Kragenweite",
                attributes={"material": "linen"},
                **shirt,
            ),
            model(
                "hemd-baumwolle",
                "herren/hemden",
                ("Baumwollhemd Kragenweite", "Kragenweite cotton shirt"),
                39.95,
                brand="Kragenweite",
                attributes={"material": "cotton"},
                **shirt,
            ),
            model(
                "jacke-h",
                "herren/jacken",
                ("Softshelljacke Nordwind", "Nordwind softshell jacket"),
                119,
                brand="Nordwind",
                colours=("Schwarz", "Olivgrün"),
                sizes=("M", "L"),
            ),
            model(
                "jacke-d",
                "damen/jacken",
                ("Softshelljacke Nordwind Damen", "Nordwind women's softshell jacket"),
                119,
                brand="Nordwind",
                colours=("Rot", "Marine"),
                sizes=("36", "38", "40"),
            ),
            model(
                "kleid",
                "damen/kleider",
                ("Sommerkleid Lichtung", "Lichtung summer dress"),
                79.9,
                brand="Lichtung",
                colours=("Gelb", "Türkis"),
                sizes=("36", "38", "40"),
                attributes={"material": "cotton", "season": "summer"},
            ),
            model(
                "stiefel",
                "damen/schuhe",
                ("Lederstiefel Pflaster", "Pflaster leather boots"),
                149,
                brand="Pflaster",
                colours=("Braun",),
                sizes=("38", "39", "40"),
                attributes={"material": "leather"},
            ),
            model(
                "guertel",
                "herren/guertel",
                ("Ledergürtel", "Leather belt"),
                29.9,
                brand="Pflaster",
                colours=("Braun", "Schwarz"),
                sizes=("95", "105"),
                attributes={"material": "leather"},
            ),
            model(
                "muetze",
                "accessoires/muetzen",
                ("Wollmütze", "Wool hat"),
                19.9,
                colours=("Grau",),
                sizes=("One Size",),
                attributes={"material": "wool"},
            ),
        ],
        [
            Category("herren", Words("Herren", "Men"), ("männer",), ("mens",)),
            Category("damen", Words("Damen", "Women"), ("frauen",), ("womens", "ladies")),
            Category("herren/hemden", Words("Hemden", "Shirts"), ("hemd",), ("shirt",)),
            Category("herren/jacken", Words("Jacken", "Jackets"), ("jacke",), ("jacket",)),
            Category("damen/jacken", Words("Jacken", "Jackets"), ("jacke",), ("jacket",)),
            Category("damen/kleider", Words("Kleider", "Dresses"), ("kleid", "sommerkleid"), ("dress",)),
            Category("damen/schuhe", Words("Schuhe", "Shoes"), ("stiefel",), ("boots",)),
            Category("herren/guertel", Words("Gürtel", "Belts"), (), ("belt",)),
            Category("accessoires/muetzen", Words("Mützen", "Hats"), ("mütze",), ("hat", "cap")),
        ],
    )


@cache
def electronics() -> Shop:
    """Laptops and kitchen machines; amounts recorded with their units, two words for some kinds only."""
    return shop(
        [
            model(
                "buch-14",
                "computer/laptops",
                ("Notebook Lumen Buch 14", "Lumen Buch 14 laptop"),
                899,
                brand="Lumen",
                model="Buch 14",
                tier=1,
                colours=("silver",),
                attributes={
                    "memory": "16 GB",
                    "storage": "512 GB",
                    "screen": '14 "',
                    "weight": "1.3 kg",
                    "use": "office",
                },
            ),
            model(
                "buch-16",
                "computer/laptops",
                ("Notebook Lumen Buch 16", "Lumen Buch 16 laptop"),
                1499,
                brand="Lumen",
                model="Buch 16",
                tier=2,
                colours=("silver", "black"),
                attributes={
                    "memory": "32 GB",
                    "storage": "1 TB",
                    "screen": '16 "',
                    "weight": "1.9 kg",
                    "use": "office,photo",
                },
            ),
            model(
                "turm",
                "computer/desktops",
                ("Gaming-PC Krater RTX4090", "Krater RTX4090 gaming PC"),
                2899,
                brand="Krater",
                model="RTX4090",
                tier=3,
                attributes={"memory": "64 GB", "use": "gaming"},
            ),
            model(
                "maus",
                "computer/mice",
                ("Funkmaus Flink", "Flink wireless mouse"),
                24.9,
                brand="Klick",
                model="Flink",
                attributes={"connection": "wireless", "weight": "90 g"},
                colours=("black",),
            ),
            model(
                "player",
                "audio/players",
                ("MP3-Player Tönchen", "Tönchen MP3 player"),
                39.9,
                brand="Ton",
                attributes={"storage": "8 GB"},
                colours=("pink", "black"),
            ),
            model(
                "kaffee",
                "kitchen/coffee-machines",
                ("Kaffeemaschine Bohne", "Bohne coffee machine"),
                79.9,
                brand="Bohne",
                attributes={"power": "900 W", "volume": "1.2 l"},
            ),
        ],
        [
            Category("computer", Words("Computer", "Computers")),
            Category("computer/laptops", Words("Laptops", "Laptops"), ("notebook", "laptop"), ("notebook",)),
            Category("computer/desktops", Words("PCs", "PCs"), ("rechner",), ("desktop",)),
            Category("computer/mice", Words("Mäuse", "Mice"), ("maus",), ("mouse",)),
            Category("audio/players", Words("MP3-Player", "MP3 players")),
            Category("kitchen/coffee-machines", Words("Kaffeemaschinen", "Coffee machines")),
        ],
        [
            Term("memory", "attribute", Words("Arbeitsspeicher", "memory"), ("ram",), ("ram",)),
            Term("storage", "attribute", Words("Speicher", "storage"), ("festplatte",), ("disk",)),
            Term("screen", "attribute", Words("Bildschirm", "screen"), ("display",), ("display",)),
            Term("office", "use", Words("Büro", "office"), ("mails",), ("mails", "emails")),
        ],
    )
