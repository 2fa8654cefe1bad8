import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { newId } from '../../../kernel/id.ts';
import { temporaryCity, type TemporaryCity } from '../../../../test/support/temporary-city.ts';
import { engines } from '../../../../test/support/temporary-database.ts';
import { followProcessingTimes, processingTime } from './processing-times.ts';

const NOW = Temporal.Instant.from('2026-11-24T09:00:00Z');
const daysAgo = (days: number): Temporal.Instant => NOW.subtract({ hours: days * 24 });

for (const engine of engines) {
  describe(`durations are measured, never promised (${engine})`, () => {
    let city: TemporaryCity;
    before(async () => void (city = await temporaryCity({ engine })));
    after(() => city.close());

    const note = (kind: string, at: Temporal.Instant, payload: Record<string, unknown>) =>
      city.database.write((tx) =>
        city.ctx.journal.append(tx, { kind: 'system', job: 'test' }, at, [{ stream: `case:${String(payload['caseId'])}`, kind, payload }]),
      );
    const submitted = (caseId: string, service: string, at: Temporal.Instant) =>
      note('procedure.antrag-eingereicht', at, { caseId, service, authority: 'bezirksamt-altona' });
    const decided = (caseId: string, at: Temporal.Instant) => note('procedure.bescheid-bekanntgegeben', at, { caseId });
    /** A case of so many days that ended so many days ago. */
    async function closed(service: string, took: number, ended = 10): Promise<string> {
      const caseId = newId(NOW.epochMilliseconds);
      await submitted(caseId, service, daysAgo(ended + took));
      await decided(caseId, daysAgo(ended));
      return caseId;
    }
    const measured = async (service: string) => {
      await followProcessingTimes(city.ctx);
      return processingTime(city.ctx, service, NOW);
    };

    it('nobody has applied: nothing is known', async () => assert.deepEqual(await measured('nichts'), { cases: 0 }));

    it('below five closed cases the duration is unknown', async () => {
      for (const took of [1, 2, 3, 4]) await closed('wenige', took);
      assert.deepEqual(await measured('wenige'), { cases: 4 });
    });

    it('median and four in five, of this service alone', async () => {
      for (const took of [2, 4, 6, 8, 30]) await closed('baum', took);
      await closed('anderes', 300);
      const { cases, medianDays, p80Days } = await measured('baum');
      assert.deepEqual([cases, medianDays, p80Days?.toFixed(6)], [5, 6, '12.400000']);
    });

    it('open cases and those older than a year do not count', async () => {
      for (const took of [2, 2, 2, 2]) await closed('jahr', took);
      await closed('jahr', 100, 366);
      await submitted(newId(NOW.epochMilliseconds), 'jahr', daysAgo(90));
      assert.deepEqual(await measured('jahr'), { cases: 4 });
    });

    it('a second Bekanntgabe of the case does not make it longer', async () => {
      for (const took of [5, 5, 5, 5]) await closed('zweimal', took);
      await decided(await closed('zweimal', 5, 20), daysAgo(1));
      assert.deepEqual(await measured('zweimal'), { cases: 5, medianDays: 5, p80Days: 5 });
    });

    it('counts from the day an application came in, also where this city heard of it later', async () => {
      const caseId = newId(NOW.epochMilliseconds);
      const payload = { caseId, service: 'spaet', authority: 'a', receivedOn: '2026-11-01' };
      await note('procedure.antrag-eingereicht', Temporal.Instant.from('2026-11-05T09:00:00Z'), payload);
      await decided(caseId, Temporal.Instant.from('2026-11-10T23:00:00Z'));
      for (let index = 0; index < 4; index++) await closed('spaet', 10);
      assert.deepEqual(await measured('spaet'), { cases: 5, medianDays: 10, p80Days: 10 });
    });

    it('followed again, and by two at once, it says the same', async () => {
      const before = await measured('baum');
      await Promise.all([followProcessingTimes(city.ctx), followProcessingTimes(city.ctx)]);
      assert.deepEqual(await measured('baum'), before);
    });

    it('a decision without its application, and more entries than one page, pass', async () => {
      await decided(newId(NOW.epochMilliseconds), NOW);
      await city.database.write((tx) =>
        city.ctx.journal.append(
          tx,
          { kind: 'system', job: 'test' },
          daysAgo(3),
          Array.from({ length: 1200 }, () => {
            const caseId = newId(NOW.epochMilliseconds);
            return { stream: `case:${caseId}`, kind: 'procedure.antrag-eingereicht', payload: { caseId, service: 'viele', authority: 'a' } };
          }),
        ),
      );
      for (let index = 0; index < 5; index++) await closed('viele', 1, 1);
      assert.equal((await measured('viele')).cases, 5);
    });
  });
}
