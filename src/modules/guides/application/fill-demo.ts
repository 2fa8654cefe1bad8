import type { Actor } from '../../../kernel/actor.ts';
import { legalDay } from '../../../kernel/time.ts';
import { instantOf, spansOn } from '../domain/opening.ts';
import type { Place } from '../domain/place.ts';
import type { Consultation } from '../domain/consultation.ts';
import type { TypedPlace } from '../domain/read-place.ts';
import { BY_PHONE, publishedConsultations, strike } from './consultations.ts';
import type { GuidesContext } from './context.ts';
import { addPlace } from './places.ts';
import { call, draw, finish } from './queue.ts';

/** Invented, as everything in a demo: nobody signs in as them. */
const DEMO_GUIDE: Actor = { kind: 'staff', staffId: '0190a000-0000-7000-8000-0000000107e5', roles: ['lotse'], authorities: [] };
const SHOP_HOURS = { '1': '10-19', '2': '10-19', '3': '10-19', '4': '10-19', '5': '10-19', '6': '10-19' };
const ALL_WEEK = { ...SHOP_HOURS, '7': '11-17' };
const SERVED_BEFORE = 7;

/** Three places of a demo, one of them with a queue in which some have been helped on the last open day and some wait now. */
export async function fillDemoGuides(ctx: GuidesContext): Promise<void> {
  const today = legalDay(ctx.clock());
  const [popup] = await Promise.all(demoPlaces(today).map(async (typed) => addPlace(ctx, DEMO_GUIDE, typed)));
  // there already: the demo was filled before
  if (popup === undefined || !popup.ok) return;
  const day = [1, 2, 3].map((back) => today.subtract({ days: back })).find((one) => spansOn(popup.value, one).length > 0);
  if (day !== undefined) await helped(ctx, popup.value, instantOf(day, '11:00'));
  // only while it is open; else nobody waits
  for (let count = 0; count < 3; count++) await draw(ctx, popup.value.key);
}

const KINDS: readonly (Consultation & { readonly each: number })[] = [
  { place: 'kundenzentrum-muster', reason: 'online-ausweis', length: 'bis-15', lang: 'de', each: 14 },
  { place: 'digitalpunkt-nord', reason: 'konto', length: 'bis-30', lang: 'de', each: 11 },
  { place: 'digitalpunkt-nord', reason: 'antrag', length: 'laenger', lang: 'tr', each: 6 },
  { place: BY_PHONE, reason: 'status', length: 'bis-5', lang: 'de', each: 9 },
  { place: BY_PHONE, reason: 'technik', length: 'bis-15', lang: 'en', each: 5 },
];

/** Consultations of a demo's past, month by month since a day, a few more each month. Once. */
export async function fillDemoConsultations(ctx: GuidesContext, from: Temporal.PlainDate): Promise<void> {
  if ((await publishedConsultations(ctx)).length > 0) return;
  const today = legalDay(ctx.clock());
  for (let month = from.with({ day: 1 }), grown = 0; Temporal.PlainDate.compare(month, today) < 0; month = month.add({ months: 1 }), grown++) {
    const at = instantOf(month.add({ days: Math.min(27, month.until(today).days) }), '08:00');
    for (const { each, ...one } of KINDS) await strike({ ...ctx, clock: () => at }, one, each + Math.floor((each * grown) / 20));
  }
}

/** One after the other, ten to sixteen minutes each. */
async function helped(ctx: GuidesContext, { key }: Place, from: Temporal.Instant): Promise<void> {
  let at = from;
  const then = { ...ctx, clock: () => at };
  for (let count = 0; count < SERVED_BEFORE; count++) {
    await draw(then, key);
    await call(then, DEMO_GUIDE, key, { desk: 'Tisch 1' });
    at = at.add({ minutes: 10 + count });
    await finish(then, DEMO_GUIDE, key, 'served');
  }
}

function demoPlaces(today: Temporal.PlainDate): readonly TypedPlace[] {
  const [past, soon] = [today.subtract({ days: 20 }).toString(), today.add({ days: 60 }).toString()];
  const base = { closedOn: [], startsOn: past, slotMinutes: 30 };
  const longAgo = today.subtract({ years: 2 }).toString();
  return [...demoOffices({ ...base, startsOn: longAgo }), ...demoPassing(base, soon)];
}

type Base = Pick<TypedPlace, 'closedOn' | 'startsOn' | 'slotMinutes'>;

/** Places that stay. */
function demoOffices(base: Base): readonly TypedPlace[] {
  return [
    {
      ...base,
      key: 'digitalpunkt-nord',
      name: 'Digitalpunkt Nord',
      kind: 'office',
      address: 'Musterallee 12, 20243 Hamburg',
      position: { lon: 10.0012, lat: 53.5904 },
      note: '',
      offers: ['online-ausweis', 'konto', 'antraege'],
      access: ['step-free', 'toilet', 'induction-loop', 'sign-language', 'parking'],
      hours: { '1': '9-12, 13-16', '2': '9-12, 13-18', '4': '9-12, 13-18', '5': '9-12' },
      endsOn: '',
      desks: 2,
    },
    {
      ...base,
      key: 'kundenzentrum-muster',
      name: 'Kundenzentrum Musterstadtteil',
      kind: 'office',
      address: 'Musterstraße 7, 20099 Hamburg',
      position: { lon: 10.0102, lat: 53.5562 },
      note: 'Bringen Sie zum Beantragen ein Lichtbild mit.',
      offers: ['pin', 'karte'],
      access: ['step-free', 'toilet', 'parking'],
      hours: { '1': '8-16', '2': '8-18', '3': '8-12', '4': '8-18', '5': '8-12' },
      endsOn: '',
      slotMinutes: 15,
      desks: 4,
    },
  ];
}

/** Places that come and go. */
function demoPassing(base: Base, soon: string): readonly TypedPlace[] {
  return [
    {
      ...base,
      key: 'pop-up-passage',
      name: 'Service-Pop-up in der Musterpassage',
      kind: 'popup',
      address: 'Musterpassage 1, 22765 Hamburg',
      position: { lon: 9.9355, lat: 53.5511 },
      note: 'Im Erdgeschoss neben der Bücherhalle. Bringen Sie Ausweis und PIN-Brief mit.',
      offers: ['online-ausweis', 'pin', 'konto', 'antraege', 'technik'],
      access: ['step-free', 'toilet', 'guide-dog'],
      hours: ALL_WEEK,
      endsOn: soon,
      desks: 3,
    },
    {
      ...base,
      key: 'bus-bergedorf',
      name: 'Digitalbus am Mustermarkt',
      kind: 'bus',
      address: 'Mustermarkt, 21029 Hamburg',
      position: { lon: 10.2125, lat: 53.4893 },
      note: 'Der Bus steht neben dem Brunnen.',
      offers: ['online-ausweis', 'technik'],
      access: [],
      hours: { '3': '10-16', '6': '9-13' },
      endsOn: soon,
      slotMinutes: 20,
      desks: 1,
    },
  ];
}
