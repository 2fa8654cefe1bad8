import type { Actor } from '../../../kernel/actor.ts';
import type { LanguageModels } from '../../../kernel/language-model.ts';
import type { Problem } from '../../../kernel/problem.ts';
import type { Context } from '../../../platform/context.ts';
import type { ServicePackage } from '../../catalogue/public.ts';

export interface FinderContext extends Pick<Context, 'clock' | 'database' | 'journal' | 'mailer' | 'settings' | 'log'> {
  /** Leistungen in force now. */
  readonly services: () => readonly ServicePackage[];
  readonly models: LanguageModels<Actor>;
  /** Name of a member of staff, for the desk. */
  readonly staffName: (staffId: string) => Promise<string | undefined>;
}

export const notFound: Problem = {
  kind: 'not-found',
  detail: 'Diese Frage gibt es nicht mehr. Beantwortete Fragen werden nach einer Frist gelöscht. Öffnen Sie die Liste der Fragen.',
};

export const streamOf = (id: string): string => `question:${id}`;
