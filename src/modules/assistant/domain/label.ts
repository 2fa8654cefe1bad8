import type { ModelOrigin } from '../../../kernel/language-model.ts';
import type { NamedSource } from './source.ts';

/** How a text came to be. */
export type Made = 'model' | 'extract' | 'template';

export interface LabelFacts {
  readonly made: Made;
  readonly origin?: ModelOrigin;
  /** The answer ended before it was whole. */
  readonly brokenOff: boolean;
  /** A person has changed the text since. */
  readonly edited: boolean;
  readonly confirmedBy?: string;
  readonly sources: readonly NamedSource[];
  /** What the text says in figures and the sources do not. */
  readonly missing?: readonly string[];
  /** Statements of a model that were left out. */
  readonly dropped?: number;
}

/** What stands beside a text, in German, and what a program reads in its file. */
export interface AiLabel {
  readonly lines: readonly string[];
  /** Value of `data-ai-generated`; absent: no model was at work. */
  readonly mark?: string;
  /** Names and values for the metadata of a file. */
  readonly properties: Readonly<Record<string, string>>;
}

const WITHOUT: Readonly<Record<Exclude<Made, 'model'>, string>> = {
  extract: 'Ohne KI: Auszug aus dem Dokument.',
  template: 'Ohne KI: aus Textbausteinen und Ihren Stichpunkten zusammengesetzt.',
};

const MOST_NAMED = 10;
const LONGEST_NAMED = 60;

/** What is wrong with a text goes wherever the text goes. */
function warnings(missing: readonly string[], dropped: number): readonly string[] {
  const named = missing.slice(0, MOST_NAMED).map((one) => `„${one.slice(0, LONGEST_NAMED).toWellFormed()}“`);
  const more = missing.length > MOST_NAMED ? ' und weitere' : '';
  const figures = missing.length === 1 ? 'Eine Angabe steht' : `${missing.length} Angaben stehen`;
  return [
    ...(missing.length === 0 ? [] : [`${figures} so nicht in den Quellen: ${named.join(', ')}${more}.`]),
    ...(dropped === 0 ? [] : [dropped === 1 ? 'Eine Aussage des Modells ist weggelassen.' : `${dropped} Aussagen des Modells sind weggelassen.`]),
  ];
}

/** The label of a text: by what it was made, from what, and who has looked. */
export function aiLabel({ made, origin, brokenOff, edited, confirmedBy, sources, missing = [], dropped = 0 }: LabelFacts): AiLabel {
  const byModel = made === 'model' && origin !== undefined;
  const first = byModel
    ? `KI-erzeugt, bitte prüfen. Modell: ${origin.modelLabel}. Vorgabe: ${origin.promptId}, Fassung ${origin.promptVersion}.`
    : made === 'model'
      ? 'KI-erzeugt, bitte prüfen. Das Modell hat nicht gesagt, welches es ist.'
      : WITHOUT[made];
  const lines = [
    first,
    ...(brokenOff ? ['Abgebrochen: Der Text ist nicht vollständig.'] : []),
    ...warnings([...new Set(missing)], dropped),
    ...(edited ? ['Von einer Person bearbeitet.'] : []),
    ...(confirmedBy === undefined ? [] : [`Geprüft von ${confirmedBy}.`]),
  ];
  const properties: Record<string, string> = {
    'Kontor-Made': made,
    ...(brokenOff ? { 'Kontor-Incomplete': 'true' } : {}),
    ...(edited ? { 'Kontor-Edited': 'true' } : {}),
  };
  if (made === 'model') properties['AI-Generated'] = 'true';
  if (byModel)
    Object.assign(properties, {
      'AI-Model': origin.model,
      'AI-Prompt': `${origin.promptId}@${origin.promptVersion}`,
      'AI-Input-SHA256': origin.inputSha256,
    });
  if (confirmedBy !== undefined) properties['Confirmed-By'] = confirmedBy;
  if (sources.length > 0) properties['Sources-SHA256'] = sources.map(({ sha256 }) => sha256).join(' ');
  return { lines, properties, ...(made === 'model' ? { mark: byModel ? `${origin.model} ${origin.promptId}@${origin.promptVersion}` : 'unknown' } : {}) };
}
