import type { Position } from '../../../kernel/geo.ts';
import { invalidFields, type FieldProblem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { EMAIL } from './decide-asking.ts';
import type { AnswerKind, Author, FileRef, StatementWords } from './events.ts';
import type { ParticipationProblem } from './problems.ts';

/** As typed; checked here, kept by the page when something is wrong. */
export interface StatementInput {
  readonly text: string;
  readonly conditions?: readonly string[];
  readonly author?: { readonly name?: string | undefined; readonly address?: string | undefined; readonly email?: string | undefined };
  readonly places?: readonly Position[];
}

export const LIMITS = { text: 10_000, name: 200, address: 300, email: 254, places: 5, conditions: 20, condition: 2000, files: 5, fileMegabytes: 25 } as const;

/** Rough box around the city: a place elsewhere is a slip. */
const WORLD = { west: 9.3, east: 10.7, south: 53.2, north: 54.0 };
const inside = ({ lon, lat }: Position): boolean => lon >= WORLD.west && lon <= WORLD.east && lat >= WORLD.south && lat <= WORLD.north;

const TOO_LONG = (most: number): string => `Kürzen Sie die Angabe auf höchstens ${most} Zeichen.`;

/** Checks what somebody wrote. `answer` says whose words are needed: an agency may have no objection without a word. */
export function readStatement(
  input: StatementInput,
  who: {
    readonly answer: AnswerKind | 'statement';
    readonly personal: boolean;
    readonly accountId?: string | undefined;
    readonly attachments: readonly FileRef[];
  },
): Result<StatementWords, ParticipationProblem> {
  const problems: FieldProblem[] = [];
  const text = input.text.trim();
  const conditions = (input.conditions ?? []).map((one) => one.trim()).filter((one) => one !== '');
  const needsWords = who.answer === 'statement' || who.answer === 'objection' || (who.answer === 'conditions' && conditions.length === 0);
  if (text === '' && needsWords)
    problems.push({ field: 'text', message: who.answer === 'statement' ? 'Schreiben Sie Ihre Stellungnahme.' : 'Nennen Sie Ihre Gründe oder Bedingungen.' });
  if (text.length > LIMITS.text) problems.push({ field: 'text', message: TOO_LONG(LIMITS.text) });
  if (conditions.length > LIMITS.conditions) problems.push({ field: 'conditions', message: `Nennen Sie höchstens ${LIMITS.conditions} Nebenbestimmungen.` });
  if (conditions.some((one) => one.length > LIMITS.condition)) problems.push({ field: 'conditions', message: TOO_LONG(LIMITS.condition) });
  const author = readAuthor(input.author ?? {}, problems);
  const places = input.places ?? [];
  if (places.length > LIMITS.places) problems.push({ field: 'place', message: `Wählen Sie höchstens ${LIMITS.places} Orte.` });
  if (!places.every(inside)) problems.push({ field: 'place', message: 'Dieser Ort liegt nicht in Hamburg und Umgebung. Wählen Sie ihn neu.' });
  if (problems.length > 0) return refuse(invalidFields(problems));
  const { accountId } = who;
  const round = ({ lon, lat }: Position): Position => ({ lon: Math.round(lon * 1e6) / 1e6, lat: Math.round(lat * 1e6) / 1e6 });
  return ok({
    text,
    conditions,
    author,
    personal: who.personal,
    ...(accountId === undefined ? {} : { accountId }),
    places: places.map(round),
    attachments: who.attachments,
  });
}

function readAuthor(typed: NonNullable<StatementInput['author']>, problems: FieldProblem[]): Author {
  const read = (field: 'name' | 'address' | 'email'): string => {
    const value = (typed[field] ?? '').trim();
    if (value.length > LIMITS[field]) problems.push({ field, message: TOO_LONG(LIMITS[field]) });
    return value;
  };
  const [name, address, email] = [read('name'), read('address'), read('email')];
  if (email !== '' && !EMAIL.test(email))
    problems.push({ field: 'email', message: 'Geben Sie eine vollständige E-Mail-Adresse an, etwa name@beispiel.de, oder lassen Sie das Feld leer.' });
  return { ...(name === '' ? {} : { name }), ...(address === '' ? {} : { address }), ...(email === '' ? {} : { email }) };
}
