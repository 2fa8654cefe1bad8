import type { Visit } from '../../../platform/http/route.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Actor } from '../../../kernel/actor.ts';

/** Sets a page into the city's frame. */
export type Frame = (visit: Visit) => PageView;

/** Who runs campaigns, and who looks at what they do. */
export const WRITERS = ['presse'] as const;
export const READERS = ['presse', 'strategie', 'revision', 'leitung'] as const;

export const mayWrite = (actor: Actor): boolean => actor.kind === 'staff' && actor.roles.includes('presse');

export const CAMPAIGNS = '/kampagnen';
