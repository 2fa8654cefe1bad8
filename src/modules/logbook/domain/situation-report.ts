import { canonicalJson } from '../../../kernel/canonical-json.ts';
import { REPORT_SECTIONS, type ReportSection } from '../../../kernel/log.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { sha256Hex } from '../../../kernel/token.ts';

export type Sections = Readonly<Record<ReportSection, string>>;

/** One version of a situation report. Its words never change; who changes it writes the next version. */
export interface ReportVersion {
  readonly id: string;
  /** In its Lage, from 1 on. */
  readonly number: number;
  readonly version: number;
  readonly title: string;
  /** What it tells was so at this time. */
  readonly asOf: Temporal.Instant;
  readonly sections: Sections;
  readonly writtenAt: Temporal.Instant;
  readonly authorId: string;
  readonly author: string;
  readonly authorFunction: string;
  readonly sha256: string;
}

export interface ReadReport extends ReportVersion {
  readonly release: { readonly at: Temporal.Instant; readonly by: string; readonly byFunction: string; readonly logNumber: number } | null;
}

/** What a version says, byte by byte as it is hashed. */
export const reportWords = ({
  id,
  number,
  version,
  title,
  asOf,
  sections,
  writtenAt,
  authorId,
  author,
  authorFunction,
}: Omit<ReportVersion, 'sha256'>): string => canonicalJson({ id, number, version, title, asOf, sections, writtenAt, authorId, author, authorFunction });
export const reportHash = (report: Omit<ReportVersion, 'sha256'>): string => sha256Hex(reportWords(report));

const LONGEST = { title: 120, section: 10_000 } as const;

export function reportProblems({ title, sections }: { readonly title: string; readonly sections: Sections }): FieldProblem[] {
  const problems: FieldProblem[] = [];
  if (title.trim() === '' || title.length > LONGEST.title)
    problems.push({ field: 'title', message: `Geben Sie dem Lagebericht einen Namen mit höchstens ${LONGEST.title} Zeichen.` });
  for (const name of REPORT_SECTIONS)
    if (sections[name].length > LONGEST.section)
      problems.push({ field: name, message: `Kürzen Sie diesen Teil auf ${LONGEST.section.toLocaleString('de')} Zeichen.` });
  if (REPORT_SECTIONS.every((name) => sections[name].trim() === ''))
    problems.push({ field: REPORT_SECTIONS[0], message: 'Schreiben Sie, wie die Lage ist. Ein Lagebericht ohne Worte hilft niemandem.' });
  return problems;
}
