import { legalDay } from '../../../kernel/time.ts';
import { getPage, html as answerHtml, postPage, problemPage, redirect, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { alert } from '../../../platform/ui/alert.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { button, buttonForm, form } from '../../../platform/ui/form-frame.ts';
import { html, type Html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import { countCounterCases, undoCounterCases } from '../application/count-counter-cases.ts';
import type { Channel, Stroke } from '../domain/channel.ts';
import { countingTexts } from './counting-texts.ts';
import { asStaff, COUNTERS, type Frame, type UsageDesk } from './frame.ts';
import { CHANNELS } from './lists.ts';

const PATH = '/amt/zaehlen';

/** Keys in the order of a German keyboard; J and K walk rows elsewhere. */
const KEYS = [...'1234567890qwertzuiopasdfghlyxcvbnm'];

/** One key for each service and way: buttons, so that it works without JavaScript and by keyboard. */
export function countingPages(desk: UsageDesk, frame: Frame): AnyRoute[] {
  return [
    getPage(PATH, COUNTERS, async (visit) => answerHtml(countingPage(desk, frame, visit))),
    postPage(PATH, COUNTERS, async (visit) => {
      const stroke = strokeIn(visit.fields.get('fall') ?? '');
      const done = await countCounterCases(desk, asStaff(visit.actor), stroke);
      return done.ok ? redirect(`${PATH}?gezaehlt=${done.value.service}.${done.value.channel}`) : problemPage(done.problem);
    }),
    postPage(`${PATH}/zurueck`, COUNTERS, async (visit) => {
      const done = await undoCounterCases(desk, asStaff(visit.actor));
      return done.ok ? redirect(`${PATH}?zurueck=${done.value.service}.${done.value.channel}`) : problemPage(done.problem);
    }),
  ];
}

/** `hund.phone`; a way that there is not counts as the counter. */
function strokeIn(text: string): Stroke {
  const [service = '', way = ''] = text.split('.');
  return { service, channel: CHANNELS.find((one) => one === way) ?? 'counter' };
}

function countingPage(desk: UsageDesk, frame: Frame, visit: Visit): Html {
  const { lang } = visit;
  const t = countingTexts(lang);
  const actor = asStaff(visit.actor);
  const own = desk.strokes.own(actor.staffId, legalDay(desk.clock()).toString());
  const services = desk.services().toSorted((a, b) => a.name[lang].localeCompare(b.name[lang], 'de'));
  const nameOf = ({ service, channel }: Stroke): string => `${services.find(({ key }) => key === service)?.name[lang] ?? service}, ${t[channel]}`;
  const said = (parameter: string): string | undefined => {
    const value = visit.query.get(parameter);
    const stroke = value === null ? undefined : strokeIn(value);
    return stroke === undefined || !services.some(({ key }) => key === stroke.service) ? undefined : nameOf(stroke);
  };
  const [counted, undone] = [said('gezaehlt'), said('zurueck')];
  const key = (channel: Channel, column: number) => ({
    label: t[channel],
    cell: (one: (typeof services)[number]) => {
      const pressedBy = KEYS[services.indexOf(one) * CHANNELS.length + column];
      const facts = { label: t[channel], kind: 'secondary', small: true, name: 'fall', value: `${one.key}.${channel}`, context: one.name[lang] } as const;
      return button({ ...facts, ...(pressedBy !== undefined && { key: pressedBy }) });
    },
  });
  const table = dataTable([{ label: t.service, rowHeader: true, cell: (one: (typeof services)[number]) => one.name[lang] }, ...CHANNELS.map(key)], services, {
    caption: t.title,
    captionHidden: true,
    lang,
    dense: true,
  });
  const main = html`${pageTitle(t.title, { lead: t.lead })}
${counted === undefined ? '' : alert('success', `${t.counted}: ${counted}`, undefined, { live: true })}
${undone === undefined ? '' : alert('info', `${t.undone}: ${undone}`, undefined, { live: true })}
<p class="kern-body">${t.today}: <strong>${own.reduce((total, { count }) => total + count, 0)}</strong>. ${t.todayNote}</p>
${own.length === 0 ? '' : buttonForm(`${PATH}/zurueck`, { label: t.undo, kind: 'tertiary', context: nameOf(own.at(-1)!.stroke) })}
<kontor-shortcuts data-label="${t.keys}" data-hint="${t.keysHint}">${form({ action: PATH }, table)}</kontor-shortcuts>
<p class="kern-body"><a class="kern-link" href="/transparenz">${t.transparency}</a></p>`;
  return page(frame(visit), { title: t.title, main, wide: true });
}
