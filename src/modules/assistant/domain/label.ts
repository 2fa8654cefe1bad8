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

/** The label of a text: by what it was made, from what, and who has looked. */
export function aiLabel({ made, origin, brokenOff, edited, confirmedBy, sources }: LabelFacts): AiLabel {
  const byModel = made === 'model' && origin !== undefined;
  const first = byModel
    ? `KI-erzeugt, bitte prüfen. Modell: ${origin.modelLabel}. Vorgabe: ${origin.promptId}, Fassung ${origin.promptVersion}.`
    : made === 'model'
      ? 'KI-erzeugt, bitte prüfen. Das Modell hat nicht gesagt, welches es ist.'
      : WITHOUT[made];
  const lines = [
    first,
    ...(brokenOff ? ['Abgebrochen: Der Text ist nicht vollständig.'] : []),
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
