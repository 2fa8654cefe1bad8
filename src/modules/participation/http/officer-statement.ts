import { alert, badge } from '../../../platform/ui/alert.ts';
import { summaryList } from '../../../platform/ui/components.ts';
import { confirmField, radioGroup } from '../../../platform/ui/form-choices.ts';
import { button, buttonForm, buttonRow, form } from '../../../platform/ui/form-frame.ts';
import { textArea } from '../../../platform/ui/form.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { mapView } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { OfficerStatement } from '../application/read-file.ts';
import { ANSWERS, RESULT_KINDS, RESULTS } from './answer-texts.ts';
import { documentList, longDay, paragraphs } from './common.ts';
import { formOf, outcome } from './officer-form.ts';
import { basePath, crumbs, hidden, type Shown } from './officer-overview.ts';
import { officerTexts } from './officer-texts.ts';

/** One statement: its words with marks, who may see it, and its Abwaegung. */
export function statementPage(view: PageView, at: OfficerStatement, shown: Shown): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const { statement, state, mayAct } = at;
  const round = state.rounds.find((one) => one.id === statement.roundId);
  const { author } = statement;
  const rows = [
    { label: t.author, value: author.name ?? t.unnamed },
    ...(author.address === undefined ? [] : [{ label: t.address, value: author.address }]),
    ...(author.email === undefined ? [] : [{ label: t.email, value: author.email }]),
    { label: t.round, value: round?.title ?? '' },
    { label: t.answer, value: ANSWERS[statement.answer][lang] },
    { label: t.receivedOn, value: html`${longDay(lang, statement.receivedOn)}${statement.late ? html` ${badge('warning', t.late)}` : ''}` },
    ...(statement.attachments.length === 0
      ? []
      : [{ label: t.files, value: documentList(statement.attachments, (file) => `${pathOf(at)}/unterlagen/${file.id}`, lang) }]),
  ];
  const main = html`${outcome(shown.posted, shown.saved === true, lang)}
${pageTitle(`${t.statement} ${statement.number}`, { preline: `${at.view.fileNumber} · ${at.view.title}` })}
${mayAct ? '' : alert('info', t.readOnly)}
${summaryList(rows, lang)}
${section(t.content, wordsPart(at, lang))}
${section(t.visibility, visibilityPart(at, lang, shown))}
${section(t.weighing, html`${weighedPart(at, lang)}${mayAct ? weighForm(at, lang, shown) : ''}`)}`;
  const breadcrumb = crumbs(at.view, lang, { label: t.synopsis, href: `${basePath(at.view.id)}/synopse` }, { label: statement.number });
  return page(view, {
    title: `${t.statement} ${statement.number}`,
    main,
    wide: true,
    breadcrumb,
    hasErrors: shown.posted !== undefined,
    scripts: statement.places.length > 0 ? ['map'] : [],
  });
}

const pathOf = ({ view, statement }: OfficerStatement): string => `${basePath(view.id)}/stellungnahme/${statement.id}`;

function wordsPart({ statement, pieces }: OfficerStatement, lang: Lang): Html {
  const t = officerTexts(lang);
  const hasMarks = pieces.some((piece) => piece.what !== undefined);
  const places = statement.places.map((position, index) => ({ position, label: String(index + 1), text: t.place(index + 1) }));
  return html`${hasMarks ? html`<p class="kern-body k-muted">${t.marked}</p>` : ''}
<p class="kern-body k-typed">${pieces.map((piece) => (piece.what === undefined ? html`${piece.text}` : html`<mark class="k-personal">${piece.text}</mark>`))}</p>
${statement.conditions.length === 0 ? '' : html`<h3 class="kern-title">${t.conditions}</h3><ol class="kern-list">${statement.conditions.map((one) => html`<li class="k-typed">${one}</li>`)}</ol>`}
${places.length === 0 ? '' : mapView({ lang, title: t.map, places })}`;
}

function visibilityPart(at: OfficerStatement, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const { statement, mayAct } = at;
  const path = pathOf(at);
  const sendable = !statement.personal || statement.anonymised !== undefined;
  const one = (action: string, label: string): Html =>
    mayAct && sendable ? buttonForm(path, { label, kind: 'secondary', small: true }, hidden(action, statement.version)) : html``;
  const f = formOf('anonymise', shown.posted);
  const anonymise = form(
    { action: path, hidden: hidden('anonymise', statement.version) },
    html`${textArea({ name: f.name('anonymised'), label: t.anonymised, hint: t.anonymisedHint, lang, rows: 8, maxLength: 10_000, value: f.value('anonymised', statement.anonymised ?? ''), ...f.error('anonymised') })}
${statement.places.length === 0 ? '' : confirmField({ name: f.name('placesShown'), label: t.placesShown, lang, required: false, checked: f.open ? f.value('placesShown') === 'ja' : (statement.placesShown ?? true) })}
${confirmField({ name: f.name('confirmed'), label: t.confirmed, lang, required: false, checked: f.value('confirmed') === 'ja' })}
${buttonRow(button({ label: t.anonymise, kind: 'secondary' }))}`,
  );
  return html`
<p class="kern-body">${statement.releasedOn === undefined ? t.notReleased : t.released(longDay(lang, statement.releasedOn))}</p>${statement.releasedOn === undefined ? one('release', t.release) : ''}
<p class="kern-body">${statement.publishedOn === undefined ? t.notPublished : t.published(longDay(lang, statement.publishedOn))}</p>${statement.publishedOn === undefined ? one('publish', t.publish) : one('unpublish', t.unpublish)}
${mayAct ? anonymise : statement.anonymised === undefined ? '' : html`<h3 class="kern-title">${t.anonymised}</h3>${paragraphs(statement.anonymised)}`}`;
}

function weighedPart(at: OfficerStatement, lang: Lang): Html {
  const t = officerTexts(lang);
  const { statement, mayAct } = at;
  const { weighing } = statement;
  if (weighing === undefined) return html`<p class="kern-body">${t.notWeighed}</p>`;
  const way = statement.accountId !== undefined ? t.replyPostfach : statement.author.email !== undefined ? t.replyMail : t.replyPaper;
  const reply =
    statement.repliedOn !== undefined
      ? html`<p class="kern-body">${t.replied(longDay(lang, statement.repliedOn))}</p>`
      : mayAct
        ? html`<p class="kern-body">${way}</p>${buttonForm(pathOf(at), { label: t.sendReply, kind: 'secondary' }, hidden('reply', statement.version))}`
        : html``;
  return html`${summaryList(
    [
      { label: t.result, value: RESULTS[weighing.result][lang] },
      { label: t.reasons, value: html`${paragraphs(weighing.reasons)}` },
      { label: t.reply, value: html`${paragraphs(weighing.reply)}` },
    ],
    lang,
  )}${reply}`;
}

function weighForm(at: OfficerStatement, lang: Lang, shown: Shown): Html {
  const t = officerTexts(lang);
  const { statement } = at;
  const { weighing } = statement;
  const f = formOf('weigh', shown.posted);
  const kinds = RESULT_KINDS.filter((kind) => kind !== 'unberuecksichtigt' || statement.late);
  return form(
    { action: pathOf(at), hidden: hidden('weigh', statement.version) },
    html`
${radioGroup({ name: f.name('result'), label: t.result, lang, value: f.value('result', weighing?.result ?? ''), options: kinds.map((kind) => ({ value: kind, label: RESULTS[kind][lang] })), ...f.error('result') })}
${statement.late ? confirmField({ name: f.name('mayBeDisregarded'), label: t.mayBeDisregarded, lang, required: false, checked: f.value('mayBeDisregarded') === 'ja', ...f.error('mayBeDisregarded') }) : ''}
${textArea({ name: f.name('reasons'), label: t.reasons, lang, rows: 6, maxLength: 10_000, value: f.value('reasons', weighing?.reasons ?? ''), ...f.error('reasons') })}
${textArea({ name: f.name('reply'), label: t.reply, lang, rows: 6, maxLength: 10_000, value: f.value('reply', weighing?.reply ?? ''), ...f.error('reply') })}
${buttonRow(button({ label: t.weigh }))}`,
  );
}
