import { openCity } from './app.ts';
import { ConfigError, readConfig, type Config } from './config.ts';
import { DEMO_PASSWORD, demoPeople } from './modules/identity/public.ts';
import { listen } from './platform/http/listen.ts';
import { startingAnswer, type StartProgress } from './platform/http/starting.ts';
import { createLog } from './platform/log/log.ts';

/** Starts the city, says who can sign in, and stops it in order. */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog();
  const stopping = new AbortController();
  const progress: StartProgress = { step: 'Kontor startet', done: 0, total: 4 };
  let answer = (request: Request, _env: object): Response | Promise<Response> => startingAnswer(request, progress);
  const listener = await listen((request, env) => answer(request, env), { host: config.host, port: config.port });
  say(`Kontor startet auf ${config.publicUrl} …`);
  const city = await openCity({
    config,
    log,
    stopping: stopping.signal,
    progress: (now) => {
      Object.assign(progress, now);
      say(`  ${now.step} …`);
    },
  });
  answer = city.answer;
  say(welcome(config));
  let stopped = false;
  const stop = async (): Promise<void> => {
    if (stopped) process.exit(1); // the second signal forces
    stopped = true;
    say('Kontor hält an …');
    stopping.abort();
    await listener.close();
    await city.close();
    process.exit(0);
  };
  process.on('SIGTERM', () => void stop());
  process.on('SIGINT', () => void stop());
}

const say = (text: string): void => void process.stdout.write(`${text}\n`);

function welcome(config: Config): string {
  if (config.env !== 'demo') return `Kontor ist bereit: ${config.publicUrl}`;
  const citizens = demoPeople.flatMap((one) => (one.kind === 'citizen' ? [`  ${one.email.padEnd(36)} ${one.about}`] : []));
  const officers = demoPeople.flatMap((one) => (one.kind === 'staff' ? [`  ${one.name.padEnd(36)} ${one.about}`] : []));
  return [
    '',
    `Kontor ist bereit: ${config.publicUrl}`,
    '',
    `Bürgerinnen und Bürger (Passwort «${DEMO_PASSWORD}», oder mit dem Demo-Ausweis):`,
    ...citizens,
    '',
    `Beschäftigte (auf ${config.publicUrl}/anmelden «Beschäftigte» wählen):`,
    ...officers,
    '',
    `Was die Demo an Mails verschickt hätte: ${config.publicUrl}/demo/post`,
  ].join('\n');
}

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof ConfigError || error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
