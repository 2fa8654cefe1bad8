/**
 * The city for `assistant-stream.ts`, in a process of its own: `node assistant-city.ts UPSTREAM`. Each order is about a
 * person and passes the whole gate: register, clearance, masking, frame, limits, journal, counts. Tells its port, and
 * its memory when it is asked.
 */
import { refuse } from '../src/kernel/result.ts';
import { ASSISTANT_USES, languageModels, llmContext, setLimit, streamAnswer } from '../src/modules/llm/public.ts';
import { dataRefusal } from '../src/platform/http/data-route.ts';
import { listen } from '../src/platform/http/listen.ts';
import { dataRoute } from '../src/platform/http/route.ts';
import { modelAt, order, plainMasking } from '../test/support/llm-city.ts';
import { temporaryCity } from '../test/support/temporary-city.ts';
import { ACTORS, testServer } from '../test/support/test-server.ts';

const [upstream = ''] = process.argv.slice(2);
const city = await temporaryCity();
const llm = llmContext(city.ctx, { models: [modelAt(upstream, { idleSeconds: 60 })], uses: ASSISTANT_USES, masking: plainMasking, secret: 'x'.repeat(32) });
for (const name of ['person-day', 'unit-day', 'person-at-once', 'unit-at-once']) await setLimit(llm, ACTORS.administration, { name, value: 1_000_000 });
const models = languageModels(llm);
const route = dataRoute('post', '/bench/:number/strom', ['sachbearbeitung'], async (visit) => {
  const number = visit.params['number'] ?? '';
  const asked = order({
    dataClass: 'personal',
    parties: [{ role: 'Antragsteller', familyName: `Petersen${number}` }],
    data: [{ label: 'D1', text: `Antrag Nummer ${number}. Petersen${number} möchte einen Baum fällen. ${'Der Baum steht im Garten. '.repeat(40)}` }],
  });
  const running = number === '' ? refuse({ kind: 'not-found', detail: 'Welcher Antrag?' }) : await models.stream(visit.actor, asked, visit.signal);
  return running.ok ? streamAnswer(running.value) : dataRefusal(running.problem, visit);
});
const server = testServer([route], { clock: city.clock.now, database: city.database });
const { port } = await listen(server.fetch, { host: '127.0.0.1', port: 0 });
process.on('message', () => {
  globalThis.gc?.();
  process.send?.({ rss: process.memoryUsage().rss, cpuMs: (process.cpuUsage().user + process.cpuUsage().system) / 1000 });
});
process.send?.({ port });
