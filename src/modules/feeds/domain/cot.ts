import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { childOf, childText, parseXml, type XmlElement } from './xml.ts';

/** One Cursor-on-Target event, whatever it was written in. */
export interface CotEvent {
  readonly uid: string;
  /** `a-f-G-U-C`, `b-m-p-s-m`, `t-x-d-d` … */
  readonly type: string;
  /** How the position came to be: `m-g` by GPS, `h-e` by hand … */
  readonly how: string;
  readonly timeMs: number;
  readonly startMs: number;
  readonly staleMs: number;
  readonly lat: number;
  readonly lon: number;
  /** Metres above the ellipsoid, if known. */
  readonly haeMetres?: number;
  /** Circular error, one standard deviation, if known. */
  readonly ceMetres?: number;
  readonly callsign?: string;
  readonly group?: string;
  readonly role?: string;
  readonly batteryPercent?: number;
  readonly speedMetresPerSecond?: number;
  readonly courseDegrees?: number;
  readonly remarks?: string;
  /** Of a deletion: what is to go. */
  readonly linkUid?: string;
  /** What stands in `detail`, as it came, bounded. */
  readonly detail: string;
}

/** No part of a message that is kept is longer. */
export const LONGEST_DETAIL = 2000;
const LONGEST_WORD = 200;
const LONGEST_REMARKS = 2000;
/** 9999999.0 says „unknown“ in CoT. */
const UNKNOWN = 9_999_999;

/** Reads one event in CoT's XML. @returns a German sentence when it is none */
export function readCotXml(xml: string): Result<CotEvent, string> {
  const parsed = parseXml(xml, COT_LIMITS);
  if (!parsed.ok) return parsed;
  const event = parsed.value;
  if (event.name !== 'event') return refuse('Das ist keine CoT-Meldung: das Element event fehlt.');
  const point = childOf(event, 'point');
  if (point === undefined) return refuse('In der CoT-Meldung fehlt der Ort (point).');
  const base = {
    uid: event.attributes.get('uid') ?? '',
    type: event.attributes.get('type') ?? '',
    how: event.attributes.get('how') ?? '',
    timeMs: timeOf(event.attributes.get('time')),
    startMs: timeOf(event.attributes.get('start')),
    staleMs: timeOf(event.attributes.get('stale')),
    lat: decimal(point.attributes.get('lat')),
    lon: decimal(point.attributes.get('lon')),
    haeMetres: decimal(point.attributes.get('hae')),
    ceMetres: decimal(point.attributes.get('ce')),
  };
  const detail = childOf(event, 'detail');
  return checkedEvent(base, detail === undefined ? {} : detailOf(detail, xml));
}

const COT_LIMITS = { maxDepth: 16, maxElements: 2000 };

/** What of an event both notations have. */
export interface CotBase {
  readonly uid: string;
  readonly type: string;
  readonly how: string;
  readonly timeMs: number;
  readonly startMs: number;
  readonly staleMs: number;
  readonly lat: number;
  readonly lon: number;
  readonly haeMetres: number;
  readonly ceMetres: number;
}

export type CotDetail = Partial<
  Pick<CotEvent, 'callsign' | 'group' | 'role' | 'batteryPercent' | 'speedMetresPerSecond' | 'courseDegrees' | 'remarks' | 'linkUid' | 'detail'>
>;

/** The rules that hold for an event in either notation. */
export function checkedEvent(base: CotBase, detail: CotDetail): Result<CotEvent, string> {
  const { uid, type, how, timeMs, startMs, staleMs, lat, lon, haeMetres, ceMetres } = base;
  if (!isUid(uid)) return refuse('Die Kennung (uid) fehlt oder ist zu lang.');
  if (!/^[A-Za-z0-9_.-]{1,80}$/.test(type)) return refuse('Die Art (type) fehlt oder ist keine von CoT.');
  if (!isTime(timeMs) || !isTime(staleMs)) return refuse('Eine Zeit (time, stale) fehlt oder ist keine.');
  if (!(Math.abs(lat) <= 90) || !(Math.abs(lon) <= 180)) return refuse('Der Ort liegt nicht auf der Erde: lat von -90 bis 90, lon von -180 bis 180.');
  return ok({
    uid,
    type,
    how: how.slice(0, 20),
    timeMs,
    startMs: isTime(startMs) ? startMs : timeMs,
    staleMs,
    lat,
    lon,
    ...(isKnown(haeMetres) ? { haeMetres } : {}),
    ...(isKnown(ceMetres) && ceMetres >= 0 ? { ceMetres } : {}),
    ...detail,
    detail: detail.detail ?? '',
  });
}

// oxlint-disable-next-line no-control-regex -- these are what a name has not
const isUid = (uid: string): boolean => uid.trim() !== '' && uid.length <= LONGEST_WORD && uid.isWellFormed() && !/[\0-\x1f\x7f]/.test(uid);

const EARLIEST = Date.UTC(1990, 0);
const LATEST = Date.UTC(2200, 0);
const isTime = (ms: number): boolean => ms > EARLIEST && ms < LATEST;
const isKnown = (value: number): boolean => Number.isFinite(value) && Math.abs(value) < UNKNOWN;

/** RFC 3339 in UTC or with an offset; `NaN`: none. */
export function timeOf(text: string | undefined): number {
  return text === undefined || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? Number.NaN : Date.parse(text);
}

/** `NaN` where there is no decimal number. */
export function decimal(text: string | undefined): number {
  return text === undefined || !/^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/.test(text) ? Number.NaN : Number(text);
}

/** Reads the `detail` of a protobuf message: elements without a root around them. */
export function readDetailXml(xml: string): CotDetail | undefined {
  const parsed = parseXml(`<detail>${xml}</detail>`, COT_LIMITS);
  return parsed.ok ? { ...detailOf(parsed.value, xml), detail: xml.slice(0, LONGEST_DETAIL) } : undefined;
}

function detailOf(detail: XmlElement, xml: string): CotDetail {
  const of = (name: string): ReadonlyMap<string, string> | undefined => childOf(detail, name)?.attributes;
  const [contact, group, status, track, link] = [of('contact'), of('__group'), of('status'), of('track'), of('link')];
  const start = xml.indexOf('<detail');
  const end = xml.lastIndexOf('</detail>');
  return presentDetail({
    callsign: contact?.get('callsign'),
    group: group?.get('name'),
    role: group?.get('role'),
    batteryPercent: decimal(status?.get('battery')),
    speedMetresPerSecond: decimal(track?.get('speed')),
    courseDegrees: decimal(track?.get('course')),
    remarks: childText(detail, 'remarks'),
    linkUid: link?.get('uid'),
    detail: start >= 0 && end > start ? xml.slice(start, Math.min(end + 9, start + LONGEST_DETAIL)) : '',
  });
}

// oxlint-disable-next-line no-control-regex -- these are what is taken out
const CONTROL = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

type Maybe<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** Leaves out what was not said, and cuts what is too long. */
export function presentDetail(all: Maybe<CotDetail>): CotDetail {
  const { callsign, group, role, batteryPercent, speedMetresPerSecond, courseDegrees, remarks, linkUid, detail } = all;
  const word = (text: string | undefined): boolean => text !== undefined && text.trim() !== '';
  const clean = (text: string): string => text.toWellFormed().replaceAll(CONTROL, ' ').trim();
  const known = (value: number | undefined): value is number => value !== undefined && isKnown(value) && value >= 0;
  return {
    ...(word(callsign) ? { callsign: clean(callsign!.slice(0, LONGEST_WORD)) } : {}),
    ...(word(group) ? { group: clean(group!.slice(0, LONGEST_WORD)) } : {}),
    ...(word(role) ? { role: clean(role!.slice(0, LONGEST_WORD)) } : {}),
    ...(known(batteryPercent) && batteryPercent <= 100 ? { batteryPercent } : {}),
    ...(known(speedMetresPerSecond) ? { speedMetresPerSecond } : {}),
    ...(known(courseDegrees) && courseDegrees <= 360 ? { courseDegrees } : {}),
    ...(word(remarks) ? { remarks: clean(remarks!.slice(0, LONGEST_REMARKS)) } : {}),
    ...(word(linkUid) ? { linkUid: clean(linkUid!.slice(0, LONGEST_WORD)) } : {}),
    detail: detail === undefined ? '' : detail.toWellFormed().replaceAll('\0', '\u{FFFD}'),
  };
}

/** What an event means for the picture. */
export type CotMeaning = 'mover' | 'marker' | 'alarm' | 'deletion' | 'nothing' | 'unknown';

export function meaningOf({ type }: Pick<CotEvent, 'type'>): CotMeaning {
  if (type === 't-x-d-d') return 'deletion';
  if (type.startsWith('t-x-c-') || type.startsWith('t-x-takp-')) return 'nothing';
  if (type.startsWith('a-')) return 'mover';
  if (type.startsWith('b-a-')) return 'alarm';
  if (type.startsWith('b-m-p') || type.startsWith('u-d-')) return 'marker';
  return 'unknown';
}
