import type { Reader } from '../../../kernel/usage.ts';
import type { Lang } from '../../../platform/ui/html.ts';
import { CITY_PAGES } from '../domain/city-pages.ts';
import type { EntranceContext } from './context.ts';
import { find, meant, type Finding, type Searched } from './find.ts';

const MOST_SIGNS = 200;

export interface Answered {
  /** As it was searched for. */
  readonly query: string;
  readonly findings: readonly Finding[];
  readonly meant?: string | undefined;
}

/** Answers a search. That one found nothing is counted; what it was is not kept. */
export function search(ctx: EntranceContext, typed: string, lang: Lang, reader: Reader | undefined): Answered {
  const query = typed.trim().slice(0, MOST_SIGNS);
  if (query === '') return { query, findings: [] };
  const all = searched(ctx);
  const findings = find(all, query, lang);
  if (findings.length === 0) ctx.count(reader, { step: 'search-nothing', subject: 'front-door' });
  return { query, findings, meant: meant(all, query, lang) };
}

/** What can be found in this city now. */
const searched = ({ desk, situations, elsewhere, pageExists }: EntranceContext): Searched => ({
  services: [...desk.services.packages.values()],
  situations,
  elsewhere,
  pages: CITY_PAGES.filter(({ path }) => pageExists(path)),
});
