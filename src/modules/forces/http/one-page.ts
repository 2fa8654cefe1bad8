import type { Problem } from '../../../kernel/problem.ts';
import { summaryList, timeline } from '../../../platform/ui/components.ts';
import { button, buttonForm, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { Opened } from '../application/records.ts';
import { UNIT_STATUS } from '../../../kernel/forces.ts';
import { mayEdit, nameOf, nextSteps } from '../application/reading.ts';
import type { ForceRecord, RecordKind } from '../domain/records.ts';
import { FIELDS, formFields, labelOf, typedOf, wordOf, type Choices } from './form-fields.ts';
import { PATHS, presentBody } from './schemas.ts';
import { recordTable, stateOf } from './tables.ts';
import { forcesTexts } from './texts.ts';

export interface OneShown {
  readonly kind: RecordKind;
  readonly opened: Opened<RecordKind>;
  /** Of a unit: what it has to do. */
  readonly tasks: readonly ForceRecord<'task'>[];
  readonly choices: Choices;
  readonly now: Temporal.Instant;
  /** What was refused, as it was typed. */
  readonly sent: { readonly typed: URLSearchParams; readonly problem: Problem } | undefined;
}

/** One thing: how it stands, what may happen to it, how it came there. */
export function onePage(view: PageView, { kind, opened, tasks, choices, now, sent }: OneShown): Html {
  const { lang } = view;
  const t = forcesTexts(lang);
  const { record, changes } = opened;
  const { lage, member } = opened.view;
  const title = nameOf(record);
  const action = `/lagen/${lage.key}/${PATHS[kind]}/${record.id}`;
  const problems = sent?.problem.fields ?? [];
  const typed = sent !== undefined && !sent.typed.has('step') && !sent.typed.has('position') ? sent.typed : typedOf(kind, presentBody(record.body));
  const fields = formFields(kind, typed, problems, choices, lang);
  const edit = mayEdit(opened.view, kind)
    ? section(t.edit, form({ action, hidden: { basis: String(record.version) } }, html`${fields}${buttonRow(button({ label: t.save, kind: 'secondary' }))}`))
    : '';
  const main = html`${sent === undefined ? '' : errorSummary(problems, lang, problems.length === 0 ? sent.problem.detail : undefined)}${pageTitle(title, { lead: stateOf(record, lang) })}
${section(t.steps, stepForms(record, `${action}/schritte`, choices, sent, lang))}
${kind === 'unit' ? html`${section(t.tasks, recordTable('task', tasks, lage.key, member.id, now, lang))}${buttonRow(linkButton({ label: t.map, href: `/lagen/${lage.key}/karte`, kind: 'secondary' }))}` : ''}
${section(t.now, facts(record, choices, lang))}${edit}
${section(
  t.history,
  timeline(
    changes.map(({ step, changedAt, changedBy }) => ({
      when: formatInstant(lang, changedAt),
      iso: changedAt.toString(),
      title: wordOf(lang, step),
      body: changedBy,
    })),
  ),
)}`;
  return page(view, {
    title,
    main,
    hasErrors: sent !== undefined,
    breadcrumb: [{ label: t[kind], href: `/lagen/${lage.key}/${PATHS[kind]}` }, { label: title }],
  });
}

function facts({ kind, body }: ForceRecord, choices: Choices, lang: Lang): Html {
  const typed = typedOf(kind, presentBody(body));
  const chosen = [...choices.section, ...choices.unit, ...choices.member];
  const rows = Object.keys(FIELDS[kind]).map((name) => {
    const value = typed.get(name) ?? '';
    return { label: labelOf(lang, name), value: chosen.find((one) => one.value === value)?.label ?? wordOf(lang, value) };
  });
  return summaryList(rows, lang);
}

/** Large buttons and short forms: they work on a phone, and without JavaScript. */
function stepForms(record: ForceRecord, action: string, choices: Choices, sent: OneShown['sent'], lang: Lang): Html {
  const t = forcesTexts(lang);
  const hidden = { basis: String(record.version) };
  const field = (name: string) => ({
    name,
    lang,
    label: labelOf(lang, name),
    value: sent?.typed.get(name) ?? '',
    ...errorOf(sent?.problem.fields ?? [], name),
  });
  const choose = (steps: readonly string[]): Html => selectField({ ...field('step'), options: steps.map((value) => ({ value, label: wordOf(lang, value) })) });
  const save = buttonRow(button({ label: t.save }));
  const { body } = record;
  if ('callSign' in body) {
    const where = textField({ ...field('position'), label: t.where, hint: t.badPlace, width: 'm' });
    return html`<div class="k-buttons">${UNIT_STATUS.filter((one) => one !== body.status).map((status) =>
      buttonForm(action, { label: wordOf(lang, status), kind: 'secondary' }, { ...hidden, step: 'status', status }),
    )}</div>${form({ action: action.replace(/schritte$/, 'position') }, html`${where}${save}`)}`;
  }
  if ('priority' in body) {
    const steps = nextSteps(body);
    if (steps.length === 0) return html`<p class="kern-body">${wordOf(lang, body.state)}${body.reason === '' ? '' : `: ${body.reason}`}</p>`;
    const quick = steps
      .filter((step) => step !== 'cannot' && step !== 'withdraw')
      .map((step) => buttonForm(action, { label: wordOf(lang, step), kind: 'secondary' }, { ...hidden, step }));
    return html`<div class="k-buttons">${quick}</div>${form({ action, hidden }, html`${choose(['cannot', 'withdraw'])}${textField(field('reason'))}${save}`)}`;
  }
  if ('quantity' in body)
    return form(
      { action, hidden },
      html`${choose(['offer', 'fulfil', 'refuse'])}${textField({ ...field('quantity'), inputmode: 'numeric', width: 's' })}${selectField({ ...field('unitIds'), options: choices.unit, empty: '–' })}${textField(field('reason'))}${save}`,
    );
  if ('capacity' in body) {
    const states = ['prepared', 'open', 'full', 'closing', 'closed'].filter((one) => one !== body.state);
    return html`${form({ action, hidden: { ...hidden, step: 'count' } }, html`${textField({ ...field('count'), inputmode: 'numeric', width: 's' })}${save}`)}<div class="k-buttons">${states.map(
      (state) => buttonForm(action, { label: wordOf(lang, state), kind: 'secondary' }, { ...hidden, step: 'state', state }),
    )}</div>`;
  }
  return form(
    { action, hidden: { ...hidden, step: 'move' } },
    html`${textField({ ...field('change'), inputmode: 'text', width: 's' })}${textField(field('reason'))}${save}`,
  );
}
