import { parseId } from '../../../kernel/id.ts';
import { decodeCursor, encodeCursor } from '../../../platform/http/paging.ts';
import type { ListEnd } from '../application/participations.ts';
import type { PageEnd } from '../application/read-contributions.ts';

export const writePageEnd = ({ support, number }: PageEnd): string => encodeCursor([support, number]);

/** Where a page of contributions begins, or nothing when somebody made it up. */
export function readPageEnd(text: string | undefined): PageEnd | undefined {
  const [support, number] = decodeCursor(text) ?? [];
  const whole = (value: unknown): value is number => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
  return whole(support) && whole(number) ? { support, number } : undefined;
}

export const writeListEnd = ({ endsOn, id }: ListEnd): string => encodeCursor([endsOn, id]);

/** Where a page of participations begins. */
export function readListEnd(text: string | undefined): ListEnd | undefined {
  const [endsOn, id] = decodeCursor(text) ?? [];
  return typeof endsOn === 'string' && /^\d{4}-\d\d-\d\d$/.test(endsOn) && typeof id === 'string' && parseId(id) !== undefined && isDay(endsOn)
    ? { endsOn, id }
    : undefined;
}

function isDay(text: string): boolean {
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}
