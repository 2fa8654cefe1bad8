import type { Problem } from '../../../kernel/problem.ts';
import { button, buttonRow, errorOf, form } from '../../../platform/ui/form-frame.ts';
import { selectField, textField } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { accordion, section } from '../../../platform/ui/parts.ts';
import type { EventDetails } from '../application/read-reports.ts';
import type { Member } from '../domain/event.ts';
import { CREDIBILITIES, RELIABILITIES } from '../../../kernel/report.ts';
import { LONGEST } from './limits.ts';
import type { KeptLink } from '../application/read-reports.ts';
import { reportsPath } from './list-page.ts';
import { CREDIBILITY_NAMES, RELIABILITY_NAMES } from './names.ts';
import { reportTexts } from './texts.ts';

/** What was refused, at the form it was meant for, with what was typed. */
export interface Refused {
  /** Name of the form. */
  readonly at: string;
  readonly fields: URLSearchParams;
  readonly problem: Problem;
}

/** The value and the mistake of a field, when its form was refused. */
export function typedAt(refused: Refused | undefined, at: string, name: string): { readonly value?: string; readonly error?: string } {
  if (refused?.at !== at) return {};
  return { value: refused.fields.get(name) ?? '', ...errorOf(refused.problem.fields ?? [], name) };
}

/** A reason; many forms of one page have one, so the label says of what. */
function reasonField(at: string, lang: Lang, refused: Refused | undefined, label?: string): Html {
  const t = reportTexts(lang);
  const typed = typedAt(refused, at, 'reason');
  return textField({ name: `grund-${at}`, label: label ?? t.reason, lang, required: false, maxLength: LONGEST.reason, ...typed });
}

/** The reason as the form `at` posted it. */
export const reasonIn = (fields: URLSearchParams, at: string): string => fields.get(`grund-${at}`) ?? '';

/** Forms for the whole event: judge what is unchecked, merge, log. */
export function eventForms(details: EventDetails, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  const { view, event } = details;
  const base = `${reportsPath(view.lage.key)}/ereignis/${event.id}`;
  const judge = details.judgeable
    ? section(
        t.judgeAll,
        form(
          { action: `${base}/beurteilen` },
          html`${reasonField('alle', lang, refused)}<p class="kern-hint">${t.reasonHint}</p>${buttonRow(
            button({ label: t.confirm, name: 'action', value: 'confirm' }),
            button({ label: t.refuse, name: 'action', value: 'refuse', kind: 'danger' }),
          )}`,
        ),
      )
    : '';
  const into = typedAt(refused, 'zusammenlegen', 'into');
  const merge = view.rights.has('assess')
    ? accordion(
        t.merge,
        form(
          { action: `${base}/zusammenlegen` },
          html`${textField({ name: 'into', label: t.into, hint: t.mergeHint, lang, inputmode: 'numeric', width: 's', ...into })}
${reasonField('zusammenlegen', lang, refused)}${buttonRow(button({ label: t.mergeNow, kind: 'secondary' }))}`,
        ),
        { open: refused?.at === 'zusammenlegen' },
      )
    : '';
  const log = view.rights.has('log')
    ? accordion(
        t.log,
        form(
          { action: `${base}/tagebuch` },
          html`${textField({ name: 'remark', label: t.remark, lang, required: false, maxLength: LONGEST.reason, ...typedAt(refused, 'tagebuch', 'remark') })}
${buttonRow(button({ label: t.toLog, kind: 'secondary' }))}`,
        ),
        { open: refused?.at === 'tagebuch' },
      )
    : '';
  return html`${judge}${merge}${log}`;
}

/** Forms for one report: judge, grade, take out. */
export function reportForms(details: EventDetails, report: Member, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  const { view, event } = details;
  if (!view.rights.has('assess')) return html``;
  const at = report.id;
  const base = `${reportsPath(view.lage.key)}/meldung/${report.id}`;
  const grade = (name: 'reliability' | 'credibility', label: string, options: readonly { readonly value: string; readonly label: string }[]): Html =>
    selectField({ name: `${name}-${at}`, label, lang, required: false, empty: t.asIs, options, ...typedAt(refused, at, name) });
  const decide =
    report.state === 'new'
      ? [
          button({ label: t.confirm, name: 'action', value: 'confirm', small: true, context: report.sourceName }),
          button({ label: t.refuse, name: 'action', value: 'refuse', kind: 'danger', small: true, context: report.sourceName }),
        ]
      : [button({ label: t.reopen, name: 'action', value: 'reopen', kind: 'secondary', small: true, context: report.sourceName })];
  return accordion(
    t.judge,
    html`${form(
      { action: `${base}/beurteilen` },
      html`${grade(
        'reliability',
        t.reliability,
        RELIABILITIES.map((value) => ({ value, label: RELIABILITY_NAMES[lang][value] })),
      )}
${grade(
  'credibility',
  t.credibility,
  CREDIBILITIES.map((value) => ({ value: String(value), label: CREDIBILITY_NAMES[lang][value] })),
)}
${reasonField(at, lang, refused)}${buttonRow(...decide, button({ label: t.regrade, name: 'action', value: 'grade', kind: 'secondary', small: true, context: report.sourceName }))}`,
    )}${
      event.members < 2
        ? ''
        : form(
            { action: `${base}/herausnehmen` },
            html`${reasonField(`heraus-${at}`, lang, refused, t.splitLead)}${buttonRow(button({ label: t.split, kind: 'secondary', small: true, context: report.sourceName }))}`,
          )
    }`,
    { open: refused?.at === at || refused?.at === `heraus-${at}` },
  );
}

/** The way back of a link. */
export function undoForm({ view, event }: EventDetails, link: KeptLink, lang: Lang, refused?: Refused): Html {
  const t = reportTexts(lang);
  if (!view.rights.has('assess') || link.undone || link.kind === 'proposal' || link.toEvent !== event.id) return html``;
  return accordion(
    t.undo,
    form(
      { action: `${reportsPath(view.lage.key)}/verknuepfung/${link.id}/aufheben`, hidden: { ereignis: event.id } },
      html`${reasonField(link.id, lang, refused)}${buttonRow(button({ label: t.undo, kind: 'secondary', small: true }))}`,
    ),
    { open: refused?.at === link.id },
  );
}
