"""Everyday German and English words that carry no product: they are never searched for and never corrected."""

from functools import cache

from spacy.lang.de.stop_words import STOP_WORDS as GERMAN_STOP_WORDS
from spacy.lang.en.stop_words import STOP_WORDS as ENGLISH_STOP_WORDS

from actions.understanding.spelling import fold

GERMAN = """
tausch tausche tauschen getauscht umtauschen tauscht
fällt fallen fiel wegfallen weg verzichte verzichten verliere überzeugt
mei meim meiner koa kei des dös scho ned net nöd bissl bisserl wos ois mia hob ham hätt i a nen sie is
abend aber ach akzeptiere alle allem allen aller allerdings alles als also am an anbieten andere anderen anderer
anderes anders angebot angebote angucken anschauen ansehen anständig anständiges anziehen artig artikel auch auf
aus ausführung ausser auswahl außer b bald bei beide beiden beim bekomme bekommen beliebig benutze benutzen
bequem beraten beratung bereich besonders bestell bestelle bestellen bestellung bezug bieten bietet bin bis
bisschen bist bitte bitteschön blick bloss bloß brauch brauchbares brauche brauchen bräuchte bräuchten budget
bzw ca circa cool coole cooles da dabei dadurch dafür damit danach dank danke dann daran darauf darf darum das
dass dauernd davon davor dazu dein deine deinen dem den denke denn der des deshalb details dich die dies diese
diesem diesen dieser dieses ding dinge dings dir doch dort drauf draußen drin dringend drinnen du durch dürfte
eben egal eher eigentlich eignet eilig ein eine einem einen einer eines einfach einige einmal einzeln empfehlen
empfehlt empfehlung empfiehl empfiehlst er erzähl erzähle erzählen es etwa etwas euch euer eur eure euro
eventuell evtl extra fahre fahren farbe fast finde finden frage fragen frau freund freundin frisch frische
führen führt für fürs gab gar geb gebe geben gebt geburtstag gedacht geeignet geeignete gefallen gefunden
gefällt gegebenenfalls gegen gehen geht gehts geld gelegentlich genau gerade gern gerne gescheit gescheites
geschenk gestern gesucht gib gibt gibts glaube gleich groesse größe guck gucke gucken gut gute guten guter gutes
gäbe hab habe haben habt habts hallo halt ham hast haste hat hatte helfen helft her herzlich heute hey hi hier
hilf hilfe hilfst hin hinsicht hm holen hätt hätte hätten häufig höchstens höre hören hört hübsch hübsche
hübsches ich ihm ihn ihnen ihr ihre ihren im immer in info informationen infos infrage innen ins irgendein
irgendeine irgendeinen irgendwas irgendwelche isses ist ja je jede jeden jedenfalls jeder jedes jemand jetzt
kann kannst kauf kaufe kaufen kein keine keinem keinen keiner keines kenne kennen kennt klar klasse kollege
kollegin kommen kommt kosten kostenlos kostet krieg kriege kriegen können könnt könnte könnten könntest laden
lager lagernd lang lange leg lege legen letzte letzten lieber liebsten liegt limit lohnen lohnt los mach machen
mag mal man manchmal mann marke max maximal maximum mehr mein meine meinem meinen meiner meines meinung mich min
mindestens minimum mir mit modell modelle moin morgen muss mutter möcht möchte möchten mögen möglichst müsste
nach naja natürlich ne neben nehm nehme nehmen nem nen neu neue neuen neuer neues nicht nichts nie niemals nimm
nix noch nun nur nutze nutzen ob obwohl oder oft ohne ok okay oma online opa ordentlich ordentliches paar pack
packe packen passen passend passende passt preis preise preisklasse preislich prima produkt produkte regelmäßig
rein richtig ruf rufen rund sache sachen sag sagen sagt schau schaue schauen schaut schenken schick schicke
schickes schon schön schöne schönen schöner schönes sehr sei sein seine seinen seit selbst selten separat servus
setze setzen shop sich sicher sie sind so sofort sogar sohn solche solches soll sollen sollte sollten sondern
sonst sortiment sowas sowie speziell sprechen sprich später statt steht stimmt stk stück such suche suchen sucht
super tag taugen taugt teil thema tja tochter toll tolle tollen tolles trage tragen trotz trotzdem tschüss tu
tue tun täglich um unbedingt und ungefähr uns unser unsere unserem unter unterschied unterwegs usw variante
varianten vater verfügbar vergleich vergleiche verkaufen verkaufst verkauft vernünftig vernünftiges version
vertreibt verwenden viel viele vielen vielleicht vom von vor vorrätig war warenkorb was weder wegen weihnachten
weil weiss weit weiter weiß welche welchen welcher welches wenn wer werde werden werfen wie wieder wieviel wieviele
will wir wird wirklich wissen wo wohl wollen wollte wollten womit wozu wäre wären wärs wünsche wünschen würde würden
z zeig zeige zeigen zeigst zeigt zeugs zu zum zumindest zur zusammen zw zwischen äh ähm ähnlich ähnliches über
überhaupt neffe neffen nichte nichten enkel enkelin enkelkind schwester bruder cousin cousine patenkind einpacken
interessiere interessieren interessiert interesse
"""
ENGLISH = """
a about account actually add afford afternoon all also always am amazing an and another any anybody anyone
anything anyway are around as asap ask at available awesome back basically be beautiful because been before
begin best better between big birthday bit both bought brand brands browse browsing budget but buy buying by can
cant carry cart check checked checking checkout cheers choice choices christmas clean color colour comfortable
compare comparison cool cost costs could currently dad daily daughter deal deals decent definitely details did
difference different do does doesnt dont each either else enough especially euro euros evening every everything
exactly except find feet finding fine first fit fits foot for friend ft from get getting gift give go going gonna
good got gotta great had has have havent having he hello help her here hey hi him his hiya hold how husband i id
ideal if ill im in info information instead into is isnt it item items its ive just keep kind kinda kinds know
learn let lets level levels like liked likes list little look looking looks lot love loved lovely made make many
mate matter may maybe me mean model models mom money more morning most much mum must my myself nah near nearby
need needed needs neither never new nice no none nope nor not nothing now of off offer offers often ok okay on
one ones only option options or order other others our out over own pair per perfect perhaps piece pieces play
playing please pls plz possible prefer preferably present pretty price priced prices probably product products
proper purchase put quickly quite range rather really recommend recommendation recommendations regularly remove
right sale same say search searching see sell selling she shop shopping should show similar size sizes solid some
somebody someone something sometimes son soon sort sorta sorts start started stock stocked store stuff such
suggest suggestion suggestions suitable sure take tell than thank thanks that thats the their them then there
these they thing things think this those through till to today tomorrow too try type under until up urgently us
use used useful using usually variety very view wanna want wanted wants was way we well went were what whatever
whats when where which while who why wife will wish with within without wont worth would wouldnt ya yeah yes yet
you your yours shes hes theyre im yr yrs girl boy niece nephew sister brother lady interested interest
interesting
"""
NEGATORS = "nicht kein keine keinen keinem keiner keines keins ohne no not none without nichts weder nie dont never"
ANSWERS = "ja nein yes no"


@cache
def everyday_words() -> frozenset[str]:
    """Folded words of both languages that never name a product."""
    return frozenset(fold(word) for word in (GERMAN + ENGLISH).split())


@cache
def stop_words() -> frozenset[str]:
    """Folded stop words of spaCy's German and English."""
    return frozenset(fold(word) for word in GERMAN_STOP_WORDS | ENGLISH_STOP_WORDS)


@cache
def negators() -> frozenset[str]:
    """Folded words that say no; a catalogue's own words for "none" are not looked up by them."""
    return frozenset(fold(word) for word in (NEGATORS + " " + ANSWERS).split())
