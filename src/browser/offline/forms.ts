import { readPlace } from '../../kernel/place-text.ts';
import type { PictureItem } from './kept.ts';
import type { Entry } from './queue.ts';

/** What was typed, by the names of the form. */
export type Typed = Readonly<Record<string, string | undefined>>;

type Made = Pick<Entry, 'id' | 'lage' | 'owner' | 'place' | 'enteredAt'>;

/**
 * The request that a form means: where it goes and what it says. @param form `mark` (a thing of the picture),
 * `note` (an entry of the log), `message`, `report`, `step` (what happens with a task or a unit) or `position` (of a unit) @param known the thing that a mark changes, as this device has it @param action
 * where the form goes without scripts; a step's API stands below `/api` at the same path
 */
export function entryFrom(form: string, typed: Typed, made: Made, known?: PictureItem, action = ''): Entry {
  const common = { ...made, state: 'waiting', attempt: 0 } as const;
  const eventAt = new Date(made.enteredAt).toISOString();
  const path = `/api/lagen/${made.lage}`;
  if (form === 'note') {
    const text = typed['note'] ?? '';
    return { ...common, title: short(text), path: `${path}/tagebuch`, body: { id: made.id, kind: 'ereignis', text, eventAt }, about: made.id };
  }
  if (form === 'report') {
    const text = typed['text'] ?? '';
    const [lon, lat] = placeOf(typed)?.coordinates ?? [];
    const place = lon === undefined || lat === undefined ? {} : { place: { lon, lat } };
    return { ...common, title: short(text), path: `${path}/meldungen`, body: { text, sourceRef: made.id, ...place, eventAt }, about: made.id };
  }
  if (form === 'message') {
    const { to = '', priority = 'none', content = '', sender = '', senderFunction = '', addressee = to } = typed;
    const body = { id: made.id, direction: 'in', priority, channel: 'andere', content, sender, senderFunction, addressee, to: [to], writtenAt: eventAt };
    return { ...common, title: short(content), path: `${path}/nachrichten`, body, about: made.id };
  }
  if (form === 'position') {
    const { lon, lat } = readPlace(typed['position'] ?? '') ?? {};
    const accuracy = (typed['accuracy'] ?? '') === '' ? {} : { accuracyMetres: Number(typed['accuracy']) };
    return { ...common, title: typed['title'] ?? '', path: `/api${action}`, body: { place: { lon, lat }, at: eventAt, ...accuracy }, about: made.id };
  }
  if (form === 'step') {
    const { basis = '', about = '', title = '', ...step } = typed;
    return { ...common, title, path: `/api${action}`, body: { basis: Number(basis), changeId: made.id, step }, about };
  }
  const [object = '', basis = ''] = (typed['object'] ?? '').split('@');
  const place = placeOf(typed);
  const title = typed['title'] ?? '';
  if (object === '') {
    const facts = (typed['text'] ?? '') === '' ? {} : { text: typed['text'] };
    const body = { id: made.id, kind: typed['kind'] ?? 'hazard', title, geometry: place, facts, eventAt };
    return { ...common, title, path: `${path}/objects`, body, about: `${body.kind}:${made.id}` };
  }
  const [kind = '', id = ''] = object.split(':');
  const facts = { ...known?.facts, ...((typed['text'] ?? '') === '' ? {} : { text: typed['text'] }) };
  const symbol = known?.symbol === undefined ? {} : { symbol: known.symbol };
  const body = {
    id,
    kind,
    title: title === '' ? (known?.title ?? '') : title,
    geometry: place ?? known?.geometry ?? null,
    facts,
    ...symbol,
    eventAt,
    basis: known?.seq ?? Number(basis),
  };
  return { ...common, title: body.title, path: `${path}/objects`, body, about: object };
}

/** A place typed in degrees, with a point or a comma; `null`: none. */
export function placeOf(typed: Typed): { readonly type: 'Point'; readonly coordinates: readonly [number, number] } | null {
  const [lon, lat] = [typed['lon'], typed['lat']].map((text) => ((text ?? '').trim() === '' ? Number.NaN : Number((text ?? '').trim().replace(',', '.'))));
  return lon !== undefined && lat !== undefined && Number.isFinite(lon) && Number.isFinite(lat) ? { type: 'Point', coordinates: [lon, lat] } : null;
}

/** Something was typed for the place that is none. */
export const isWrongPlace = (typed: Typed): boolean =>
  typed['position'] === undefined
    ? (typed['lon'] ?? '').trim() + (typed['lat'] ?? '').trim() !== '' && placeOf(typed) === null
    : readPlace(typed['position']) === undefined;

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}…` : text);
