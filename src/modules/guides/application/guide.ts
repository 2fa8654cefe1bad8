import type { Actor } from '../../../kernel/actor.ts';
import type { Sql } from '../../../platform/database/port.ts';
import { staffMember } from '../../identity/public.ts';

/** The guide, or nobody. */
export function guideOf(actor: Actor): Extract<Actor, { kind: 'staff' }> | undefined {
  return actor.kind === 'staff' && actor.roles.includes('lotse') ? actor : undefined;
}

/** The name that people read; who has none yet is a guide. */
export async function guideName(db: Sql, staffId: string): Promise<string> {
  return (await staffMember(db, staffId))?.name ?? 'Digitallotse';
}
