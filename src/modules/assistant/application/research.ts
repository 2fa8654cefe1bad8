import type { Actor } from '../../../kernel/actor.ts';
import type { ObjectShape } from '../../../kernel/language-model.ts';
import type { Citation, FoundPassage } from '../../../kernel/passage.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { invalidField } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { keepQuoted, type Claim } from '../domain/claims.ts';
import { checkFacts } from '../domain/check-facts.ts';
import { CLAIMS_SCHEMA, researchInstruction } from '../domain/instructions.ts';
import { plainOutput } from '../domain/plain-output.ts';
import { namedPersons } from '../domain/named-persons.ts';
import { strictest } from '../domain/protection.ts';
import { coverageRule, extractiveAnswer } from '../domain/research.ts';
import type { AssistantResult, MissingFact, ResultBody, ResultSentence } from '../domain/result.ts';
import { namedSources, type Excerpt, type NamedSource } from '../domain/source.ts';
import type { ResearchOrder } from '../domain/wish.ts';
import { staffOf, type AssistantContext } from './context.ts';
import { keepDone, keepRunning } from './keep.ts';

/** Passages that an answer is made from. */
const PASSAGES = 12;
const NOT_FOUND = 'Dazu steht nichts in den Quellen.';
/** The sources may answer all the same: it is the model that did not. */
const NOTHING_QUOTED = 'Das Modell hat nichts gesagt, was die Quellen belegen. Suchen Sie ohne Modell.';

/** Answers a question from documents, each sentence with its passage; says when they do not answer it. */
export async function research(ctx: AssistantContext, actor: Actor, order: ResearchOrder): Promise<Result<AssistantResult, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  if (order.question.trim() === '') return refuse(invalidField('question', 'Schreiben Sie Ihre Frage in das Feld.'));
  const found = await ctx.library.search(staff.value, { query: order.question, collections: order.collections, documents: order.documents, limit: PASSAGES });
  if (!found.ok) return found;
  const dataClass = strictest([order.dataClass, ...found.value.map(({ personal }) => (personal ? 'personal' : 'public'))]);
  const known = { entrance: 'research' as const, title: order.question, dataClass, order };
  const rule = ctx.abstention ?? coverageRule;
  if (order.model === '' || found.value.length === 0) {
    const { citations } = extractiveAnswer(order.question, found.value, rule);
    const sentences = citations.map((citation) => ({ text: oneLine(citation.quote), excerpts: [excerptOf(citation)] }));
    return ok(await keepDone(ctx, staff.value, { ...known, made: 'extract' }, outcomeOf(sentences, {})));
  }
  const room = ctx.running.room(staff.value.staffId);
  if (!room.ok) return room;
  return keepRunning(ctx, staff.value, {
    known: { ...known, made: 'model' },
    stop: room.value,
    work: async (signal) => {
      const passages = new Map(found.value.map((passage, index) => [`P${index + 1}`, passage]));
      const asked = await ctx.models.object(
        staff.value,
        {
          ...researchInstruction,
          data: [...passages].map(([label, { text }]) => ({ label, text })),
          history: [{ role: 'user', text: order.question }],
          ...{ dataClass, parties: namedPersons([order.persons]), model: order.model },
        },
        CLAIMS,
        signal,
      );
      if (!asked.ok) return { state: 'refused', text: '', body: { refusal: asked.problem.detail }, origin: null, sources: [] };
      return { state: 'done', origin: asked.value.origin, ...answered(asked.value.value, passages) };
    },
  });
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** A citation as it is kept; what stands around it is in its passage. */
function excerptOf({ passage, start, end, quote }: Citation): Excerpt {
  const { documentId, title, documentSha256, page, text } = passage;
  const [from, to] = [start - passage.start, end - passage.start];
  return {
    documentId,
    title,
    sha256: documentSha256,
    page,
    start,
    end,
    quote,
    before: text.slice(Math.max(0, from - 240), from),
    after: text.slice(to, to + 240),
  };
}

/** Only what stands in the sources is left of a model's answer; its figures are compared with the quotation. */
function answered(claims: readonly Claim[], passages: ReadonlyMap<string, FoundPassage>): ReturnType<typeof outcomeOf> {
  const { kept, dropped } = keepQuoted(claims, passages);
  const sentences = kept.map(({ text, citation }) => ({ text: oneLine(plainOutput(text)), excerpts: [excerptOf(citation)] }));
  let at = 0;
  let checked = 0;
  const missing: MissingFact[] = [];
  for (const [index, { text }] of sentences.entries()) {
    const facts = checkFacts(text, kept[index]!.citation.quote);
    checked += facts.checked;
    missing.push(...facts.missing.map(({ kind, start, end, text: said }) => ({ kind, start: at + start, end: at + end, text: said })));
    at += `${text} [${index + 1}]\n`.length;
  }
  return outcomeOf(sentences, { dropped, checked, missing });
}

interface ResearchOutcome {
  readonly text: string;
  readonly body: ResultBody;
  readonly sources: readonly NamedSource[];
}

function outcomeOf(sentences: readonly ResultSentence[], more: ResultBody): ResearchOutcome {
  if (sentences.length === 0 && (more.dropped ?? 0) > 0) return { text: NOTHING_QUOTED, body: { ...more, nothingQuoted: true }, sources: [] };
  if (sentences.length === 0) return { text: NOT_FOUND, body: { ...more, notFound: true }, sources: [] };
  const cited = sentences.map(({ excerpts: [excerpt] }, index) => `[${index + 1}] ${excerpt!.title}, Seite ${excerpt!.page}: „${oneLine(excerpt!.quote)}“`);
  const text = `${sentences.map((one, index) => `${one.text} [${index + 1}]`).join('\n')}\n\nQuellen\n${cited.join('\n')}`;
  return { text, body: { ...more, sentences }, sources: namedSources(sentences.flatMap(({ excerpts }) => excerpts)) };
}

/** How the claims of a model are read: bounded, and nothing else. */
const CLAIMS: ObjectShape<readonly Claim[]> = {
  jsonSchema: CLAIMS_SCHEMA,
  parse: (value) => {
    const claims = (value as { claims?: unknown } | null)?.claims;
    if (!Array.isArray(claims)) return undefined;
    const read = claims.slice(0, 30).map((claim: unknown) => {
      const { text, quote, source } = (claim ?? {}) as Record<string, unknown>;
      return typeof text === 'string' && typeof quote === 'string' && typeof source === 'string'
        ? { text: text.slice(0, 2000), quote: quote.slice(0, 4000), source }
        : undefined;
    });
    return read.every((claim) => claim !== undefined) ? read : undefined;
  },
};
