import { invalidField, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { FIGURE_KINDS, figuresAsGeoJson, measure, printFigure, readFigure, readTyped, withinBounds, type Figure, type FigureKind } from '../domain/figure.ts';

// What visitors draw needs no store: the address keeps it.

export const figureKinds: readonly FigureKind[] = FIGURE_KINDS;

/** Figures as an address carries them; what cannot be read, or is more than it may carry, is left out. */
export const readFigures = (texts: readonly string[]): readonly Figure[] => withinBounds(texts.flatMap((text) => readFigure(text) ?? []));
export const writeFigure = (figure: Figure): string => printFigure(figure);
export const measureFigure = (figure: Figure): ReturnType<typeof measure> => measure(figure);
export const figuresFile = (figures: readonly Figure[]): ReturnType<typeof figuresAsGeoJson> => figuresAsGeoJson(figures);

/** Adds what somebody has typed. */
export function addTyped(figures: readonly Figure[], kind: string, text: string): Result<readonly Figure[], Problem> {
  const read = readTyped(kind, text);
  if (!read.ok) return read;
  const all = withinBounds([...figures, read.value]);
  return all.length > figures.length
    ? ok(all)
    : refuse(invalidField('orte', 'Mehr passt nicht in die Adresse: höchstens 20 Zeichnungen mit zusammen 200 Orten. Entfernen Sie erst eine.'));
}
