import type { Lang } from '../../../platform/ui/html.ts';
import type { Topic } from '../domain/claims.ts';
import type { Category, Credibility, Origin, Reliability, ReportState } from '../../../kernel/report.ts';

type Names<T extends string | number> = Readonly<Record<Lang, Readonly<Record<T, string>>>>;

export const CATEGORY_NAMES: Names<Category> = {
  de: {
    'person-in-water': 'Person im Wasser',
    'missing-person': 'Vermisste Person',
    injured: 'Verletzte Person',
    'flooded-street': 'Überflutete Straße oder Keller',
    'dyke-damage': 'Schaden am Deich',
    gate: 'Fluttor offen oder zu',
    'water-level': 'Wasserstand',
    'blocked-road': 'Straße blockiert',
    'power-cut': 'Stromausfall',
    'drifting-ship': 'Treibendes Schiff',
    fire: 'Feuer',
    other: 'Etwas anderes',
  },
  en: {
    'person-in-water': 'Person in the water',
    'missing-person': 'Missing person',
    injured: 'Injured person',
    'flooded-street': 'Flooded street or cellar',
    'dyke-damage': 'Damage to a dyke',
    gate: 'Flood gate open or closed',
    'water-level': 'Water level',
    'blocked-road': 'Blocked road',
    'power-cut': 'Power cut',
    'drifting-ship': 'Drifting ship',
    fire: 'Fire',
    other: 'Something else',
  },
  leicht: {
    'person-in-water': 'Mensch im Wasser',
    'missing-person': 'Mensch ist weg',
    injured: 'Mensch ist verletzt',
    'flooded-street': 'Wasser auf der Straße oder im Keller',
    'dyke-damage': 'Deich ist kaputt',
    gate: 'Tor am Wasser',
    'water-level': 'So hoch ist das Wasser',
    'blocked-road': 'Straße ist zu',
    'power-cut': 'Kein Strom',
    'drifting-ship': 'Schiff treibt allein',
    fire: 'Feuer',
    other: 'Etwas anderes',
  },
};

export const STATE_NAMES: Names<ReportState> = {
  de: { new: 'ungeprüft', checked: 'geprüft', refused: 'verworfen' },
  en: { new: 'unchecked', checked: 'checked', refused: 'refused' },
  leicht: { new: 'noch nicht geprüft', checked: 'geprüft', refused: 'stimmt nicht' },
};

export const ORIGIN_NAMES: Names<Origin> = {
  de: {
    person: 'Stab oder Einheit',
    form: 'Eingetragen für andere',
    public: 'Öffentlichkeit',
    mail: 'E-Mail',
    social: 'Soziales Netz',
    cap: 'Warnmeldung',
    cot: 'Einheit über CoT',
    import: 'Datei',
    partner: 'Partner',
    image: 'Bild',
    sensor: 'Messgerät',
  },
  en: {
    person: 'staff or unit',
    form: 'entered for others',
    public: 'the public',
    mail: 'email',
    social: 'social network',
    cap: 'warning message',
    cot: 'unit by CoT',
    import: 'file',
    partner: 'partner',
    image: 'picture',
    sensor: 'sensor',
  },
  leicht: {
    person: 'Stab oder Einheit',
    form: 'für andere eingetragen',
    public: 'Menschen in der Stadt',
    mail: 'E-Mail',
    social: 'Internet',
    cap: 'Warnung',
    cot: 'Einheit',
    import: 'Datei',
    partner: 'Partner',
    image: 'Bild',
    sensor: 'Messgerät',
  },
};

export const RELIABILITY_NAMES: Names<Reliability> = {
  de: {
    A: 'A – zuverlässig',
    B: 'B – meist zuverlässig',
    C: 'C – ziemlich zuverlässig',
    D: 'D – meist nicht zuverlässig',
    E: 'E – unzuverlässig',
    F: 'F – nicht zu beurteilen',
  },
  en: { A: 'A – reliable', B: 'B – usually reliable', C: 'C – fairly reliable', D: 'D – not usually reliable', E: 'E – unreliable', F: 'F – cannot be judged' },
  leicht: { A: 'A – sehr sicher', B: 'B – meistens sicher', C: 'C – oft sicher', D: 'D – oft unsicher', E: 'E – unsicher', F: 'F – wir wissen es nicht' },
};

export const CREDIBILITY_NAMES: Names<Credibility> = {
  de: {
    1: '1 – von unabhängigen Quellen bestätigt',
    2: '2 – wahrscheinlich wahr',
    3: '3 – möglicherweise wahr',
    4: '4 – zweifelhaft',
    5: '5 – unwahrscheinlich',
    6: '6 – nicht zu beurteilen',
  },
  en: {
    1: '1 – confirmed by independent sources',
    2: '2 – probably true',
    3: '3 – possibly true',
    4: '4 – doubtful',
    5: '5 – improbable',
    6: '6 – cannot be judged',
  },
  leicht: {
    1: '1 – mehrere sagen es',
    2: '2 – stimmt wohl',
    3: '3 – kann stimmen',
    4: '4 – stimmt vielleicht nicht',
    5: '5 – stimmt wohl nicht',
    6: '6 – wir wissen es nicht',
  },
};

export const TOPIC_NAMES: Names<Topic> = {
  de: { gate: 'Tor', road: 'Straße', person: 'Person', level: 'Wasserstand' },
  en: { gate: 'gate', road: 'road', person: 'person', level: 'water level' },
  leicht: { gate: 'Tor', road: 'Straße', person: 'Mensch', level: 'Wasser' },
};

const SAYINGS: Readonly<Record<Lang, Readonly<Record<string, string>>>> = {
  de: { open: 'offen', closed: 'geschlossen', passable: 'befahrbar', blocked: 'blockiert', missing: 'vermisst', found: 'gefunden' },
  en: { open: 'open', closed: 'closed', passable: 'passable', blocked: 'blocked', missing: 'missing', found: 'found' },
  leicht: { open: 'offen', closed: 'zu', passable: 'frei', blocked: 'zu', missing: 'weg', found: 'gefunden' },
};

/** What a report states, in words; levels are metres above NHN. */
export const sayingOf = (lang: Lang, says: string): string => SAYINGS[lang][says] ?? `${says.replace('.', lang === 'en' ? '.' : ',')} m`;
