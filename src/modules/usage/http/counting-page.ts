import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable, type Column } from '../../../platform/ui/components.ts';
import { button, buttonForm, form, searchForm } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { section } from '../../../platform/ui/parts.ts';
import { strokeButton, strokeForms, undoPart } from '../../../platform/ui/stroke-form.ts';
import { countAtDesk, undoCounterCases } from '../application/count-counter-cases.ts';
import type { CountedService } from '../application/context.ts';
import { countingList, listService, unlistService, type ListedKeys } from '../application/counting-list.ts';
import type { Channel, Stroke } from '../domain/channel.ts';
import { countingTexts } from './counting-texts.ts';
import { asStaff, COUNTERS, type Frame, type UsageDesk } from './frame.ts';
import { CHANNELS } from './lists.ts';

const PATH = '/amt/zaehlen';
const MOST_FOUND = 10;

/** One key for each service and way: buttons, so that it works without JavaScript and by keyboard. */
export function countingPages(desk: UsageDesk, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, COUNTERS, async (visit) => answerHtml(await countingPage(desk, frame, visit))),
    postPage(PATH, COUNTERS, async (visit) => {
      const done = await countAtDesk(desk, asStaff(visit.actor), strokeIn(visit.fields.get('fall') ?? ''));
      return done.ok ? redirect(`${PATH}?gezaehlt=${done.value.service}.${done.value.channel}`) : problemPage(done.problem);
    }),
    postPage(`${PATH}/zurueck`, COUNTERS, async (visit) => {
      const done = await undoCounterCases(desk, asStaff(visit.actor));
      return done.ok ? redirect(`${PATH}?zurueck=${done.value.service}.${done.value.channel}`) : problemPage(done.problem);
    }),
    postPage(`${PATH}/liste`, COUNTERS, async (visit) => {
      const [wanted, unwanted] = [visit.fields.get('merken'), visit.fields.get('streichen')];
      const done = wanted === null ? await unlistService(desk, asStaff(visit.actor), unwanted ?? '') : await listService(desk, asStaff(visit.actor), wanted);
      return done.ok ? redirect(PATH) : problemPage(done.problem);
    }),
  ];
}

/** `hund.phone`; a way that there is not counts as the counter. */
function strokeIn(text: string): Stroke {
  const [service = '', way = ''] = text.split('.');
  return { service, channel: CHANNELS.find((one) => one === way) ?? 'counter' };
}

/** A service in a table; with its place where it is in the employee's list. */
interface Row {
  readonly service: CountedService;
  readonly keys?: ListedKeys['keys'];
}

async function countingPage(desk: UsageDesk, frame: Frame, visit: Visit): Promise<Html> {
  const { lang } = visit;
  const t = countingTexts(lang);
  const actor = asStaff(visit.actor);
  const [who, day] = [actor.staffId, legalDay(desk.clock()).toString()];
  const services = new Map(desk.services().map((one) => [one.key, one]));
  const listed: Row[] = (await countingList(desk, actor)).map(({ keys, service }) => ({ keys, service: services.get(service)! }));
  const query = (visit.query.get('q') ?? '').trim().slice(0, 200);
  const found = desk.findServices(query, lang).filter((key) => services.has(key) && listed.every(({ service }) => service.key !== key));
  const named = (parameter: string, said: string): Html | string => {
    const stroke = strokeIn(visit.query.get(parameter) ?? '');
    const service = services.get(stroke.service);
    return service === undefined
      ? ''
      : alert(parameter === 'gezaehlt' ? 'success' : 'info', `${said}: ${service.name[lang]}, ${t[stroke.channel]}`, undefined, { live: true });
  };
  const all = desk.strokes.all(who, day);
  const table = (rows: readonly Row[], caption: string): Html => countingTable(desk, visit, rows, caption);
  const forms = html`${undoPart(all, buttonForm(`${PATH}/zurueck`, { label: t.undo, kind: 'tertiary' }))}
${section(t.list, listed.length === 0 ? html`<p class="kern-body">${t.noList}</p>` : html`<p class="kern-body">${t.listLead}</p>${table(listed, t.list)}`)}
${section(
  t.others,
  html`${searchForm({ action: PATH, name: 'q', label: t.search, hint: t.searchHint, lang, value: query })}
${
  query === ''
    ? ''
    : found.length === 0
      ? html`<p class="kern-body">${t.nothing(query)}</p>`
      : table(
          found.slice(0, MOST_FOUND).map((key) => ({ service: services.get(key)! })),
          t.found(query),
        )
}`,
)}`;
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${named('gezaehlt', t.counted)}${named('zurueck', t.undone)}
${strokeForms({ api: '/api/usage/counter-cases', all, lang }, forms)}
<p class="kern-body"><a class="kern-link" href="/transparenz">${t.transparency}</a></p>`;
  return page(frame(visit), { title: t.title, main, wide: true });
}

function countingTable(desk: UsageDesk, visit: Visit, rows: readonly Row[], caption: string): Html {
  const { lang } = visit;
  const t = countingTexts(lang);
  const [who, day] = [asStaff(visit.actor).staffId, legalDay(desk.clock()).toString()];
  const way = (channel: Channel): Column<Row> => ({
    label: t[channel],
    cell: ({ service: { key: service, name }, keys }) =>
      strokeButton({
        ...{ label: t[channel], context: name[lang], name: 'fall', value: `${service}.${channel}`, body: { service, channel }, lang },
        key: keys?.[channel],
        count: desk.strokes.counted(who, day, { service, channel }).today,
      }),
  });
  const change: Column<Row> = {
    label: t.change,
    cell: ({ service: { key, name }, keys }) =>
      button({
        ...{ kind: 'tertiary', small: true, context: name[lang], formaction: `${PATH}/liste`, value: key },
        ...(keys === undefined ? { label: t.keep, name: 'merken' } : { label: t.drop, name: 'streichen' }),
      }),
  };
  const columns = [{ label: t.service, rowHeader: true, cell: ({ service }: Row) => service.name[lang] }, ...CHANNELS.map(way), change];
  return form({ action: PATH }, dataTable(columns, rows, { caption, captionHidden: true, lang, dense: true }));
}
