/** The language of formulas, as this module needs it; the application gives it the interpreter of `rules`. */
export interface Feel {
  /** Value of an expression; null for what is unknown, and for a division by zero. */
  readonly evaluate: (text: string, values: Readonly<Record<string, number | null>>) => unknown;
  /** Why the text cannot be read. */
  readonly mistake: (text: string) => string | undefined;
}
