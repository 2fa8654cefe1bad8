/** One mistake in a Typst template; lines and columns count from 1. */
export interface TemplateMistake {
  /** `template` or a house file such as `/letter.typ`. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** The text holds signs that the fonts cannot draw; the template itself may be fine. */
  readonly undrawable: boolean;
}

/** A template that cannot be set. Thrown: a package with such a template never passes `service lint`. */
export class TemplateError extends Error {
  readonly mistakes: readonly TemplateMistake[];
  constructor(mistakes: readonly TemplateMistake[]) {
    const list = mistakes.map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`).join('\n');
    super(list === '' ? 'the template cannot be set' : list);
    this.name = 'TemplateError';
    this.mistakes = mistakes;
  }
}

interface Diagnostic {
  readonly message: string;
  readonly path: string;
  readonly range: { readonly start: { readonly line: number; readonly character: number } } | null;
  /** 1 error, 2 warning, 4 trace. */
  readonly severity: number;
}

/** The compiler's diagnostics with files as the author knows them. */
export function locate(diagnostics: readonly unknown[], root: string, main: string): TemplateMistake[] {
  return (diagnostics as readonly Diagnostic[])
    .filter((one) => one.severity === 1)
    .map((one) => ({
      file: one.path === main ? 'template' : one.path.slice(one.path.startsWith(root) ? root.length : 0),
      line: (one.range?.start.line ?? 0) + 1,
      column: (one.range?.start.character ?? 0) + 1,
      message: one.message.replaceAll(root, ''),
      undrawable: false,
    }));
}

/** Mistakes found while writing the PDF. Typst gives them as one string without places. */
export function exportMistakes(message: string): TemplateMistake[] {
  const found = message
    .split('message: "')
    .slice(1)
    .map((part) => part.slice(0, endOfString(part)).replaceAll('\\"', '"').replaceAll('\\`', '`'));
  return (found.length > 0 ? found : [message]).map((text) => ({
    file: 'template',
    line: 1,
    column: 1,
    message: text,
    undrawable: text.includes('could not be displayed'),
  }));
}

function endOfString(text: string): number {
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i;
  }
  return text.length;
}

/**
 * Refuses what a letter must not do: load packages from the network, and read data as code.
 * Templates are the operator's own files; this catches slips, the empty workspace keeps the rest out.
 */
export function withoutPackages(template: string): void {
  const mistakes: TemplateMistake[] = [];
  for (const [index, line] of template.split('\n').entries()) {
    for (const { pattern, message } of FORBIDDEN) {
      const at = line.search(pattern);
      if (at >= 0) mistakes.push({ file: 'template', line: index + 1, column: at + 1, message, undrawable: false });
    }
  }
  if (mistakes.length > 0) throw new TemplateError(mistakes);
}

const FORBIDDEN = [
  { pattern: /"@[a-z]/, message: 'Ein Brief lädt keine Pakete aus dem Netz. Nehmen Sie "/letter.typ".' },
  { pattern: /\beval\(/, message: 'eval() macht Daten zu Programm. Schreiben Sie die Angabe als Text: #data.feld' },
] as const;
