import type { MaskedClass, Span } from './spans.ts';

const SPACE = String.raw`[ \t\u00a0]`;
/** One word of a name: a capital first, also double names and those with an apostrophe. */
const NAME = String.raw`\p{Lu}[\p{L}\p{M}]{0,40}(?:['’]\p{L}[\p{L}\p{M}]{0,40})?(?:-\n?\p{L}[\p{L}\p{M}]{0,40}){0,4}`;
const PARTICLE = String.raw`(?:von|van|der|den|de|del|di|da|dos|al|el|bin|ibn|ten|ter|Freiherr|Freifrau|Graf|Gräfin)`;
const FIRST_PARTICLE = String.raw`(?:von|van|vom|de|del|di|da|dos|zu|al|el|bin|ibn|ten|ter)`;
const TITLE = String.raw`(?:(?:Prof|Dr|Dipl|Ing|med|jur|phil|rer|nat|h\. ?c|Mag|PD)\.?(?:-Ing\.?)?${SPACE}*)`;
const FULL_NAME = `${TITLE}{0,4}(?:${FIRST_PARTICLE}${SPACE}+(?:de[rn]${SPACE}+)?)?(?:${NAME}|\\p{Lu}\\.)(?:${SPACE}+(?:${PARTICLE}${SPACE}+){0,3}(?:${NAME}|\\p{Lu}\\.)){0,3}`;

/** Words that follow a salutation and are no name. */
const NO_NAME = new Set(
  `Antragsteller Antragstellerin Bürgermeister Bürgermeisterin Senator Senatorin Präsident Präsidentin Kollege Kollegin Kollegen Nachbar Nachbarin Nachbarn Sachbearbeiter Sachbearbeiterin Doktor Professor Professorin Direktor Direktorin Minister Ministerin Richter Richterin Rechtsanwalt Rechtsanwältin Staatsrat Staatsrätin Bezirksamtsleiter Bezirksamtsleiterin Ingenieur Ingenieurin Damen Herren Herr Herrn Frau Und Oder Die Der Das In Mit Im Am Wir Ich Sie Ihr Ihre Bitte Vorsitzende Vorsitzender`.split(
    ' ',
  ),
);

interface Rule {
  readonly what: MaskedClass;
  readonly shape: RegExp;
  /** Keeps what is one; `d` groups tell the place. */
  readonly keep?: (found: string) => boolean;
}

const digitCount = (text: string): number => text.match(/\d/g)?.length ?? 0;

const STREET = String.raw`(?:\p{Lu}[\p{L}-]{0,40}?(?:stra(?:ss|ß|B)e|str\.|weg|platz|allee|gasse|damm|chaussee|ring|ufer|stieg|twiete|kamp|koppel|redder|deich|markt|wall|graben|brücke|kai|park|hof|berg|feld|horst|reihe)|(?:\p{Lu}[\p{L}-]{1,40}${SPACE}){0,2}(?:Stra(?:ss|ß)e|Str\.|Weg|Platz|Allee|Damm|Chaussee|Ring|Ufer|Stieg|Markt|Kamp)|(?:Am|An der|An den|Auf der|Auf dem|Beim|Bei der|Im|In der|Zum|Zur|Hinter der|Unter den|Vor dem)${SPACE}\p{Lu}[\p{L}-]{1,40})`;
const HOUSE = String.raw`\d{1,4}${SPACE}?(?:[a-zA-Z](?![\p{L}\p{N}]))?(?:${SPACE}?[-–/+]${SPACE}?\d{1,4}(?:${SPACE}?[a-z](?![\p{L}\p{N}]))?)?`;
const POSTCODE = String.raw`(?:D-?\s?)?\d{5}`;

/** Who somebody is to a case; a name stands straight behind. */
const ROLE = String.raw`(?:(?:Antrag|Bitt)steller|Nachbar|(?:Mit)?[Ee]igentümer|(?:Unter|Ver)?[Mm]ieter|(?:Hunde|Fahrzeug)?[Hh]alter|Zeug|Bewohner|Kläger|Vertreter|Bevollmächtigt|Widerspruchsführer|Patient|Beschuldigt|Betroffen|Bürger|Petent|Anwohner|Anrufer|Inhaber|Betreiber|Bauherr|Ehemann|Ehefrau|Ehegatt|Partner|Sohn|Tochter|Mutter|Vater|Bruder|Schwester|Kind|Schüler|Mitarbeiter|Kolleg)(?:in|en|er|es|e|n|s|r)?`;
const TWO_NAMES = `${TITLE}{0,2}${NAME}(?:${SPACE}(?:${PARTICLE}${SPACE}){0,2}${NAME}){1,3}`;
const NUMBERED = String.raw`(?:(?:Haftpflicht-?|Versicherungs-?)?[Pp]olicen?|Chip|Transponder|Versicherungsschein|Vertrags|Vertrag|Kunden|Mitglieds|Kassenzeichen|Patienten|Fall|Konto|Personal|Führerschein|Ausweis|Pass|Reisepass|Zähler|Rechnungs)`;

const RULES: readonly Rule[] = [
  {
    what: 'email',
    shape:
      /(?<place>[\p{L}\p{N}._%+-]{1,64}\s?(?:@|\(at\)|\[at\]|\{at\}| at (?=[\p{L}\p{N}-]+ ?(?:\.|\(dot\)|\[dot\]| punkt )))\s?[\p{L}\p{N}-]{1,63}(?:\s?(?:\.|\(dot\)|\[dot\]| punkt )\s?[\p{L}\p{N}-]{2,63}){1,4})/dgu,
  },
  // announced, or with an area code in front
  {
    what: 'phone',
    shape:
      /(?:Tel(?:efon)?(?:nummer|nr)?|Fon|Fax|Mobil(?:nummer)?|Handy(?:nummer)?|Rufnummer|erreichbar unter|unter der Nummer|☎|📞)[.:\s]{0,4}(?:ist|lautet|unter)?[.:\s]{0,3}(?<place>[+(]{0,2}[\dOolI][\dOolISB\s()/.\-–]{4,24}[\dOolISB])(?![\p{L}\p{N}])/giu,
    keep: (found) => digitCount(found) >= 5,
  },
  {
    what: 'phone',
    shape: /(?<![\p{L}\p{N}.,/-])(?<place>(?:\+|00)\d{1,3}[ \t\u00a0()/.\-–]{0,3}(?:\(0\))?(?:[ \t\u00a0()/.\-–]{0,2}\d){5,12})(?![\p{L}\p{N}])/dgu,
  },
  {
    what: 'phone',
    shape:
      /(?<![\p{L}\p{N}.,/-])(?<place>\(?0[1-9]\d{1,4}\)?(?:[ \t\u00a0]?[/–-][ \t\u00a0]?|[ \t\u00a0])(?:\d[ \t\u00a0\-–]{0,1}){4,10}\d|0[1-9]\d{8,11})(?![\p{L}\p{N}])/dgu,
  },
  { what: 'plate', shape: /(?<![\p{L}\p{N}-])(?<place>[A-ZÄÖÜ]{1,3}[ ]?[-–•·:][ ]?[A-Z]{1,2}[ \u00a0-]?[1-9]\d{0,3}[EH]?)(?![\p{L}\p{N}-])/dgu, keep: isPlate },
  {
    what: 'plate',
    shape:
      /(?:Kennzeichen|Kfz|Fahrzeug|Pkw|PKW)[\s:.,(]{1,4}(?:ist|lautet|mit dem Kennzeichen)?[\s:]{0,2}(?<place>[A-ZÄÖÜ]{1,3}[ \-–]?[A-Z]{1,2}[ \-–]?[1-9]\d{0,3}[EH]?)(?![\p{L}\p{N}])/dgu,
  },
  {
    what: 'birth-date',
    shape:
      /(?<!\p{L})(?:geb(?:oren(?:e[rnms]?)?)?\.?|Geburts(?:datum|tag)|Geb\.?-?(?:Datum|Dat\.)|\*)[\s:(]{0,4}(?:ist|war|lautet|am|ist am|den)?[\s:]{0,3}(?<place>[\dOolI]{1,2}[.,/\- ]{1,2}(?:[\dOolI]{1,2}[.,/\- ]{1,2}|\p{L}{3,10}\.?[ \t]{1,2})[\dOolISB]{2,4}|(?:19|20)\d\d-\d\d-\d\d)(?![\p{L}\p{N}])/giu,
  },
  {
    what: 'address',
    shape: new RegExp(`(?<![\\p{L}])${ROLE}${SPACE}?:?${SPACE}${TWO_NAMES},?\\s{1,2}(?<place>${STREET}${SPACE}*${HOUSE})(?![\\p{L}\\p{N}])`, 'gdu'),
  },
  // a number that a word announces as somebody's
  {
    what: 'identifier',
    shape: new RegExp(
      `(?<![\\p{L}])${NUMBERED}(?:[ -]?(?:[Nn]ummer|[Nn]r\\.?))?(?:${SPACE}(?:ist|lautet))?[:.]?${SPACE}{1,3}(?<place>(?:\\p{Lu}{1,4}[ -]?)?\\d[\\d /.-]{3,30}\\d(?:[ -]?\\p{Lu}{1,3}(?![\\p{L}\\p{N}]))?)`,
      'gdu',
    ),
    keep: (found) => digitCount(found) >= 6,
  },
  // street, number, postcode: where somebody lives
  {
    what: 'address',
    shape: new RegExp(`(?<![\\p{L}\\p{N}])(?<place>${STREET}${SPACE}*${HOUSE},?\\s{1,3}(?:${SPACE}*)${POSTCODE}${SPACE}+\\p{Lu}[\\p{L}-]+)`, 'gdu'),
  },
  {
    what: 'address',
    shape: new RegExp(
      `(?:wohnhaft|wohnt|wohne|Anschrift|Adresse|gemeldet|Wohnung)(?:${SPACE}(?:in|im|am|unter|der|ist|lautet|:)|:){0,3}\\s{1,3}(?<place>${STREET}${SPACE}*${HOUSE}(?:,?\\s{1,2}${POSTCODE}(?:${SPACE}\\p{Lu}[\\p{L}-]+)?)?)(?![\\p{L}\\p{N}])`,
      'gdu',
    ),
  },
  {
    what: 'coordinates',
    shape: /(?<![\d.,])(?<place>[+-]?\d{1,2}[.,]\d{4,}°?(?:\s?[NnSs])?\s{0,2}[,;/ ]\s{0,2}[+-]?\d{1,3}[.,]\d{4,}°?(?: ?[EeOoWw](?!\p{L}))?)(?!\d)/dgu,
  },
  {
    what: 'coordinates',
    shape:
      /(?<place>\d{1,2}°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:["″”]|''))?\s?[NS][\s,;/]{1,3}\d{1,3}°\s?\d{1,2}(?:[.,]\d+)?\s?['′’](?:\s?\d{1,2}(?:[.,]\d+)?\s?(?:["″”]|''))?\s?[EOW])/dgu,
  },
  { what: 'coordinates', shape: /(?<![\p{L}\p{N}])(?<place>3[1-3]\s?[N-U]\s?\d{6}(?:[.,]\d+)?\s{1,2}\d{7}(?:[.,]\d+)?)(?!\d)/dgu },
];

/** `AB-C 12` is a plate; `BF-2026` and `DIN-A 4` are none. */
function isPlate(found: string): boolean {
  const [district] = found.split(/[ \-–•·:]/u);
  return !['DIN', 'EN', 'ISO', 'VO', 'EU', 'EG', 'TA', 'NR', 'ABS', 'ART'].includes(district!) && /\d/.test(found);
}

const SALUTED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?:Sehr geehrter?|Liebe[rs]?|Guten Tag|Hallo)${SPACE}+)?(?:Herrn?|Hr\.|Frau|Fr\.|Fräulein|Familie|Fam\.|Eheleuten?|Ehepaar|Witwe[r]?)\s{1,2}(?<place>${FULL_NAME})`,
  'gdu',
);
const TITLED = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?<place>(?:Prof\.|Dr\.)(?:${SPACE}*(?:Dr\.|med\.|jur\.|phil\.|rer\.|nat\.|h\. ?c\.|-Ing\.)){0,6}${SPACE}+${FULL_NAME})`,
  'gdu',
);
const SIGNED = new RegExp(
  String.raw`(?:(?:Mit (?:freundlichen|besten|herzlichen) Grüßen|Freundliche Grüße|Viele Grüße|Beste Grüße|Hochachtungsvoll|Im Auftrag|i\. ?A\.|gez\.|${ROLE}:|(?:Vor|Nach|Familien|Geburts)?[Nn]ame:|Unterschrift:|Bearbeiter(?:in)?:|Ansprechpartner(?:in)?:)[,.]?\s{0,4})(?<place>${FULL_NAME})(?=[,.;]?\s*(?:\n|$|\())`,
  'gdu',
);
const DEAR = new RegExp(String.raw`(?<![\p{L}\p{N}])(?:Liebe[rs]?|Hallo|Moin|Guten Tag)${SPACE}+(?<place>${NAME})(?=${SPACE}?[,!])`, 'gdu');
const ROLED = new RegExp(String.raw`(?<![\p{L}\p{N}])${ROLE}${SPACE}?:?${SPACE}{1,2}(?<place>${TWO_NAMES})`, 'gdu');
const BORN = new RegExp(String.raw`(?<![\p{L}\p{N}-])(?<place>${TWO_NAMES}),?${SPACE}\(?(?=geb\.|geboren|\*${SPACE}?\d)`, 'gdu');

/** Names after a salutation, a title, a role, a label, before a birth, or under a letter. */
export function findSalutedNames(text: string): Span[] {
  return [SALUTED, TITLED, SIGNED, DEAR, ROLED, BORN].flatMap((shape) =>
    [...text.matchAll(shape)].flatMap((match) => {
      const place = trimmedName(text, match.indices!.groups!['place']!);
      return place === undefined ? [] : [{ ...place, what: 'person' as const, entity: `name ${lastWord(text.slice(place.start, place.end))}` }];
    }),
  );
}

/** Takes words off that are no name: `Frau Senatorin Möller`, `Herr Müller Wir`. */
function trimmedName(text: string, [from, to]: readonly [number, number]): { start: number; end: number } | undefined {
  let [start, end] = [from, to];
  for (;;) {
    const found = text.slice(start, end);
    const first = /^[\p{L}\p{M}-]+(?=\s|$)/u.exec(found)?.[0];
    if (first === undefined || !NO_NAME.has(first)) break;
    start += first.length + (/^\s*/u.exec(found.slice(first.length))?.[0].length ?? 0);
  }
  for (;;) {
    const last = /[\s]+([\p{L}\p{M}-]+)$/u.exec(text.slice(start, end));
    if (last === null || !NO_NAME.has(last[1]!)) break;
    end -= last[0].length;
  }
  return end - start >= 2 ? { start, end } : undefined;
}

const lastWord = (name: string): string => name.split(/\s+/u).at(-1)!.toLowerCase();

/** What rules find: mail, phones, plates, days of birth, addresses, coordinates. */
export function findByRules(text: string): Span[] {
  return RULES.flatMap(({ what, shape, keep }) =>
    [...text.matchAll(shape)].flatMap((match) => {
      const found = match.groups!['place']!;
      if (keep !== undefined && !keep(found)) return [];
      // rules without indices end with their place
      const start = match.indices?.groups?.['place']?.[0] ?? match.index + match[0].lastIndexOf(found);
      return [{ start, end: start + found.length, what, entity: `${what} ${found.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase()}` }];
    }),
  );
}
