import type { Actor } from '../../../kernel/actor.ts';
import type { Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { formatGermanDate, legalDay } from '../../../kernel/time.ts';
import { stillRunning } from '../domain/problems.ts';
import type { AssistantContext } from './context.ts';
import { RESULT_TEMPLATE } from './result-template.ts';
import { openResult, type ShownResult } from './results.ts';

export type FileForm = 'docx' | 'pdf';

export interface ResultFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly fileName: string;
}

const MEDIA: Readonly<Record<FileForm, string>> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
};

/** The person's result as a file that says itself how it came to be, for people and for programs. */
export async function resultFile(ctx: AssistantContext, actor: Actor, id: string, form: FileForm): Promise<Result<ResultFile, Problem>> {
  const opened = await openResult(ctx, actor, id);
  if (!opened.ok) return opened;
  if (opened.value.result.state === 'running') return refuse(stillRunning);
  const sheet = sheetOf(opened.value);
  const bytes = form === 'pdf' ? await toPdf(ctx, sheet) : await toDocx(sheet);
  return ok({ bytes, mediaType: MEDIA[form], fileName: `${fileNameOf(sheet.title)}.${form}` });
}

interface Sheet {
  readonly title: string;
  readonly date: string;
  /** Paragraphs of lines. */
  readonly paragraphs: readonly (readonly string[])[];
  readonly label: readonly string[];
  readonly sources: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

function sheetOf({ result, label }: ShownResult): Sheet {
  return {
    title: result.title,
    date: formatGermanDate(legalDay(result.changedAt)),
    paragraphs: result.text.split(/\n{2,}/).map((part) => part.split('\n')),
    label: label.lines,
    sources: result.sources.map(({ title, sha256 }) => `${title}, SHA-256 ${sha256}`),
    properties: label.properties,
  };
}

const fileNameOf = (title: string): string =>
  title
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60) || 'Ergebnis';

function toPdf(ctx: Pick<AssistantContext, 'typesetter'>, { properties, ...sheet }: Sheet): Promise<Uint8Array> {
  const keywords = Object.entries(properties).map(([name, value]) => `${name}=${value}`.slice(0, 400));
  const bytes = Buffer.from(JSON.stringify(properties, null, 2));
  return ctx.typesetter.compile(RESULT_TEMPLATE, { ...sheet, keywords }, [
    { name: 'herkunft.json', mediaType: 'application/json', bytes, description: 'Wie dieser Text entstanden ist' },
  ]);
}

async function toDocx({ title, date, paragraphs, label, sources, properties }: Sheet): Promise<Uint8Array> {
  // large, and needed only here
  const { Document, HeadingLevel, Packer, Paragraph, TextRun } = await import('docx');
  const lines = (part: readonly string[]) =>
    new Paragraph({ spacing: { after: 160 }, children: part.map((text, index) => new TextRun({ text, ...(index === 0 ? {} : { break: 1 }) })) });
  const small = (text: string) => new Paragraph({ spacing: { before: 80 }, children: [new TextRun({ text, size: 18, italics: true })] });
  const document = new Document({
    title,
    creator: 'Kontor',
    lastModifiedBy: 'Kontor',
    description: label.join(' '),
    keywords: Object.keys(properties).join(' '),
    customProperties: Object.entries(properties).map(([name, value]) => ({ name, value: value.slice(0, 250) })),
    styles: { default: { document: { run: { font: 'Calibri', size: 22, language: { value: 'de-DE' } } } } },
    sections: [
      {
        children: [
          new Paragraph({ heading: HeadingLevel.HEADING_1, children: [new TextRun(title)] }),
          ...paragraphs.map(lines),
          small(`${label.join(' ')} Stand: ${date}.`),
          ...(sources.length === 0 ? [] : [small('Quellen:'), ...sources.map(small)]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}
