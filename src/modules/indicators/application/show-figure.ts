import { figureWords } from '../../../kernel/indicator-figure.ts';

/** A figure as people read it; the strategy and its reports show it the same way. */
export const showFigure = figureWords;
