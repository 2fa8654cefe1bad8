/**
 * Words of everyday questions that say nothing about which Leistung is meant, spelt as the catalogue's content words.
 * The catalogue's own stop words are gone before.
 */
export const FILLERS: ReadonlySet<string> = new Set(
  `hallo guten tag moin danke frage fragen hilfe helfen bitte gern gerne sagen wissen weiss suche suchen gesucht finden finde bekomme bekommen kriegen
  holen geholt bringt bringen gebracht kommen kommt gehen machen mache macht tun getan lassen muesste muessen muss moechten duerfen sollte soll sollen wollte
  haetten haette hatte haben wurde wurden worden werden geworden ist war waren sei seit bis vor hinter unter neben zwischen gegen dort hier hin
  gestern heute morgen jetzt bald schon immer wieder mal eigentlich auch ausserdem dazu dafuer dabei sehr viel viele ganz einfach irgendwo irgendwie
  neu neue neuen neuer neues alt alte alten alter eigene eigenen unser unsere unserem unserer unseren sein seine seinen seiner ihrem dein deine jemand
  jemanden man alles welche welcher welches welchen wieviel wann warum wieso wohne wohnen wohnt gewohnt lebe leben liegt liegen steht stehen plane planen
  braucht brauchst benoetige benoetigen kosten kostet dauert lange termin waehrend verreist tuer dieser diesen dieses diesem
  stellen stelle stellt legen legt bestellen beantragen beantrage antrag antraege anmelden anmeldung anmeldn melden melde gemeldet registrieren genehmigen
  genehmigt erlauben erlaubt nachweisen zeigen abgeben gebe bieten anbieten dran hamburg hamburger stadt amt behoerde bezirksamt bezirk online internet
  hello hi hey please thanks help question know find search looking get getting got has had having am was were will would could should must we our us he she they
  them his her their there here where why which who whom any some new old own just also near by at into onto out up off so it its as but not no yes
  does did doing done make making take taking give put want wants wanted wish like let lets live living move moving register registering registration
  apply application permission city town office authority online today tomorrow now somebody someone people much many needs needed registered down under
  meines deines seines ihres unseres eines keines angemeldet registriert anzumelden naehe nah aufstellen aufgestellt abstellen weit weg zwei drei vier`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/**
 * Kinds of papers and of doings that many Leistungen of any city have in common: «Ausweis» alone leads nowhere, and a
 * «Personalausweis» is no «Parkausweis».
 */
export const KINDS: ReadonlySet<string> = new Set(
  `ausweis ausweise ausweises schein scheine nummer nummern erlaubnis genehmigung bescheinigung berechtigung karte antrag verfahren register papier papiere
  foto plan plaene ort tag tage jahr monat monate woche gast person mensch menschen online computer programm entscheidung zustimmung gebuehr
  permit permits permission licence license number numbers certificate card proof document documents paper papers year day days person`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/**
 * Where nearly everything happens that a city has to do with. Alone they name no Leistung: who looks for a flat does
 * not let one to guests. Together with another word of the same Leistung they count.
 */
export const SCENES: ReadonlySet<string> = new Set(
  `wohnung wohnungen haus haeuser hauses auto autos fahrzeug garten strasse strassen weg wege zimmer grundstueck gebiet laden nachbar nachbarn nachbarschaft
  flat apartment house home car street streets path pavement room garden land area neighbour neighbours neighbourhood`
    .split(/\s+/)
    .filter((word) => word !== ''),
);
