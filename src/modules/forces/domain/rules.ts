import type { Layer } from '../../../kernel/lage.ts';
import type { Result } from '../../../kernel/result.ts';
import type { Json } from '../../../kernel/picture.ts';
import type { CommonProblem } from '../../../kernel/problem.ts';
import type { Bodies, ForceRecord, Place, RecordKind, Steps } from './records.ts';
import { stepMaterial, stepRequest, stepShelter, stepTask, stepUnit } from './steps.ts';
import { printStrength } from '../../../kernel/strength.ts';

/** How the things of one kind behave. */
export interface KindRules<K extends RecordKind> {
  /** Needed to make and to edit. */
  readonly right: 'forces' | 'order' | 'supply';
  /** Who may not see this layer does not see the kind. */
  readonly layer: Layer;
  readonly inPicture: boolean;
  readonly word: string;
  readonly nameOf: (body: Bodies[K]) => string;
  readonly isOpen: (body: Bodies[K]) => boolean;
  /** What an edit does not touch: it has its own steps. */
  readonly keeps: readonly (keyof Bodies[K])[];
  readonly step: (body: Bodies[K], step: Steps[K], now: Temporal.Instant) => Result<Bodies[K], CommonProblem>;
  readonly facts: (body: Bodies[K]) => Readonly<Record<string, Json>>;
  readonly placeOf: (record: ForceRecord<K>) => Place | null;
}

export const RULES: { readonly [K in RecordKind]: KindRules<K> } = {
  unit: {
    right: 'forces',
    layer: 'kraefte',
    inPicture: true,
    word: 'Einheit',
    nameOf: ({ callSign }) => callSign,
    isOpen: ({ status }) => status !== 'entlassen',
    keeps: ['status', 'fms'],
    step: stepUnit,
    facts: ({ organisation, type, strength, status, fms, reliefAt }) => ({
      organisation,
      art: type,
      staerke: printStrength(strength),
      status,
      fms,
      abloesung: reliefAt,
    }),
    placeOf: ({ position }) => position,
  },
  task: {
    right: 'order',
    layer: 'auftraege',
    inPicture: true,
    word: 'Auftrag',
    nameOf: ({ title }) => title,
    isOpen: ({ state }) => state === 'given' || state === 'acknowledged' || state === 'under-way',
    keeps: ['state', 'reason'],
    step: (body, step) => stepTask(body, step),
    facts: ({ state, priority, deadline, unitId }) => ({
      stand: state,
      vorrang: priority,
      frist: deadline,
      einheit: unitId === null ? null : `unit:${unitId}`,
    }),
    placeOf: ({ body }) => body.place,
  },
  request: {
    right: 'forces',
    layer: 'kraefte',
    inPicture: false,
    word: 'Anforderung',
    nameOf: ({ what }) => what,
    isOpen: ({ state }) => state !== 'fulfilled' && state !== 'refused',
    keeps: ['state', 'offered', 'fulfilled', 'unitIds', 'reason'],
    step: (body, step) => stepRequest(body, step),
    facts: () => ({}),
    placeOf: ({ body }) => body.place,
  },
  shelter: {
    right: 'supply',
    layer: 'unterkuenfte',
    inPicture: true,
    word: 'Unterkunft',
    nameOf: ({ name }) => name,
    isOpen: ({ state }) => state !== 'closed',
    keeps: ['state', 'occupancy', 'countedAt'],
    step: stepShelter,
    facts: ({ capacity, occupancy, countedAt, state, wheelchair, pets }) => ({
      plaetze: capacity,
      belegt: occupancy,
      gezaehlt: countedAt,
      stand: state,
      rollstuhl: wheelchair,
      tiere: pets,
    }),
    placeOf: ({ body }) => body.place,
  },
  material: {
    right: 'supply',
    layer: 'versorgung',
    inPicture: true,
    word: 'Material',
    nameOf: ({ name }) => name,
    isOpen: () => true,
    keeps: ['stock'],
    step: (body, step) => stepMaterial(body, step),
    facts: ({ stock, unitOfCount, where }) => ({ bestand: stock, einheit: unitOfCount, ort: where }),
    placeOf: ({ body }) => body.place,
  },
};

/** An edit keeps what only steps change. */
export function edited<K extends RecordKind>(kind: K, before: Bodies[K], input: Bodies[K]): Bodies[K] {
  const kept = Object.fromEntries(RULES[kind].keeps.map((name) => [name, before[name]]));
  return { ...input, ...kept };
}

export const stepped = <K extends RecordKind>(kind: K, body: Bodies[K], step: Steps[K], now: Temporal.Instant): Result<Bodies[K], CommonProblem> =>
  RULES[kind].step(body, step, now);
