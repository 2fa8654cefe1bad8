import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Actor } from './kernel/actor.ts';
import { expectOk } from './kernel/result.ts';
import { legalDay } from './kernel/time.ts';
import {
  changeItem,
  commentDesk,
  commentOn,
  loadStrategy,
  makeMissingReports,
  moderateComment,
  newReceipt,
  type CockpitContext,
} from './modules/cockpit/public.ts';

/** The strategy of the demo as data of the project. */
export const STRATEGY_FILE = join(import.meta.dirname, '../services/strategie.yaml');
const DAYS_AGO = 220;
/** Demo officers act under this id; their names come when they first sign in. */
const OFFICE = { kind: 'staff', staffId: '0190a000-0000-7000-8000-00000000de70', roles: ['strategie'], authorities: [] } as const satisfies Actor;
const NOBODY: Actor = { kind: 'anonymous' };

interface Change {
  readonly daysAgo: number;
  readonly kind: 'milestone' | 'override' | 'decision';
  readonly key: string;
  readonly reason: string;
  /** New facts; days are counted from today. */
  readonly days: Readonly<Record<string, number>>;
  readonly facts?: Readonly<Record<string, unknown>>;
  /** The decision that it carries out. */
  readonly decision?: string;
}

/** What happened to the strategy since, made up; in the order of time. */
const CHANGES: readonly Change[] = [
  { daysAgo: 125, kind: 'milestone', key: 'llmoin-alle', reason: 'Die Einführung ist fünf Tage früher fertig.', days: { doneOn: -135 } },
  { daysAgo: 118, kind: 'milestone', key: 'lotsen-termine', reason: 'Das Programm für die Termine kommt später.', days: { dueOn: -40 } },
  { daysAgo: 117, kind: 'milestone', key: 'onlinedienste-welle-1', reason: 'Die erste Welle ist online.', days: { doneOn: -118 } },
  {
    daysAgo: 64,
    kind: 'milestone',
    key: 'konto-passkey',
    reason: 'Der Test mit Nutzerinnen und Nutzern hat fünf Tage länger gedauert.',
    days: { doneOn: -65 },
  },
  { daysAgo: 59, kind: 'milestone', key: 'rescue-uebung', reason: 'Die Übung hat stattgefunden.', days: { doneOn: -60 } },
  {
    ...{ daysAgo: 46, kind: 'decision', key: 'plaene-erproben', reason: 'Beschluss festgehalten.', days: { decidedOn: -46 } },
    facts: {
      measure: 'bauantrag',
      question: {
        de: 'Beispiel: Prüfen wir Pläne gleich überall ohne Papier, oder erst dort, wo es erprobt ist?',
        en: 'Example: do we check plans without paper everywhere at once, or first where it has been tried?',
        leicht: 'Beispiel: Prüfen wir alle Pläne sofort am Computer? Oder probieren wir das erst aus?',
      },
      options: [
        { de: 'Überall zum zugesagten Termin', en: 'Everywhere on the promised day', leicht: 'Überall, sofort' },
        { de: 'Erst erproben, dafür später', en: 'Try it first, and be later', leicht: 'Erst ausprobieren. Dafür später.' },
      ],
      chosen: 2,
      reasons: {
        de: 'Ein Fehler in der Prüfung hält Bauherren länger auf als ein späterer Beginn.',
        en: 'A mistake in checking keeps builders longer than a later start.',
        leicht: 'Fehler kosten mehr Zeit als Warten.',
      },
      decidedBy: 'Beispielgremium der Demo',
      provenance: { placement: 'own' },
    },
  },
  {
    ...{ daysAgo: 45, kind: 'milestone', key: 'bauantrag-plaene', reason: 'Die Prüfung der Pläne wird erst mit den Bezirksämtern erprobt.' },
    ...{ days: { dueOn: 50 }, decision: 'plaene-erproben' },
  },
  { daysAgo: 12, kind: 'milestone', key: 'twins-uebergabe', reason: 'Der Baukasten ist an zwei Städte übergeben.', days: { doneOn: -12 } },
  {
    daysAgo: 6,
    kind: 'override',
    key: 'urban-twins',
    reason: 'Die nächste Stufe ist noch nicht vertraglich geklärt.',
    days: { until: 30 },
    facts: { light: 'yellow', provenance: { placement: 'own' } },
  },
];

/** Fills an empty strategy with the demo's, and makes the reports of quarters that are over. */
export async function fillDemoStrategy(ctx: CockpitContext): Promise<void> {
  await fillDemoItems(ctx);
  await makeMissingReports(ctx);
}

/** Fills an empty strategy with the demo's, with a past: moved dates, reached milestones, a comment. */
export async function fillDemoItems(ctx: CockpitContext): Promise<void> {
  const now = ctx.clock();
  const daysBack = (days: number): CockpitContext => ({ ...ctx, clock: () => now.subtract({ hours: 24 * days }) });
  const document: unknown = parse(readFileSync(STRATEGY_FILE, 'utf8'));
  if (expectOk(await loadStrategy(daysBack(DAYS_AGO), OFFICE, document, 'Erste Fassung der Strategie in Kontor.')) === 0) return;
  for (const { daysAgo, kind, key, reason, days, facts = {}, decision } of CHANGES) {
    const before = (await ctx.history.now())[kind].get(key);
    const { key: _, version, changedAt: __, reason: ___, ...kept } = before ?? { key, version: undefined, changedAt: undefined, reason };
    const moved = Object.fromEntries(Object.entries(days).map(([name, of]) => [name, legalDay(now).add({ days: of }).toString()]));
    expectOk(await changeItem(daysBack(daysAgo), OFFICE, { kind, key, facts: { ...kept, ...facts, ...moved }, reason, version, decision }));
  }
  await fillComments(ctx, daysBack);
}

async function fillComments(ctx: CockpitContext, daysBack: (days: number) => CockpitContext): Promise<void> {
  const write = async (measure: string, name: string, text: string, daysAgo: number): Promise<void> => {
    const input = { about: { kind: 'measure', key: measure } as const, name, text, receipt: newReceipt(), withAccount: false, trap: '' };
    expectOk(await commentOn(daysBack(daysAgo), NOBODY, input));
  };
  await write('digitallotsen', 'Gerda aus Lurup', 'Ein Termin am Nachmittag wäre gut. Vormittags arbeite ich.', 20);
  await write('digitallotsen', 'Jo', 'Kommt ihr auch ins Pflegeheim?', 3);
  const [gerda] = (await commentDesk(ctx, OFFICE)).items.filter(({ name }) => name === 'Gerda aus Lurup');
  if (gerda === undefined) return;
  expectOk(await moderateComment(daysBack(19), OFFICE, gerda.id, { action: 'publish' }));
  expectOk(
    await moderateComment(daysBack(15), OFFICE, gerda.id, {
      action: 'answer',
      text: 'Danke. Sobald Termine online buchbar sind, gibt es auch Zeiten bis 19 Uhr.',
    }),
  );
}
