import {
  eventOf,
  mayWrite,
  sameTags,
  stateAfter,
  type AuthenticationTags,
  type Author,
  type FitConnectEvent,
  type FitConnectState,
  type RejectProblem,
  type SetClaims,
} from './fit-connect-events.ts';

/** Why an event is not believed. The journal keeps the word; it says nothing about a person. */
export type SetRefusal =
  | 'malformed'
  | 'wrong-algorithm'
  | 'wrong-type'
  | 'unsigned'
  | 'unknown-issuer'
  | 'unknown-key'
  | 'bad-signature'
  | 'foreign-case'
  | 'unknown-event'
  | 'wrong-author'
  | 'future-dated'
  | 'replayed'
  | 'out-of-order'
  | 'wrong-tags';

/** A token whose signature stands: what it says, and who signed it. */
export interface SignedEvent {
  readonly tokenSha256: string;
  readonly author: Author;
  readonly claims: SetClaims;
}

/** One token of a log, in the log's order. */
export type LogToken = SignedEvent | { readonly tokenSha256: string; readonly refusal: SetRefusal };

/** An event that counts. */
export interface TakenEvent {
  readonly jti: string;
  readonly tokenSha256: string;
  readonly event: FitConnectEvent;
  readonly issuedAt: number;
}

/** What a log says of one submission once everything doubtful is left out. */
export interface LogReading {
  /** `undefined`: nothing in the log can be believed. */
  readonly state: FitConnectState | undefined;
  readonly taken: readonly TakenEvent[];
  readonly refused: readonly { readonly tokenSha256: string; readonly reason: SetRefusal }[];
  /** Tags and payload schema of the `submit-submission` event. */
  readonly submitted?: { readonly tags: AuthenticationTags; readonly schema?: string; readonly issuedAt: number };
  /** Of the `reject-submission` event. */
  readonly problems: readonly RejectProblem[];
}

export interface LogQuestion {
  readonly submissionId: string;
  /** The delivery service's case, not ours. */
  readonly caseId: string;
  readonly now: Temporal.Instant;
  /** Tokens seen in earlier readings, by `jti`: which token it was, and about which submission. */
  readonly known: ReadonlyMap<string, { readonly tokenSha256: string; readonly submissionId: string }>;
  /** What we sent ourselves: an event with other tags is about other contents. */
  readonly expectedTags?: AuthenticationTags;
}

/** Clocks of two houses differ a little. */
const SKEW_SECONDS = 60;

/**
 * Reads a log in its order. A doubtful event changes nothing and is listed; the others count. Reading
 * the same log again gives the same state: a token is replayed only when its `jti` stood for another
 * token or submission, or stands twice in one log.
 */
export function readLogTokens(tokens: readonly LogToken[], question: LogQuestion): LogReading {
  const taken: TakenEvent[] = [];
  const refused: { tokenSha256: string; reason: SetRefusal }[] = [];
  let reading: Pick<LogReading, 'state' | 'submitted' | 'problems'> = { state: undefined, problems: [] };
  const seen = new Set<string>();
  for (const token of tokens) {
    if (!('refusal' in token) && isAboutSomethingElse(token, question)) continue;
    const refusal = 'refusal' in token ? token.refusal : refusalOf(token, question, reading.state, seen);
    if (refusal !== undefined || 'refusal' in token) {
      refused.push({ tokenSha256: token.tokenSha256, reason: refusal ?? 'malformed' });
      continue;
    }
    const { claims, tokenSha256 } = token;
    const event = eventOf(claims.eventUri)!;
    seen.add(claims.jti);
    taken.push({ jti: claims.jti, tokenSha256, event, issuedAt: claims.issuedAt });
    reading = {
      state: stateAfter(reading.state, event),
      problems: event === 'reject-submission' ? claims.problems : reading.problems,
      ...(event === 'submit-submission' ? { submitted: submittedOf(claims) } : reading.submitted === undefined ? {} : { submitted: reading.submitted }),
    };
  }
  return { ...reading, taken, refused };
}

const submittedOf = ({ tags, schema, issuedAt }: SetClaims) => ({ tags: tags!, issuedAt, ...(schema === undefined ? {} : { schema }) });

/** A case may hold several submissions, and replies: theirs are no concern of this one. */
const isAboutSomethingElse = ({ claims }: SignedEvent, { submissionId, caseId }: LogQuestion): boolean =>
  claims.transaction === `case:${caseId}` && claims.subject !== `submission:${submissionId}`;

function refusalOf(token: SignedEvent, question: LogQuestion, state: FitConnectState | undefined, seen: ReadonlySet<string>): SetRefusal | undefined {
  const { claims, author, tokenSha256 } = token;
  const { submissionId, caseId, known, expectedTags } = question;
  if (claims.transaction !== `case:${caseId}` || claims.subject !== `submission:${submissionId}`) return 'foreign-case';
  const event = eventOf(claims.eventUri);
  if (event === undefined) return 'unknown-event';
  if (!mayWrite(author, event)) return 'wrong-author';
  if (claims.issuedAt * 1000 > question.now.epochMilliseconds + SKEW_SECONDS * 1000) return 'future-dated';
  const before = known.get(claims.jti);
  if (seen.has(claims.jti) || (before !== undefined && (before.tokenSha256 !== tokenSha256 || before.submissionId !== submissionId))) return 'replayed';
  if (stateAfter(state, event) === undefined) return 'out-of-order';
  // an answer may come without tags, the submission may not: without them nothing ties the contents to it
  if (event === 'submit-submission' && claims.tags === undefined) return 'wrong-tags';
  if (expectedTags !== undefined && claims.tags !== undefined && !sameTags(claims.tags, expectedTags)) return 'wrong-tags';
  return undefined;
}
