"""A fashion shop that records German colours and has no terms, and an electronics shop that records units."""

from functools import cache

from shop_building import Category, Shop, Term, model, shop

from actions.offers.products import Words


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
