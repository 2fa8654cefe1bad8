import { textArea } from '../../../platform/ui/form.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { judgeAnswers, type ServicePackage } from '../../catalogue/public.ts';
import { LOOSE_SLOT, ORIGINAL_SLOT } from '../application/received-files.ts';
import { sourceOf, type Case } from '../domain/case.ts';
import type { Source } from '../domain/events.ts';
import { fieldOf, type FormInput, type Posted } from './officer-form.ts';
import { bulletList, dayOf, type OfficerCase } from './officer-view.ts';

/** The systems that bring applications, by the names they have in the file. */
export const SOURCE_NAMES: Readonly<Record<Source, string>> = { 'fit-connect': 'FIT-Connect', xbau: 'XBau', xdomea: 'xdomea' };

/** Where the case came from, in a few words; nothing for the ordinary way. */
export function originText({ origin }: Pick<Case, 'origin'>): string | undefined {
  if (origin === undefined) return undefined;
  return origin === 'amt' ? 'von Amts wegen begonnen (§ 22 VwVfG)' : `eingegangen über ${SOURCE_NAMES[origin]}`;
}

/** What files are that no document of the package asks for. */
export const SLOT_LABELS: Readonly<Record<string, string>> = { [LOOSE_SLOT]: 'Weitere Dateien', [ORIGINAL_SLOT]: 'Antrag, wie er einging' };

/** What an officer must know of a case from another system, before anything is done. */
export function receivedPoints({ found: { state, pkg, uploads } }: OfficerCase): Html[] {
  const source = sourceOf(state);
  if (source === undefined || state.decisions.length > 0) return [];
  if (state.status === 'abgeschlossen') return refusedPoint(state);
  const filled = new Set(uploads.map(({ slot }) => slot));
  const missing = labelsOf(pkg, judgeAnswers(pkg, state.answers, { lang: 'de', today: dayOf(state.submittedOn), filled }).missing);
  return [
    alert(
      'info',
      `Eingegangen über ${SOURCE_NAMES[source]}`,
      html`<p class="kern-body">Zu diesem Antrag gibt es kein Servicekonto: Wer ihn gestellt hat, ist nicht geprüft, und Schreiben gehen mit der Post. Was die Person antwortet, halten Sie hier fest.</p>`,
    ),
    ...(missing.length === 0
      ? []
      : [alert('warning', 'Das fehlt im Antrag', html`${bulletList(missing)}<p class="kern-body">Fordern Sie es nach, wenn Sie es brauchen.</p>`)]),
    ...refusedPoint(state, 'Sagen Sie es der Person, und fordern Sie die Unterlagen nach.'),
  ];
}

function refusedPoint({ refusedFiles }: Case, remedy = 'Sie liegen in der Datei, wie sie einging.'): Html[] {
  if (refusedFiles === undefined) return [];
  const listed = bulletList(refusedFiles.map(({ fileName, refused }) => `${fileName}: ${refused}`));
  return [alert('warning', 'Diese Dateien konnten wir nicht annehmen (§ 3a Abs. 3 VwVfG)', html`${listed}<p class="kern-body">${remedy}</p>`)];
}

/** `trees.0.photo` -> `Baum 1: Foto des Baumes`. */
function labelsOf(pkg: ServicePackage, problems: readonly { readonly field: string }[]): string[] {
  return problems.map(({ field }) => {
    const [first = '', index, inner] = field.split('.');
    const page = pkg.form.pages.find((one) => (inner === undefined ? one.fields.some(({ id }) => id === first) : one.repeat?.id === first));
    const label = page?.fields.find(({ id }) => id === (inner ?? first))?.label.de ?? field;
    return inner === undefined ? label : `${page?.repeat?.itemLabel.de ?? first} ${Number(index) + 1}: ${label}`;
  });
}

const receivedField = (input: FormInput): Html =>
  dateField({
    ...fieldOf(input, 'receivedOn'),
    label: 'Eingegangen am',
    hint: 'Leer: heute. Der Tag des Eingangs entscheidet über die Frist.',
    required: false,
  });

/** A form for what a person without a Servicekonto has written. */
export const recordedWords = (label: string, hint: string) => ({
  fields: (_at: OfficerCase, input: FormInput): Html => html`${textArea({ ...fieldOf(input, 'text'), label, hint, rows: 5 })}${receivedField(input)}`,
  read: (posted: Posted): Record<string, unknown> => {
    const day = posted.day('receivedOn');
    return { text: posted.text('text'), ...(day === undefined ? {} : { receivedOn: day }) };
  },
});
