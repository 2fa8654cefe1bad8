/** Categories of Art. 9 Abs. 1 GDPR. */
export type SpecialCategory = 'health' | 'religion' | 'union' | 'politics' | 'sexual-life' | 'ethnic-origin' | 'biometrics';

export const CATEGORY_NAMES: Readonly<Record<SpecialCategory, string>> = {
  health: 'Gesundheit',
  religion: 'Religion oder Weltanschauung',
  union: 'Gewerkschaft',
  politics: 'politische Meinung',
  'sexual-life': 'Sexualleben',
  'ethnic-origin': 'ethnische Herkunft',
  biometrics: 'Biometrie oder Genetik',
};

const words = (text: string, flags = 'iu'): RegExp => new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${text.trim().replaceAll(/\s*\n\s*/g, '|')})`, flags);
const END = String.raw`(?![\p{L}])`;

const PARTIES = String.raw`(?:SPD|CDU|CSU|AfD|FDP|BSW|NPD|DKP|Linke[n]?|Grünen?|Partei|Piratenpartei|Freie[n]? Wähler)`;

/** Words that tell something special as soon as they are said of a person. */
export const TERMS: Readonly<Record<SpecialCategory, RegExp>> = {
  health: words(String.raw`
    (?:schwer|geh|seh|hör|körper|geistig |lern|mehrfach)?behinder(?:t|te|ten|ter|tes|ung|ungen)${END}
    schwerbehinder\p{L}*
    (?:Sehbehinderung|Gehbehinderung|Hörbehinderung)
    GdB${END}
    Grad der Behinderung
    Merkzeichen
    Pflegegrad\p{L}*
    pflegebedürftig\p{L}*
    (?:schwer|chronisch |psychisch |unheilbar )?krank(?:e|er|en|em|es)?${END}
    erkrank\p{L}*
    \p{L}*erkrankung(?:en)?
    Krankheit(?:en)?${END}
    krankgeschrieben
    arbeitsunfähig\p{L}*
    \p{L}*[dD]iagnosen?${END}
    diagnostiziert
    Diabet\p{L}*
    Krebs(?!tier|e${END})\p{L}*
    \p{L}*[kK]arzinom\p{L}*
    Tumor\p{L}*
    Leukämie
    Chemotherapie
    Metastas\p{L}*
    Multiple Sklerose
    MS-krank
    Parkinson
    Demenz\p{L}*
    dement${END}
    Alzheimer
    Epilep\p{L}*
    Asthma\p{L}*
    COPD
    Allergi\p{L}*
    allergisch
    Rheuma\p{L}*
    Arthrose
    Schlaganfall\p{L}*
    Herzinfarkt\p{L}*
    Herz(?:leiden|fehler|schwäche|krank\p{L}*)
    Rückenleiden\p{L}*
    Leiden${END}
    Bandscheibenvorfall
    Depress\p{L}*
    Antidepressiva
    Psychos\p{L}*
    psychotisch
    Psychotherap\p{L}*
    psychiatr\p{L}*
    psychisch\p{L}* (?:Erkrankung|Störung|Belastung|Probleme)\p{L}*
    Panikattacken?
    Angststörung
    Burn-?out
    Trauma(?:t\p{L}*)?${END}
    posttraumatisch\p{L}*
    schizophren\p{L}*
    Borderline\p{L}*
    Autis\p{L}*
    ADHS
    ADS${END}
    Down-Syndrom
    Trisomie\p{L}*
    HIV\p{L}*
    AIDS${END}
    Hepatitis
    Tuberkulose
    Corona-?(?:infektion|infiziert)
    Long ?COVID
    infiziert
    schwanger\p{L}*
    Risikoschwangerschaft
    Schwangerschaft
    Fehlgeburt
    Rollstuhl\p{L}*
    querschnittsgelähmt
    gelähmt
    Prothese
    amputiert
    blind(?:e|er|en)?${END}
    gehörlos\p{L}*
    taub(?:stumm)?${END}
    schwerhörig\p{L}*
    operiert
    Operation${END}
    Dialyse\p{L}*
    Reha${END}
    (?:stationärer?|ärztlicher?|psychologischer?) (?:Behandlung|Therapie)
    Attest\p{L}*
    Medikamente?n?${END}
    Methadon
    substituiert
    (?:alkohol|drogen|spiel|medikamenten|tabletten)(?:abhängig|süchtig|krank)\p{L}*
    Alkoholiker(?:in)?
    suchtkrank
    suizid\p{L}*
    selbstmordgefährdet
    magersüchtig
    kleinwüchsig
    Organspende\p{L}*
  `),
  religion: words(String.raw`
    Muslim(?:a|in|e|en|s|innen|isch\p{L}*)?${END}
    Moslem\p{L}*
    Jud(?:e|en)${END}
    Jüdin(?:nen)?${END}
    jüdisch\p{L}* (?:Glaubens?|Religion|Abstammung)
    (?:ist|bin|sind|war) jüdisch
    Christin${END}
    (?:ist|bin|als|gläubiger) Christ${END}
    (?:gläubig|praktizierend)\p{L}*
    Buddhist(?:in)?${END}
    Hindu(?:istin|s)?${END}
    Alevit(?:in|en)?${END}
    Sunnit(?:in|en)?${END}
    Schiit(?:in|en)?${END}
    Jesid(?:in|en|e)?${END}
    Atheist(?:in)?${END}
    Baptist(?:in)?${END}
    Zeug(?:e|en|in) Jehovas
    (?:römisch-)?katholisch${END}
    evangelisch${END}
    evangelisch-lutherisch
    russisch-orthodox
    Kopftuch
    Konfession\p{L}*
    Religionszugehörigkeit
    religiös\p{L}* (?:Überzeugung|Gründe|Gründen)
    Glaubens${END}
    getauft
    konvertiert
    zum Islam
    Ramadan
    aus der Kirche (?:ausgetreten|aus)
    Kirchenaustritt
    Kirchenmitglied
    Scientolog\p{L}*
  `),
  union: words(String.raw`
    Gewerkschaft(?:s?mitglied\p{L}*|er|erin|lich organisiert)?${END}
    IG[ -](?:Metall|BAU|BCE)\p{L}*
    ver\.?di(?:-Mitglied)?${END}
    GEW-Mitglied
    ver\.di-Mitglied
    Arbeitskampf
    Streikposten
  `),
  politics: words(String.raw`
    Mitglied(?:schaft)? (?:der|in der|bei der|von|der Partei|in) ${PARTIES}${END}
    (?:SPD|CDU|AfD|FDP|NPD|Grünen|Partei|Linken)-?[mM]itglied\p{L}*
    (?:wählt|wähle|gewählt|sympathisiert mit|kandidiert für|Anhänger(?:in)?|Wähler(?:in)?) (?:die |der |den |immer )?${PARTIES}${END}
    aus der ${PARTIES} (?:ausgetreten|ausgeschlossen)
    politisch\p{L}* (?:Überzeugung|Meinung|Gesinnung|Einstellung|Verfolgung|Haltung)
    Kommunist(?:in)?${END}
    Anarchist(?:in)?${END}
    Rechtsextrem\p{L}*
    Linksextrem\p{L}*
    rechtsradikal\p{L}*
    linksradikal\p{L}*
    Neonazi\p{L}*
    Reichsbürger(?:in)?${END}
    Parteizugehörigkeit
  `),
  'sexual-life': words(String.raw`
    homosexuell\p{L}*
    schwul(?:e|er|en)?${END}
    lesbisch\p{L}*
    Lesbe${END}
    bisexuell\p{L}*
    asexuell
    transsexuell\p{L}*
    transgender
    trans (?:Frau|Mann|Person)
    Transfrau
    Transmann
    intersexuell\p{L}*
    nicht-?binär
    sexuell\p{L}* (?:Orientierung|Identität|Neigung)
    Sexualleben
    Prostituiert\p{L}*
    eingetragene[nr]? Lebenspartner(?:schaft|in)?
  `),
  'ethnic-origin': words(String.raw`
    Roma${END}
    Rom${END}(?= ist)
    Sint(?:o|iza|i|ezza)${END}
    ethnisch\p{L}*
    Volkszugehörigkeit
    Volksgruppe
    Kurd(?:e|in|en|isch\p{L}*)${END}
    Hautfarbe
    dunkelhäutig\p{L}*
    Schwarze[rn]? (?:Mann|Frau|Person|Mensch)
    Farbige[rn]?${END}
    Migrationshintergrund
    (?:arabischer|türkischer|afrikanischer|asiatischer|kurdischer|slawischer|polnischer) (?:Herkunft|Abstammung)
    Rassezugehörigkeit
  `),
  biometrics: words(String.raw`
    Fingerabdr(?:uck|ücke|ücken|ucks)${END}
    Gesichtserkennung
    Iris-?[sS]can
    biometrisch\p{L}* (?:Daten|Merkmale|Vorlage)
    DNA(?:-\p{L}+)?${END}
    DNS-Analyse
    Gentest\p{L}*
    genetisch\p{L}*
    Erbkrankheit
    Vaterschaftstest
  `),
};

/** Words that look like one of these and are none, taken out before anything is looked for. */
export const HARMLESS = new RegExp(
  [
    String.raw`behinder\p{L}{0,30} (?:den|die|das|der|des|dem|von)? ?\p{L}{0,40}(?:verkehr|sicht|zugang|zufahrt|arbeit|weg|betrieb|einsatz|durchgang|rettung)\p{L}*`,
    String.raw`behinder(?:t|n|te|ten) (?:den|die|das|niemanden)`,
    String.raw`ohne Behinderung des`,
    String.raw`(?:evangelisch|katholisch|jüdisch)\p{L}{0,30} (?:Kita|Kirchengemeinde|Kirche|Schule|Krankenhaus|Gemeinde|Friedhof|Kindertagesstätte|Akademie|Stiftung)\p{L}*`,
    String.raw`krank\p{L}{0,30} (?:Eiche|Linde|Buche|Baum|Bäume|Birke|Kastanie|Ahorn|Esche|Kiefer|Pappel|Weide|Tanne|Fichte|Pflanze|Tier|Hund|Wurzel)\p{L}*`,
    String.raw`Religionsfreiheit|Gesundheitsamt|Krankenhaus\p{L}*|Krankenwagen|Krankenversichert\p{L}*|Krankenkasse|Kirchen?straße`,
    String.raw`Gewerkschaft(?:en)? (?:der Polizei )?(?:hat|haben|plant|planen|meldet|melden|lehnt|fordert)`,
  ].join('|'),
  'giu',
);

/** Whoever is meant: one person, not people as such. */
export const PERSON = new RegExp(
  [
    String.raw`(?<!\p{L})(?:ich|mir|mich|mein(?:e[rnms]?|es)?|wir|uns(?:er(?:e[rnms]?)?)?)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:Herrn?|Frau|Familie|Eheleute) (?:Dr\. |Prof\. )*(?:\p{Lu}|\[)`,
    String.raw`\[[\p{L} -]+ [A-Z]{2}\d`,
    String.raw`(?<!\p{L})(?:er|sie) (?:ist|war|hat|hatte|leidet|litt|nimmt|wurde|wird|sei|habe|bekommt|erhält|kann|gehört|gilt|wählt|sitzt)(?!\p{L})`,
    String.raw`(?<!\p{L})(?:der|die|des|dem|den|eines?|einer|ihr|sein|ihre[rnms]?|seine[rnms]?|unsere?[rnms]?|bei|vom) (?:\p{Ll}+ )?(?:Antragsteller|Mieter|Halter|Patient|Betroffene|Kläger|Nachbar|Zeug|Bewohner|Eigentümer|Kind|Sohn|Tochter|Mutter|Vater|Eltern|Ehemann|Ehefrau|Partner|Bruder|Schwester|Großmutter|Großvater|Oma|Opa|Enkel|Petent|Widerspruchsführer|Anrufer|Beschuldigte|Schüler|Mitarbeiter|Kolleg)(?:in|e|en|es|s|n|r|rn|ers|ern)?(?!\p{L})`,
    String.raw`(?<!\p{L})\p{Lu}\p{Ll}+ \p{Lu}[\p{L}-]+ (?:ist|war|hat|hatte|leidet|nimmt|wurde|gilt)(?!\p{L})`,
  ].join('|'),
  'iu',
);

/** People as such, a statute, a condition: nobody is meant. */
export const GENERAL = new RegExp(
  [
    String.raw`(?<!\p{L})(?:Personen|Menschen|Bewerber(?:innen)?|Antragstellende|Berechtigte|Patienten|Wer|Jeder|Alle) (?:mit|die|der|ist|sind|schwer|eine?n?|,)`,
    String.raw`im Sinne (?:des|der|von)`,
    String.raw`^(?:Wenn|Falls|Sofern|Soweit|Wer|Wird|Ist|Hat|Haben|Sind|Bitte|Legen Sie|Legt|Liegt)(?!\p{L})`,
  ].join('|'),
  'u',
);

/** Who is meant without doubt, also in a sentence that quotes a statute. */
export const NAMED = /(?<!\p{L})(?:ich|mir|mich|mein(?:e[rnms]?|es)?|Herrn? \p{Lu}|Frau \p{Lu})/u;

/** A label with a value behind it: a form or a findings sheet speaks of one person. */
export const LABELLED =
  /(?<!\p{L})(?:Diagnose|Befund|Erkrankung(?:en)?|Krankheit(?:en)?|Behinderung|Medikation|Konfession|Religion|Religionszugehörigkeit|Gewerkschaft|Parteizugehörigkeit|Ethnische Herkunft|Sexuelle Orientierung)\s?:\s*(?=\p{L}|\d)/u;

/** A finding named straight behind its label, or a card of the disabled with its holder: a note, no sentence. */
export const NOTED =
  /(?<!(?:[Dd]ie|[Ee]ine|[Dd]er|[Jj]ede|[Kk]eine) )(?<!\p{L})(?:Diagnose|Befund|Medikation|Konfession) \p{Lu}\p{Ll}|(?:[Ss]chwerb|B)ehindertenausweis(?:es)?,? \p{Lu}\p{Ll}/u;

/** A name alone that does or is something: `Anna hat`. Other nouns have an article or one of these ends. */
export const FIRST_NAMED =
  /(?:^|[,;:–(„"] ?|(?:^|\s)(?:dass|weil|und|wenn|ob|da|denn|aber) )(?!(?:D(?:as|ies|er|ie|ort|ann|amit|azu)|Es|Er|Sie|Man|Wer|Was|Hier|Ein|Eine|Kein|Keine|Niemand|Jede|Jeder|Jemand|Alle|So|Zuvor|Bisher|Hamburg|Nur|Auch)(?!\p{L}))(?<name>\p{Lu}\p{Ll}{1,30}(?<!ung|heit|keit|schaft|ion|tät|nis|amt|stelle|behörde|senat|haus|recht|gesetz|itis|ose|ie|tum|ment|mus)(?:-\p{Lu}\p{Ll}{1,30})?) (?:ist|war|hat|hatte|leidet|litt|nimmt|bekommt|wurde)(?!\p{L})/gu;

/** What trees and animals have, too. */
export const NOT_ONLY_PEOPLE = /^(?:krank|erkrank|blind|taub|infiziert|operiert|operation|diagnos|tumor|krebs|leiden|gelähmt|amputiert|medikament|allerg)/iu;

/** Trees and animals are ill, too. */
export const NO_PERSON =
  /(?<!\p{L})(?:Baum(?:es|s)?|Bäume|Linden?|Eichen?|Buchen?|Birken?|Kastanien?|Ahorn|Eschen?|Kiefern?|Stamm(?:es)?|Wurzeln?|Krone|Hund(?:es|e)?|Hündin|Katze|Tier(?:es|e)?|Welpen?|Rüde|Baumgutachters?|Pflanzen?)(?!\p{L})/u;
