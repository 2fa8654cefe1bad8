import { dice, pick, type Resident } from './demo-history-people.ts';
import type { ToldCase, ToldService } from './demo-history-plan.ts';
import { legalDay } from './kernel/time.ts';

type Answers = Record<string, unknown>;
type Telling = Pick<ToldCase, 'at' | 'way'>;

const REMARKS = [
  'Ich bin erst letzte Woche umgezogen.',
  'Das Auto ist neu zugelassen, der Brief kommt noch.',
  'Bitte rufen Sie mich an, wenn etwas fehlt.',
  'Ich bekomme bald ein anderes Kennzeichen.',
  'Ich war mir bei einer Frage nicht sicher.',
];
const DOGS = ['Anton', 'Bella', 'Fiete', 'Frieda', 'Henry', 'Käthe', 'Lotte', 'Momo', 'Nala', 'Oskar', 'Polly', 'Rudi'];
const BREEDS = ['mischling', 'labrador', 'schaeferhund', 'dackel', 'pudel'];
const SPECIES = ['eiche', 'buche', 'ahorn', 'linde', 'birke', 'kastanie', 'fichte'];
const TREE_REASONS = {
  krank: ['Die halbe Krone ist seit dem Frühjahr kahl.', 'Am Stamm wachsen Pilze, die Rinde fällt ab.', 'Der Baum treibt nicht mehr aus.'],
  gefahr: ['Beim letzten Sturm ist ein starker Ast auf den Gehweg gefallen.', 'Der Stamm neigt sich seit dem Winter zur Straße.'],
  schaden: ['Die Wurzeln heben die Platten vor dem Haus.', 'Wurzeln sind in die Abwasserleitung gewachsen.'],
} as const;

/** What somebody answered, on top of the package's own example. */
export function answersOf(service: ToldService, example: Readonly<Answers>, one: Resident, told: Telling): Answers {
  const { givenName, familyName, birthDate, address } = one;
  const base = { ...structuredClone(example), givenName, familyName, address, ...('birthDate' in example && { birthDate: birthDate.toString() }) };
  const seed = `${one.id} ${told.at.toString()}`;
  if (service === 'bewohnerparkausweis') return { ...base, zone: one.zone, plate: plateOf(seed), ...doubt(told, seed) };
  return service === 'hund' ? { ...base, ...dogOf(told, seed), ...doubt(told, seed) } : { ...base, ...treesOf(one, told, seed), site: address };
}

/** What somebody writes in their own words is read by a person. */
const doubt = ({ way }: Telling, seed: string): Answers => (way === 'rules' ? {} : { remark: pick(REMARKS, seed, 'remark') });

function plateOf(seed: string): string {
  const letter = (which: string): string => pick([...'ABCDEFGHJKLMNPRSTUVWXYZ'], seed, which);
  return `HH-${letter('first')}${letter('second')} ${100 + Math.floor(dice(seed, 'number') * 9000)}`;
}

function dogOf({ at }: Telling, seed: string): Answers {
  const kept = legalDay(at).subtract({ days: 1 + Math.floor(dice(seed, 'kept') * 40) });
  return {
    dogName: pick(DOGS, seed, 'dog'),
    breed: pick(BREEDS, seed, 'breed'),
    dogBirth: kept.subtract({ days: 120 + Math.floor(dice(seed, 'age') * 1500) }).toString(),
    keptSince: kept.toString(),
    shoulderCm: 22 + Math.floor(dice(seed, 'high') * 45),
    chip: `2760981${String(Math.floor(dice(seed, 'chip') * 1e8)).padStart(8, '0')}`,
    policy: `HV-${1000 + Math.floor(dice(seed, 'policy') * 9000)}-${kept.year}`,
    ownShareEuro: pick([0, 150, 250], seed, 'share'),
  };
}

function treesOf({ position }: Resident, { at }: Telling, seed: string): Answers {
  const reason = pick(Object.keys(TREE_REASONS) as (keyof typeof TREE_REASONS)[], seed, 'reason');
  const tree = (which: number): Answers => ({
    position: { lon: Math.round((position.lon + which * 0.0002) * 1e6) / 1e6, lat: position.lat },
    species: pick(SPECIES, seed, 'species', which),
    growth: 'single',
    circumferenceCm: 82 + Math.floor(dice(seed, 'girth', which) * 140),
    inGroup: false,
    reason,
    reasonText: pick(TREE_REASONS[reason], seed, 'why'),
  });
  const day = legalDay(at);
  const winter = Temporal.PlainDate.from({ year: day.year + (day.month > 1 ? 1 : 0), month: 2, day: 1 }).add({ days: Math.floor(dice(seed, 'day') * 25) });
  return { trees: dice(seed, 'second') < 0.3 ? [tree(0), tree(1)] : [tree(0)], plannedOn: winter.toString() };
}

/** What an officer asks for, and what comes back. */
const QUESTIONS: Readonly<Record<ToldService, readonly { readonly item: string; readonly answer: string }[]>> = {
  bewohnerparkausweis: [
    { item: 'Seit wann Sie unter dieser Anschrift gemeldet sind', answer: 'Ich bin seit dem Ersten des Monats dort gemeldet.' },
    { item: 'Ob das Auto auf Sie allein zugelassen ist', answer: 'Ja, das Auto ist nur auf mich zugelassen.' },
  ],
  hund: [
    { item: 'Ob die Versicherung schon begonnen hat', answer: 'Ja, sie gilt seit dem Tag, an dem der Hund zu mir kam.' },
    { item: 'Ob noch jemand den Hund hält', answer: 'Nein, ich halte ihn allein.' },
  ],
  baumfaellung: [
    { item: 'Seit wann Sie den Schaden am Baum sehen', answer: 'Ich sehe ihn seit dem letzten Winter.' },
    { item: 'Wie weit der Baum vom Haus entfernt steht', answer: 'Es sind etwa vier Meter.' },
    { item: 'Wo Sie den neuen Baum pflanzen können', answer: 'Im hinteren Teil des Gartens ist Platz.' },
  ],
};

export const questionOf = (service: ToldService, seed: string): { readonly item: string; readonly answer: string } =>
  pick(QUESTIONS[service], seed, 'question');

const WEIGHED = [
  'Der Baum ist so geschädigt, dass seine Erhaltung nicht zu erwarten ist.',
  'Das Interesse an der Sicherheit überwiegt hier das am Erhalt des Baumes. Ein Rückschnitt reicht nicht aus.',
  'Mildere Mittel wurden geprüft und genügen nicht. Der Verlust wird durch eine Ersatzpflanzung ausgeglichen.',
];

/** Why discretion was used as it was; nothing where the law leaves none. */
export const weighedOf = (service: ToldService, seed: string): readonly string[] => (service === 'baumfaellung' ? [pick(WEIGHED, seed, 'weighed')] : []);
