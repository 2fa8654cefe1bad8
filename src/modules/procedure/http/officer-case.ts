import { alert, badge, card, cardGrid } from '../../../platform/ui/alert.ts';
import { summaryList, timeline } from '../../../platform/ui/components.ts';
import { errorSummary, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatBytes, formatInstant } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { accordion, factList } from '../../../platform/ui/parts.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { answerSections, casePicture, taskKey } from '../../catalogue/public.ts';
import { checksOf } from '../domain/checklist.ts';
import { statusesOf } from '../domain/evolve.ts';
import { decisionDue } from '../domain/deadlines.ts';
import { applicantName } from '../domain/applicants.ts';
import type { Case } from '../domain/case.ts';
import type { Outcome } from '../domain/procedure-rules.ts';
import { versionsOf, type Version } from '../domain/versions.ts';
import type { CaseView } from '../application/read-case.ts';
import { actedForName } from './acted-for.ts';
import { letterHref } from './api.ts';
import { actionForms, keptFields, type Refused } from './officer-actions.ts';
import { decisionPart, draftView } from './officer-decision.ts';
import { nameIn } from './officer-form.ts';
import { deadlineLight, statusBadge } from './officer-inbox.ts';
import { applicantsRow } from './cosign-parts.ts';
import { coursePart } from './officer-course.ts';
import { placesOf, placesPart } from './officer-place.ts';
import { CHANNELS, DONE, officerTexts, proofText, type OfficerAction } from './officer-texts.ts';
import { tellEvent, timelineItems, type Telling } from './officer-timeline.ts';
import { originText, receivedPoints, SLOT_LABELS } from './officer-received.ts';
import { ownDocumentForm } from './officer-begin.ts';
import { bulletList, paragraphs, record, shownDay, stacked, type OfficerCase } from './officer-view.ts';

/** What the page shows besides the case. */
export interface CasePageState {
  readonly refused?: Refused;
  /** Somebody else was faster: events after this version are new to the reader. */
  readonly seenVersion?: number;
  readonly done?: OfficerAction;
  /** Outcome whose proposal shall fill the draft's form. */
  readonly wished?: Outcome;
  /** Parts that other modules bring. */
  readonly beside?: readonly Html[];
}

/** The whole file on one page: state, what can be done, facts, rules, places, documents, course. */
export function officerCasePage(view: PageView, at: OfficerCase, show: CasePageState): Html {
  const { lang } = view;
  const t = officerTexts(lang);
  const { state, pkg } = at.found;
  const { refused } = show;
  const summaryFields = (refused?.input.problems ?? []).map(({ field, message }) => ({ field: nameIn(refused!.input.action, field), message }));
  const main = html`${refused === undefined || show.seenVersion !== undefined ? '' : errorSummary(summaryFields, lang, summaryFields.length === 0 ? refused.problem.detail : undefined)}
${show.seenVersion === undefined ? '' : fasterNote(view, at, show.seenVersion)}
${show.done === undefined ? '' : alert('success', t.saved, html`<p class="kern-body" lang="de">${DONE[show.done]}</p>`, { live: true })}
${pageTitle(state.fileNumber, { preline: pkg.name[lang], lead: state.applicant.addressLines.join(', ') || state.applicant.name, badge: statusBadge(state.status, lang) })}
${header(view, at)}
${jumpLinks(view)}
${openPoints(at)}
${coursePart(view, at)}
${refused === undefined || at.actions.includes(refused.input.action) ? '' : keptInput(view, at, refused)}
${record(t.whatNow, 'aktionen', whatNow(view, at, show))}
${show.beside ?? []}
${besides(view, at)}
${record(t.facts, 'angaben', stacked(answerSections(pkg, state.answers, 'de').map((one) => html`<h3 class="kern-heading-small">${one.heading}</h3>${summaryList(one.rows, 'de')}`)))}
${findingsPart(view, at)}
${placesSection(view, at)}
${record(t.uploads, 'unterlagen', html`${uploadsPart(at)}${ownDocumentForm(view, at)}`)}
${decisionsPart(view, at)}
${record(t.letters, 'schreiben', lettersPart(view, at))}
${record(t.process, 'verfahren', casePicture(pkg, { status: state.status, visited: statusesOf(at.found.history) }, lang))}
${record(t.timeline, 'verlauf', timeline(timelineItems(at.found.history, tellingOf(at), paragraphs)))}`;
  return page(view, {
    title: `${state.fileNumber}, ${pkg.name[lang]}`,
    main,
    wide: true,
    breadcrumb: [{ label: t.inbox, href: '/eingang' }, { label: state.fileNumber }],
    hasErrors: refused !== undefined,
  });
}

const tellingOf = (at: OfficerCase): Telling => ({
  taskName: (key) => at.rules.checklist?.find((one) => one.key === key)?.name ?? key,
  stepName: (id) => at.rules.milestones?.find((one) => one.id === id)?.name.de ?? id,
  nameOf: at.nameOf,
  representative: (mandateId) => representativeOf(at, mandateId),
  authorityName: (id) => at.authorities.find((one) => one.id === id)?.name ?? id,
});

/** `Elif Yılmaz für Elbhaus GmbH (Vollmacht)`. */
function representativeOf({ found: { actedFor, state } }: OfficerCase, mandateId: string): string | undefined {
  const acted = actedFor.get(mandateId);
  return acted && actedForName(acted, state.applicant.name, 'de');
}

/** What happened since the reader looked, before they send again what they typed. */
function fasterNote({ lang }: PageView, at: OfficerCase, seen: number): Html {
  const t = officerTexts(lang);
  const news = at.found.history.filter((event) => event.version > seen).map((event) => tellEvent(event, tellingOf(at)).title);
  return alert(
    'warning',
    t.faster,
    html`<p class="kern-body">${t.fasterBody}</p>${news.length === 0 ? '' : html`<p class="kern-body">${t.sinceThen}</p><div lang="de">${bulletList(news)}</div>`}`,
    { live: true },
  );
}

function keptInput({ lang }: PageView, at: OfficerCase, refused: Refused): Html {
  const t = officerTexts(lang);
  const fields = keptFields(at, refused);
  return fields === undefined ? html`` : record(t.keptInput, 'eingabe', html`<p class="kern-body">${t.keptInputBody}</p>${fields}`);
}

function header({ lang }: PageView, at: OfficerCase): Html {
  const t = officerTexts(lang);
  const { state, authority, urgency, deadline, applies } = at.found;
  const due = decisionDue(state, at.rules);
  const origin = originText(state);
  const filedBy = state.filedUnder === undefined ? undefined : representativeOf(at, state.filedUnder);
  const facts = [
    ...applicantsRow(state, lang),
    ...(applies === undefined ? [] : [{ label: t.proof, value: html`<span lang="de">${proofText(applies)}</span>` }]),
    { label: t.deadline, value: deadlineLight(state.status, due === undefined ? 'none' : urgency, due ?? null, at.today, lang) },
    { label: t.submittedOn, value: shownDay(state.submittedOn) },
    ...(origin === undefined ? [] : [{ label: t.origin, value: html`<span lang="de">${origin}</span>` }]),
    ...(filedBy === undefined ? [] : [{ label: t.filedBy, value: html`<span lang="de">${filedBy}</span>` }]),
    { label: t.completeOn, value: state.completeOn === undefined ? t.notYetComplete : shownDay(state.completeOn) },
    { label: t.assignee, value: state.assignee === undefined ? t.unassigned : at.nameOf(`staff:${state.assignee}`) },
    { label: t.authority, value: authority.name },
    { label: t.channel, value: html`<span lang="de">${CHANNELS[state.channel]}</span>` },
    ...(state.remindOn === undefined ? [] : [{ label: t.remindOn, value: shownDay(state.remindOn) }]),
  ];
  const steps = due === undefined || deadline === undefined ? [] : deadline.steps.map((step) => `${step.text} (${step.paragraph})`);
  return html`${factList(facts)}${steps.length === 0 ? '' : accordion(t.howComputed, html`<ol class="kern-list kern-list--number" lang="de">${steps.map((step) => html`<li>${step}</li>`)}</ol>`)}`;
}

/** What is open or must be known before anything is done. */
function openPoints(at: OfficerCase): Html {
  const { state } = at.found;
  const { request, hearing, objection } = state;
  const parts: Html[] = receivedPoints(at);
  if (state.handedToPerson.length > 0 && state.decisions.length === 0)
    parts.push(alert('info', 'Darum entscheidet ein Mensch', bulletList(state.handedToPerson)));
  if (request !== undefined && state.status === 'unvollstaendig')
    parts.push(alert('warning', `Nachgefordert, Frist bis ${shownDay(request.dueOn)}`, html`${bulletList(request.itemTexts)}${paragraphs(request.text)}`));
  if (request !== undefined && state.status === 'eingegangen')
    parts.push(alert('warning', `Nachforderung unbeantwortet, Frist war ${shownDay(request.dueOn)}`, bulletList(request.itemTexts)));
  if (hearing?.open === true) parts.push(alert('info', `Anhörung läuft bis ${shownDay(hearing.dueOn)}`, paragraphs(hearing.text)));
  if (hearing?.open === false)
    parts.push(
      alert('info', hearing.answer === undefined ? 'Angehört, keine Stellungnahme' : 'Stellungnahme der Person', paragraphs(hearing.answer ?? hearing.text)),
    );
  for (const one of objection === undefined ? [] : [objection, ...(state.furtherObjections ?? [])])
    parts.push(
      alert(
        'warning',
        `Widerspruch vom ${shownDay(one.receivedOn)}${one.accountId === undefined ? '' : ` von ${applicantName(state, one.accountId)}`}, ${one.inTime ? 'rechtzeitig' : 'nach Ablauf der Frist (§ 60 VwGO prüfen)'}`,
        paragraphs(one.text),
      ),
    );
  return parts.length === 0 ? html`` : html`<div class="k-section" lang="de">${stacked(parts)}</div>`;
}

function whatNow({ lang }: PageView, at: OfficerCase, { refused, wished }: CasePageState): Html {
  const t = officerTexts(lang);
  if (!at.works) return html`<p class="kern-body">${t.readOnly}</p>`;
  if (at.actions.length === 0) return html`<p class="kern-body">${t.nothingToDo}</p>`;
  return actionForms(at, lang, refused, wished);
}

/** Which rules fired, item by item: why protected, what replacement follows. */
function findingsPart({ lang }: PageView, at: OfficerCase): Html {
  const { findings, pkg } = at.found;
  if (findings.items.length === 0 && findings.whole.length === 0 && findings.problems.length === 0) return html``;
  const page = pkg.form.pages.find((one) => one.repeat?.id === pkg.process.itemDecision?.repeat);
  const label = page?.repeat?.itemLabel.de ?? 'Gegenstand';
  const table = pkg.rules.get(pkg.process.itemDecision?.decision ?? '')?.name ?? 'Ergebnis';
  const items = findings.items.map(
    (item, index) =>
      html`<h3 class="kern-heading-small">${label} ${index + 1}</h3>${item.trace.length === 0 ? html`<p class="kern-body">Keine Regel hat gegriffen. Prüfen Sie diesen Fall selbst.</p>` : bulletList(item.trace.map((entry) => entry.sentence))}${typeof item.value === 'number' || typeof item.value === 'string' ? html`<p class="kern-body"><strong>${table}, Vorschlag: ${item.value}</strong></p>` : ''}`,
  );
  const whole =
    findings.whole.length === 0
      ? []
      : [html`<h3 class="kern-heading-small">Zum ganzen Antrag</h3>${bulletList(findings.whole.map((entry) => entry.sentence))}`];
  const contradictions = findings.problems.length === 0 ? [] : [alert('warning', 'Die Regeln widersprechen sich', bulletList(findings.problems))];
  return record(officerTexts(lang).findings, 'regeln', stacked([...contradictions, ...items, ...whole]));
}

function placesSection({ lang }: PageView, at: OfficerCase): Html {
  const places = placesOf(at);
  return places.length === 0 ? html`` : record(officerTexts(lang).places, 'standorte', placesPart(places));
}

/** Files with a look at pictures, and what was not handed in. */
function uploadsPart({ found: { state, pkg, uploads } }: OfficerCase): Html {
  const rows = pkg.form.documents.map((document) => {
    const files = versionsOf(uploads)
      .filter((upload) => upload.slot.split('.')[0] === document.id)
      .toSorted((a, b) => itemOf(a.slot) - itemOf(b.slot) || Number(b.current) - Number(a.current));
    return {
      label: document.label.de,
      value:
        files.length === 0
          ? html`<span class="k-muted">nicht eingereicht</span>`
          : html`<ul class="k-files">${files.map((file) => uploadItem(state, file))}</ul>`,
    };
  });
  const others = Object.entries(SLOT_LABELS).flatMap(([slot, label]) => {
    const files = versionsOf(uploads).filter((upload) => upload.slot === slot);
    return files.length === 0 ? [] : [{ label, value: html`<ul class="k-files">${files.map((file) => uploadItem(state, file))}</ul>` }];
  });
  const all = [...rows, ...others];
  return all.length === 0 ? html`<p class="kern-body">Diese Leistung verlangt keine Unterlagen.</p>` : summaryList(all, 'de');
}

/** `foto.2` -> 2: which item a file belongs to. */
const itemOf = (slot: string): number => Number(slot.split('.')[1] ?? 0);

function uploadItem(state: Case, file: CaseView['uploads'][number] & Version): Html {
  const caseId = state.id;
  const href = `/eingang/${caseId}/datei/${file.id}`;
  const from = applicantName(state, file.accountId) ?? (file.byApplicant ? state.applicant.name : 'Behörde');
  const picture = file.mediaType.startsWith('image/') ? html`<img class="k-file__picture" src="${href}" alt="" loading="lazy" width="56" height="56">` : '';
  return html`<li class="k-file">${picture}<div class="k-file__text"><a class="kern-link k-file__name" href="${href}" target="_blank" rel="noopener">${file.fileName}<span class="kern-sr-only"> (neues Fenster)</span></a><span class="k-file__facts">${file.slot.includes('.') ? `zu Nr. ${itemOf(file.slot) + 1}, ` : ''}${formatBytes('de', file.sizeBytes)}, Version ${file.version}${file.current ? '' : ' (ersetzt)'}, ${formatInstant('de', file.uploadedAt)}, von ${from}</span>${sheetLinks(caseId, file)}</div></li>`;
}

/** To the sheet, and to what changed since the version before. */
function sheetLinks(caseId: string, { id, fileName, mediaType, version, former }: CaseView['uploads'][number] & Version): Html {
  if (mediaType !== 'application/pdf' && !mediaType.startsWith('image/')) return html``;
  const sheet = `/eingang/${caseId}/unterlagen/${id}`;
  const context = html`<span class="kern-sr-only">: ${fileName}, Version ${version}</span>`;
  const compare = former === undefined ? '' : html` · <a class="kern-link" href="${sheet}/vergleich/${former}">vergleichen${context}</a>`;
  return html`<span class="k-file__facts"><a class="kern-link" href="${sheet}">ansehen und prüfen${context}</a>${compare}</span>`;
}

function decisionsPart({ lang }: PageView, at: OfficerCase): Html {
  const t = officerTexts(lang);
  const { decisions, draft } = at.found.state;
  return html`${draft === undefined ? '' : record(t.draft, 'entwurf', draftView(at))}${decisions.length === 0 ? '' : record(t.decisions, 'entscheidungen', stacked(decisions.toReversed().map((decision) => decisionPart(at, decision))))}`;
}

function lettersPart({ lang }: PageView, { found: { state, letters } }: OfficerCase): Html {
  if (letters.length === 0) return html`<p class="kern-body">${officerTexts(lang).noLetters}</p>`;
  return bulletList(
    letters.map(
      (letter) => html`<a class="kern-link" href="${letterHref(state.id, letter.key)}">${letter.fileName}</a>, ${formatInstant('de', letter.writtenAt)}`,
    ),
  );
}

/** Where to jump on a long page. */
function jumpLinks({ lang }: PageView): Html {
  const t = officerTexts(lang);
  const jumps: readonly (readonly [string, string])[] = [
    ['aktionen', t.whatNow],
    ['angaben', t.facts],
    ['unterlagen', t.uploads],
    ['schreiben', t.letters],
    ['verlauf', t.timeline],
  ];
  return html`<nav class="k-buttons" aria-label="${t.onThisPage}">${jumps.map(([id, label]) => linkButton({ label, href: `#${id}`, kind: 'tertiary', small: true }))}</nav>`;
}

/** The steps of the examination, those ticked off with who and when. */
function taskList(at: OfficerCase, lang: Lang): Html {
  const t = officerTexts(lang);
  const done = new Map(checksOf(at.found.state, at.rules).map((check) => [check.key, check.done]));
  const items = at.found.pkg.process.tasks.map((task) => {
    const by = done.get(taskKey(task));
    return html`<li>${task[lang]}${by === undefined ? '' : html` ${badge('success', t.checkedBy(at.nameOf(by.by), shownDay(by.on)))}`}</li>`;
  });
  return html`<ol class="kern-list kern-list--number">${items}</ol>`;
}

/** What to check, and what colleagues noted. */
function besides({ lang }: PageView, at: OfficerCase): Html {
  const t = officerTexts(lang);
  const { pkg, history } = at.found;
  const notes = history
    .flatMap((event) =>
      event.kind === 'vermerkt'
        ? [html`<p class="kern-body"><strong>${at.nameOf(event.actor)}</strong>, ${formatInstant('de', event.at)}</p>${paragraphs(event.content.text)}`]
        : [],
    )
    .toReversed();
  return html`<div class="k-section">${cardGrid(
    ...(pkg.process.tasks.length === 0
      ? []
      : [
          card({
            title: t.tasks,
            level: 2,
            icon: 'checklist',
            body: taskList(at, lang),
          }),
        ]),
    card({ title: t.notes, level: 2, icon: 'edit', body: notes.length === 0 ? t.noNotes : html`<div lang="de">${notes}</div>` }),
  )}</div>`;
}
