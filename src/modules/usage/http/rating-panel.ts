import type { Actor, CitizenActor } from '../../../kernel/actor.ts';
import { parseId } from '../../../kernel/id.ts';
import type { FieldProblem } from '../../../kernel/problem.ts';
import { problemStatus } from '../../../platform/http/problem.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type FormVisit, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonRow, errorOf, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { MOST_WORDS, type TypedRating } from '../application/ratings.ts';
import type { Frame, UsageDesk } from './frame.ts';
import { ratingTexts } from './rating-texts.ts';

/** A part of the applicant's case page. */
export type CasePanel = (actor: Actor, caseId: string, lang: Lang) => Promise<Html | undefined>;

/** The one question after the Bescheid; nothing for others than the applicant, and nothing before. */
export function ratingPanel(desk: UsageDesk): CasePanel {
  return async (actor, caseId, lang) => {
    if (actor.kind !== 'citizen') return undefined;
    const found = await desk.cases.own(actor, caseId);
    if (found === undefined || !found.decided) return undefined;
    const t = ratingTexts(lang);
    if (await desk.ratings.isGiven(caseId)) return section(t.title, html`<p class="kern-body">${t.thanks} ${t.thanksBody}</p>`, { id: 'bewertung' });
    return section(t.title, ratingForm(`/vorgang/${caseId}/bewertung`, lang, t.question), { id: 'bewertung' });
  };
}

export function ratingPages(desk: UsageDesk, frame: Frame): AnyRoute[] {
  return [
    postPage('/vorgang/:id/bewertung', 'citizen', async (visit) => {
      const id = parseId(visit.params['id'] ?? '') ?? '';
      const done = await desk.ratings.rateCase(visit.actor as CitizenActor, id, typedIn(visit.fields));
      if (done.ok || done.problem.kind === 'conflict') return redirect(`/vorgang/${id}#bewertung`);
      if (done.problem.kind !== 'invalid-input') return problemPage(done.problem);
      const t = ratingTexts(visit.lang);
      const main = html`${errorSummary(done.problem.fields ?? [], visit.lang)}${pageTitle(t.title)}${ratingForm(`/vorgang/${id}/bewertung`, visit.lang, t.question, { fields: visit.fields, problems: done.problem.fields ?? [] })}`;
      return answerHtml(page(frame(visit), { title: t.title, main, hasErrors: true }), problemStatus(done.problem));
    }),
    getPage('/rueckmeldung', 'citizen', async (visit) => {
      const asked = askedIn(visit.query);
      if (!desk.ratings.proves(asked)) return redirect('/antraege');
      desk.count(visit.reader, { step: 'rating-asked', subject: asked.service });
      return answerHtml(abandonmentPage(frame, visit, asked, await desk.ratings.isGiven(asked.draftId)));
    }),
    postPage('/rueckmeldung', 'citizen', async (visit) => {
      const asked = askedIn(visit.fields);
      const done = await desk.ratings.rateAbandonment(asked, typedIn(visit.fields));
      if (done.ok || done.problem.kind === 'conflict') return redirect(pathOf(asked));
      if (done.problem.kind !== 'invalid-input') return problemPage(done.problem);
      const again = { fields: visit.fields, problems: done.problem.fields ?? [] };
      return answerHtml(abandonmentPage(frame, visit, asked, false, again), problemStatus(done.problem));
    }),
  ];
}

interface Asked {
  readonly draftId: string;
  readonly service: string;
  readonly proof: string;
}

const askedIn = (from: URLSearchParams): Asked => ({
  draftId: from.get('antrag') ?? '',
  service: from.get('leistung') ?? '',
  proof: from.get('nachweis') ?? '',
});
const pathOf = ({ draftId, service, proof }: Asked): string =>
  `/rueckmeldung?${new URLSearchParams({ antrag: draftId, leistung: service, nachweis: proof }).toString()}`;

interface Again {
  readonly fields: URLSearchParams;
  readonly problems: readonly FieldProblem[];
}

function abandonmentPage(frame: Frame, visit: Visit | FormVisit, asked: Asked, given: boolean, again?: Again): Html {
  const t = ratingTexts(visit.lang);
  const { draftId: antrag, service: leistung, proof: nachweis } = asked;
  const body = given
    ? html`${alert('success', t.thanks, t.thanksBody, { live: true })}${buttonRow(linkButton({ label: t.mine, href: '/antraege' }))}`
    : ratingForm(
        '/rueckmeldung',
        visit.lang,
        t.questionAbandoned,
        again,
        { antrag, leistung, nachweis },
        linkButton({ label: t.skip, href: '/antraege', kind: 'secondary' }),
      );
  const main = html`${errorSummary(again?.problems ?? [], visit.lang)}${pageTitle(t.title, { lead: t.discarded })}${body}`;
  return page(frame(visit), { title: t.title, main, hasErrors: (again?.problems ?? []).length > 0 });
}

function typedIn(fields: URLSearchParams): TypedRating {
  const words = fields.get('words') ?? '';
  return { score: Number(fields.get('score') ?? Number.NaN), ...(words === '' ? {} : { words }) };
}

function ratingForm(action: string, lang: Lang, question: string, again?: Again, hidden: Readonly<Record<string, string>> = {}, beside?: Html): Html {
  const t = ratingTexts(lang);
  const score = again?.fields.get('score');
  return form(
    { action, hidden },
    html`${radioGroup({
      name: 'score',
      label: question,
      hint: t.hint,
      lang,
      ...(score === null || score === undefined ? {} : { value: score }),
      options: [t.s5, t.s4, t.s3, t.s2, t.s1].map((label, index) => ({ value: String(5 - index), label })),
      ...errorOf(again?.problems ?? [], 'score'),
    })}
${textArea({ name: 'words', label: t.words, hint: t.wordsHint, lang, required: false, rows: 3, maxLength: MOST_WORDS, value: again?.fields.get('words') ?? '', ...errorOf(again?.problems ?? [], 'words') })}
${buttonRow(button({ label: t.send }), beside)}`,
  );
}
