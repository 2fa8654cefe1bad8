import { createHmac } from 'node:crypto';
import type { Actor } from './kernel/actor.ts';
import { fromUtm32, type Ring } from './kernel/geo.ts';
import { newId } from './kernel/id.ts';
import { expectOk } from './kernel/result.ts';
import { legalDay } from './kernel/time.ts';
import {
  comment,
  contribute,
  makeParticipation,
  moderate,
  moderateComment,
  openOwn,
  openParticipation,
  support,
  type ContributionsContext,
} from './modules/contributions/public.ts';
import { actOnRounds, type ParticipationContext } from './modules/participation/public.ts';
import { beginCase, type ProcedureContext } from './modules/procedure/public.ts';
import { atLeisure } from './platform/jobs/give-way.ts';
import type { StartProgress } from './platform/http/starting.ts';

const KEY = 'ottensen-77';
const DAYS_AGO = 6;
/** Demo officers act under this id; their names come when they first sign in. */
const OFFICER = {
  kind: 'staff',
  staffId: '0190a000-0000-7000-8000-00000000de30',
  roles: ['sachbearbeitung'],
  authorities: ['bezirksamt-altona'],
} as const satisfies Actor;
const NOBODY: Actor = { kind: 'anonymous' };

interface DemoContribution {
  readonly category: 'verkehr' | 'gruen' | 'wohnen' | 'spiel' | 'sonstiges';
  readonly title: string;
  readonly text: string;
  /** Metres east and north of the corner of the area; several draw a line or an area. */
  readonly at: readonly (readonly [number, number])[];
  readonly shape?: 'line' | 'area';
  readonly supporters: number;
  readonly comment?: string;
  readonly outcome?: 'wait' | 'hide' | 'answer' | 'merge';
}

const CATEGORIES = [
  { id: 'verkehr', name: 'Verkehr und Wege' },
  { id: 'gruen', name: 'Grün und Bäume' },
  { id: 'wohnen', name: 'Wohnen und Gebäude' },
  { id: 'spiel', name: 'Spiel und Treffpunkte' },
  { id: 'sonstiges', name: 'Sonstiges' },
];

/** Made up, all of them. */
const CONTRIBUTIONS: readonly DemoContribution[] = [
  {
    category: 'gruen',
    title: 'Die alten Linden müssen bleiben',
    text: 'Die Linden an der Ecke geben im Sommer den einzigen Schatten. Bitte plant die Häuser um sie herum.',
    at: [[210, 190]],
    supporters: 9,
    comment: 'Das finde ich auch. Im August war es dort zehn Grad kühler.',
    outcome: 'answer',
  },
  {
    category: 'verkehr',
    title: 'Sicherer Schulweg',
    text: 'Viele Kinder gehen hier morgens zur Schule. Es braucht einen Zebrastreifen und Tempo 30.',
    at: [[120, 60]],
    supporters: 12,
    comment: 'Und eine Lampe, im Winter ist es stockdunkel.',
  },
  {
    category: 'verkehr',
    title: 'Radweg bis zum Bahnhof',
    text: 'Die neue Straße sollte von Anfang an einen geschützten Radweg haben, der zum Bahnhof führt.',
    at: [
      [60, 120],
      [180, 130],
      [320, 160],
      [440, 200],
    ],
    shape: 'line',
    supporters: 8,
  },
  {
    category: 'wohnen',
    title: 'Bezahlbare Wohnungen',
    text: 'Mindestens die Hälfte der Wohnungen sollte gefördert sein, auch große für Familien.',
    at: [[250, 250]],
    supporters: 11,
    outcome: 'answer',
  },
  {
    category: 'wohnen',
    title: 'Nicht höher als vier Stockwerke',
    text: 'Ringsum stehen drei bis vier Stockwerke. Höhere Häuser nehmen den Gärten im Norden die Sonne.',
    at: [[300, 310]],
    supporters: 5,
    comment: 'Ich sehe das anders: Höher heißt mehr Wohnungen auf weniger Boden.',
  },
  {
    category: 'spiel',
    title: 'Spielplatz mit Wasser',
    text: 'Eine Pumpe und Sand, mehr brauchen kleine Kinder nicht. Und Bänke im Schatten für die Großen.',
    at: [
      [230, 140],
      [280, 140],
      [280, 180],
      [230, 180],
    ],
    shape: 'area',
    supporters: 7,
  },
  {
    category: 'gruen',
    title: 'Regenwasser versickern lassen',
    text: 'Bitte keine versiegelten Höfe. Mulden und Gründächer halten das Wasser bei Starkregen zurück.',
    at: [[340, 220]],
    supporters: 6,
  },
  {
    category: 'verkehr',
    title: 'Lieferzone statt zweiter Reihe',
    text: 'Heute stehen die Lieferwagen auf dem Gehweg. Zwei markierte Plätze würden reichen.',
    at: [[400, 90]],
    supporters: 3,
  },
  {
    category: 'spiel',
    title: 'Ein Raum für die Nachbarschaft',
    text: 'Im Erdgeschoss eines Hauses könnte ein Raum sein, den alle mieten können: für Feste, Kurse und Versammlungen.',
    at: [[270, 280]],
    supporters: 4,
  },
  {
    category: 'gruen',
    title: 'Platz für Gemüsebeete',
    text: 'Ein paar Hochbeete, um die sich die Nachbarn kümmern. Wasseranschluss nicht vergessen.',
    at: [[150, 330]],
    supporters: 4,
  },
  {
    category: 'verkehr',
    title: 'Zebrastreifen für die Schulkinder',
    text: 'Vor der Ecke fahren die Autos zu schnell. Ein Zebrastreifen hilft den Kindern.',
    at: [[126, 64]],
    supporters: 2,
    outcome: 'merge',
  },
  {
    category: 'verkehr',
    title: 'Weniger Parkplätze, mehr Stellplätze für Räder',
    text: 'Eine Tiefgarage ist teuer. Baut lieber eine gute Garage für Lastenräder.',
    at: [[360, 270]],
    supporters: 5,
    comment: 'Wer Schicht arbeitet, braucht ein Auto. Bitte beides.',
  },
  {
    category: 'wohnen',
    title: 'Barrierefrei von der Haustür bis zum Hof',
    text: 'Meine Mutter sitzt im Rollstuhl. Schwellen und Stufen am Eingang schließen sie aus.',
    at: [[220, 230]],
    supporters: 6,
  },
  {
    category: 'sonstiges',
    title: 'Lärm von der Bahn',
    text: 'Die Güterzüge sind nachts laut. Die Häuser sollten so stehen, dass die Schlafzimmer zum Hof gehen.',
    at: [
      [80, 400],
      [220, 405],
      [420, 410],
    ],
    shape: 'line',
    supporters: 5,
    outcome: 'answer',
  },
  {
    category: 'gruen',
    title: 'Nistkästen für Mauersegler',
    text: 'In den alten Hallen brüten Mauersegler. Nistkästen in den neuen Fassaden kosten wenig.',
    at: [[190, 270]],
    supporters: 3,
  },
  {
    category: 'spiel',
    title: 'Tischtennis und ein Korb',
    text: 'Für Jugendliche gibt es hier nichts. Eine Platte aus Beton und ein Basketballkorb wären ein Anfang.',
    at: [[310, 120]],
    supporters: 4,
  },
  {
    category: 'sonstiges',
    title: 'Die Werkstatt soll bleiben dürfen',
    text: 'In der Halle arbeitet seit Jahren eine Fahrradwerkstatt. Sie gehört hierher.',
    at: [[160, 210]],
    supporters: 5,
  },
  { category: 'sonstiges', title: 'Wann geht es los?', text: 'Bitte schreibt, wann gebaut wird und wo die Baufahrzeuge fahren.', at: [], supporters: 1 },
  {
    category: 'sonstiges',
    title: 'Günstige Kredite sofort',
    text: 'Wer bauen will, bekommt bei uns Geld ohne Fragen. Meldet euch.',
    at: [],
    supporters: 0,
    outcome: 'hide',
  },
  {
    category: 'verkehr',
    title: 'Bushaltestelle näher heran',
    text: 'Die nächste Haltestelle ist zu weit weg für alte Menschen.',
    at: [[430, 140]],
    supporters: 0,
    outcome: 'wait',
  },
  {
    category: 'gruen',
    title: 'Ein Zaun um den Teich',
    text: 'Im Entwurf sehe ich einen kleinen Teich. Mit Kindern macht mir das Sorgen.',
    at: [[290, 200]],
    supporters: 0,
    outcome: 'wait',
  },
];

const ANSWERS: Readonly<Record<string, string>> = {
  gruen: 'Wir lassen die Bäume begutachten. Das Ergebnis steht im Umweltbericht, der mit dem Entwurf ausliegt.',
  wohnen: 'Der Anteil geförderter Wohnungen wird im städtebaulichen Vertrag geregelt. Ihr Vorschlag geht in die Verhandlung ein.',
  sonstiges: 'Ein Gutachten zum Bahnlärm ist beauftragt. Seine Ergebnisse bestimmen, wie die Häuser stehen.',
};

const EAST = 561_700;
const NORTH = 5_934_500;
const place = ([east, north]: readonly [number, number]) => {
  const { lon, lat } = fromUtm32(EAST + east, NORTH + north);
  return { lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 };
};
const AREA: Ring = (
  [
    [0, 0],
    [500, 0],
    [500, 450],
    [0, 450],
    [0, 0],
  ] as const
).map((corner) => {
  const { lon, lat } = place(corner);
  return [lon, lat] as const;
});

export interface DemoContexts {
  readonly procedure: ProcedureContext;
  readonly rounds: ParticipationContext;
  readonly contributions: ContributionsContext;
}

/** A plan of the demo with its early display, and a participation on the map beside it. Goes on where an earlier start was interrupted. */
export async function fillDemoContributions(contexts: DemoContexts, progress: (now: StartProgress) => void): Promise<void> {
  const ctx = contexts.contributions;
  if ((await openOwn(ctx, NOBODY, receiptOf(ctx, String(CONTRIBUTIONS.length - 1)))).ok) return;
  const begun = ctx.clock().subtract({ hours: 24 * DAYS_AGO });
  if (!(await openParticipation(ctx, KEY)).ok) await atLeisure(announce(contexts, begun));
  for (const [index, one] of CONTRIBUTIONS.entries()) {
    progress({ step: 'Die Demo bekommt Beiträge', done: index, total: CONTRIBUTIONS.length });
    const hours = Math.min(index * 6 + 2, 24 * DAYS_AGO - 8);
    await atLeisure(tell({ ...ctx, clock: () => begun.add({ hours }) }, one, index));
  }
}

async function announce({ procedure, rounds, contributions }: DemoContexts, begun: Temporal.Instant): Promise<void> {
  const clock = () => begun;
  const pkg = procedure.desk.current('bebauungsplan');
  const displayId = newId(begun.epochMilliseconds);
  if (pkg !== undefined) {
    const begin = { service: 'bebauungsplan', answers: pkg.walk.answers, lang: 'de' } as const;
    const { id } = expectOk(await beginCase({ ...procedure, clock }, OFFICER, begin));
    const wish = {
      action: 'open-round',
      roundId: displayId,
      kind: 'oeffentlich',
      planId: 'fruehzeitig',
      title: 'Ottensen 77 (Demo): frühzeitige Beteiligung',
      request: 'Auf einer aufgegebenen Gewerbefläche sollen Wohnungen, eine kleine Grünfläche und eine Straße entstehen. Alles daran ist erfunden.',
      showPlace: true,
    } as const;
    expectOk(await actOnRounds({ ...rounds, clock }, OFFICER, { caseId: id, wish }));
  }
  const startsOn = legalDay(begun);
  expectOk(
    await makeParticipation({ ...contributions, clock }, OFFICER, {
      key: KEY,
      title: 'Ottensen 77: Was ist Ihnen wichtig?',
      text: 'Auf einer alten Gewerbefläche in Ottensen sollen Wohnungen entstehen. Schreiben Sie auf der Karte, was bleiben soll, was fehlt und was Ihnen Sorgen macht.\n\nWir lesen jeden Beitrag, bevor er erscheint. Alle Beiträge gehen in den Entwurf des Plans ein. Diese Beteiligung ist erfunden, wie alles in der Demo-Stadt.',
      area: [AREA],
      categories: CATEGORIES,
      startsOn,
      endsOn: startsOn.add({ days: 42 }),
      moderation: 'before',
      authority: 'bezirksamt-altona',
      ...(pkg === undefined ? {} : { displayId }),
    }),
  );
}

/** The same receipt at every start: what is there already is not written again. */
const receiptOf = ({ secret }: ContributionsContext, text: string): string => createHmac('sha256', secret).update(`demo ${KEY} ${text}`).digest('base64url');

async function tell(ctx: ContributionsContext, one: DemoContribution, index: number): Promise<void> {
  const { category, title, text } = one;
  const { contribution } = expectOk(
    await contribute(ctx, NOBODY, {
      key: KEY,
      receipt: receiptOf(ctx, String(index)),
      category,
      title,
      text,
      shape: one.shape ?? 'point',
      points: one.at.map(place),
      pictures: [],
      email: '',
      withAccount: false,
      trap: '',
    }),
  );
  if (contribution.state !== 'waiting' || one.outcome === 'wait') return;
  const contributionId = contribution.id;
  if (one.outcome === 'hide') {
    expectOk(await moderate(ctx, OFFICER, { contributionId, command: { action: 'hide', because: 'werbung', note: '' } }));
    return;
  }
  expectOk(await moderate(ctx, OFFICER, { contributionId, command: { action: 'publish' } }));
  for (let supporter = 0; supporter < one.supporters; supporter += 1)
    expectOk(await support(ctx, { actor: NOBODY, cookie: undefined }, { contributionId, withdraw: false }));
  if (one.comment !== undefined) {
    const said = expectOk(
      await comment(ctx, NOBODY, { contributionId, text: one.comment, receipt: receiptOf(ctx, `${index} comment`), withAccount: false, trap: '' }),
    );
    expectOk(await moderateComment(ctx, OFFICER, { commentId: said.id, command: { action: 'publish' } }));
  }
  if (one.outcome === 'answer')
    expectOk(await moderate(ctx, OFFICER, { contributionId, command: { action: 'answer', text: ANSWERS[category] ?? ANSWERS['sonstiges']! } }));
  if (one.outcome === 'merge') expectOk(await moderate(ctx, OFFICER, { contributionId, command: { action: 'merge', into: 2 } }));
}
