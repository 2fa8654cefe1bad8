/** Words about names, folded: lower case, without marks, `ß` as `ss`. */
const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''));

/** Parts of a name that name nobody alone: particles and titles. */
export const PARTICLES = words(
  'von vom van der den dem de del della di da dos das du la le les el al ibn bin ben bint abu zu zum zur und y e ter ten te af av freiherr freifrau graf grafin baron baronin furst prinz prinzessin dr prof med jur phil rer nat ing dipl mag pd hc habil',
);

/**
 * Words that stand in any text and are also names. As a name they count only beside another part of the name,
 * after a salutation or a title, or after a label like `Name:`.
 */
export const FUNCTION_WORDS = words(
  'an am im in so do da du er es sie wir ihr ich man mit und oder aber auf aus bei bis der die das den dem des ein eine fur ist war hat hin her ja nein nie nun nur ob ohne per pro um vom von vor was wer wie wo zu zum zur als auch den doch dann dort hier ihm ihn ihre mein dein sein kein nach noch nicht sich sind uber unter wenn wird dies durch gegen seit',
);

/**
 * Ordinary words: a name that is one of them counts only with a capital letter, and a word of them is never taken
 * for a damaged name.
 */
export const ORDINARY = words(`
 klein gross grosse kurz lang lange weiss weisse schwarz braun grun rot roth blau grau gelb jung junge alt alte neu neue reich stark wild ernst fruh froh lieb liebe
 gut gute hart weich sommer winter herbst fruhling frost kalt warm heiss schon schone schnell langsam breit schmal hoch tief hell dunkel frei frey fein grob
 adler bach berg baum beck becker bauer fuchs hase wolf vogel hahn huhn fisch fischer richter schmidt schneider muller meister konig kaiser herzog ritter jager
 stein steine stern mond sonne tag tage nacht morgen abend montag freitag mai marz april juni juli august maler maurer maler marine martini
 eier feier meier leier reiher weiher meine meiner meinen meinem deine seine seiner seinen keine keiner unser unsere ihrer ihren ihrem diese dieser dieses diesem
 hanse kanal karton kasten kosten posten pforte porte sorte torte worte werte warte karte kante kunde kunden rinde linde linden ende enden wende
 antrag antrage antrags bescheid bescheide frist fristen akte akten amt amtes amter bezirk bezirke behorde behorden gebuhr gebuhren kosten betrag betrage zahlung zahlungen
 strasse strassen weg wege platz platze allee haus hauser wohnung wohnungen grundstuck garten baum baume hund hunde auto garage keller dach mauer wand
 person personen name namen vorname familie familien frau frauen herr herrn herren mann manner kind kinder eltern mutter vater sohn tochter bruder schwester
 anlage anlagen seite seiten zeile punkt punkte nummer nummern datum zeit zeiten stunde stunden woche wochen monat monate jahr jahre
 recht rechte gesetz gesetze absatz satz satze paragraf ordnung verordnung erlaubnis genehmigung ausnahme auflage auflagen bedingung befristung
 bitte danke gruss grussen hallo guten liebe sehr geehrte geehrter freundlichen freundliche mit besten
 stadt stadte land lander bund ort orte hamburg altona berlin deutschland nord sud ost west mitte
 schaden schade hilfe pflege krankheit arzt arzte schule kita verein kirche firma firmen laden markt marken marke mark
 sache sachen teil teile fall falle falls grund grunde folge folgen plan plane bau bauen bauer neubau umbau anbau abbau
 klar klage klagen frage fragen sage sagen lage lagen tage trage waage wage magen wagen regen segen legen leger lager lagern
 halle hallen helle holle hulle wolle volle rolle rollen stelle stellen quelle
 karl kern korn horn dorn zorn turm sturm wurm form formen norm normen
 mehr meer sehr leer lehrer heer herd pferd erde werden wurde wurden hatte hatten hute hutte sollte sollen wollen konnen mussen durfen
 alle alles allem allen aller also ander andere anderer anderen anderem ersten erste erster zweite dritte letzte
 hinweis hinweise unterlagen formular vollmacht unterschrift telefon fax mail internet seite
 art arten angabe angaben antwort antworten anspruch bereich beispiel dauer ergebnis ersatz gebiet gericht geld inhalt kopie liste meldung
 nachweis original pass ausweis prufung raum rat regel register rente schreiben stand steuer summe termin text uhr urteil vertrag verfahren wahl wert wesen zahl ziel zimmer zweck
 marie marina marin lena linie leine lehne lohne kane kein kain kaum raum saum paula pauke
`);

/** Words of a firm's name that name no firm alone. */
export const GENERIC_FIRM_WORDS = words(
  'gmbh mbh ag kg ohg gbr ug se ev eg haftungsbeschrankt co und sohne sohn partner bau verein verband gesellschaft hamburger hamburg altonaer deutsche deutscher deutsches norddeutsche erste neue freie allgemeine stiftung initiative burgerverein burgerinitiative handel handwerk technik service dienst dienste gruppe holding immobilien hausverwaltung verwaltung architekten ingenieure rechtsanwalte kanzlei praxis apotheke restaurant cafe hotel garten garten- und landschaftsbau eingetragener interessengemeinschaft arbeitsgemeinschaft baugemeinschaft wohnungsbau genossenschaft versicherung bank sparkasse wasser energie nord sud ost west',
);

export const LEGAL_FORM =
  /(?:^|\s|,)(?:(?:gemeinnützige\s+)?(?:gGmbH|GmbH(?:\s*&\s*Co\.?\s*(?:KG|OHG))?|AG(?:\s*&\s*Co\.?\s*KG)?|KGaA|KG|OHG|GbR|eGbR|UG(?:\s*\(haftungsbeschränkt\))?|SE|e\.?\s?V\.?|e\.?\s?G\.?|e\.?\s?K\.?|PartG(?:\s?mbB)?|mbB|Ltd\.?|Inc\.?|S\.?A\.?|B\.?V\.?)|Gesellschaft mit beschränkter Haftung|eingetragener Verein|eingetragene Genossenschaft)\s*$/iu;

/** Salutations and titles straight before a name; the name begins where the match ends. */
export const BEFORE_NAME =
  /(?:^|[^\p{L}])(?:Herrn?|Hr\.?|Frau|Fr\.|Fräulein|Frl\.|Familie|Fam\.|Eheleuten?|Ehepaar|Mr\.?|Mrs\.?|Ms\.?|Dr\.|Prof\.|Professor(?:in)?|Doktor|(?:Vor|Nach|Familien|Geburts|Ruf)?[Nn]ame(?:n)?(?: (?:ist|lautet))?:?|geb\.|geborener?n?)[\s:]{1,3}$/u;

/** Academic titles straight before a name: they belong to it. */
export const TITLES_BEFORE = /(?:(?<=^|[^\p{L}])(?:Prof|Dr|Dipl|Ing|med|jur|phil|rer|nat|oec|habil|Mag|PD|h\.\s?c)\.?[\s-]*(?:Ing\.?\s*)?){1,5}$/u;
