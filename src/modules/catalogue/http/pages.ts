import { z } from 'zod';
import { ok, refuse } from '../../../kernel/result.ts';
import { legalDay } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/context.ts';
import { originIn, withOrigin } from '../../../platform/http/origin.ts';
import { apiRoute, getPage, html as answerHtml, postPage, problemPage, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert, badge, card, cardGrid } from '../../../platform/ui/alert.ts';
import { button, buttonRow, errorSummary, form, linkButton } from '../../../platform/ui/form-frame.ts';
import { formatAmount, formatDaysAfter, formatShortDate } from '../../../platform/ui/formats.ts';
import { html, type Html, type Lang } from '../../../platform/ui/html.ts';
import { BASEMAP_PATH, PICTURE_PATH } from '../../../platform/ui/map-input.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { factList, section } from '../../../platform/ui/parts.ts';
import { baseMapGeoJson, mapPicture } from '../../../platform/ui/static-map.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import { eligibilityOutcome } from '../application/form.ts';
import { rawOf, readField } from '../application/fields.ts';
import { feesInForce } from '../application/fees.ts';
import { processingTime } from '../application/processing-times.ts';
import { searchServices } from '../application/search.ts';
import type { ServiceDesk } from '../application/service-desk.ts';
import type { ServicePackage } from '../domain/package.ts';
import { packageField } from './field-control.ts';
import { catalogueTexts } from './texts.ts';

export interface CatalogueContext extends Pick<Context, 'database' | 'clock'> {
  readonly desk: ServiceDesk;
}

type Frame = (visit: Visit) => PageView;

/** A part of a service's page that the catalogue does not know; gives nothing where it has nothing to show. */
export type ServicePart = (pkg: ServicePackage, visit: Visit) => Promise<Html | undefined>;

const NOT_FOUND = { kind: 'not-found' as const, detail: 'Diese Leistung gibt es nicht. Suchen Sie auf der Startseite nach ihr.' };

/** The list of all services, each service's page, and the quick check without an account. */
export function cataloguePages(ctx: CatalogueContext, frame: Frame, parts: readonly ServicePart[] = []): AnyRoute[] {
  const find = (visit: Visit): ServicePackage | undefined => ctx.desk.current(visit.params['key'] ?? '');
  return [
    getPage('/leistungen', 'public', async (visit) => answerHtml(listPage(ctx, frame(visit), originIn(visit.query)))),
    getPage('/leistungen/:key', 'public', async (visit) => {
      const pkg = find(visit);
      return pkg === undefined ? problemPage(NOT_FOUND) : answerHtml(await servicePage(ctx, frame(visit), pkg, visit, parts));
    }),
    getPage('/leistungen/:key/check', 'public', async (visit) => {
      const pkg = find(visit);
      return pkg === undefined ? problemPage(NOT_FOUND) : answerHtml(checkPage(ctx, frame(visit), pkg, originIn(visit.query)));
    }),
    postPage('/leistungen/:key/check', 'public', async (visit) => {
      const pkg = find(visit);
      return pkg === undefined ? problemPage(NOT_FOUND) : answerHtml(checkPage(ctx, frame(visit), pkg, originIn(visit.query), visit.fields));
    }),
    ...mapRoutes(ctx),
    ...catalogueApi(ctx),
  ];
}

/** The city's own base map: as a picture for pages without JavaScript, as data for those with it. */
function mapRoutes({ desk }: CatalogueContext): AnyRoute[] {
  const { districts } = desk.services;
  const base = Buffer.from(JSON.stringify(baseMapGeoJson(districts)));
  return [
    getPage(PICTURE_PATH, 'public', async ({ query }) => ({
      kind: 'file',
      bytes: Buffer.from(mapPicture(query, districts)),
      mediaType: 'image/svg+xml',
      fileName: 'karte.svg',
      inline: true,
    })),
    getPage(BASEMAP_PATH, 'public', async () => ({ kind: 'file', bytes: base, mediaType: 'application/geo+json', fileName: 'grund.json', inline: true })),
  ];
}

function listPage(ctx: CatalogueContext, view: PageView, origin: string | undefined): Html {
  const { lang } = view;
  const t = catalogueTexts(lang);
  const all = [...ctx.desk.services.packages.values()].toSorted((a, b) => a.name[lang].localeCompare(b.name[lang], 'de'));
  const cards = all.map((pkg) => card({ title: pkg.name[lang], href: withOrigin(`/leistungen/${pkg.key}`, origin), body: pkg.summary[lang], level: 2 }));
  const main = html`${pageTitle(t.all, { lead: t.allLead })}${cardGrid(cards)}
${buttonRow(linkButton({ label: t.find, href: withOrigin('/', origin), kind: 'secondary' }), linkButton({ label: t.finder, href: '/finden', kind: 'tertiary' }))}`;
  return page(view, { title: t.all, main });
}

async function servicePage(ctx: CatalogueContext, view: PageView, pkg: ServicePackage, visit: Visit, parts: readonly ServicePart[]): Promise<Html> {
  const { lang } = view;
  const t = catalogueTexts(lang);
  const main = html`${pageTitle(pkg.name[lang], { lead: pkg.description[lang] })}
${waysOn(pkg, lang, originIn(visit.query))}
<p class="kern-body"><a class="kern-link" href="/leistungen/${pkg.key}/prozess">${t.process}</a></p>
${factList(await factsOf(ctx, view, pkg))}
${section(t.needs, html`<ul class="kern-list">${pkg.needs.map((need) => html`<li>${need[lang]}</li>`)}</ul>`)}
${section(t.legal, html`<ul class="kern-list">${pkg.legalBases.map((basis) => html`<li>${basis.citation}: ${basis.title}</li>`)}</ul>`)}
${await Promise.all(parts.map((part) => part(pkg, visit)))}
${section(t.forPrograms, forPrograms(pkg.key, lang))}`;
  return page(view, { title: pkg.name[lang], main });
}

/** To the application and the quick check; where the authority begins, to what is on display. */
function waysOn(pkg: ServicePackage, lang: Lang, origin: string | undefined): Html {
  const t = catalogueTexts(lang);
  const check = linkButton({ label: t.check, href: withOrigin(`/leistungen/${pkg.key}/check`, origin), kind: 'secondary' });
  return pkg.initiator === 'amt'
    ? html`${alert('info', t.byAuthority, t.byAuthorityBody)}${buttonRow(linkButton({ label: t.takePart, href: '/beteiligung' }), check)}`
    : buttonRow(linkButton({ label: t.start, href: withOrigin(`/antrag/neu/${pkg.key}`, origin) }), check);
}

async function factsOf(ctx: CatalogueContext, view: PageView, pkg: ServicePackage) {
  const { lang } = view;
  const t = catalogueTexts(lang);
  const trust = { einfach: t.trustEinfach, substanziell: t.trustSubstanziell, hoch: t.trustHoch }[pkg.trust];
  return [
    ...feesInForce(pkg, legalDay(view.now)).map((fee) => ({
      label: t.fee,
      value: fee.minCents === fee.maxCents ? formatAmount(lang, fee.minCents) : t.feeRange(formatAmount(lang, fee.minCents), formatAmount(lang, fee.maxCents)),
      note: `${fee.label[lang]}${fee.channel === 'alle' ? '' : ` (${t[fee.channel]})`}, ${t.since(formatShortDate(lang, Temporal.PlainDate.from(fee.validFrom)))}. ${fee.legalBasis}`,
    })),
    { label: t.duration, value: await durationText(ctx, pkg, view), ...(pkg.promisedWeeks !== undefined && { note: t.promised(pkg.promisedWeeks) }) },
    {
      label: t.authority,
      value: 'id' in pkg.authority ? ctx.desk.authority(pkg.authority.id).name : t.byDistrict,
      ...(pkg.automation && { note: t.automated }),
    },
    { label: t.trust, value: trust },
  ];
}

/** The Leistung in the standards that other systems read. */
function forPrograms(key: string, lang: Lang): Html {
  const t = catalogueTexts(lang);
  const files = [
    [t.asEntry, 'xzufi.xml'],
    [t.asForm, 'xdatenfelder.xml'],
    [t.asProcess, 'prozess.bpmn'],
  ] as const;
  return html`<ul class="kern-list">${files.map(([label, file]) => html`<li><a class="kern-link" href="/leistungen/${key}/${file}">${label}</a></li>`)}</ul><p class="kern-body">${t.unvalidated}</p>`;
}

async function durationText(ctx: CatalogueContext, pkg: ServicePackage, { lang, now }: PageView): Promise<string> {
  const t = catalogueTexts(lang);
  const { medianDays, p80Days } = await processingTime(ctx, pkg.key, now);
  if (medianDays === undefined || p80Days === undefined) return t.durationUnknown;
  return p80Days < 1 ? t.durationAtOnce : t.durationKnown(formatDaysAfter(lang, medianDays), formatDaysAfter(lang, p80Days));
}

function checkPage(ctx: CatalogueContext, view: PageView, pkg: ServicePackage, origin: string | undefined, posted?: URLSearchParams): Html {
  const { lang } = view;
  const t = catalogueTexts(lang);
  const reading = { lang, today: legalDay(ctx.clock()), filled: new Set<string>() };
  const checked = posted === undefined ? undefined : eligibilityOutcome(pkg, posted, reading);
  const problems = checked?.problems ?? [];
  const outcome = checked?.outcome;
  const fields = pkg.form.eligibility.questions.map((question) => {
    const value =
      posted === undefined ? undefined : readField(question, (suffix) => posted.get(`${question.id}${suffix}`) ?? undefined, lang, reading.today).value;
    return packageField(question, { lang, value, problems });
  });
  const result =
    outcome === undefined
      ? ''
      : html`${alert(outcome.result === 'no' ? 'info' : 'success', outcome.title[lang], outcome.text[lang], { live: true })}
${outcome.result === 'no' ? '' : buttonRow(pkg.initiator === 'amt' ? linkButton({ label: t.takePart, href: '/beteiligung' }) : linkButton({ label: t.start, href: withOrigin(`/antrag/neu/${pkg.key}`, origin) }))}`;
  const main = html`${errorSummary(problems, lang)}${pageTitle(t.checkTitle, { preline: pkg.name[lang], lead: t.checkLead, badge: badge('neutral', pkg.name[lang]) })}
${result}${form({ action: withOrigin(`/leistungen/${pkg.key}/check`, origin) }, html`${fields}${buttonRow(button({ label: t.checkSend }))}`)}`;
  return page(view, { title: `${t.checkTitle}: ${pkg.name[lang]}`, main, hasErrors: problems.length > 0 });
}

const serviceSummary = z.object({ key: z.string(), name: z.string(), summary: z.string(), version: z.string(), trust: z.string(), automated: z.boolean() });

function catalogueApi(ctx: CatalogueContext): AnyRoute[] {
  const tag = 'Leistungen';
  const present = (pkg: ServicePackage, lang: Lang) => ({
    key: pkg.key,
    name: pkg.name[lang],
    summary: pkg.summary[lang],
    version: pkg.version,
    trust: pkg.trust,
    automated: pkg.automation !== undefined,
  });
  return [
    apiRoute({
      method: 'get',
      path: '/api/services',
      access: 'public',
      tag,
      summary: 'Leistungen; mit `q` die passenden',
      query: z.object({ q: z.string().max(200).optional() }),
      output: z.object({ items: z.array(serviceSummary), next: z.string().nullable() }),
      handle: async ({ lang, queryInput }) => {
        const all = [...ctx.desk.services.packages.values()];
        const found = queryInput.q === undefined ? all : searchServices(all, queryInput.q, lang).map((hit) => hit.service);
        return ok({ items: found.map((pkg) => present(pkg, lang)), next: null });
      },
    }),
    apiRoute({
      method: 'get',
      path: '/api/services/:key',
      access: 'public',
      tag,
      summary: 'Eine Leistung mit Formular, Unterlagen und Gebühren',
      params: z.object({ key: z.string() }),
      output: serviceSummary.extend({ form: z.unknown(), fees: z.unknown(), legalBases: z.unknown(), hash: z.string() }),
      handle: async ({ lang, params }) => {
        const pkg = ctx.desk.current(params.key);
        if (pkg === undefined) return refuse(NOT_FOUND);
        return ok({ ...present(pkg, lang), form: pkg.form, fees: pkg.fees, legalBases: pkg.legalBases, hash: pkg.hash });
      },
    }),
    apiRoute({
      method: 'post',
      path: '/api/services/:key/eligibility',
      access: 'public',
      tag,
      summary: 'Kurze Prüfung ohne Konto',
      params: z.object({ key: z.string() }),
      body: z.object({ answers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])) }),
      output: z.object({ result: z.enum(['yes', 'probably', 'no']).nullable(), title: z.string(), text: z.string() }),
      handle: async ({ lang, params, body, now }) => {
        const pkg = ctx.desk.current(params.key);
        if (pkg === undefined) return refuse(NOT_FOUND);
        const posted = new URLSearchParams(Object.entries(body.answers).map(([id, value]) => [id, rawOf(value)('') ?? '']));
        const { problems, outcome } = eligibilityOutcome(pkg, posted, { lang, today: legalDay(now), filled: new Set() });
        if (problems.length > 0) return refuse({ kind: 'invalid-input' as const, detail: 'Bitte prüfen Sie die Angaben.', fields: problems });
        return ok({ result: outcome?.result ?? null, title: outcome?.title[lang] ?? '', text: outcome?.text[lang] ?? '' });
      },
    }),
  ];
}
