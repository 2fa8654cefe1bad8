import type { Category } from '../../../kernel/report.ts';
import { normalised } from './text-print.ts';

/** How a kind of event behaves: how far it reaches, how fast it moves, how long reports of it belong together. */
export interface Kind {
  /** Radius of the thing itself: reports from its edges mean the same. */
  readonly extentMetres: number;
  readonly metresPerSecond: number;
  /** After so many minutes a report is half as likely to mean the same event. */
  readonly halfLifeMinutes: number;
  /** No report so much later means the same. */
  readonly windowHours: number;
}

export const KINDS: Readonly<Record<Category, Kind>> = {
  'person-in-water': { extentMetres: 40, metresPerSecond: 0.4, halfLifeMinutes: 30, windowHours: 3 },
  'missing-person': { extentMetres: 150, metresPerSecond: 0.3, halfLifeMinutes: 120, windowHours: 12 },
  injured: { extentMetres: 30, metresPerSecond: 0, halfLifeMinutes: 45, windowHours: 3 },
  'flooded-street': { extentMetres: 90, metresPerSecond: 0, halfLifeMinutes: 180, windowHours: 12 },
  'dyke-damage': { extentMetres: 80, metresPerSecond: 0, halfLifeMinutes: 180, windowHours: 12 },
  gate: { extentMetres: 30, metresPerSecond: 0, halfLifeMinutes: 120, windowHours: 8 },
  'water-level': { extentMetres: 60, metresPerSecond: 0, halfLifeMinutes: 30, windowHours: 2 },
  'blocked-road': { extentMetres: 70, metresPerSecond: 0, halfLifeMinutes: 180, windowHours: 12 },
  'power-cut': { extentMetres: 250, metresPerSecond: 0, halfLifeMinutes: 180, windowHours: 12 },
  'drifting-ship': { extentMetres: 120, metresPerSecond: 0.8, halfLifeMinutes: 40, windowHours: 4 },
  fire: { extentMetres: 50, metresPerSecond: 0, halfLifeMinutes: 90, windowHours: 6 },
  other: { extentMetres: 50, metresPerSecond: 0, halfLifeMinutes: 60, windowHours: 4 },
};

/** Kinds that people take for each other, and how often; all other pairs never mean the same event. */
const RELATED: readonly (readonly [Category, Category, number])[] = [
  ['person-in-water', 'missing-person', 0.4],
  ['person-in-water', 'injured', 0.3],
  ['flooded-street', 'blocked-road', 0.4],
  ['flooded-street', 'dyke-damage', 0.2],
  ['flooded-street', 'water-level', 0.2],
  ['dyke-damage', 'gate', 0.2],
  ['gate', 'flooded-street', 0.15],
  ['fire', 'power-cut', 0.1],
  ['fire', 'injured', 0.15],
];

/** From 0, never the same, to 1. `other` says nothing against anything. */
export function compatibility(a: Category, b: Category): number {
  if (a === b) return 1;
  if (a === 'other' || b === 'other') return 0.5;
  return RELATED.find(([one, two]) => (one === a && two === b) || (one === b && two === a))?.[2] ?? 0;
}

/** Words by which people say what has happened; the first that fits counts, so what is urgent stands first. */
const SIGNS: readonly (readonly [Category, RegExp])[] = [
  ['missing-person', /vermisst|verschwunden|wird gesucht|nicht (mehr )?auffindbar/],
  [
    'person-in-water',
    /(person|mensch|mann|frau|kind|jemand|leute|schwimmer)[a-z ]{0,40}(im wasser|in der elbe|in die elbe|im hafenbecken|ins wasser|im fleet|ertrink|treibt|trieb)|ertrinkt|ertrinken|ins wasser gefallen|ueber bord/,
  ],
  [
    'drifting-ship',
    /(schiff|frachter|barge|schute|kahn|boot|ponton|faehre|schlepper)[a-z0-9 ]{0,40}(treib|losgerissen|manoevrier|abgetrieben|los gerissen)|losgerissen/,
  ],
  ['fire', /brennt|feuer\b|flammen|rauch\b|brand\b|qualm/],
  ['injured', /verletzt|blutet|bewusstlos|\bgestuerzt|eingeklemmt/],
  [
    'dyke-damage',
    /(deich|damm|flutschutzwand|flutmauer|kaimauer)[a-z ]{0,60}(riss|sicker|bruch|bricht|gebrochen|rutsch|schaden|beschaedigt|weich|durch|quill|unterspuel)|sickerwasser|deichbruch/,
  ],
  ['gate', /fluttor|flutschutztor|\btor\b|\btore\b|\btor \d|schott\b|sperrwerk|schleusentor|dammbalken|polder/],
  ['water-level', /pegel|wasserstand|(\d|meter|m) ueber nhn|\bnhn\b/],
  ['power-cut', /stromausfall|kein strom|ohne strom|strom (ist )?(weg|aus|ausgefallen)|alles dunkel|blackout/],
  [
    'flooded-street',
    /ueberflut|ueberschwemm|unter wasser|land unter|keller (voll|laeuft|unter)|wasser (steht|laeuft|auf der|drueckt|kommt)|volllaeuft|vollgelaufen|geflutet|knietief|knoecheltief/,
  ],
  ['blocked-road', /gesperrt|sperrung|unpassierbar|nicht passierbar|kein durchkommen|blockiert|versperrt|baum (liegt|quer)|umgestuerzt|passierbar|wieder frei/],
];

/** What a text is about, as far as it says so in plain German. */
export function categoryOf(text: string): Category {
  const plain = normalised(text);
  return SIGNS.find(([, sign]) => sign.test(plain))?.[0] ?? 'other';
}
