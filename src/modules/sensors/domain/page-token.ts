/** Where a page ended: what its last row was ordered by, as text, and its number. */
export interface PageEnd {
  readonly keys: readonly (string | null)[];
  readonly id: number;
}

const LONGEST = 20_000;

export const writeToken = ({ keys, id }: PageEnd): string => Buffer.from(JSON.stringify([id, ...keys])).toString('base64url');

/** Reads a token that anybody may have changed; undefined if it is none. */
export function readToken(text: string): PageEnd | undefined {
  if (text.length > LONGEST) return undefined;
  try {
    const [id, ...keys] = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as unknown[];
    if (typeof id !== 'number' || !Number.isSafeInteger(id)) return undefined;
    return keys.every((key) => key === null || (typeof key === 'string' && !key.includes('\0'))) ? { id, keys: keys as (string | null)[] } : undefined;
  } catch {
    return undefined;
  }
}
