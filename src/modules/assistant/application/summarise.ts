import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { checkFacts } from '../domain/check-facts.ts';
import { summaryInstruction } from '../domain/instructions.ts';
import type { AssistantResult, MissingFact } from '../domain/result.ts';
import { namedPersons } from '../domain/named-persons.ts';
import { strictest } from '../domain/protection.ts';
import { excerptOf, namedSources, type SourcePage } from '../domain/source.ts';
import { extractiveSummary, type ExtractiveSummary } from '../domain/summary.ts';
import type { SummaryOrder } from '../domain/wish.ts';
import { staffOf, type AssistantContext, type Staff } from './context.ts';
import { beginStream, keepDone, keepRunning, type Told } from './keep.ts';
import { readSources, type BroughtFile } from './sources.ts';

/** What a model is given at once; longer texts are cut down without one first. */
const MOST_SIGNS = 60_000;

/** Summarises documents, files and pasted text: with a model, or as an extract of their own sentences. */
export async function summarise(
  ctx: AssistantContext,
  actor: Actor,
  order: SummaryOrder,
  files: readonly BroughtFile[] = [],
): Promise<Result<AssistantResult, Problem>> {
  const staff = staffOf(actor);
  if (!staff.ok) return staff;
  const read = await readSources(ctx, staff.value, { documents: order.documents, files, text: order.text });
  if (!read.ok) return read;
  const pages = read.value.filter(({ text }) => text.trim() !== '');
  const sources = namedSources(pages);
  const title = sources.map((one) => one.title).join(', ');
  const dataClass = strictest([order.dataClass, ...pages.map(({ personal }) => (personal === true ? 'personal' : 'public'))]);
  const known = { entrance: 'summary' as const, title, dataClass, order };
  if (order.model !== '') return withModel(ctx, staff.value, order, pages, { ...known, made: 'model' });
  const extract = extractiveSummary(pages, { length: order.length });
  const sentences = extract.sentences.map((excerpt) => ({ text: oneLine(excerpt.quote), excerpts: [excerpt] }));
  const text = extractText(extract, order.style);
  return ok(await keepDone(ctx, staff.value, { ...known, made: 'extract' }, { text, body: { sentences, sentencesOf: extract.of }, sources }));
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

/** The sentences with the page each comes from, to be copied. */
function extractText({ sentences }: ExtractiveSummary, style: SummaryOrder['style']): string {
  const lines = sentences.map(({ quote, title, page }) => `${oneLine(quote)} (${title}, Seite ${page})`);
  return style === 'bullets' ? lines.map((line) => `- ${line}`).join('\n') : lines.join('\n');
}

async function withModel(
  ctx: AssistantContext,
  staff: Staff,
  order: SummaryOrder,
  pages: readonly SourcePage[],
  known: Parameters<typeof keepRunning>[2]['known'],
): Promise<Result<AssistantResult, Problem>> {
  const signs = pages.reduce((sum, { text }) => sum + text.length, 0);
  if (signs > MOST_SIGNS) return refuse(tooLong(signs));
  const room = ctx.running.room(staff.staffId);
  if (!room.ok) return room;
  const sources = namedSources(pages);
  const labels = pages.map(({ sha256, page }) => `D${sources.findIndex((one) => one.sha256 === sha256) + 1} S${page}`);
  const begun = await beginStream(
    ctx,
    staff,
    {
      ...summaryInstruction(order.length, order.style, order.audience),
      data: pages.map(({ text }, index) => ({ label: labels[index]!, text })),
      ...(order.extra === '' ? {} : { history: [{ role: 'user' as const, text: order.extra }] }),
      ...{ dataClass: known.dataClass, parties: namedPersons([order.persons]), model: order.model },
    },
    room.value,
  );
  if (!begun.ok) return begun;
  return keepRunning(ctx, staff, {
    known,
    stop: room.value,
    work: async (_signal, append) => {
      const told = await begun.value(append);
      return { state: told.state, text: told.text, body: bodyOf(told, pages, labels), origin: told.answer?.origin ?? null, sources };
    },
  });
}

const tooLong = (signs: number): Problem<'too-large'> => ({
  kind: 'too-large',
  detail: `Die Texte haben zusammen ${signs} Zeichen; ein Modell bekommt höchstens ${MOST_SIGNS}. Wählen Sie weniger Dokumente, oder nehmen Sie „ohne Modell“.`,
});

const PAGE_MARK = /\[?\(?\bD(\d{1,3})\s+S(\d{1,5})\b\)?\]?/g;

/** Figures and page marks that the sources do not have, and the pages that the text names. */
function bodyOf({ text, refusal }: Told, pages: readonly SourcePage[], labels: readonly string[]): AssistantResult['body'] {
  const missing: MissingFact[] = [];
  const named = new Set<number>();
  for (const match of text.matchAll(PAGE_MARK)) {
    const index = labels.indexOf(`D${match[1]} S${match[2]}`);
    if (index < 0) missing.push({ kind: 'reference', start: match.index, end: match.index + match[0].length, text: match[0] });
    else named.add(index);
  }
  // marks of pages are ours, not figures of the text
  const bare = text.replaceAll(PAGE_MARK, (mark) => ' '.repeat(mark.length));
  const facts = checkFacts(bare, pages.map((page) => page.text).join('\n'));
  missing.push(...facts.missing.map(({ kind, start, end, text: said }) => ({ kind, start, end, text: said })));
  const sentences = [...named].toSorted((one, two) => one - two).map((index) => ({ text: labels[index]!, excerpts: [excerptOf(pages[index]!, 0, 0)] }));
  return {
    checked: facts.checked,
    missing: missing.toSorted((one, two) => one.start - two.start),
    ...(sentences.length === 0 ? {} : { sentences }),
    ...(refusal === undefined ? {} : { refusal }),
  };
}
