import type { City } from './app.ts';
import type { Config } from './config.ts';
import { openDatabase } from './database.ts';
import { listen, type Listener } from './platform/http/listen.ts';
import { startingAnswer, type StartProgress } from './platform/http/starting.ts';
import { createLog, type Log } from './platform/log/log.ts';

/** Said when everything that a demo shows is there. */
export const DEMO_FILLED = 'Die Demo ist gefüllt.';

/** From so many parts on, a step is told again with each tenth. */
const MANY = 100;

/** Opens the port at once, then the city behind it; says what goes on, and stops in order. */
export async function startCity(wanted: Config, say: (line: string) => void): Promise<void> {
  const started = performance.now();
  const log = logOf(wanted);
  const stopping = new AbortController();
  const progress: StartProgress = { step: 'Kontor startet', done: 0, total: 1 };
  let answer: City['answer'] = (request) => startingAnswer(request, progress);
  const listener = await listen((request, env) => answer(request, env), wanted);
  const config = withPort(wanted, listener.port);
  say(`Kontor startet auf ${config.publicUrl}`);
  const show = (now: StartProgress): void => {
    const tenth = ({ done, total }: StartProgress): number => Math.floor((10 * done) / total);
    if (now.step !== progress.step) say(`  ${now.step} …`);
    else if (now.total >= MANY && tenth(now) > tenth(progress)) say(`  ${now.step}: ${10 * tenth(now)} %`);
    Object.assign(progress, now);
  };
  // The database opens while the city's own program is still being read.
  const database = openDatabase(config, show);
  database.catch(() => {});
  const { openCity } = await import('./app.ts');
  const city = await openCity({ config, log, database, stopping: stopping.signal, progress: show });
  answer = city.answer;
  const lines = [...(await openMqtt(city, config)), ...(await openCot(city, config))];
  stopOnSignal({ listener, city, stopping, say });
  say(`\nKontor ist bereit: ${config.publicUrl} (nach ${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const line of lines) say(line);
  if (config.env === 'demo') for (const line of await demoWelcome(config)) say(line);
  await city.fillDemo(show);
  if (config.env === 'demo') say(DEMO_FILLED);
}

/** A taken port costs MQTT and not the city. @returns what is to be said */
async function openMqtt({ mqtt }: City, { mqttPort, host, publicUrl }: Config): Promise<readonly string[]> {
  if (mqttPort === undefined) return [];
  if (await mqtt.listen(mqttPort, host)) return [`MQTT: mqtt://${new URL(publicUrl).hostname}:${mqtt.port}`];
  return [`MQTT läuft nicht: Port ${mqttPort} ist belegt oder nicht erlaubt. Nennen Sie mit KONTOR_MQTT_PORT einen anderen, oder off.`];
}

/** As with MQTT: a port that is taken costs CoT and not the city. @returns what is to be said */
async function openCot({ feeds }: City, { cotPort, cotTls, host, publicUrl }: Config): Promise<readonly string[]> {
  const name = new URL(publicUrl).hostname;
  const lines: string[] = [];
  if (cotPort !== undefined) {
    const port = await feeds.listen({ port: cotPort, host });
    lines.push(
      port === undefined
        ? `CoT läuft nicht: Port ${cotPort} ist belegt oder nicht erlaubt. Nennen Sie mit KONTOR_COT_PORT einen anderen, oder off.`
        : `CoT: tcp://${name}:${port}`,
    );
  }
  if (cotTls !== undefined) {
    const { port: wanted, ...tls } = cotTls;
    const port = await feeds.listen({ port: wanted, host, tls });
    lines.push(
      port === undefined
        ? `CoT mit TLS läuft nicht: Port ${wanted} ist belegt oder nicht erlaubt. Nennen Sie mit KONTOR_COT_TLS_PORT einen anderen.`
        : `CoT mit TLS: ssl://${name}:${port}`,
    );
  }
  return lines;
}

/** A demo speaks to the person at the screen: it keeps its log to what went wrong. */
function logOf(config: Config): Log {
  const log = createLog();
  return config.env === 'demo' ? { ...log, info() {} } : log;
}

/** With PORT=0 the system has chosen the port, and links must name it. */
function withPort(config: Config, port: number): Config {
  return config.port === port ? config : { ...config, port, publicUrl: config.publicUrl.replace(/:0$/, `:${port}`) };
}

function stopOnSignal(parts: { listener: Listener; city: City; stopping: AbortController; say: (line: string) => void }): void {
  const { listener, city, stopping, say } = parts;
  let asked = false;
  const stop = async (): Promise<void> => {
    if (asked) process.exit(1); // the second signal forces
    asked = true;
    say('Kontor hält an: laufende Anfragen werden noch beantwortet …');
    stopping.abort();
    await listener.close();
    await city.close();
    say('Kontor ist angehalten.');
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void stop());
}

async function demoWelcome({ publicUrl }: Config): Promise<readonly string[]> {
  const { DEMO_PASSWORD, demoPeople } = await import('./modules/identity/public.ts');
  const citizens = demoPeople.flatMap((one) => (one.kind === 'citizen' ? [`  ${one.email.padEnd(38)} ${one.about}`] : []));
  const officers = demoPeople.flatMap((one) => (one.kind === 'staff' ? [`  ${one.name.padEnd(38)} ${one.about}`] : []));
  return [
    '',
    `Dies ist eine Vorführung. Anmelden unter ${publicUrl}/anmelden:`,
    `Bürgerinnen und Bürger, Passwort «${DEMO_PASSWORD}» oder mit dem Demo-Ausweis:`,
    ...citizens,
    'Beschäftigte, über «Beschäftigte» ohne Passwort:',
    ...officers,
    '',
    `Was die Stadt an Mails verschickt hätte: ${publicUrl}/demo/post`,
    'Anhalten: Strg+C',
    '',
  ];
}
