import { FUTURE_MS } from './clock.ts';
import type { SocialDeclaration } from './declaration.ts';
import type { Rejected } from './source.ts';

/** A post of a social medium, as its connector reads it. */
export interface Post {
  readonly id: string;
  readonly text: string;
  readonly atMs: number;
  readonly author?: string;
  readonly repostOf?: string;
  readonly place?: { readonly lon: number; readonly lat: number };
}

const MOST_POSTS = 500;

/** What stands at a path of names and numbers, parted by dots. */
function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path === '' ? [] : path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

const textAt = (post: unknown, path: string | undefined): string | undefined => {
  const found = path === undefined ? undefined : at(post, path);
  return typeof found === 'string' ? found.trim() : typeof found === 'number' ? String(found) : undefined;
};

/** Reads the posts of an answer. Each that is none is named. */
export function readPosts(
  answer: unknown,
  { posts, mapping }: Pick<SocialDeclaration, 'posts' | 'mapping'>,
  nowMs: number,
): { readonly posts: readonly Post[]; readonly rejected: readonly Rejected[] } | string {
  const list = at(answer, posts);
  if (!Array.isArray(list))
    return posts === ''
      ? 'Die Antwort ist keine Liste von Beiträgen. Nennen Sie unter posts, wo die Liste steht.'
      : `Unter „${posts}“ steht keine Liste von Beiträgen.`;
  const good: Post[] = [];
  const rejected: Rejected[] = [];
  for (const one of list.slice(0, MOST_POSTS) as unknown[]) {
    const read = postOf(one, mapping, nowMs);
    if (typeof read === 'string') rejected.push({ outcome: 'refused', reason: read, raw: JSON.stringify(one) ?? '' });
    else good.push(read);
  }
  return { posts: good, rejected };
}

function postOf(one: unknown, mapping: SocialDeclaration['mapping'], nowMs: number): Post | string {
  const [id, text, time] = [textAt(one, mapping.id), textAt(one, mapping.text), textAt(one, mapping.time)];
  if (id === undefined || id === '') return `Dem Beitrag fehlt die Kennung („${mapping.id}“).`;
  if (text === undefined || text === '') return `Dem Beitrag fehlt der Text („${mapping.text}“).`;
  const atMs = time === undefined ? Number.NaN : /^\d{10}$/.test(time) ? Number(time) * 1000 : /^\d{13}$/.test(time) ? Number(time) : Date.parse(time);
  if (Number.isNaN(atMs)) return `Der Beitrag hat keine Zeit („${mapping.time}“).`;
  if (atMs > nowMs + FUTURE_MS) return 'Der Beitrag kommt aus der Zukunft.';
  const [author, repostOf] = [textAt(one, mapping.author), textAt(one, mapping.repostOf)];
  const [lon, lat] = [Number(textAt(one, mapping.lon) ?? Number.NaN), Number(textAt(one, mapping.lat) ?? Number.NaN)];
  const placed = Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return {
    id: id.slice(0, 200),
    text,
    atMs,
    ...(author === undefined || author === '' ? {} : { author: author.slice(0, 100) }),
    ...(repostOf === undefined || repostOf === '' ? {} : { repostOf: repostOf.slice(0, 200) }),
    ...(placed ? { place: { lon, lat } } : {}),
  };
}
