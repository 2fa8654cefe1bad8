import type { EntityName } from './entities.ts';
import { ENTITIES } from './entities.ts';

/** What earlier requests of a batch have made, by their ids. */
export type MadeBefore = ReadonlyMap<string, { readonly entity: EntityName; readonly id: number }>;

/** `$1/Datastreams` as `Things(7)/Datastreams`; undefined where nothing was made under that name. @param path decoded, below the root */
export function resolvePath(path: string, made: MadeBefore): string | undefined {
  if (!path.startsWith('$')) return path;
  const [reference = '', ...rest] = path.split('/');
  const one = made.get(reference.slice(1));
  return one === undefined ? undefined : [`${ENTITIES[one.entity].set}(${String(one.id)})`, ...rest].join('/');
}

/** The body with `{"@iot.id": "$1"}` as numbers; undefined where nothing was made under a name. */
export function resolveBody(body: unknown, made: MadeBefore): { readonly body: unknown } | undefined {
  if (typeof body !== 'object' || body === null) return { body };
  if (Array.isArray(body)) {
    const items = body.map((item) => resolveBody(item, made));
    return items.includes(undefined) ? undefined : { body: items.map((item) => item!.body) };
  }
  const members: [string, unknown][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (name === '@iot.id' && typeof value === 'string' && value.startsWith('$')) {
      const one = made.get(value.slice(1));
      if (one === undefined) return undefined;
      members.push([name, one.id]);
    } else {
      const inner = resolveBody(value, made);
      if (inner === undefined) return undefined;
      members.push([name, inner.body]);
    }
  }
  return { body: Object.fromEntries(members) };
}
