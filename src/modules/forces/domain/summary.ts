import type { ForceRecord, UnitBody } from './records.ts';
import { addStrength, NO_STRENGTH, type Strength } from '../../../kernel/strength.ts';

export interface Sum {
  readonly name: string;
  readonly units: number;
  readonly strength: Strength;
}

export interface Gap {
  readonly kind: 'request' | 'section-without-leader' | 'relief-due' | 'task-without-unit' | 'task-overdue' | 'shelter-full';
  /** What it is about: id of a record, or of a section. */
  readonly id: string;
  readonly title: string;
  /** Of a request: how many are missing. */
  readonly missing?: number;
}

export interface ForcesSummary {
  readonly total: Strength;
  readonly byOrganisation: readonly Sum[];
  readonly byStatus: readonly Sum[];
  /** By id of the section; empty: none. */
  readonly bySection: readonly Sum[];
  readonly gaps: readonly Gap[];
}

export interface Known {
  readonly units: readonly ForceRecord<'unit'>[];
  readonly tasks: readonly ForceRecord<'task'>[];
  readonly requests: readonly ForceRecord<'request'>[];
  readonly shelters: readonly ForceRecord<'shelter'>[];
  readonly sections: readonly { readonly id: string; readonly name: string; readonly leader: string }[];
}

export const isPast = (iso: string | null, now: Temporal.Instant): boolean => iso !== null && Temporal.Instant.compare(Temporal.Instant.from(iso), now) < 0;

function sums(units: readonly ForceRecord<'unit'>[], nameOf: (body: UnitBody) => string): Sum[] {
  const by = new Map<string, Sum>();
  for (const { body } of units) {
    const name = nameOf(body);
    const sum = by.get(name) ?? { name, units: 0, strength: NO_STRENGTH };
    by.set(name, { name, units: sum.units + 1, strength: addStrength(sum.strength, body.strength) });
  }
  return [...by.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

/** Sums of what is there, and what is missing. Records are the open ones. */
export function summarise({ units, tasks, requests, shelters, sections }: Known, now: Temporal.Instant): ForcesSummary {
  return {
    total: units.reduce((sum, { body }) => addStrength(sum, body.strength), NO_STRENGTH),
    byOrganisation: sums(units, ({ organisation }) => organisation),
    byStatus: sums(units, ({ status }) => status),
    bySection: sums(units, ({ sectionId }) => sectionId ?? ''),
    gaps: [
      ...requests.map(({ id, body }): Gap => ({ kind: 'request', id, title: body.what, missing: body.quantity - body.fulfilled })),
      ...sections.filter(({ leader }) => leader === '').map(({ id, name }): Gap => ({ kind: 'section-without-leader', id, title: name })),
      ...units.filter(({ body }) => isPast(body.reliefAt, now)).map(({ id, body }): Gap => ({ kind: 'relief-due', id, title: body.callSign })),
      ...tasks.filter(({ body }) => body.unitId === null).map(({ id, body }): Gap => ({ kind: 'task-without-unit', id, title: body.title })),
      ...tasks.filter(({ body }) => isPast(body.deadline, now)).map(({ id, body }): Gap => ({ kind: 'task-overdue', id, title: body.title })),
      ...shelters.filter(({ body }) => body.state === 'full').map(({ id, body }): Gap => ({ kind: 'shelter-full', id, title: body.name })),
    ],
  };
}
