import type { FieldProblem } from '../../../kernel/problem.ts';
import { getPage, html as answerHtml, type AnyRoute } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { textField } from '../../../platform/ui/form.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { dateField } from '../../../platform/ui/form-date.ts';
import { button, buttonRow, errorOf, errorSummary, form } from '../../../platform/ui/form-frame.ts';
import { formatDate, formatShortDate } from '../../../platform/ui/formats.ts';
import { defineTexts, html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { berechneBekanntgabe, berechneFristende, type FristAnswer, type RawInput } from '../domain/fristenrechner.ts';
import type { Frame } from './citizen-draft.ts';

const texts = defineTexts({
  de: {
    title: 'Fristenrechner',
    lead: 'Wann gilt ein Bescheid als bekannt gegeben, bis wann ist Widerspruch möglich, wann endet eine Frist? Mit jedem Schritt und seinem Paragrafen. Gerechnet wird mit den Feiertagen in Hamburg.',
    known: 'Bekanntgabe und Widerspruch',
    end: 'Ende einer Frist',
    via: 'Wie kam der Bescheid?',
    post: 'Mit der Post',
    postfach: 'Ins Postfach des Servicekontos',
    on: 'Tag der Aufgabe zur Post oder der Bereitstellung',
    received: 'Nachweislich später zugegangen am',
    regime: 'Welches Recht?',
    hh: 'Hamburg (HmbVwVfG)',
    bund: 'Bund (VwVfG)',
    from: 'Tag des Ereignisses',
    months: 'Monate',
    weeks: 'Wochen',
    days: 'Tage',
    only: 'Füllen Sie genau eines der drei Felder aus.',
    compute: 'Berechnen',
    resultKnown: (day: string) => `Gilt als bekannt gegeben am ${day}`,
    resultUntil: (day: string) => `Widerspruch möglich bis ${day}`,
    resultEnd: (day: string) => `Die Frist endet am ${day}`,
    steps: 'Rechenweg',
    step: 'Schritt',
    paragraph: 'Grundlage',
    day: 'Tag',
    holidays: 'Freie Tage in der Nähe',
    notLegalAdvice: 'Das ist eine Rechenhilfe, keine Rechtsberatung.',
  },
  en: {
    title: 'Deadline calculator',
    lead: 'When does a decision count as made known, until when can you object, when does a period end? With every step and its paragraph, and the holidays of Hamburg.',
    known: 'Notification and objection',
    end: 'End of a period',
    via: 'How did the decision come?',
    post: 'By post',
    postfach: 'In the mailbox of the service account',
    on: 'Day of posting or of provision',
    received: 'Proven later receipt on',
    regime: 'Which law?',
    hh: 'Hamburg (HmbVwVfG)',
    bund: 'Federal (VwVfG)',
    from: 'Day of the event',
    months: 'Months',
    weeks: 'Weeks',
    days: 'Days',
    only: 'Fill in exactly one of the three fields.',
    compute: 'Compute',
    resultKnown: (day: string) => `Counts as made known on ${day}`,
    resultUntil: (day: string) => `Objection possible until ${day}`,
    resultEnd: (day: string) => `The period ends on ${day}`,
    steps: 'Steps',
    step: 'Step',
    paragraph: 'Basis',
    day: 'Day',
    holidays: 'Days off nearby',
    notLegalAdvice: 'This is an aid to computing, not legal advice.',
  },
  leicht: {
    title: 'Fristen-Rechner',
    lead: 'Sie haben einen Bescheid? Hier sehen Sie: Bis wann können Sie Nein sagen?',
    known: 'Bescheid und Widerspruch',
    end: 'Ende von einer Frist',
    via: 'Wie kam der Bescheid?',
    post: 'Mit der Post',
    postfach: 'Im Internet, in mein Postfach',
    on: 'Wann wurde er abgeschickt?',
    received: 'Kam er später an? Wann?',
    regime: 'Welches Gesetz?',
    hh: 'Hamburg',
    bund: 'Deutschland',
    from: 'An welchem Tag fängt es an?',
    months: 'Monate',
    weeks: 'Wochen',
    days: 'Tage',
    only: 'Füllen Sie nur ein Feld aus.',
    compute: 'Rechnen',
    resultKnown: (day: string) => `Der Bescheid gilt ab ${day}`,
    resultUntil: (day: string) => `Widerspruch geht bis ${day}`,
    resultEnd: (day: string) => `Die Frist endet am ${day}`,
    steps: 'So haben wir gerechnet',
    step: 'Schritt',
    paragraph: 'Gesetz',
    day: 'Tag',
    holidays: 'Freie Tage',
    notLegalAdvice: 'Das ist nur eine Hilfe beim Rechnen.',
  },
});

/** The Fristenrechner: the same computation as in every case, open to everyone. */
export function fristenPages(frame: Frame): AnyRoute[] {
  return [
    getPage('/fristen', 'public', async (visit) => {
      const raw = Object.fromEntries(visit.query);
      const asked = raw['was'] === 'bekanntgabe' || raw['was'] === 'ende' ? raw['was'] : undefined;
      const answer = asked === undefined ? undefined : asked === 'ende' ? berechneFristende(raw) : berechneBekanntgabe(raw);
      const problems = answer === undefined || answer.ok ? [] : (answer.problem.fields ?? []);
      return answerHtml(fristenPage(frame(visit), raw, asked, answer?.ok === true ? answer.value : undefined, problems), problems.length > 0 ? 422 : 200);
    }),
  ];
}

function fristenPage(
  view: PageView,
  raw: RawInput,
  asked: 'bekanntgabe' | 'ende' | undefined,
  answer: FristAnswer | undefined,
  problems: readonly FieldProblem[],
): Html {
  const { lang } = view;
  const t = texts(lang);
  const at = (form: 'bekanntgabe' | 'ende') => (asked === form ? problems : []);
  const main = html`${errorSummary(problems, lang)}${pageTitle(t.title, { lead: t.lead })}
${answer === undefined ? '' : resultPart(answer, lang)}
${section(t.known, knownForm(raw, at('bekanntgabe'), lang))}
${section(t.end, endForm(raw, at('ende'), lang))}
<p class="kern-body">${t.notLegalAdvice}</p>`;
  return page(view, { title: t.title, main, hasErrors: problems.length > 0 });
}

function knownForm(raw: RawInput, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = texts(lang);
  return form(
    { action: '/fristen', method: 'get', hidden: { was: 'bekanntgabe' } },
    html`
${radioGroup({
  name: 'via',
  label: t.via,
  lang,
  value: raw['via'] ?? 'postfach',
  options: [
    { value: 'postfach', label: t.postfach },
    { value: 'post', label: t.post },
  ],
  ...errorOf(problems, 'via'),
})}
${dateField({ name: 'on', label: t.on, lang, value: raw['on'] ?? '', ...errorOf(problems, 'on') })}
${dateField({ name: 'received', label: t.received, lang, required: false, value: raw['received'] ?? '', ...errorOf(problems, 'received') })}
${radioGroup({
  name: 'regime',
  label: t.regime,
  lang,
  value: raw['regime'] ?? 'hh',
  options: [
    { value: 'hh', label: t.hh },
    { value: 'bund', label: t.bund },
  ],
  ...errorOf(problems, 'regime'),
})}
${buttonRow(button({ label: t.compute }))}`,
  );
}

function endForm(raw: RawInput, problems: readonly FieldProblem[], lang: Lang): Html {
  const t = texts(lang);
  const length = (name: 'months' | 'weeks' | 'days') =>
    textField({ name, label: t[name], lang, required: false, value: raw[name] ?? '', inputmode: 'numeric', width: 's', ...errorOf(problems, name) });
  return form(
    { action: '/fristen', method: 'get', hidden: { was: 'ende' } },
    html`
${dateField({ name: 'from', label: t.from, lang, value: raw['from'] ?? '', ...errorOf(problems, 'from') })}
<p class="kern-body">${t.only}</p>${length('months')}${length('weeks')}${length('days')}
${buttonRow(button({ label: t.compute }))}`,
  );
}

function resultPart(answer: FristAnswer, lang: Lang): Html {
  const t = texts(lang);
  const day = (iso: string): string => formatDate(lang, Temporal.PlainDate.from(iso));
  const short = (iso: string): string => formatShortDate(lang, Temporal.PlainDate.from(iso));
  const title = answer.widerspruchBis === undefined ? t.resultEnd(day(answer.date)) : t.resultUntil(day(answer.widerspruchBis));
  const known = answer.widerspruchBis === undefined ? undefined : t.resultKnown(day(answer.date));
  return html`${alert('success', title, known, { live: true })}
${answer.notes.map((note) => alert('warning', note))}
${dataTable(
  [
    { label: t.step, cell: (step) => step.text, rowHeader: true },
    { label: t.paragraph, cell: (step) => step.paragraph },
    { label: t.day, cell: (step) => short(step.date) },
  ],
  answer.steps,
  { caption: t.steps, lang },
)}
${
  answer.holidays.length === 0
    ? ''
    : dataTable(
        [
          { label: t.day, cell: (one) => short(one.date), rowHeader: true },
          { label: t.holidays, cell: (one) => one.name },
        ],
        answer.holidays,
        { caption: t.holidays, lang },
      )
}`;
}
