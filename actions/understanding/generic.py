"""Words for materials, people, seasons, uses and tiers that every shop shares, German beside English."""

from collections.abc import Mapping
from functools import cache

from actions.understanding.spelling import fold, runs, stem, stem_of

# each line: words that mean the same when a catalogue records one of them
SAME_VALUE = """
aluminium alu aluminum alloy
carbon karbon kohlefaser
steel stahl
stainless-steel edelstahl rostfrei
leather leder
cotton baumwolle
wool wolle
merino merinowolle
silk seide
linen leinen
denim jeansstoff
polyester
nylon
wood holz wooden
oak eiche
beech buche
pine kiefer
glass glas
ceramic keramik
porcelain porzellan
plastic plastik kunststoff
rubber gummi
metal metall
brass messing
titanium titan
paper papier
cork kork
bamboo bambus
men herren mens männer herr male man
women damen womens frauen ladies dame female woman
kids kinder children childrens kind child kid
girls mädchen girl
boys jungen junge boy
baby babys babies
unisex
winter
summer sommer
all-year ganzjährig
waterproof wasserdicht wasserfest
vegan
organic bio
wireless kabellos drahtlos funk
rechargeable aufladbar wiederaufladbar
foldable faltbar klappbar
washable waschbar waschmaschinenfest
short kurz
long lang
yes ja
no nein
"""
# a use's English key, then what people say; "_" stands for a space
USES = """
commute arbeitsweg weg_zur_arbeit zur_arbeit ins_büro pendeln pendler to_work to_the_office commuting commuter
office büro arbeit office work büroarbeit schreibtisch
mail mails e-mails emails email mails_schreiben
school schule schulweg uni studium school university college
city stadt stadtverkehr city urban in_town
touring touren tour touring tours
travel reise reisen urlaub travel travelling traveling trips holiday holidays vacation unterwegs
leisure freizeit ausflug ausflüge leisure
everyday alltag everyday daily_use jeden_tag täglich
sport sport sports training workout fitness trainieren
running joggen laufen running jogging
hiking wandern wanderung wanderungen hiking trekking
race rennen wettkampf race racing competition
trail gelände trail trails offroad off-road
shopping einkaufen einkauf shopping groceries
gaming gaming zocken spielen games gamer
photo fotografieren fotografie fotos photography photos
video filmen videos video_editing videoschnitt
music musik music musik_hören
cooking kochen cooking
garden garten gardening garden
camping zelten camping
outdoor outdoor draußen
home zuhause zu_hause daheim homeoffice home_office
party party feier feiern
wedding hochzeit wedding
business business geschäftlich
rain regen regenwetter rain rainy
winter winter schnee snow
night nacht dunkelheit night
family familie family kinder kids
beginner anfänger einsteiger beginner beginners
"""
TIERS = {
    1: """günstig günstiges billig preiswert preisgünstig erschwinglich einsteiger einstieg einstiegsmodell anfänger
        basis basismodell einfach schlicht low-budget cheap affordable inexpensive entry entry-level budget basic
        beginner simple economical einsteigermodell einsteigerklasse billigmodell sparmodell
        einstiegsgerät""",
    2: "mittelklasse mittel mittelpreisig mittelmaß mid-range midrange mid middle mid-tier mittelfeld",
    3: """top topmodell spitzenmodell spitzenklasse premium high-end highend profi hochwertig luxus luxuriös
        oberklasse edel exklusiv flaggschiff teuer premium-modell premiummodell professional luxury flagship
        top-of-the-range high-quality upscale pro deluxe profimodell
        topmodelle luxusmodell oberklassemodell spitzengerät profigerät""",
}
DEAR = "teuer expensive pricey kostspielig"


def _phrase(text: str) -> tuple[str, ...]:
    return tuple(stem_of(run) for part in text.split("_") for run, _ in runs(part) if run != "-")


@cache
def same_values() -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Stem of each word for a value to all phrases that mean the same."""
    table: dict[str, tuple[tuple[str, ...], ...]] = {}
    for line in SAME_VALUE.strip().splitlines():
        phrases = tuple(dict.fromkeys(_phrase(word) for word in line.split()))
        for phrase in phrases:
            if len(phrase) == 1:
                table[phrase[0]] = phrases
    return table


@cache
def use_phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Phrase to the uses it may mean, in order."""
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for line in USES.strip().splitlines():
        key, *words = line.split()
        for phrase in map(_phrase, (key, *words)):
            table[phrase] = (*table.get(phrase, ()), *([key] if key not in table.get(phrase, ()) else []))
    return table


@cache
def tier_words() -> Mapping[str, int]:
    """Stem of a word to the tier it asks for; two-word forms are joined ("low budget", "highend")."""
    table: dict[str, int] = {}
    for tier, words in TIERS.items():
        for word in words.split():
            table.setdefault(stem("".join(fold(run) for run, _ in runs(word) if run != "-")), tier)
    return table
