import { invalidField, invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { blockProblems, cleanBlock, type Block, type BlockSurroundings } from './blocks.ts';
import type { OutreachProblem } from './problems.ts';

export interface Content {
  readonly blocks: readonly Block[];
}

export interface LandingPage {
  readonly slug: string;
  readonly campaignId: string;
  /** Code of the page's own link. */
  readonly code: string;
  readonly draft: Content;
  readonly version: number;
  /** Number of what everybody sees; `null` while there is none. */
  readonly published: number | null;
  readonly changedAt: Temporal.Instant;
}

export interface PageVersion {
  readonly number: number;
  readonly content: Content;
  readonly reason: string;
  readonly publishedBy: string;
  readonly publishedAt: Temporal.Instant;
}

export const MOST_BLOCKS = 30;

export function slugProblem(slug: string): OutreachProblem | undefined {
  return /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(slug) && slug.length <= 64
    ? undefined
    : invalidField('slug', 'Die Kurzadresse hat nur kleine Buchstaben, Ziffern und Bindestriche, höchstens 64 Zeichen, etwa hund-digital.');
}

/** What a person does to a draft. */
export type DraftChange =
  | { readonly kind: 'put'; readonly block: Block }
  | { readonly kind: 'up' | 'down' | 'remove'; readonly id: string }
  | { readonly kind: 'all'; readonly blocks: readonly Block[] };

/** The draft after a change. A block that is put must be right; a page as a whole only when it is published. */
export function changeDraft({ blocks }: Content, change: DraftChange, around: BlockSurroundings): Result<Content, OutreachProblem> {
  if (change.kind === 'put') return putBlock(blocks, change.block, around);
  if (change.kind === 'all') return replaceAll(change.blocks, around);
  const at = blocks.findIndex(({ id }) => id === change.id);
  if (at < 0) return ok({ blocks });
  if (change.kind === 'remove') return ok({ blocks: blocks.toSpliced(at, 1) });
  const to = change.kind === 'up' ? at - 1 : at + 1;
  if (to < 0 || to >= blocks.length) return ok({ blocks });
  return ok({ blocks: blocks.with(at, blocks[to]!).with(to, blocks[at]!) });
}

function putBlock(blocks: readonly Block[], typed: Block, around: BlockSurroundings): Result<Content, OutreachProblem> {
  const block = cleanBlock(typed);
  const problems = blockProblems(block, around);
  if (problems.length > 0) return refuse(invalidFields(problems));
  const at = blocks.findIndex(({ id }) => id === block.id);
  if (at < 0 && blocks.length >= MOST_BLOCKS)
    return refuse(invalidField('kind', `Eine Seite hat höchstens ${MOST_BLOCKS} Bausteine. Entfernen Sie erst einen.`));
  return ok({ blocks: at < 0 ? [...blocks, block] : blocks.with(at, block) });
}

function replaceAll(typed: readonly Block[], around: BlockSurroundings): Result<Content, OutreachProblem> {
  const blocks = typed.map(cleanBlock);
  const problems = blocks.flatMap((block, index) =>
    blockProblems(block, around).map(({ field, message }): FieldProblem => ({ field: `blocks.${index}.${field}`, message })),
  );
  if (new Set(blocks.map(({ id }) => id)).size < blocks.length) problems.push({ field: 'blocks', message: 'Jeder Baustein braucht eine eigene Kennung.' });
  return problems.length > 0 ? refuse(invalidFields(problems)) : ok({ blocks });
}

/** An id that no block of the page has. */
export const freshBlockId = ({ blocks }: Content): string => `b${Math.max(0, ...blocks.map(({ id }) => Number(/^b(\d{1,6})$/.exec(id)?.[1] ?? 0))) + 1}`;

/** Why the page as a whole cannot be published yet: headings begin with one, and it leads somewhere. */
export function pageProblems({ blocks }: Content, around: BlockSurroundings): readonly string[] {
  const problems: string[] = [];
  if (blocks[0]?.kind !== 'lead')
    problems.push('Am Anfang steht der Baustein „Überschrift“: Er ist die Überschrift der Seite. Schieben Sie ihn nach oben, oder legen Sie ihn an.');
  if (blocks.filter(({ kind }) => kind === 'lead').length > 1) problems.push('Eine Seite hat nur eine Überschrift. Machen Sie aus der zweiten einen Text.');
  if (!blocks.some(({ kind }) => kind === 'service')) problems.push('Die Seite führt nirgends hin. Legen Sie einen Knopf zu einer Leistung an.');
  const broken = blocks.filter((block) => blockProblems(block, around).length > 0);
  if (broken.length > 0)
    problems.push(
      `${broken.length === 1 ? 'Ein Baustein stimmt' : `${broken.length} Bausteine stimmen`} nicht mehr, etwa weil es eine Leistung nicht mehr gibt. Öffnen und berichtigen Sie sie.`,
    );
  return problems;
}
