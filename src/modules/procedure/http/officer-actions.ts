import { validate } from '../../../platform/http/validation.ts';
import { invalidFields, type FieldProblem, type Problem } from '../../../kernel/problem.ts';
import { ok, refuse, type Result } from '../../../kernel/result.ts';
import { selectField, textArea } from '../../../platform/ui/form.ts';
import { checkboxGroup, radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion } from '../../../platform/ui/parts.ts';
import { checksOf } from '../domain/checklist.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import { consequenceOf } from './officer-consequences.ts';
import { draftForm, draftView, readDraft } from './officer-decision.ts';
import { boxesOf, fieldOf, nameIn, postedOf, type FormInput, type Posted } from './officer-form.ts';
import { actionTexts, type OfficerAction } from './officer-texts.ts';
import { recordedWords } from './officer-received.ts';
import { readStep, stepFields } from './officer-course.ts';
import { shownDay, type OfficerCase } from './officer-view.ts';
import { commandSchema, type CommandInput } from './schemas.ts';

/** How one action is asked for and read. */
interface ActionForm {
  /** Fields of the form, with what was typed. */
  readonly fields: (at: OfficerCase, input: FormInput, wished: Outcome | undefined) => Html;
  /** The command as JSON has it; mistakes of reading go to `posted.complain`. */
  readonly read: (posted: Posted, at: OfficerCase) => Record<string, unknown>;
  /** Another button beside the main one. */
  readonly extra?: (at: OfficerCase) => Html;
  readonly danger?: true;
}

const reasonArea = (input: FormInput, label: string, hint?: string): Html =>
  textArea({ ...fieldOf(input, 'reason'), label, rows: 4, ...(hint === undefined ? {} : { hint }) });
const dueField = (input: FormInput, days: number): Html =>
  dateField({ ...fieldOf(input, 'dueOn'), label: 'Frist bis', hint: `Leer: ${days} Tage ab heute. Zum Beispiel 24.11.2026.`, required: false });
const optionalDay = (posted: Posted, field: string): Record<string, string> => {
  const day = posted.day(field);
  return day === undefined ? {} : { [field]: day };
};
const showDraft = (at: OfficerCase): Html => draftView(at);

const FORMS: Readonly<Record<OfficerAction, ActionForm>> = {
  'confirm-complete': {
    fields: (at, input) =>
      dateField({
        ...fieldOf(input, 'completeOn'),
        label: 'Vollständig seit',
        hint: `Leer: der Tag der letzten Einreichung, ${shownDay(at.found.state.lastFiledOn)}.`,
        required: false,
      }),
    read: (posted) => optionalDay(posted, 'completeOn'),
  },
  'request-documents': { fields: requestFields, read: readRequest },
  hear: {
    fields: (at, input) =>
      html`${textArea({ ...fieldOf(input, 'text'), label: 'Wozu soll sich die Person äußern?', hint: 'Nennen Sie die Entscheidung, die Sie erwägen, und die Tatsachen, auf die Sie sie stützen. Der Text steht im Schreiben.', rows: 6 })}${dueField(input, at.rules.hearingDays)}`,
    read: (posted) => ({ text: posted.text('text'), ...optionalDay(posted, 'dueOn') }),
  },
  suspend: {
    fields: (_at, input) =>
      html`${reasonArea(input, 'Warum ruht das Verfahren?', 'Der Grund steht in der Akte.')}${dateField({ ...fieldOf(input, 'from'), label: 'Ausgesetzt ab', hint: 'Leer: ab heute. Zum Beispiel 24.11.2026.', required: false })}`,
    read: (posted) => ({ reason: posted.text('reason'), ...optionalDay(posted, 'from') }),
  },
  resume: {
    fields: (_at, input) => dateField({ ...fieldOf(input, 'on'), label: 'Fortgesetzt ab', hint: 'Leer: ab heute. Zum Beispiel 24.11.2026.', required: false }),
    read: (posted) => optionalDay(posted, 'on'),
  },
  extend: {
    fields: (_at, input) => reasonArea(input, 'Warum brauchen Sie mehr Zeit?', 'Der Grund steht im Schreiben an die Person.'),
    read: (posted) => ({ reason: posted.text('reason') }),
  },
  'draft-decision': {
    fields: (at, input, wished) => draftForm(at, input, 'draft-decision', wished),
    read: (posted, at) => readDraft(posted, at, 'draft-decision'),
  },
  'decide-objection': {
    fields: (at, input, wished) => draftForm(at, input, 'decide-objection', wished),
    read: (posted, at) => readDraft(posted, at, 'decide-objection'),
  },
  'follow-decision': {
    fields: (at, input, wished) => draftForm(at, input, 'follow-decision', wished),
    read: (posted, at) => readDraft(posted, at, 'follow-decision'),
  },
  'submit-for-approval': { fields: showDraft, read: () => ({}) },
  approve: { fields: showDraft, read: () => ({}), danger: true },
  decide: { fields: showDraft, read: () => ({}), danger: true },
  'return-draft': {
    fields: (_at, input) => textArea({ ...fieldOf(input, 'remark'), label: 'Was ist am Entwurf zu ändern?', rows: 4 }),
    read: (posted) => ({ remark: posted.text('remark') }),
  },
  'record-step': { fields: stepFields, read: readStep },
  'record-bekanntgabe': {
    fields: (at, input) =>
      html`${
        at.rules.promulgation !== undefined
          ? ''
          : radioGroup({
              ...fieldOf(input, 'via'),
              label: 'Was können Sie belegen?',
              options: [
                { value: 'post', label: 'Aufgabe zur Post', hint: 'Der Tag, an dem der Brief zur Post ging.' },
                { value: 'zugang', label: 'Nachgewiesener späterer Zugang', hint: 'Der Tag, an dem der Bescheid nachweislich ankam.' },
              ],
            })
      }${dateField({ ...fieldOf(input, 'on'), label: 'Tag' })}`,
    read: (posted, at) => (at.rules.promulgation === undefined ? readBekanntgabe(posted) : { ...readBekanntgabe(posted, 'verkuendung') }),
  },
  'answer-request': recordedWords('Was hat die Person geantwortet?', 'Oder: wo die Antwort liegt, zum Beispiel „Brief vom 24.11.2026, siehe Unterlagen“.'),
  'answer-hearing': recordedWords('Wie hat sich die Person geäußert?', 'Der Text steht in der Akte, wie Sie ihn schreiben.'),
  object: recordedWords(
    'Was schreibt die Person in ihrem Widerspruch?',
    'Der Widerspruch muss schriftlich, zur Niederschrift oder elektronisch nach § 3a VwVfG eingelegt sein.',
  ),
  withdraw: {
    fields: (_at, input) => reasonArea(input, 'Wie und wann hat die Person den Antrag zurückgenommen?'),
    read: (posted) => ({ reason: posted.text('reason') }),
    danger: true,
  },
  'request-certificate': { fields: () => html``, read: () => ({}) },
  note: { fields: (_at, input) => textArea({ ...fieldOf(input, 'text'), label: 'Vermerk', rows: 4 }), read: (posted) => ({ text: posted.text('text') }) },
  assign: {
    fields: assignFields,
    read: readAssignment,
    extra: (at) => button({ label: 'Mir zuweisen', kind: 'secondary', name: nameIn('assign', 'me'), value: at.staffId }),
  },
  remind: {
    fields: (at, input) =>
      dateField({
        ...fieldOf(input, 'on', at.found.state.remindOn ?? ''),
        label: 'Wiedervorlage am',
        ...(at.found.state.remindOn === undefined ? {} : { hint: 'Leer: Die Wiedervorlage wird gelöscht. Zum Beispiel 24.11.2026.' }),
      }),
    read: readReminder,
  },
  'check-tasks': { fields: checkFields, read: (posted) => ({ done: posted.all('done') }) },
  transfer: { fields: transferFields, read: readTransfer },
};

function checkFields(at: OfficerCase, input: FormInput): Html {
  const checks = checksOf(at.found.state, at.rules);
  const options = checks.map(({ key, name, required, done }) => ({
    value: key,
    label: required ? `${name} (nötig vor der Entscheidung)` : name,
    ...(done === undefined ? {} : { hint: `${at.nameOf(done.by)}, ${shownDay(done.on)}` }),
  }));
  const preset = checks.flatMap(({ key, done }) => (done === undefined ? [] : [key]));
  return checkboxGroup({ ...boxesOf(input, 'done', preset), label: 'Was ist geprüft?', required: false, options });
}

function requestFields(at: OfficerCase, input: FormInput): Html {
  const { pkg } = at.found;
  return html`${checkboxGroup({ ...boxesOf(input, 'items', []), label: 'Welche Unterlagen fehlen?', options: pkg.form.documents.map((document) => ({ value: document.id, label: document.label.de })) })}
${textArea({ ...fieldOf(input, 'more'), label: 'Was fehlt sonst?', hint: 'Jede Zeile ist ein Punkt im Schreiben.', required: false, rows: 3 })}
${textArea({ ...fieldOf(input, 'text'), label: 'Erläuterung', required: false, rows: 4 })}${dueField(input, at.rules.requestDays)}`;
}

function readRequest(posted: Posted, at: OfficerCase): Record<string, unknown> {
  const ticked = posted.all('items');
  const named = at.found.pkg.form.documents
    .filter((document) => ticked.includes(document.id))
    .map((document) => ({ id: document.id, text: document.label.de }));
  const lines = posted
    .text('more')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return {
    items: [...named, ...lines.map((text, index) => ({ id: `sonstiges-${index + 1}`, text }))],
    text: posted.text('text'),
    ...optionalDay(posted, 'dueOn'),
  };
}

function readBekanntgabe(posted: Posted, only?: 'verkuendung'): Record<string, unknown> {
  const via = only ?? posted.text('via');
  if (via === '') posted.complain('via', 'Wählen Sie, was Sie belegen können.');
  const before = posted.problems.length;
  const on = posted.day('on');
  if (on === undefined && posted.problems.length === before) posted.complain('on', 'Nennen Sie den Tag, zum Beispiel 24.11.2026.');
  return { via, on };
}

function assignFields(at: OfficerCase, input: FormInput): Html {
  const options = at.colleagues.map((one) => ({ value: one.staffId, label: one.name }));
  return selectField({
    ...fieldOf(input, 'staffId', at.found.state.assignee ?? ''),
    label: 'Wer bearbeitet den Vorgang?',
    options,
    empty: 'Niemand: nicht zugewiesen',
    required: true,
  });
}

function readAssignment(posted: Posted, at: OfficerCase): Record<string, unknown> {
  if (posted.has('me')) return { staffId: at.staffId };
  const staffId = posted.text('staffId');
  if (staffId === '') return { staffId: null };
  if (!at.colleagues.some((one) => one.staffId === staffId))
    posted.complain('staffId', 'Diese Person arbeitet nicht in Ihrer Behörde. Wählen Sie eine aus der Liste.');
  return { staffId };
}

function readReminder(posted: Posted, at: OfficerCase): Record<string, unknown> {
  const before = posted.problems.length;
  const on = posted.day('on');
  if (on === undefined && posted.problems.length === before && at.found.state.remindOn === undefined)
    posted.complain('on', 'Nennen Sie den Tag der Wiedervorlage, zum Beispiel 24.11.2026.');
  return { on: on ?? null };
}

function transferFields(at: OfficerCase, input: FormInput): Html {
  const others = at.authorities.filter((one) => one.id !== at.found.state.authority).map((one) => ({ value: one.id, label: one.name }));
  return html`${selectField({ ...fieldOf(input, 'authority'), label: 'Welche Behörde ist zuständig?', options: others, empty: true })}${reasonArea(input, 'Warum geben Sie ab?', 'Der Grund steht in der Akte.')}`;
}

function readTransfer(posted: Posted, at: OfficerCase): Record<string, unknown> {
  const authority = posted.text('authority');
  if (!at.authorities.some((one) => one.id === authority)) posted.complain('authority', 'Wählen Sie die Behörde, die zuständig ist.');
  return { authority, reason: posted.text('reason') };
}

/** Reads a posted form into a command. Mistakes stand at the form's fields, without the action before them. */
export function readAction(action: OfficerAction, fields: URLSearchParams, at: OfficerCase): Result<CommandInput, Problem> {
  const posted = postedOf(action, fields);
  const input = { ...FORMS[action].read(posted, at), action };
  if (posted.problems.length > 0) return refuse(invalidFields(posted.problems));
  const checked = validate(commandSchema, input);
  return checked.ok ? ok(checked.value) : refuse({ ...checked.problem, fields: atFormFields(checked.problem.fields ?? []) });
}

/** The command's field names as the form has them: `text.reasons.0` stands in the field `reasons`. */
export function atFormFields(problems: readonly FieldProblem[]): FieldProblem[] {
  const renamed = problems.map(({ field, message }) => ({ field: formField(field), message }));
  return renamed.filter((one, index) => renamed.findIndex((other) => other.field === one.field && other.message === one.message) === index);
}

function formField(field: string): string {
  const path = field.split('.');
  if (path[0] === 'text' && path.length > 1) path.shift();
  const [first = '', second, third] = path;
  if (first === 'feeCents') return 'fee';
  if (first === 'nebenbestimmungen') return 'nb';
  return first === 'items' && third !== undefined && third !== 'id' && third !== 'text' ? `items.${second}.${third}` : first;
}

/** What was refused last, so that its form shows everything again. */
export interface Refused {
  readonly input: FormInput;
  readonly problem: Problem;
  /** Version the hidden field carries on: the one that was posted, or the new one after a conflict. */
  readonly version: number;
}

/** The offered actions, each a disclosure with what follows from it and its own form. */
export function actionForms(at: OfficerCase, lang: Lang, refused: Refused | undefined, wished: Outcome | undefined): Html {
  return html`${at.actions.map((action) => {
    const mine = refused?.input.action === action ? refused : undefined;
    const open = mine !== undefined || (action === 'draft-decision' && wished !== undefined);
    return html`<div id="aktion-${action}">${accordion(actionTexts(lang)[action], html`<div lang="de">${actionForm(at, action, mine, wished)}</div>`, { open })}</div>`;
  })}`;
}

function actionForm(at: OfficerCase, action: OfficerAction, refused: Refused | undefined, wished: Outcome | undefined): Html {
  const { state } = at.found;
  const kind = FORMS[action];
  const label = actionTexts('de')[action];
  const input = refused?.input ?? { action, typed: undefined, problems: [] };
  return html`<p class="kern-body">${consequenceOf(action, at)}</p>
${form({ action: `/eingang/${state.id}/${action}`, hidden: { version: String(refused?.version ?? state.version) } }, html`${kind.fields(at, input, wished)}${buttonRow(button({ label: action.endsWith('-decision') || action === 'decide-objection' ? 'Entwurf speichern' : label, ...(kind.danger === true ? { kind: 'danger' as const } : {}) }), kind.extra?.(at))}`)}`;
}

/** What was typed for a step that is no longer possible: shown, and nothing to send it with. */
export function keptFields(at: OfficerCase, { input }: Refused): Html | undefined {
  const { fields } = FORMS[input.action];
  return fields === showDraft ? undefined : fields(at, input, undefined);
}
