package terms

import "strings"

// stopWords are the words of a language that every text has; English ones where
// the language has no list. They are folded and without apostrophes.
func stopWords(language string) map[string]bool {
	if Base(language) == "de" {
		return germanStopWords
	}
	return englishStopWords
}

var (
	englishStopWords = setOf(english)
	germanStopWords  = setOf(german)
)

func setOf(list string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(list) {
		set[word] = true
	}
	return set
}

// Short words stand here too, for titles written in capitals.
const english = `
a an and any are as at am all ask be but by can did do due few for get go got had has he her hers him his how
i if in into is it its ive id im just let may me my no nor not now of off on or our out own per put said saw say
see she so than the too to two up us use was way we were who why will with you your yes yet one ten six new old

about above across actually after afterwards again against ahead almost alone along already also although always
another anybody anymore anyone anything anyway around away back became because become been before began begin
behind being below beside best better between beyond both bring brought came cannot cant come coming could couldnt
day days didnt different does doesnt doing done dont down during each early either else enough even ever every
everybody everyone everything exactly example feel feeling felt find first five followed following found four from
full further gave getting give given gives going gone gonna good great half hand happen happened hard hasnt have
havent having hear heard held help hence here herself himself hour however hundred idea important inside instead
isnt itself keep kept kind knew know known large last late later least leave left less like likely line little long
longer look looked looking lots made main make making many matter maybe mean means meant might mine minute moment
month more most mostly move much must myself name near nearly need needed neither never next nice nobody none
nothing number okay often once only onto open other otherwise ours ourselves outside over page part particular
people perhaps person place point possible pretty probably quite rather read ready real really reason right same
saying second seem seemed seen self sent several shall short should shouldnt show side simply since small some
somebody someone something sometimes somewhere soon sort stand start started stay still story such sure take taken
taking talk tell than thank that thats their them themselves then there therefore theres these they theyre theyve
thing think third this those though thought three through thus time today together told tomorrow took toward
towards tried true turn turned twice under unless until upon used using usual usually various very want wanted
wasnt week well went werent what whatever when whenever where wherever whether which while whole whom whose wish
within without woman women wont word work worked working world would wouldnt write wrote wrong year yesterday youd
youll your youre yours yourself youve

allowed goes afternoon answer answered april arrived asked asking august believe believed blue book broke brown called calls
call carried carry caught check checked city closed cost cut december decided door eight eighteen eighty
eleven ended evening explained face fall february feet fell fifteen fifty figure finished forgot forty fourteen
friday gray green grey grew hadnt happy havent head held hello home hope hoped january july june laughed learn
learned leaving light live lived loved lost march met mind monday morning mother moved moving named nice night nine
nineteen nobody noticed november october opened paid past phone picked piece played pulled pushed ran rang reached
remember remembered red room round saturday send sent september seven seventeen seventy shook showed shown sit sitting
six sixteen sixty sleep smiled sounded spent spoke step stepped stood stopped street sunday table ten thirteen thirty
thursday tired told touched tuesday twelve twenty understand understood waited walked wall watched wednesday white
wondered yellow

admit admitted afraid agree agreed angry announce announced appear appeared arrive autumn avoid avoided bad bag bed
bend bent big bit blame blew blow body bother bottom bought box boy breakfast breath breathe breathed brother buying
car careful chair chance change changed changing cheap choose chose chosen claim claimed clean clear clever climb
climbed clock coat coffee cold complain complained confirm consider considered continue continued copy corner couple
covered cross crossed dare dark daughter deep depend describe described deserve desk dinner dirty discover discovered
discuss discussed double doubt dozen drag drank drew drink drop dropped drove dry ear easy eaten eating edge eighth
eleventh email empty enjoy enjoyed enter entered expect expected extra fact fail failed family fast father fear fetch
fifth fight fill filled fine finger fixed flat floor fold folded follow forget form fortnight fourth free fresh friend
front funny gain gather gathered girl glad glance glass grab grabbed grin guess guessed guy hair hang hate hated heavy
hidden hide hot huge hundredth hung hurry hurt husband ignore ignored imagine imagined inch include included including
insist insisted intend job join joined jump jumped keeping kick kitchen knock knocked lack lady laid laugh lean leaned
lift lifted listen listened listening lock locked loud low lucky lunch manage managed manner meeting mention mentioned
message midnight mile million mirror miss missed mistake mouth neck nervous ninety ninth nod nodded noon nose note
notice oclock odd offered owed pack packed pair paper pause paused pen picture plain plan plate pocket poor prefer
prepare prepared press pressed pretend pretended promise promised proper proud prove proved pull push question quick
quickly quiet quietly rain raise raised realise realised realize realized receive received refuse refused remain
remained remind reminded remove removed repeat repeated replied reply rest ring rise rose rub rule rung sad sat screen
seek sense sentence serious seventh shake shape share shared sheet shelf shirt shoe shoulder shout shouted shrug
shrugged sigh sighed sign signed simple sink sister sixth sky slept slip slipped slow slowly smell smile soft son
sorry space speak spend spot spread spring stair stare stared stick stir strange strong stuck stupid sudden suddenly
suggest suggested sum summer sun suppose supposed surprise surprised swear swore tall taught tea teach tear tenth term
thanks thick thin thousand threw throw tiny tonight top touch train treat trouble trust trusted truth twelfth
twentieth ugly umbrella useful useless view visit visited voice wait waiting wake walk walking warm warn warned wash
washed waste watch watching water wave weak wear wearing weekday weekend weigh wet whisper whispered wide wife wind
window winter wise woke wonder wore worn worried worry wrap written young`

const german = `
ab am an als auf aus bei bin bis da das dass dem den der des die du ein er es fur gab hat her hin ich ihm ihn ihr im
in ist ja je man mal mir mit nach nie nun nur ob oder ort rund sei sie sich so tag um und uns vom von vor war was weg
weil wer wie wir wo zu zum zur tun tat viel

aber alle allein allem allen aller allerdings alles also andere anderem anderen anderer anderes anders anfang auch
auffallend aufgrund ausser bald beide beiden beim bereits besonders besser beste bevor bisher bist bitte bleib
bleiben blieb brauche brauchen brauchte dabei dadurch dafur daher dahin damals damit danach daneben dank dann daran
darauf daraus darf darin daruber darum darunter davon davor dazu dein deine deinem deinen deiner denen denn dennoch
deren derselbe desto dessen deshalb dich dies diese dieselbe diesem diesen dieser dieses dinge direkt doch dort drei
dreimal durch durfen durfte eben ebenso eher eigene eigenen eigentlich eine einem einen einer eines einfach einige
einigen einiges einmal endlich ende erst erste ersten erster erstmal etwa etwas euch euer eure fand fast fest finde
finden fragen fragte frei freitag fruh fruher funf ganz ganze ganzen gedanken gefuhl gegen gegenuber gehe gehen geht
gekommen gemacht genau genug gerade gerne gern gesagt gestern gewesen geworden gibt ging gingen gleich glaube grosse
grossen grosser grund guten gute guter habe haben halb hallo halt hatte hatten heisst heute hier hinter ihnen ihre
ihrem ihren ihrer immer indem innerhalb irgendwann irgendwie jahr jahre jahren jede jedem jeden jeder jedes jedoch
jemand jene jener jetzt kam kamen kann kaum kein keine keinem keinen keiner klar klein kleine kleinen komme kommen
kommt konnen konnte konnten konnt kurz lange langen langer lang lassen leben leicht letzte letzten lieber liess
lage machen macht machte manche manchmal mehr mein meine meinem meinen meiner meines meist meisten menschen mich
mindestens minuten mochte mogen moglich monat monate monaten montag morgen muss mussen musste mussten nachdem nachher
nachste nachsten namlich nahm natuerlich naturlich neben nehmen nein neue neuen neuer neues nicht nichts niemals
niemand noch obwohl ohne oben paar plotzlich platz recht richtig sache sachen sage sagen sagt sagte sagten schon
schliesslich schlecht sehe sehen sehr seid sein seine seinem seinen seiner seit seite seitdem selber selbst sicher
sieht sind sobald sofort sogar solche solchen soll sollen sollte sollten sondern sonst soviel spater stand statt
stehen steht stelle stunde stunden tage tagen teil trotz trotzdem tun uber uberhaupt ubrigens uhr unser unsere unserem
unseren unserer unten unter viele vielen vielleicht vier voll vollig vom voraus vorbei vorher wahrend wann waren
ware warum wegen weise weiss weit weiter weiterhin welche welchen welcher welches wenig wenige weniger wenigstens
wenn werde werden weshalb wesentlich wieder wieso will wird wirklich wissen woche wochen wohin wohl wollen wollte
wollten worden wort worte wurde wurden wusste zehn zeit zuerst zumindest zuruck zusammen zwar zwei zwischen

abend abends acht achtzehn antwort april august bekam bekommen blau buch dachte denke denken dezember dienstag
donnerstag dreissig elf erinnere erzahlen erzahlt erzahlte februar fiel frage freute funfzehn funfzig fuss gelernt
geblieben gefragt gegangen gehort gesehen grau grun hand haus hause herz hoffe horte januar juli juni kopf lachte
lernen lernte licht marz mittag mitternacht mittwoch mutter nacht nachts nachmittag neun november oktober rief rot
ruft samstag sass schrieb schreiben sechs sechzehn sechzig september sieben siebzehn siebzig sitzen sommer sonntag
stadt strasse suche suchte tisch tragen traf tur tuer verlassen verstand verstehen vierzehn vierzig warten wartete
weiss winter wohne wohnte zeigte ziemlich zimmer zwanzig zwolf

abgeben achte achtzig ahnen alt alte alten andern anfangen angefangen angerufen ankommen annehmen anrufen ansehen
anstrengend antworten antwortete arm arme aufgehort aufhoren aufstehen auge augen aussehen auto bat bedeutet begann
beginnen beginnt begonnen behalten bekannt bekommt bemerkt bemerkte bereit berichten beschlossen beschreiben besuchen
bezahlen bezahlt bild bitten blatt brach brachte brachten breit bringen bringt bruder buro dachten doppelt drehen
drehte dreizehn dritte dritten druckte dunkel dunn dutzend echt ecke eilig einzige einzigen entscheiden entschied
entschieden erfahren erfuhr erinnern erinnert erinnerte erklaren erklart erklarte erwarten erwartet essen fahren fahrt
fallen falsch fehlen fehler fehlt fehlte fenster fertig fing fingen finger flur folgen frau frauen freund freunde
freundin frisch fruhling fuhlen fuhlte fuhr fuhren fuhrt fuhrte funfte funften funktioniert gaben geben gebracht
gedacht gefahren gefahrlich gefallen gefunden gegeben gehabt geholfen gehoren genommen gerechnet geredet gerufen
geschah geschichte geschickt geschrieben gesessen gesicht gesprochen gestanden gewartet gewiss gewohnt gewusst gezeigt
glas glauben glaubte gluck glucklich greifen griff halbe halben halten hande hart heiss helfen hell hemd herbst hielt
hielten hinterlassen hob hoch hoffen hohe holen holte horen hort hundert idee jung junge jungen kaffee kalt kannte
kaputt kennen kleid klingelte klingt kostet kostete kuche lag lagen langsam las laufen lauft laut lebte leer legen
legte leise leisten lesen lief liegen liegt lustig mann manner meint meinte melden meldete merken merkte meter million
mittags morgens mude muede mund nah name namen nannte nase nass nennen nett neunte neunzehn neunzig nickte niedrig
offnen offnete ordentlich papier passieren passiert passierte probieren punkt rannte rechnen reden redete regen reich
reichen reicht reichte reihe rein retten riefen rufen ruhig sah sahen satz sauber schaffen schaffte scharf schauen
schaute schickte schlafen schlief schlimm schloss schluss schnell schone schonen schritt schuh schwach schwarz schwer
schwester schwieg sechste sekunde seltsam setzen setzte siebte sitzt sohn spielen sprach sprechen spricht spuren
spurte standen stark stehe steigen stellen stellte stieg still stimmt stolz stuck stuhl suchen tasche tausend tee
teilen telefon tief tochter trafen traurig treffen treppe trifft trinken tritt trocken trug trugen uberlegen uberlegte
vater vergass vergeht vergessen verging verlieren verlor verloren verstanden versteht versuchen versucht versuchte
vierte vierten vormittag vorstellen wach wachsen wand warf warm wasser wechseln weich weile weinte werfen wetter
wichtig wichtige wild wirkte wochenende wunschen wussten zahl zahlen zahlte zehnte zeigen zeigt zettel ziehen zieht
zog zogen zuhoren zweite zweiten`
