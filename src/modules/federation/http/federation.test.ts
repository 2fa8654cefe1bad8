import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import { federationOn } from '../../../lage.ts';
import { lageCity, type LageCity } from '../../../../test/support/lage-city.ts';
import { expectOk, ok, refuse } from '../../../kernel/result.ts';
import type { PictureObject } from '../../../kernel/picture.ts';
import { changePicture, enterLage } from '../../situation/public.ts';
import type { FederationContext } from '../application/context.ts';
import { pullOnce } from '../application/take-feed.ts';
import { chained, chainProblem, feedGenesis, isSignedBy, readCode, ServerKey, writeCode } from '../domain/feed.ts';
import { takeEntry } from '../domain/shared.ts';
import { listPartners } from '../store/partners.ts';

/** The line between both cities: cut, or with somebody in it who changes what is said. */
interface Line {
  cut: boolean;
  tamper: (text: string) => string;
}

interface Side {
  readonly city: LageCity;
  readonly ctx: FederationContext;
  readonly line: Line;
  key: string;
  partner: string;
}

const SECRETS = { feuerwehr: 'f'.repeat(40), hafen: 'h'.repeat(40) } as const;
let [fire, port]: Side[] = [];
before(async () => {
  const make = async (name: keyof typeof SECRETS, other: () => Side): Promise<Side> => {
    const city = await lageCity({ env: { KONTOR_PUBLIC_URL: `http://${name}.example`, KONTOR_SECRET: SECRETS[name] } });
    const line: Line = { cut: false, tamper: (text) => text };
    const outbound = {
      ...federationOn(city.ctx, { secret: SECRETS[name], outboundHosts: [] }).outbound,
      async text(url: string) {
        if (line.cut) return refuse({ kind: 'unavailable', detail: 'Der Partner ist nicht zu erreichen.' });
        const { pathname, search } = new URL(url);
        const answer = await other().city.server.request(pathname + search);
        const text = await answer.text();
        return answer.ok ? ok({ text: line.tamper(text), mediaType: 'text/plain' }) : refuse({ kind: 'unavailable', detail: `${answer.status}: ${text}` });
      },
    };
    return { city, line, ctx: { ...federationOn(city.ctx, { secret: SECRETS[name], outboundHosts: [] }), outbound }, key: '', partner: '' };
  };
  fire = await make('feuerwehr', () => port!);
  port = await make('hafen', () => fire!);
  await linked(fire, port);
});
after(async () => {
  await fire?.city.close();
  await port?.city.close();
});

/** Both open a Lage and exchange their codes. */
async function linked(one: Side, other: Side): Promise<void> {
  for (const side of [one, other]) {
    side.key = await side.city.lage(side === one ? 'Sturmflut Feuerwehr' : 'Sturmflut Hafen');
    const added = await side.city.json('leader', 'POST', `/api/lagen/${side.key}/partner`, { name: 'Partner', layers: ['kraefte', 'tore'] });
    side.partner = String(added['id']);
  }
  const codeOf = async (side: Side): Promise<string> =>
    ((await side.city.json('leader', 'GET', `/api/lagen/${side.key}/partner`))['items'] as { code: string }[])[0]!.code;
  await one.city.json('leader', 'POST', `/api/lagen/${one.key}/partner/${one.partner}/verbindung`, { code: await codeOf(other) });
  await other.city.json('leader', 'POST', `/api/lagen/${other.key}/partner/${other.partner}/verbindung`, { code: await codeOf(one) });
}

const thing = (id: string, title: string, over: Partial<PictureObject> = {}): PictureObject => {
  const at = fire!.city.ctx.clock();
  return {
    id: `unit:${id}`,
    kind: 'unit',
    layer: 'kraefte',
    title,
    geometry: { type: 'Point', coordinates: [9.97, 53.54] },
    facts: { staerke: '1/2/6//9' },
    source: { kind: 'person', name: 'Silke', organisation: 'Feuerwehr' },
    eventAt: at,
    receivedAt: at,
    ...over,
  };
};

async function put({ city, key }: Side, shown: readonly PictureObject[], ended: readonly string[] = []): Promise<void> {
  const { lage } = expectOk(await enterLage(city.ctx, city.leader, key, 'read'));
  await city.ctx.database.write(async (tx) => {
    const entry = await changePicture(tx, lage.id, { shown, ended }, city.ctx.clock());
    await city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, city.ctx.clock(), [entry]);
  });
}

async function pull(side: Side): Promise<string | undefined> {
  for (;;) {
    const { lage } = expectOk(await enterLage(side.city.ctx, side.city.leader, side.key, 'read'));
    const partner = (await listPartners(side.ctx.database.read, lage.id)).find(({ id }) => id === side.partner)!;
    const pulled = await pullOnce(side.ctx, partner);
    if (!pulled.ok) return pulled.problem;
    if (!pulled.value.more) return undefined;
  }
}

interface Seen {
  readonly id: string;
  readonly title: string;
  readonly source: { kind: string; name: string; organisation?: string; ref?: string };
}

async function seen({ city, key }: Side): Promise<Seen[]> {
  const objects = (await city.json('leader', 'GET', `/api/lagen/${key}/objects?limit=5000`))['items'] as Seen[];
  return objects.filter(({ source }) => source.kind === 'partner').toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

describe('two cities, one picture', () => {
  it('show what the other knows, and who said it', async () => {
    await put(fire!, [thing('a', 'HLRW 21-1')]);
    assert.equal(await pull(port!), undefined);
    const [one] = await seen(port!);
    assert.equal(one!.id, 'unit:feuerwehr.example/a');
    assert.deepEqual(one!.source, { kind: 'partner', name: 'Silke', organisation: 'Feuerwehr', ref: 'feuerwehr.example/unit:a' });
  });

  it('give only chosen layers, nothing for single functions, and hand on nothing they were told', async () => {
    await put(fire!, [thing('b', 'Geheim', { needToKnow: ['S2'] }), thing('c', 'Gefahr', { id: 'hazard:c', kind: 'hazard', layer: 'gefahren' })]);
    await pull(port!);
    await pull(fire!);
    assert.deepEqual(
      (await seen(port!)).map(({ title }) => title),
      ['HLRW 21-1'],
    );
    assert.deepEqual(await seen(fire!), []);
  });

  it('survive a cut line: nothing lost, nothing doubled, and the page says since when', async () => {
    port!.line.cut = true;
    for (let i = 0; i < 30; i += 1)
      await put(
        fire!,
        Array.from({ length: 30 }, (_, j) => thing(`m${j}`, `Stand ${i}`)),
        i % 10 === 9 ? [`unit:m${i}`] : [],
      );
    assert.match((await pull(port!)) ?? '', /nicht zu erreichen/);
    const [partner] = (await port!.city.json('leader', 'GET', `/api/lagen/${port!.key}/partner`))['items'] as { problem: string | null }[];
    assert.notEqual(partner!.problem, null);
    port!.line.cut = false;
    assert.equal(await pull(port!), undefined);
    const titles = (await seen(port!)).filter(({ id }) => id.includes('/m')).map(({ title }) => title);
    assert.deepEqual(
      titles,
      Array.from({ length: 30 - 1 }, () => 'Stand 29'),
      'the last word on each; what ended last is gone',
    );
    assert.equal(await pull(port!), undefined);
  });

  it('take nothing of an answer that was changed, is old, or is of somebody else', async () => {
    await put(fire!, [thing('d', 'Neu')]);
    let kept = '';
    port!.line.tamper = (text) => ((kept = text), text.replace('"Neu"', '"Alt"'));
    assert.match((await pull(port!)) ?? '', /nicht vom Partner unterschrieben/);
    port!.line.tamper = () => kept;
    assert.match((await pull(port!)) ?? '', /zu einer anderen Frage/);
    port!.line.tamper = (text) => `${text.split('\n')[0]}\n${new ServerKey('x'.repeat(40)).sign(text.split('\n')[0]!)}`;
    assert.match((await pull(port!)) ?? '', /nicht vom Partner unterschrieben/);
    port!.line.tamper = (text) => text;
    assert.ok(!(await seen(port!)).some(({ title }) => title === 'Alt'));
    assert.equal(await pull(port!), undefined);
    assert.ok((await seen(port!)).some(({ title }) => title === 'Neu'));
  });

  it('answer nobody who cannot sign for the share', async () => {
    const share = port!.partner;
    const question = (signature: string) =>
      `/api/partner/feed?${new URLSearchParams({ share, after: '0', nonce: 'n', at: fire!.city.ctx.clock().toString(), signature })}`;
    for (const signature of ['', 'AAAA', new ServerKey('y'.repeat(40)).sign('x')])
      assert.equal((await port!.city.call('nobody', 'GET', question(signature))).status, 404);
  });

  it('send messages into each other’s log, once', async () => {
    const id = '0190a000-0000-7000-8000-00000000f001';
    for (let i = 0; i < 2; i += 1)
      await port!.city.call('leader', 'POST', `/api/lagen/${port!.key}/partner/${port!.partner}/nachrichten`, { id, text: 'Tor 7 klemmt.' });
    await pull(fire!);
    const { rows } = await sql<{ organisation: string }>`select organisation from logbook.entry where text like '%Tor 7 klemmt%' and text like 'Von %'`.execute(
      fire!.city.ctx.database.read,
    );
    assert.deepEqual(rows, [{ organisation: 'Feuerwehr (hafen.example)' }]);
  });

  it('end what is no longer shared, and everything with the link', async () => {
    await fire!.city.json('leader', 'PUT', `/api/lagen/${fire!.key}/partner/${fire!.partner}/ebenen`, { layers: ['gefahren'] });
    await pull(port!);
    assert.deepEqual(
      (await seen(port!)).map(({ id }) => id),
      ['hazard:feuerwehr.example/c'],
    );
    await port!.city.json('leader', 'DELETE', `/api/lagen/${port!.key}/partner/${port!.partner}`);
    assert.deepEqual(await seen(port!), []);
    assert.match((await pull(fire!)) ?? '', /404/);
  });

  it('refuse a code of their own, of an exercise, and what is none', async () => {
    const key = await fire!.city.lage('Übung', { exercise: true });
    const { id, code } = (await fire!.city.json('leader', 'POST', `/api/lagen/${key}/partner`, { name: 'P', layers: ['tore'] })) as {
      id: string;
      code: string;
    };
    const real = { ...readCode(code)!, origin: 'fern.example', publicKey: new ServerKey('z'.repeat(40)).publicKey, exercise: false };
    for (const [text, what] of [
      [code, /dieses Servers/],
      [writeCode(real), /Übung/],
      ['kontor-partner-1.xxx', /kein Code/],
    ] as const) {
      const answer = await fire!.city.call('leader', 'POST', `/api/lagen/${key}/partner/${id}/verbindung`, { code: text });
      assert.equal(answer.status, 422);
      assert.match(await answer.text(), what);
    }
  });
});

describe('the feed', () => {
  it('whatever was written, a change, a gap or a swap anywhere is found', () => {
    const bodies = fc.array(fc.record({ kind: fc.constant('object' as const), body: fc.jsonValue() }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(bodies, fc.nat(), (all, at) => {
        const start = { n: 0, hash: feedGenesis('a') };
        const entries = chained(start, all);
        assert.equal(chainProblem(start, entries), undefined);
        const i = at % entries.length;
        assert.notEqual(chainProblem(start, entries.with(i, { ...entries[i]!, body: { changed: entries[i]!.body } })), undefined);
        if (i < entries.length - 1) assert.notEqual(chainProblem(start, entries.toSpliced(i, 1)), undefined);
        assert.notEqual(chainProblem({ n: 0, hash: feedGenesis('b') }, entries), undefined);
      }),
      { numRuns: 50 },
    );
  });

  it('whatever a partner says, it is read or set aside with a reason, and never throws', () => {
    const now = Temporal.Instant.from('2026-11-28T19:00:00Z');
    fc.assert(
      fc.property(fc.constantFrom('object', 'ended', 'message'), fc.jsonValue(), (kind, body) => {
        const taken = takeEntry(kind, body, { origin: 'o', now });
        if (taken.kind === 'refused') assert.notEqual(taken.reason, '');
      }),
      { numRuns: 200 },
    );
  });

  it('a key is the same from the same secret, and signs what only it could', () => {
    const [one, again, other] = [new ServerKey('a'.repeat(32)), new ServerKey('a'.repeat(32)), new ServerKey('b'.repeat(32))];
    assert.equal(one.publicKey, again.publicKey);
    assert.ok(isSignedBy(one.publicKey, 'x', again.sign('x')));
    assert.ok(!isSignedBy(other.publicKey, 'x', one.sign('x')));
  });
});
