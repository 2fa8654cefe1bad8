import type { z } from 'zod';
import type { researchBody, summaryBody, turnBody, writingBody } from './schemas.ts';

const one = (fields: URLSearchParams, name: string): string | undefined => {
  const value = fields.get(name);
  return value === null ? undefined : value.trim();
};
const many = (fields: URLSearchParams, name: string): string[] => fields.getAll(name).filter((value) => value !== '');
/** As typed, apart from line ends. */
const text = (fields: URLSearchParams, name: string): string => (fields.get(name) ?? '').replaceAll('\r\n', '\n');
/** An empty choice is none: the standard holds. */
const choice = (fields: URLSearchParams, name: string): string | undefined => one(fields, name) || undefined;

const common = (fields: URLSearchParams) => ({ model: one(fields, 'model'), dataClass: choice(fields, 'dataClass'), persons: text(fields, 'persons').trim() });

/** What a form says, as its schema reads it: unchecked. */
export const readSummary = (fields: URLSearchParams): Partial<Record<keyof z.input<typeof summaryBody>, unknown>> => ({
  ...common(fields),
  documents: many(fields, 'documents'),
  length: choice(fields, 'length'),
  style: choice(fields, 'style'),
  audience: choice(fields, 'audience'),
  text: text(fields, 'text'),
  extra: text(fields, 'extra').trim(),
});

export const readWriting = (fields: URLSearchParams): Partial<Record<keyof z.input<typeof writingBody>, unknown>> => ({
  ...common(fields),
  kind: choice(fields, 'kind'),
  subject: one(fields, 'subject'),
  addressee: text(fields, 'addressee').trim(),
  salutation: choice(fields, 'salutation'),
  name: one(fields, 'name'),
  points: text(fields, 'points'),
  tone: choice(fields, 'tone'),
  blocks: many(fields, 'blocks'),
  signature: one(fields, 'signature'),
  fileNumber: one(fields, 'fileNumber'),
  extra: text(fields, 'extra').trim(),
});

export const readResearch = (fields: URLSearchParams): Partial<Record<keyof z.input<typeof researchBody>, unknown>> => ({
  ...common(fields),
  documents: many(fields, 'documents'),
  collections: many(fields, 'collections'),
  question: text(fields, 'question').trim(),
});

export const readTurn = (fields: URLSearchParams): Partial<Record<keyof z.input<typeof turnBody>, unknown>> => ({
  ...common(fields),
  text: text(fields, 'text'),
});

/** A kept order as the form writes it. */
export function fieldsOfOrder(order: Readonly<Record<string, unknown>>): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries(order)) {
    if (name === 'entrance') continue;
    if (Array.isArray(value)) for (const each of value) fields.append(name, String(each));
    else if (typeof value === 'string') fields.set(name, value);
  }
  return fields;
}
