import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { ORIGIN, type StandingRate } from '../../../kernel/usage.ts';
import { checkCampaign, moveProblem, readCents, type Campaign, type TypedCampaign } from './campaign.ts';
import { newCode } from './code.ts';
import { FOLLOW_RULES, judgeFollow, rulesOn, type SeenFollow } from './follow.ts';
import { costPerCase, judgeGoal } from './goal.ts';
import { checkLink, linkStands, type Link } from './link.ts';
import { Recent } from './recent.ts';
import { checkTarget } from './target.ts';

const day = (text: string): Temporal.PlainDate => Temporal.PlainDate.from(text);
const CITY = { publicUrl: 'https://stadt.example', hasService: (key: string): boolean => key === 'hund' };

const TYPED: TypedCampaign = {
  title: 'Hund anmelden',
  titles: { en: 'Register a dog', leicht: 'Hund anmelden' },
  aim: 'Mehr Menschen melden online an.',
  goal: { services: ['hund'], rate: 'take-up', fromPercent: 24, toPercent: 40, by: day('2026-12-31') },
  audience: 'Menschen mit Hund',
  places: ['Rathaus', ' '],
  channels: ['poster'],
  material: '',
  budgetCents: 1_000_00,
  spentCents: 0,
  startsOn: day('2026-11-01'),
  endsOn: day('2026-12-31'),
  source: 'eigene Planung',
  ownPlacement: true,
};
const fieldsOf = (change: Partial<TypedCampaign>): readonly string[] => {
  const checked = checkCampaign({ ...TYPED, ...change }, CITY.hasService);
  return checked.ok ? [] : (checked.problem.fields ?? []).map(({ field }) => field);
};

describe('a campaign', () => {
  it('is taken with everything right, and its empty places are dropped', () => {
    const checked = checkCampaign(TYPED, CITY.hasService);
    assert.ok(checked.ok);
    assert.deepEqual(checked.value.places, ['Rathaus']);
  });
  for (const [what, change, fields] of [
    ['days the wrong way round', { startsOn: day('2026-12-02'), endsOn: day('2026-12-01') }, ['endsOn']],
    ['a goal before the beginning', { goal: { ...TYPED.goal, by: day('2026-10-01') } }, ['by']],
    ['a day that is none', { startsOn: undefined }, ['startsOn']],
    ['a negative budget', { budgetCents: -1 }, ['budget']],
    ['an amount that is none', { spentCents: Number.NaN }, ['spent']],
    ['an unknown service', { goal: { ...TYPED.goal, services: ['hund', 'katze'] } }, ['services']],
    ['a goal below where it stands', { goal: { ...TYPED.goal, toPercent: 20 } }, ['to']],
    ['a share over everything', { goal: { ...TYPED.goal, toPercent: 130 } }, ['to']],
    ['a text too long', { aim: 'x'.repeat(1001) }, ['aim']],
    ['a name in German alone', { titles: { en: ' ', leicht: '' } }, ['titleEn', 'titleLeicht']],
    ['no channel, no source, no name', { channels: [], source: ' ', title: '' }, ['title', 'source', 'channels']],
  ] as const)
    it(`${what} is refused at its field`, () => assert.deepEqual(fieldsOf(change as Partial<TypedCampaign>), fields));

  it('a starting point that nobody knows is no starting point of zero', () => {
    const { fromPercent: _, ...goal } = TYPED.goal;
    assert.deepEqual(fieldsOf({ goal }), []);
  });
  it('amounts are read as people write them', () => {
    for (const [typed, cents] of [
      ['12.500,50', 1250050],
      ['12500.5', 1250050],
      ['€ 7', 700],
      ['', 0],
      ['-3', -300],
    ] as const)
      assert.equal(readCents(typed), cents, typed);
    for (const typed of ['viel', '1,2,3', '12.50,00']) assert.ok(Number.isNaN(readCents(typed)), typed);
  });
  it('goes only forward: draft, running, ended', () => {
    const checked = checkCampaign(TYPED, CITY.hasService);
    assert.ok(checked.ok);
    const one: Campaign = { ...checked.value, id: 'x', key: null, state: 'draft', version: 1, changedAt: Temporal.Now.instant() };
    const today = day('2026-11-24');
    assert.equal(moveProblem(one, 'running', today), undefined);
    assert.match(moveProblem(one, 'ended', today)!.detail, /Starten Sie/);
    assert.match(moveProblem({ ...one, state: 'running' }, 'running', today)!.detail, /läuft schon/);
    assert.match(moveProblem({ ...one, state: 'ended' }, 'running', today)!.detail, /beendet/);
    assert.match(moveProblem(one, 'running', day('2027-01-01'))!.detail, /Vergangenheit/);
    assert.equal(moveProblem({ ...one, key: 'weitergeben' }, 'ended', today)!.kind, 'not-allowed');
  });
});

describe('where a campaign may lead', () => {
  for (const [typed, path] of [
    ['/leistungen/hund', '/leistungen/hund'],
    ['https://stadt.example/leistungen/hund/check', '/leistungen/hund/check'],
    ['/d/digital-fuer-dich', '/d/digital-fuer-dich'],
    ['/online-ausweis?k=b7kfm', '/online-ausweis'],
    ['/lebenslagen/umzug', '/lebenslagen/umzug'],
    ['/', '/'],
  ] as const)
    it(`${typed} is taken`, () => {
      const checked = checkTarget(typed, CITY);
      assert.ok(checked.ok && checked.value === path);
    });
  for (const [typed, because] of [
    ['/antrag/neu/hund', /Verfahren.*vorausgefüllt wird nichts.*Seite der Leistung/],
    ['/antrag/0190a000/seite/1', /Verfahren/],
    ['/vorgang/0190a000', /Verfahren/],
    ['/amt/kasse', /Arbeitsplatz der Verwaltung/],
    ['/verwaltung', /Arbeitsplatz der Verwaltung/],
    ['/postfach', /gehört einer Person.*Bescheide/],
    ['/zahlungen/1', /Gebühren/],
    ['/rechtsbehelf', /Rechtsbehelfe/],
    ['/leistungen/hund?name=Petersen', /nichts mit außer seiner Herkunft.*name/],
    ['/leistungen/hund?k=b7kfm&chipNumber=1', /chipNumber/],
    ['/leistungen/hund#gebuehr', /#/],
    ['/leistungen/katze', /„katze“ gibt es nicht/],
    ['https://anderswo.example/', /nur in die Stadt/],
    ['//anderswo.example/leistungen/hund', /nur in die Stadt/],
    ['/\\anderswo.example', /nur in die Stadt/],
    ['/d/../amt', /keine Kampagnen/],
    ['javascript:alert(1)', /nur in die Stadt/],
    ['/api/cases', /keine Kampagnen/],
    ['', /wohin/],
  ] as const)
    it(`${typed === '' ? 'nothing' : typed} is refused, with the reason`, () => {
      const checked = checkTarget(typed, CITY);
      assert.ok(!checked.ok);
      assert.match(checked.problem.detail, because);
      assert.equal(checked.problem.fields?.[0]?.field, 'target');
    });
});

describe('a short link', () => {
  it('has a code that is an origin, without vowels', () => {
    let state = 1;
    const random = (): number => ((state = (state * 48271) % 2147483647), state / 2147483647);
    const codes = new Set(Array.from({ length: 1000 }, () => newCode(random)));
    assert.equal(codes.size, 1000);
    for (const code of codes) assert.match(code, ORIGIN);
  });
  it('names every field that is wrong', () => {
    const checked = checkLink({ target: '/amt', channel: 'zeppelin', place: 'x'.repeat(101), material: '', endsOn: null }, CITY, day('2026-11-24'));
    assert.ok(!checked.ok);
    assert.deepEqual(
      checked.problem.fields?.map(({ field }) => field),
      ['target', 'channel', 'place', 'endsOn'],
    );
  });
  it('leads on from the start of its campaign to its last day, in the city’s time', () => {
    const link: Link = {
      code: 'b7kfmx',
      campaignId: 'x',
      target: '/',
      channel: 'poster',
      place: '',
      material: '',
      createdAt: Temporal.Now.instant(),
      endsOn: day('2026-11-24'),
    };
    const campaign = { state: 'running', startsOn: day('2026-11-20'), endsOn: day('2026-12-31') } as const;
    assert.equal(linkStands(link, campaign, Temporal.Instant.from('2026-11-19T22:59:59Z')), 'early', 'started before its first day');
    assert.equal(linkStands(link, campaign, Temporal.Instant.from('2026-11-19T23:00:00Z')), 'open');
    assert.equal(linkStands(link, campaign, Temporal.Instant.from('2026-11-24T22:59:59Z')), 'open');
    assert.equal(linkStands(link, campaign, Temporal.Instant.from('2026-11-24T23:00:00Z')), 'over');
    assert.equal(linkStands(link, { ...campaign, state: 'draft' }, Temporal.Instant.from('2026-11-24T12:00:00Z')), 'early');
    assert.equal(linkStands(link, { ...campaign, state: 'ended' }, Temporal.Instant.from('2026-11-24T12:00:00Z')), 'over');
  });
});

describe('what does not count', () => {
  const rules = rulesOn(Temporal.Instant.from('2026-11-24T12:00:00Z'));
  const seen = (change: Partial<SeenFollow>): SeenFollow => ({ robot: false, ahead: false, byReader: 1, recent: { phone: 1 }, usual: 0, ...change });
  for (const [what, change, verdict] of [
    ['somebody', {}, 'counted'],
    ['a robot by its own word', { robot: true }, 'robot'],
    ['what is fetched in advance, even by a robot', { robot: true, ahead: true }, 'ahead'],
    ['the third follow within an hour', { byReader: 3 }, 'counted'],
    ['the fourth follow within an hour', { byReader: 4 }, 'repeat'],
    ['many, but fewer than a burst has', { recent: { phone: 300 } }, 'counted'],
    ['a burst of phones', { recent: { phone: 301, computer: 3 } }, 'burst'],
    ['as many, from all kinds of devices', { recent: { phone: 200, computer: 150 } }, 'counted'],
    ['as many, of a link that is always followed so often', { recent: { phone: 301 }, usual: 16 }, 'counted'],
  ] as const)
    it(`${what}: ${verdict}`, () => assert.equal(judgeFollow(seen(change), rules), verdict));
  it('the rules of the day hold, also those that the city has set', (t) => {
    FOLLOW_RULES.set([{ from: '2027-01-01', value: { ...FOLLOW_RULES.rows()[0]!.value, perReaderAndHour: 1 }, source: 'Test' }]);
    t.after(() => FOLLOW_RULES.set([]));
    assert.equal(rulesOn(Temporal.Instant.from('2026-12-31T22:59:59Z')).perReaderAndHour, 3);
    const later = rulesOn(Temporal.Instant.from('2026-12-31T23:00:00Z'));
    assert.deepEqual([later.from, later.perReaderAndHour], ['2027-01-01', 1]);
  });
});

describe('where a goal stands', () => {
  const campaign = { goal: { ...TYPED.goal, by: day('2026-12-31') }, startsOn: day('2026-11-01') };
  const told = (value: number, until: string): StandingRate => ({
    share: { kind: 'known', value, of: 100 },
    days: { from: day('2025-11-01'), until: day(until) },
  });

  it('is judged by the rate and on the day of the rate', () => {
    assert.deepEqual(judgeGoal(campaign, told(0.4, '2026-11-30')), { percent: 40, reached: true, on: day('2026-11-30') });
    assert.equal(judgeGoal(campaign, told(0.39, '2026-11-30')).reached, false);
  });
  it('a figure that is older than the campaign says nothing of it; what is not known or too few has no light', () => {
    const older = judgeGoal(campaign, told(0.9, '2026-10-31'));
    assert.deepEqual([older.reached, older.on], [undefined, 'figure-older']);
    for (const kind of ['unknown', 'suppressed'] as const) assert.equal(judgeGoal(campaign, { share: { kind } }).on, 'no-figure');
    const { fromPercent: _, ...open } = campaign.goal;
    const judged = judgeGoal({ ...campaign, goal: open }, told(0.9, '2026-11-30'));
    assert.deepEqual([judged.reached, judged.on], [true, 'no-start'], 'reached without a start is reached, too');
  });
  it('an application costs at most what was spent over those that are told, and nothing is told of few', () => {
    assert.deepEqual(costPerCase(100_000, 40), { kind: 'known', cents: 2500, cases: 40 });
    assert.deepEqual(costPerCase(0, 40), { kind: 'unknown', because: 'nothing-spent' });
    assert.deepEqual(costPerCase(100_000, 'suppressed'), { kind: 'unknown', because: 'few' });
    for (const count of ['unknown', undefined] as const) assert.deepEqual(costPerCase(100_000, count), { kind: 'unknown', because: 'nobody-counts' });
  });
});

it('what was opened lately is counted by kind of device, without what is older, and not more than ten thousand', () => {
  const recent = new Recent();
  for (let at = 0; at < 25_000; at++) recent.add(at, at % 5 === 0 ? 'computer' : 'phone');
  assert.deepEqual(recent.since(0), { computer: 2000, phone: 8000 });
  assert.deepEqual(recent.since(24_989), { computer: 2, phone: 8 });
  recent.add(25_000, 'tablet');
  assert.deepEqual(recent.since(24_999), { computer: 0, phone: 0, tablet: 1 });
});
