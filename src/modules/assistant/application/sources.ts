import { createHash } from 'node:crypto';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { sha256Hex } from '../../../kernel/token.ts';
import { cleanText } from '../../../kernel/words.ts';
import { noSources } from '../domain/problems.ts';
import type { SourcePage } from '../domain/source.ts';
import type { AssistantContext, Staff } from './context.ts';

/** A file that somebody brings along for one result. */
export interface BroughtFile {
  readonly fileName: string;
  readonly bytes: Uint8Array;
  readonly tooLarge?: boolean;
}

const MOST_DOCUMENTS = 20;
export const LONGEST_PASTED = 200_000;

/** The pages of what was chosen, brought along and pasted; the first that cannot be read says why. */
export async function readSources(
  ctx: Pick<AssistantContext, 'library'>,
  actor: Staff,
  given: { readonly documents: readonly string[]; readonly files: readonly BroughtFile[]; readonly text: string },
): Promise<Result<readonly SourcePage[], Problem>> {
  const pages: SourcePage[] = [];
  if (given.documents.length + given.files.length > MOST_DOCUMENTS)
    return refuse({ kind: 'too-large', detail: `Nehmen Sie höchstens ${MOST_DOCUMENTS} Dokumente auf einmal.` });
  if (given.text.length > LONGEST_PASTED) return refuse({ kind: 'too-large', detail: 'Der eingefügte Text ist zu lang. Laden Sie ihn als Datei hoch.' });
  for (const documentId of new Set(given.documents)) {
    const read = await ctx.library.pages(actor, documentId);
    if (!read.ok) return read;
    const { title, sha256, personal } = read.value;
    pages.push(...read.value.pages.map(({ number, text }) => ({ documentId, title, sha256, page: number, text, personal })));
  }
  for (const file of given.files) {
    const brought = await readBrought(ctx, file);
    if (!brought.ok) return brought;
    pages.push(...brought.value);
  }
  const text = cleanText(given.text);
  if (text !== '') pages.push({ title: 'Eingefügter Text', sha256: sha256Hex(text), page: 1, text });
  return pages.some((page) => page.text.trim() !== '') ? ok(pages) : refuse(noSources);
}

async function readBrought(ctx: Pick<AssistantContext, 'library'>, { fileName, bytes, tooLarge }: BroughtFile): Promise<Result<SourcePage[], Problem>> {
  if (tooLarge === true) return refuse({ kind: 'too-large', detail: `Die Datei „${fileName}“ ist zu groß. Legen Sie sie unter „Sammlungen“ ab.` });
  const read = await ctx.library.readFile({ fileName, bytes });
  if (!read.ok) return read;
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return ok(read.value.pages.map(({ number, text }) => ({ title: read.value.title || fileName, sha256, page: number, text })));
}
