import type { Actor } from '../../../kernel/actor.ts';
import type { DataClass } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { DEFAULT_LIMITS, LIMITS, type Limits } from '../domain/limits.ts';
import { clearanceOf, covers, servesUse, type ModelEntry, type ModelUse } from '../domain/register.ts';
import { readSettings } from '../store/register.ts';
import type { LlmContext } from './context.ts';

export interface Registered<T> {
  readonly entry: T;
  readonly active: boolean;
  /** When the administration switched it last. */
  readonly switchedAt: Temporal.Instant | undefined;
}

/** Models and uses as they are in force now, with the limits. */
export interface Register {
  readonly models: readonly Registered<ModelEntry>[];
  readonly uses: readonly Registered<ModelUse>[];
  readonly limits: Limits;
}

/** Read for every order: what is switched off is off at once, in every process. */
export async function readRegister({ database, models, uses }: Pick<LlmContext, 'database' | 'models' | 'uses'>): Promise<Register> {
  const { switches, bounds } = await readSettings(database.read);
  const stateOf = (kind: 'model' | 'use', key: string) => {
    const found = switches.find((one) => one.kind === kind && one.key === key);
    return { active: found?.active ?? true, switchedAt: found?.changedAt };
  };
  const limits = Object.fromEntries(LIMITS.map((name) => [name, bounds.find((one) => one.name === name)?.value ?? DEFAULT_LIMITS[name]]));
  return {
    models: models.map((entry) => ({ entry, ...stateOf('model', entry.key) })),
    uses: uses.map((entry) => ({ entry, ...stateOf('use', entry.key) })),
    limits: limits as Limits,
  };
}

/** Models an order may go to, in the operator's order. */
export function modelsFor(register: Register, use: string, dataClass: DataClass): ModelEntry[] {
  return register.models
    .filter(({ entry, active }) => active && servesUse(entry, use) && clearanceOf(entry, dataClass) !== 'refused')
    .map(({ entry }) => entry);
}

/** The use, if it is entered, switched on and open to this person for this class of data. */
export function useFor(register: Register, who: Actor, key: string, dataClass: DataClass): Result<ModelUse, Problem> {
  const found = register.uses.find(({ entry }) => entry.key === key);
  if (found === undefined)
    return refuse({ kind: 'not-allowed', detail: `Die Verwendung „${key}“ steht nicht im Register der KI. Ohne Eintrag geht nichts an ein Modell.` });
  const { entry, active } = found;
  if (entry.openTo === 'staff' && who.kind !== 'staff' && who.kind !== 'system')
    return refuse({ kind: 'not-allowed', detail: 'Diese KI ist für Beschäftigte der Stadt. Melden Sie sich mit Ihrem Dienstkonto an.' });
  if (!active)
    return refuse({ kind: 'unavailable', detail: `„${entry.title.de}“ mit KI ist zurzeit abgeschaltet. Arbeiten Sie mit den Auszügen ohne KI weiter.` });
  if (!covers(entry.dataClass, dataClass))
    return refuse({ kind: 'not-allowed', detail: `„${entry.title.de}“ ist für solche Daten nicht zugelassen. Nehmen Sie heraus, was Personen nennt.` });
  return ok(entry);
}

const NO_MODEL = {
  none: 'Diese Stadt hat kein Sprachmodell eingerichtet. Arbeiten Sie mit den Auszügen ohne KI weiter.',
  cleared: 'Für diese Verwendung und diese Daten ist kein Sprachmodell zugelassen. Arbeiten Sie mit den Auszügen ohne KI weiter.',
  wanted: 'Dieses Sprachmodell ist abgeschaltet oder für diese Verwendung und diese Daten nicht zugelassen. Wählen Sie ein anderes.',
} as const;

/** The model an order goes to: the one it names, else the first that is cleared. */
export function modelFor(register: Register, use: string, dataClass: DataClass, wanted: string | undefined): Result<ModelEntry, Problem> {
  if (register.models.length === 0) return refuse({ kind: 'unavailable', detail: NO_MODEL.none });
  const cleared = modelsFor(register, use, dataClass);
  const model = wanted === undefined ? cleared[0] : cleared.find(({ key }) => key === wanted);
  if (model !== undefined) return ok(model);
  return refuse({ kind: 'unavailable', detail: wanted === undefined ? NO_MODEL.cleared : NO_MODEL.wanted });
}
