import { invalidField, invalidFields, wrongState, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { circleWith } from './chain.ts';
import { formatGermanDate } from '../../../kernel/time.ts';
import { ITEM_KINDS, KEY, milestonesOf, SCHEMAS, type Item, type ItemKind, type Strategy } from './items.ts';

/** A light set by hand holds for so long at most: then somebody looks again. */
export const LONGEST_OVERRIDE_DAYS = 184;

/** Which facts of a thing name another thing. */
const REFERENCES: Readonly<Partial<Record<ItemKind, Readonly<Record<string, ItemKind>>>>> = {
  vision: { field: 'field' },
  priority: { vision: 'vision' },
  measure: { priority: 'priority', unit: 'unit' },
  milestone: { measure: 'measure' },
  budget: { measure: 'measure' },
  dependency: { measure: 'measure', needs: 'measure' },
  risk: { measure: 'measure', owner: 'unit' },
  decision: { measure: 'measure' },
  figure: { measure: 'measure' },
};

const MESSAGES: Readonly<Record<string, string>> = {
  title: 'Schreiben Sie auf Deutsch, wie es heißt: höchstens 200 Zeichen.',
  text: 'Beschreiben Sie es auf Deutsch: höchstens 2000 Zeichen.',
  question: 'Schreiben Sie auf Deutsch, was zu entscheiden war.',
  reasons: 'Schreiben Sie auf Deutsch, welche Gründe den Ausschlag gaben.',
  options: 'Nennen Sie mindestens zwei Möglichkeiten, jede in einer eigenen Zeile.',
  chosen: 'Nennen Sie die Nummer der gewählten Möglichkeit.',
  why: 'Schreiben Sie auf Deutsch, warum die eine Maßnahme die andere braucht.',
  answer: 'Schreiben Sie auf Deutsch, was gegen das Risiko getan wird.',
  definition: 'Schreiben Sie auf Deutsch, was die Zahl zählt.',
  likelihood: 'Geben Sie eine Zahl von 1 (gering) bis 5 (hoch) an.',
  effect: 'Geben Sie eine Zahl von 1 (gering) bis 5 (hoch) an.',
  light: 'Wählen Sie grün, gelb oder rot.',
  services: 'Nennen Sie je Zeile den Schlüssel einer Leistung, zum Beispiel baumfaellung.',
  indicators: 'Nennen Sie je Zeile den Schlüssel einer Kennzahl, zum Beispiel online-share. Ihre Ereignisse folgen aus ihrer Formel.',
  provenance: 'Nennen Sie die Quelle, höchstens 200 Zeichen, oder lassen Sie das Feld leer: Dann gilt es als eigene Setzung.',
  year: 'Geben Sie ein Jahr von 2000 bis 2100 an.',
  plannedCents: 'Geben Sie einen Betrag in Euro an, zum Beispiel 120000,00.',
  spentCents: 'Geben Sie einen Betrag in Euro an, zum Beispiel 80000,00.',
};
const DAYS = new Set(['startsOn', 'endsOn', 'dueOn', 'doneOn', 'asOf', 'closedOn', 'decidedOn', 'until']);

const messageOf = (field: string): string =>
  MESSAGES[field] ??
  (DAYS.has(field) ? 'Geben Sie einen Tag an, zum Beispiel 31.12.2026.' : 'Prüfen Sie diese Angabe. Sie fehlt, ist zu lang oder hat eine andere Form.');

export const isItemKind = (text: string): text is ItemKind => (ITEM_KINDS as readonly string[]).includes(text);

/** Reads the facts of a thing. @param facts as they came */
export function readItem(kind: ItemKind, key: string, facts: unknown): Result<Item, Problem<'invalid-input'>> {
  if (!KEY.test(key) || key.length > 60)
    return refuse(invalidField('key', 'Die Kurzadresse besteht aus kleinen Buchstaben, Ziffern und Bindestrichen: höchstens 60 Zeichen.'));
  const read = SCHEMAS[kind].safeParse(facts);
  if (read.success) return ok({ kind, key, facts: read.data } as Item);
  const fields = new Map<string, FieldProblem>();
  for (const { path, code } of read.error.issues) {
    const field = path.length === 0 ? 'facts' : String(path[0]);
    const unknown = code === 'unrecognized_keys' && path.length === 0;
    fields.set(field, { field, message: unknown ? 'Darin steht eine Angabe, die es hier nicht gibt.' : messageOf(field) });
  }
  return refuse(invalidFields([...fields.values()]));
}

/** Whether a thing may stand in the strategy as it is. */
export function placeProblem(strategy: Strategy, item: Item, today: Temporal.PlainDate): Problem<'invalid-input' | 'wrong-state'> | undefined {
  const facts = item.facts as Readonly<Record<string, unknown>>;
  for (const [name, kind] of Object.entries(REFERENCES[item.kind] ?? {})) {
    const to = facts[name];
    if (typeof to === 'string' && !strategy[kind].has(to))
      return invalidField(name, `„${to}“ gibt es in der Strategie nicht. Legen Sie es zuerst an, oder prüfen Sie die Schreibweise.`);
  }
  switch (item.kind) {
    case 'measure':
      return item.facts.endsOn < item.facts.startsOn
        ? invalidField('endsOn', 'Das Ende liegt vor dem Beginn. Prüfen Sie beide Tage.')
        : endProblem(strategy, item);
    case 'milestone':
      return (item.facts.doneOn ?? '') > today.toString()
        ? invalidField('doneOn', 'Dieser Tag liegt in der Zukunft. Lassen Sie das Feld leer, bis der Meilenstein erreicht ist.')
        : termProblem(strategy, item);
    case 'decision':
      return item.facts.chosen > item.facts.options.length ? invalidField('chosen', MESSAGES['chosen']!) : undefined;
    case 'override':
      return overrideProblem(strategy, item.key, item.facts.until, today);
    case 'dependency':
      return dependencyProblem(strategy, item);
    default:
      return undefined;
  }
}

/** A measure does not end before what it still promises. What stood so before may stay: it is yellow until somebody settles it. */
function endProblem(strategy: Strategy, { key, facts }: Extract<Item, { kind: 'measure' }>): Problem<'invalid-input'> | undefined {
  if (strategy.measure.get(key)?.endsOn === facts.endsOn) return undefined;
  const after = milestonesOf(strategy, key).findLast(({ doneOn, dueOn }) => doneOn === undefined && dueOn > facts.endsOn);
  return (
    after &&
    invalidField(
      'endsOn',
      `„${after.title.de}“ ist erst am ${germanDay(after.dueOn)} fällig. Verlegen Sie zuerst diesen Meilenstein, oder nennen Sie ein späteres Ende.`,
    )
  );
}

function termProblem(strategy: Strategy, { key, facts }: Extract<Item, { kind: 'milestone' }>): Problem<'invalid-input'> | undefined {
  const endsOn = strategy.measure.get(facts.measure)?.endsOn;
  const before = strategy.milestone.get(key);
  const kept = before?.dueOn === facts.dueOn && before.measure === facts.measure;
  if (endsOn === undefined || facts.doneOn !== undefined || kept || facts.dueOn <= endsOn) return undefined;
  return invalidField('dueOn', `Die Maßnahme endet am ${germanDay(endsOn)}. Nennen Sie einen früheren Tag, oder lassen Sie zuerst ihr Ende verlegen.`);
}

const germanDay = (iso: string): string => formatGermanDate(Temporal.PlainDate.from(iso));

function overrideProblem(strategy: Strategy, measure: string, until: string, today: Temporal.PlainDate): Problem<'invalid-input'> | undefined {
  if (!strategy.measure.has(measure)) return invalidField('key', 'Eine Ampel gehört zu einer Maßnahme. Nennen Sie deren Kurzadresse.');
  const days = today.until(until, { largestUnit: 'days' }).days;
  return days < 1 || days > LONGEST_OVERRIDE_DAYS
    ? invalidField('until', `Nennen Sie einen Tag nach heute, höchstens ${LONGEST_OVERRIDE_DAYS} Tage voraus. Danach gilt wieder die Regel.`)
    : undefined;
}

function dependencyProblem(strategy: Strategy, { key, facts }: Extract<Item, { kind: 'dependency' }>): Problem<'invalid-input'> | undefined {
  const others = new Map([...strategy.dependency].filter(([other]) => other !== key));
  const circle = circleWith({ dependency: others }, facts);
  if (circle === undefined) return undefined;
  const names = circle.map((one) => strategy.measure.get(one)?.title.de ?? one);
  return invalidField('needs', `Das ergäbe einen Kreis: ${names.join(' → ')}. Lösen Sie zuerst eine dieser Abhängigkeiten.`);
}

/** What still names a thing, so that it cannot be taken out. */
export function removalProblem(strategy: Strategy, kind: ItemKind, key: string): Problem<'wrong-state'> | undefined {
  const named = ITEM_KINDS.flatMap((other) =>
    Object.entries(REFERENCES[other] ?? {})
      .filter(([, to]) => to === kind)
      .flatMap(([name]) =>
        [...strategy[other].values()].filter((one) => (one as unknown as Record<string, unknown>)[name] === key).map((one) => `${other}/${one.key}`),
      ),
  );
  if (kind === 'measure' && strategy.override.has(key)) named.push(`override/${key}`);
  return named.length === 0
    ? undefined
    : wrongState(`Das geht nicht: ${named.slice(0, 5).join(', ')} gehört dazu. Nehmen Sie das zuerst heraus, oder ordnen Sie es neu zu.`);
}
