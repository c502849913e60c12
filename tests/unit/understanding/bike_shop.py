"""A bike shop made by hand; values recorded in English, words given in both languages."""

from functools import cache

from shop_building import Category, Shop, Term, model, shop

from actions.offers.products import Product, Words


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
