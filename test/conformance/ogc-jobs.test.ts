import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { verifyJournal } from '../../src/platform/journal/journal.ts';
import { AREA, EXCEPTION, LONG, ProcessCity, type Json } from '../support/process-city.ts';
import { engines } from '../support/temporary-database.ts';
import { ACTORS, as } from '../support/test-server.ts';

for (const engine of engines) {
  describe(`jobs of OGC API Processes on ${engine}`, () => {
    let city: ProcessCity;
    before(async () => {
      city = await ProcessCity.open(engine);
    });
    after(() => city.city.close());

    it('/req/core/job-creation-auto-execution-mode, -success-async, job-success, job-results: ordered, waiting, done, read', async () => {
      const answer = await city.execute('canopy', { inputs: { area: AREA, years: [0, 10, 20] }, response: 'document' }, { prefer: 'respond-async' });
      assert.equal(answer.status, 201);
      assert.equal(answer.headers.get('preference-applied'), 'respond-async');
      const location = new URL(answer.headers.get('location')!).pathname;
      const accepted = (await answer.json()) as Json;
      assert.deepEqual([accepted['type'], accepted['status'], accepted['progress'], accepted['processID']], ['process', 'accepted', 0, 'canopy']);
      await city.over(accepted['jobID']);
      const done = await city.json(location);
      assert.deepEqual([done['status'], done['progress']], ['successful', 100]);
      assert.ok(done['created'] && done['started'] && done['finished'] && done['updated']);
      const results = await city.json(`${location}/results`, 'citizen');
      const { canopyArea } = results['numbers'].value;
      assert.ok(canopyArea.minimum < canopyArea.value && canopyArea.value < canopyArea.maximum);
      assert.deepEqual(
        results['members'].value.map(({ parameters }: Json) => parameters.years),
        [0, 10, 20],
      );
    });
    it('a grid of parameters: every combination a row, the table as CSV, the map of each member', async () => {
      const id = await city.order('shade', { inputs: { area: AREA, hour: [10, 12, 14], crown: [4, 6] } });
      await city.over(id);
      const table = await (await city.get(`/ogc/jobs/${id}/results?f=csv`, 'citizen')).text();
      const rows = table.trim().split('\r\n');
      assert.match(rows[0]!, /number;hour;crown;shadedShare \[%\]/);
      assert.deepEqual(
        rows.slice(1).map((row) => row.split(';').slice(0, 3).join(' ')),
        ['1 10 4', '2 10 6', '3 12 4', '4 12 6', '5 14 4', '6 14 6'],
      );
      const hours = await Promise.all(
        [1, 6].map(
          async (member) => (await city.json(`/ogc/jobs/${id}/results?outputs=shade&response=raw&member=${member}`, 'citizen'))['features'][0].properties.hour,
        ),
      );
      assert.deepEqual(hours, [10, 14]);
      assert.equal((await city.get(`/ogc/jobs/${id}/results?member=7`, 'citizen')).status, 404);
    });
    it('/req/dismiss and /req/core/job-results-exception/results-not-ready: a running job and a waiting one end at once; one that is over is forgotten', async () => {
      const ids = [await city.order('shade', LONG), await city.order('canopy', { inputs: { area: AREA } })];
      while ((await city.json(`/ogc/jobs/${ids[0]!}`))['status'] === 'accepted') await sleep(20);
      for (const id of ids) {
        const early = await city.get(`/ogc/jobs/${id}/results`);
        assert.equal(early.status, 404);
        assert.equal(((await early.json()) as Json)['type'], `${EXCEPTION}/result-not-ready`);
        const dismissed = await city.send('DELETE', `/ogc/jobs/${id}`);
        assert.equal(dismissed.status, 200);
        assert.equal(((await dismissed.json()) as Json)['status'], 'dismissed');
      }
      // whoever comes next is not kept waiting by what was ended
      const started = performance.now();
      await city.over(await city.order('canopy', { inputs: { area: AREA } }));
      assert.ok(performance.now() - started < 15_000);
      const [id] = ids;
      assert.equal((await city.json(`/ogc/jobs/${id!}`))['status'], 'dismissed');
      assert.equal((await city.get(`/ogc/jobs/${id!}/results`)).status, 410);
      assert.equal((await city.send('DELETE', `/ogc/jobs/${id!}`)).status, 200);
      assert.equal((await city.get(`/ogc/jobs/${id!}`)).status, 404);
      assert.equal((await city.send('DELETE', `/ogc/jobs/${id!}`)).status, 404);
    });
    it('belong to who ordered them: nobody else sees, ends or shares them', async () => {
      const id = await city.order('canopy', { inputs: { area: AREA } });
      for (const who of ['otherCitizen', 'administration', 'nobody'] as const) {
        assert.equal((await city.get(`/ogc/jobs/${id}`, who)).status, 404);
        assert.equal((await city.get(`/ogc/jobs/${id}/results`, who)).status, 404);
        assert.equal((await city.send('DELETE', `/ogc/jobs/${id}`, undefined, who)).status, 404);
      }
      assert.equal((await city.send('PUT', `/api/processes/jobs/${id}/share`, {}, 'otherCitizen')).status, 404);
      await city.over(id);
      assert.equal((await city.json(`/ogc/jobs/${id}`, 'citizen'))['status'], 'successful');
    });
    it('/req/job-list: own jobs, newest first, by process, status, time, duration, a page at a time', async () => {
      for (let n = 0; n < 4; n++) assert.equal((await city.execute(n === 0 ? 'shade' : 'canopy', { inputs: { area: AREA } })).status, 200);
      const { jobs } = await city.json('/ogc/jobs?limit=100', 'citizen');
      assert.ok(jobs.length > 5);
      const ids = jobs.map(({ jobID }: Json) => jobID);
      assert.deepEqual(ids, ids.toSorted().toReversed());
      const walked: string[] = [];
      for (let path: string | undefined = '/ogc/jobs?limit=3&status=successful,failed'; path !== undefined;) {
        const page = await city.json(path, 'citizen');
        walked.push(...page['jobs'].map(({ jobID }: Json) => jobID));
        const next = (page['links'] as Json[]).find(({ rel }) => rel === 'next');
        path = next === undefined ? undefined : new URL(next['href']).pathname + new URL(next['href']).search;
      }
      assert.deepEqual(
        walked,
        jobs.filter(({ status }: Json) => status === 'successful' || status === 'failed').map(({ jobID }: Json) => jobID),
      );
      const count = async (query: string): Promise<number> => (await city.json(`/ogc/jobs?limit=100&${query}`, 'citizen'))['jobs'].length;
      assert.equal(await count('processID=shade'), jobs.filter(({ processID }: Json) => processID === 'shade').length);
      assert.equal(await count('type=process'), jobs.length);
      assert.equal(await count('type=karte'), 0);
      assert.equal(await count('datetime=../2020-01-01T00:00:00Z'), 0);
      assert.equal(await count('datetime=2020-01-01T00:00:00Z/..'), jobs.length);
      assert.equal(await count('minDuration=600'), 0);
      assert.equal((await city.json('/ogc/jobs', 'otherCitizen'))['jobs'].length, 0);
      assert.equal((await city.json('/ogc/jobs', 'nobody'))['jobs'].length, 0);
    });
    it('a person has five at a time, another one as many again', async () => {
      const waiting = [await city.order('shade', LONG)];
      for (let n = 0; n < 4; n++) waiting.push(await city.order('canopy', { inputs: { area: AREA } }));
      const sixth = await city.execute('canopy', { inputs: { area: AREA } }, { prefer: 'respond-async' });
      assert.equal(sixth.status, 429);
      const other = await city.order('canopy', { inputs: { area: AREA } }, 'otherCitizen');
      assert.equal((await city.send('DELETE', `/ogc/jobs/${waiting[0]!}`)).status, 200);
      assert.equal((await city.over(waiting[4]!))['status'], 'successful');
      assert.equal((await city.over(other, 'otherCitizen'))['status'], 'successful');
    });
    it('a result is shared by a link, which ends; what rests on internal data is not shared', async () => {
      const id = await city.order('canopy', { inputs: { area: AREA } });
      await city.over(id);
      const shared = await city.send('PUT', `/api/processes/jobs/${id}/share`, {});
      assert.equal(shared.status, 200, await shared.clone().text());
      const path = new URL(((await shared.json()) as Json)['link']).pathname;
      assert.ok((await city.json(path, 'nobody'))['numbers'].value.canopyArea.value > 0);
      assert.match(await (await city.get(`${path}?f=html`, 'nobody')).text(), /Geteiltes Ergebnis/);
      const kept = await sql<{ text: string }>`select j::text as text from processes.job j where id = ${id}`.execute(city.city.ctx.database.read);
      assert.ok(!kept.rows[0]!.text.includes(path.split('/').at(-1)!), 'the key itself is kept nowhere');
      assert.equal((await city.send('DELETE', `/api/processes/jobs/${id}/share`)).status, 200);
      assert.equal((await city.get(path, 'nobody')).status, 404);
      const inside = await city.order('canopy', { inputs: { area: AREA, trees: 'geheim' } }, 'sachbearbeitung');
      assert.equal((await city.over(inside, 'sachbearbeitung'))['status'], 'successful');
      assert.equal((await city.send('PUT', `/api/processes/jobs/${inside}/share`, {}, 'sachbearbeitung')).status, 403);
    });
    it('pages of a job say state, numbers, data and uncertainty, and end, share and forget it', async () => {
      const id = await city.order('canopy', { inputs: { area: AREA, years: [0, 20] } });
      await city.over(id);
      for (const lang of ['de', 'en', 'leicht']) assert.equal((await city.get(`/ogc/jobs/${id}?f=html&lang=${lang}`, 'citizen')).status, 200);
      const done = await (await city.get(`/ogc/jobs/${id}?f=html`, 'citizen')).text();
      for (const words of ['Fläche unter Kronen', 'Alle Kombinationen', 'strassenbaeume', 'Dies ist eine Schätzung', 'erfunden'])
        assert.ok(done.includes(words), words);
      const form = (action: string) =>
        city.server.request(`/ogc/jobs/${id}/${action}`, {
          method: 'POST',
          headers: { ...as('citizen'), origin: 'http://localhost:8080', 'content-type': 'application/x-www-form-urlencoded' },
          body: '',
        });
      assert.match(await (await form('teilen')).text(), /\/ogc\/shared\/[\w-]{32}/);
      assert.equal((await form('nicht-teilen')).status, 303);
      assert.equal((await form('beenden')).status, 303);
      assert.equal((await city.get(`/ogc/jobs/${id}`, 'citizen')).status, 404);
    });
    it('order, end and sharing are in the journal with the hash of the inputs, and the journal is whole', async () => {
      const id = await city.order('canopy', { inputs: { area: AREA } });
      await city.over(id);
      const entries = await city.city.ctx.journal.readStream(city.city.ctx.database.read, `processes:job:${id}`);
      assert.deepEqual(
        entries.map(({ kind, actor }) => [kind, actor]),
        [
          ['processes.job-ordered', `citizen:${ACTORS.citizen.accountId}`],
          ['processes.job-finished', 'system:processes.run'],
        ],
      );
      for (const { payload } of entries) assert.match(String(payload['inputsHash']), /^[0-9a-f]{64}$/);
      assert.equal((await verifyJournal(city.city.ctx.database.read)).broken, undefined);
      assert.deepEqual(
        city.city.log.lines.filter(({ event }) => event === 'http.failed' || event === 'processes.model-failed'),
        [],
      );
    });
  });
}
