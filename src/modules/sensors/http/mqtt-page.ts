import { getPage, html as answerHtml, type AnyRoute, type Visit } from '../../../platform/http/route.ts';
import { dataTable } from '../../../platform/ui/components.ts';
import { formatNumber } from '../../../platform/ui/formats.ts';
import { defineTexts, html } from '../../../platform/ui/html.ts';
import { page, pageTitle } from '../../../platform/ui/page.ts';
import type { PageView } from '../../../platform/ui/view.ts';
import type { MqttServer } from './mqtt-server.ts';

const texts = defineTexts({
  de: {
    title: 'MQTT',
    administration: 'Verwaltung',
    off: 'MQTT läuft nicht. Nennen Sie mit KONTOR_MQTT_PORT einen freien Port.',
    on: (port: string) => `MQTT läuft auf Port ${port}.`,
    what: 'Was',
    count: 'Anzahl',
    connections: 'Verbundene Clients',
    topics: 'Themen, auf die jemand hört',
    kept: 'Gespeicherte Nachrichten',
    refused: 'Abgewiesene Nachrichten (Gerät und Grund stehen im Protokoll)',
    stalled: 'Getrennte Clients, die Nachrichten nicht abgenommen haben',
    untold: 'Gespeicherte Messwerte, die wegen Überlast nicht weitergesagt wurden',
    since: 'Seit dem Start des Programms',
  },
  en: {
    title: 'MQTT',
    administration: 'Administration',
    off: 'MQTT is not running. Name a free port with KONTOR_MQTT_PORT.',
    on: (port: string) => `MQTT is running on port ${port}.`,
    what: 'What',
    count: 'Count',
    connections: 'Connected clients',
    topics: 'Topics somebody listens to',
    kept: 'Messages kept',
    refused: 'Messages refused (device and reason are in the log)',
    stalled: 'Clients disconnected for not taking their messages',
    untold: 'Observations kept but not told on, because of overload',
    since: 'Since the program was started',
  },
  leicht: {
    title: 'MQTT',
    administration: 'Verwaltung',
    off: 'MQTT ist aus.',
    on: (port: string) => `MQTT ist an. Der Port ist ${port}.`,
    what: 'Was',
    count: 'Wie viele',
    connections: 'Geräte sind verbunden',
    topics: 'Themen werden gehört',
    kept: 'Nachrichten sind gespeichert',
    refused: 'Nachrichten waren falsch',
    stalled: 'Geräte waren zu langsam',
    untold: 'Messwerte wurden nicht weiter gesagt',
    since: 'Seit dem Start',
  },
});

const ROWS = ['connections', 'topics', 'kept', 'refused', 'stalled', 'untold'] as const;

/** What goes over MQTT, in numbers, for people; the API says the same. */
export function mqttPage(mqtt: Pick<MqttServer, 'port' | 'counts'>, frame: (visit: Visit) => PageView): AnyRoute {
  return getPage('/verwaltung/mqtt', ['administration', 'revision'], async (visit) => {
    const view = frame(visit);
    const t = texts(view.lang);
    const counts = mqtt.counts();
    const table = dataTable(
      [
        { label: t.what, rowHeader: true, cell: (row: (typeof ROWS)[number]) => t[row] },
        { label: t.count, numeric: true, cell: (row) => formatNumber(view.lang, counts[row]) },
      ],
      ROWS,
      { caption: t.since, lang: view.lang, empty: '' },
    );
    const main = html`${pageTitle(t.title, { lead: mqtt.port === undefined ? t.off : t.on(String(mqtt.port)) })}${table}`;
    return answerHtml(page(view, { title: t.title, main, breadcrumb: [{ label: t.administration, href: '/verwaltung' }, { label: t.title }] }));
  });
}
