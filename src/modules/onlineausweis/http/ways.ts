import { localPath } from '../../../platform/http/local-path.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { helperLanguage, HELPER_PATH, stepAddress, type Carried, type HelperLang, type HelperStep } from '../application/guide.ts';

/** Addresses within the helper: each carries the language, where it must be said, and where the reader came from. */
export interface Ways {
  readonly language: HelperStep['language'];
  readonly goOn?: string;
  readonly carried: Carried;
  readonly to: (path: string, page?: string) => string;
  readonly inLanguage: (language: HelperLang, path: string, page?: string) => string;
}

const MOST_LETTERS = 500;

/** @param begun what a practice run began with; else the address says it */
export function waysOf(visit: Visit, begun?: Carried): Ways {
  const wish = visit.query.get('weiter') ?? '';
  const goOn = localPath(begun?.goOn ?? (wish.length > MOST_LETTERS ? '' : wish), '');
  const language = helperLanguage(begun?.language ?? visit.query.get('sprache'), visit);
  const plain = helperLanguage(null, visit).key;
  const on = goOn === '' || goOn.startsWith(HELPER_PATH) ? {} : { goOn };
  const carriedIn = (key: HelperLang): Carried => ({ ...(key === plain ? {} : { language: key }), ...on });
  return {
    language,
    ...on,
    carried: { language: language.key, ...on },
    to: (path, page) => stepAddress(path, carriedIn(language.key), page),
    inLanguage: (key, path, page) => stepAddress(path, carriedIn(key), page),
  };
}
