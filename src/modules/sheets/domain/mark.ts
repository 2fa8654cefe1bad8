import type { FieldProblem } from '../../../kernel/problem.ts';
import type { PageBox } from './tiles.ts';

export const MARK_KINDS = ['vermerk', 'auflage', 'gruen', 'ungueltig'] as const;
export type MarkKind = (typeof MARK_KINDS)[number];

/** What an officer enters. `xMm` and `yMm`: millimetres from the left and upper edge of the page as it is shown, rotation included. */
export interface MarkInput {
  /** From 1. */
  readonly page: number;
  readonly xMm: number;
  readonly yMm: number;
  readonly kind: MarkKind;
  readonly text: string;
}

/** An entry on a sheet. */
export interface Mark extends MarkInput {
  readonly id: string;
  readonly caseId: string;
  readonly uploadId: string;
  /** Given once within the case. */
  readonly number: number;
  readonly version: number;
  /** `actorRef` notation. */
  readonly writtenBy: string;
  readonly writtenAt: Temporal.Instant;
}

export const MAX_MARK_TEXT = 1000;
const POINTS_PER_MM = 72 / 25.4;

export const pointsOf = (mm: number): number => mm * POINTS_PER_MM;
/** Tenths of a millimetre: finer than a pencil. */
export const mmOf = (points: number): number => Math.round((points / POINTS_PER_MM) * 10) / 10;

/** States in which the authority still examines; after them the sheets are as the decision took them. */
const OPEN: readonly string[] = ['eingegangen', 'unvollstaendig', 'in_pruefung', 'anhoerung', 'ausgesetzt'];
export const marksOpen = ({ status, decided }: { readonly status: string; readonly decided: boolean }): boolean => !decided && OPEN.includes(status);

/** What the entry stands on. */
export interface MarkPlace {
  readonly boxes: readonly PageBox[];
  /** No newer version has taken the sheet's place. */
  readonly current: boolean;
  /** The other entries on the same sheet. */
  readonly others: readonly Pick<Mark, 'kind' | 'page'>[];
}

/** What is wrong with an entry, field by field; empty when nothing is. */
export function markProblems(input: MarkInput, { boxes, current, others }: MarkPlace): FieldProblem[] {
  const problems: FieldProblem[] = [];
  const complain = (field: keyof MarkInput, message: string): void => void problems.push({ field, message });
  const box = boxes[input.page - 1];
  if (box === undefined) complain('page', `Diese Seite gibt es nicht. Das Blatt hat ${boxes.length === 1 ? '1 Seite' : `${boxes.length} Seiten`}.`);
  else {
    const inside = (mm: number, side: number): boolean => mm >= 0 && pointsOf(mm) <= side + 0.2;
    if (!inside(input.xMm, box.width)) complain('xMm', outside('linken Rand', box.width));
    if (!inside(input.yMm, box.height)) complain('yMm', outside('oberen Rand', box.height));
  }
  if ((input.kind === 'vermerk' || input.kind === 'auflage') && input.text.trim() === '')
    complain('text', 'Schreiben Sie, was an dieser Stelle zu beachten ist.');
  if (input.text.length > MAX_MARK_TEXT) complain('text', `Der Text ist zu lang. Kürzen Sie ihn auf ${MAX_MARK_TEXT} Zeichen.`);
  const clash = input.kind === 'gruen' ? 'ungueltig' : input.kind === 'ungueltig' ? 'gruen' : undefined;
  if (clash !== undefined && others.some((one) => one.kind === clash)) {
    complain('kind', 'Ein Blatt ist entweder genehmigt oder ungültig. Entfernen Sie zuerst den anderen Stempel.');
  }
  if (input.kind === 'gruen' && !current) complain('kind', 'Von diesem Blatt gibt es eine neuere Version. Stempeln Sie diese.');
  return problems;
}

const outside = (edge: string, points: number): string =>
  `Dieser Ort liegt nicht auf der Seite. Der Abstand vom ${edge} beträgt 0 bis ${Math.floor(mmOf(points))} mm.`;

/** What a sheet is by its entries; `undefined` when the decision need not name it. */
export function standingOf(marks: readonly Pick<Mark, 'kind'>[]): 'genehmigt' | 'ungueltig' | 'vermerkt' | undefined {
  const has = (kind: MarkKind): boolean => marks.some((one) => one.kind === kind);
  return has('gruen') ? 'genehmigt' : has('ungueltig') ? 'ungueltig' : has('auflage') ? 'vermerkt' : undefined;
}
