import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { MARK_KINDS, mmOf, type MarkInput } from '../domain/mark.ts';
import { PICTURE_LEVELS } from '../domain/tiles.ts';
import type { SheetsProblem } from '../domain/problems.ts';

/** Reads the fields of an entry as people type them: `12,5` or `12.5` millimetres. */
export function readMark(fields: URLSearchParams): Result<MarkInput, SheetsProblem> {
  const problems: FieldProblem[] = [];
  const number = (field: string, message: string): number => {
    const typed = (fields.get(field) ?? '').trim().replace(',', '.');
    if (/^-?\d{1,5}(\.\d{1,6})?$/.test(typed)) return Number(typed);
    problems.push({ field, message });
    return 0;
  };
  const kind = MARK_KINDS.find((one) => one === fields.get('kind'));
  if (kind === undefined) problems.push({ field: 'kind', message: 'Wählen Sie, was Sie eintragen.' });
  const input = {
    page: number('page', 'Nennen Sie die Seite als Zahl, zum Beispiel 1.'),
    xMm: number('xMm', 'Nennen Sie den Abstand vom linken Rand in Millimetern, zum Beispiel 120,5. Oder wählen Sie den Ort auf dem Blatt.'),
    yMm: number('yMm', 'Nennen Sie den Abstand vom oberen Rand in Millimetern, zum Beispiel 80. Oder wählen Sie den Ort auf dem Blatt.'),
    text: fields.get('text') ?? '',
  };
  return problems.length > 0 || kind === undefined ? refuse(invalidFields(problems)) : ok({ ...input, kind });
}

/**
 * The place somebody clicked on a page's picture, as it stands in the fields.
 * @param scale pixels of the picture for one point of the page
 */
export const pickedPlace = (pixelX: number, pixelY: number, scale: number): { xMm: string; yMm: string } => ({
  xMm: typedMm(mmOf(pixelX / scale)),
  yMm: typedMm(mmOf(pixelY / scale)),
});

/** `12,5`, as a person writes it. */
export const typedMm = (mm: number): string => String(mm).replace('.', ',');

/** Levels of a page's picture, from the whole page to the finest. */
export const levels = (): readonly number[] => PICTURE_LEVELS;
