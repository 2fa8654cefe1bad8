import type { Position } from '../../../kernel/geo.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import type { FormVisit } from '../../../platform/http/route.ts';
import { readMapInput, type MapExtent } from '../../../platform/ui/map-input.ts';
import type { ShapeKind } from '../domain/shape.ts';

/** So many points the form carries along; the use case refuses more. */
export const MOST_POINTS = 50;

/** What was typed into the form of a contribution, right or wrong. */
export interface Typed {
  readonly receipt: string;
  readonly category: string;
  readonly title: string;
  readonly text: string;
  readonly shape: ShapeKind;
  readonly place: { readonly lon?: string | number; readonly lat?: string | number };
  readonly extent?: MapExtent;
  /** Points chosen before the one on the map. */
  readonly earlier: readonly Position[];
  readonly email: string;
  readonly withAccount: boolean;
  readonly trap: string;
  readonly hadPicture?: boolean;
}

export const EMPTY: Omit<Typed, 'receipt'> = {
  category: '',
  title: '',
  text: '',
  shape: 'point',
  place: {},
  earlier: [],
  email: '',
  withAccount: false,
  trap: '',
};

export interface ReadForm {
  readonly typed: Typed;
  readonly points: readonly Position[];
  /** The form only changed its map: show it again, nothing is sent. */
  readonly stay: boolean;
  readonly problem: FieldProblem | undefined;
}

/** Reads the form; a click on the picture, a moved map or another point keep everything that was typed. */
export function readForm({ fields, files, lang }: FormVisit): ReadForm {
  const get = (name: string): string => fields.get(name) ?? '';
  const read = readMapInput(fields, 'place', lang);
  const found = read.kind === 'picked' || read.kind === 'typed' ? read.position : undefined;
  const gone = fields.get('remove-place');
  const before = readPoints(get('places')).filter((_, index) => String(index) !== gone);
  const adding = fields.has('add-place') && found !== undefined;
  const shape = (['point', 'line', 'area'] as const).find((one) => one === get('shape')) ?? 'point';
  const typed: Typed = {
    receipt: get('receipt'),
    category: get('category'),
    title: get('title'),
    text: get('text'),
    shape,
    place: adding ? {} : (found ?? { lon: get('place.lon'), lat: get('place.lat') }),
    ...(read.extent === undefined ? {} : { extent: read.extent }),
    earlier: adding ? [...before, found] : before,
    email: get('email').trim(),
    withAccount: fields.get('account') === 'ja',
    trap: get('website'),
    hadPicture: files.length > 0,
  };
  return {
    typed,
    points: adding || found === undefined ? typed.earlier : [...before, found],
    stay: read.kind === 'picked' || read.kind === 'moved' || fields.has('add-place') || gone !== null,
    problem: read.kind === 'problem' ? { field: 'place', message: read.message } : undefined,
  };
}

export const writePoints = (points: readonly Position[]): string => points.map(({ lon, lat }) => `${lon},${lat}`).join(';');

function readPoints(text: string): Position[] {
  return text
    .slice(0, 5000)
    .split(';')
    .slice(0, MOST_POINTS)
    .flatMap((one) => {
      const match = /^(-?\d{1,3}(?:\.\d{1,8})?),(-?\d{1,2}(?:\.\d{1,8})?)$/.exec(one);
      return match === null ? [] : [{ lon: Number(match[1]), lat: Number(match[2]) }];
    });
}
