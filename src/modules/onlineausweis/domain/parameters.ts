import { parameter } from '../../../kernel/parameter.ts';

/** The day on which somebody last looked at what the helper says. */
export const LOOKED_AT: Temporal.PlainDate = Temporal.PlainDate.from('2026-11-29');

/** Fee of a new Personalausweis in cents: from 24 years on, and below. */
export const CARD_FEE = parameter(
  'onlineausweis.card-fee',
  'Gebühr für einen neuen Personalausweis',
  { full: { label: 'Ab 24 Jahren', unit: 'Cent', least: 0, most: 20_000 }, young: { label: 'Unter 24 Jahren', unit: 'Cent', least: 0, most: 20_000 } },
  [
    { from: '2021-01-01', value: { full: 3700, young: 2280 }, source: 'PAuswGebV, nach Angaben mehrerer Kommunen' },
    {
      from: '2026-02-07',
      value: { full: 4600, young: 2760 },
      source: 'PAuswGebV in der Fassung der Verordnung vom 30.01.2026 (BGBl. 2026 I Nr. 31), nach Angaben mehrerer Kommunen',
    },
  ],
);

/** Minutes and weeks: estimates, no promise. */
export const DURATIONS = parameter(
  'onlineausweis.durations',
  'Wie lange es mit dem Online-Ausweis dauert',
  {
    app: { label: 'In der App', unit: 'Minuten', least: 1, most: 240 },
    counter: { label: 'Am Schalter', unit: 'Minuten', least: 1, most: 240 },
    newCardWeeks: { label: 'Bis zum neuen Ausweis', unit: 'Wochen', least: 1, most: 52 },
  },
  [{ from: '2024-01-01', value: { app: 10, counter: 10, newCardWeeks: 4 }, source: 'Angaben einzelner Kommunen und eigene Schätzung, ungeprüft' }],
);

/** The free letter that resets a PIN was suspended on 29 December 2023, and no new start is known. When it starts again, a city adds a row. */
export const RESET_BY_LETTER = parameter(
  'onlineausweis.pin-letter',
  'Neue PIN für den Online-Ausweis per Brief',
  { sent: { label: 'Brief wird verschickt', onOff: true } },
  [
    { from: '2022-02-01', value: { sent: true }, source: 'Bundesministerium des Innern' },
    { from: '2023-12-29', value: { sent: false }, source: 'Bundesministerium des Innern; ausgesetzt am 29.12.2023' },
  ],
);

/** Whether the letter can be had. */
export const letterSent = (on: Temporal.PlainDate): boolean => RESET_BY_LETTER.inForceOn(on)?.value.sent === true;

export const onlineAusweisParameters = [CARD_FEE, DURATIONS, RESET_BY_LETTER];
