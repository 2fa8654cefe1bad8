import { wrongState, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { randomToken, sha256Hex } from '../../../kernel/token.ts';
import type { HelperLang } from '../domain/languages.ts';
import type { Carried } from './guide.ts';
import { PRACTICE_WORDS, type CardField, type PracticeWords } from '../domain/practice-words.ts';

/** What a service would have been told. */
export interface PracticeDatum {
  readonly field: CardField;
  readonly value: string;
}

interface PracticeChecks {
  readonly state: string;
  readonly nonce: string;
  readonly codeVerifier: string;
}

/** What the run says in one language. */
export const practiceWords = (language: HelperLang): PracticeWords => PRACTICE_WORDS[language];

/** A provider that is made for trying: the demo's own, never one that reads real cards. */
export interface PracticeProvider {
  begin(): Promise<Result<PracticeChecks & { readonly url: string }, Problem>>;
  /** Checks state, nonce and signature; gives what the card said. */
  finish(answer: URL, checks: PracticeChecks): Promise<Result<readonly PracticeDatum[], Problem>>;
}

export const PRACTICE_MINUTES = 15;
/** More than this many at once are nobody's practice: the oldest is forgotten. */
const MOST_UNDER_WAY = 500;

const lost: Problem<'wrong-state'> = wrongState(
  'Diese Übung gehört nicht zu diesem Browser, sie wurde schon beendet oder hat zu lange gedauert. Beginnen Sie die Übung noch einmal.',
);

interface PracticeEnd {
  readonly carried: Carried;
  readonly read: Result<readonly PracticeDatum[], Problem>;
}

/**
 * Practice runs under way. They live in memory alone and for minutes: a run opens no account and no session, and what
 * the card said goes to the page and nowhere else.
 */
export class PracticeDesk {
  readonly #provider: PracticeProvider;
  readonly #underWay = new Map<string, { readonly checks: PracticeChecks; readonly carried: Carried; readonly until: Temporal.Instant }>();

  constructor(provider: PracticeProvider) {
    this.#provider = provider;
  }

  /** Where to send the browser, and the secret for its cookie that ties the answer to it. */
  async begin(now: Temporal.Instant, carried: Carried): Promise<Result<{ readonly url: string; readonly holder: string }, Problem>> {
    const begun = await this.#provider.begin();
    if (!begun.ok) return begun;
    const { url, ...checks } = begun.value;
    const holder = randomToken();
    const [oldest] = this.#underWay.keys();
    if (this.#underWay.size >= MOST_UNDER_WAY && oldest !== undefined) this.#underWay.delete(oldest);
    this.#underWay.set(sha256Hex(holder), { checks, carried, until: now.add({ minutes: PRACTICE_MINUTES }) });
    return ok({ url, holder });
  }

  /** Takes the provider's answer, once, from the browser that began. @returns also what it began with; of a run that is unknown nothing */
  async finish(now: Temporal.Instant, holder: string | undefined, answer: URL): Promise<PracticeEnd> {
    const key = sha256Hex(holder ?? '');
    const begun = this.#underWay.get(key);
    this.#underWay.delete(key);
    const carried = begun?.carried ?? {};
    if (begun === undefined || Temporal.Instant.compare(now, begun.until) >= 0) return { carried, read: refuse(lost) };
    return { carried, read: await this.#provider.finish(answer, begun.checks) };
  }
}
