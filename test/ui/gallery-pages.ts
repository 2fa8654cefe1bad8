import { alert, badge, card, cardGrid, demoMark, emptyState, trafficLight } from '../../src/platform/ui/alert.ts';
import { dataTable, stepper, summaryList, tabs, timeline } from '../../src/platform/ui/components.ts';
import { formatDate } from '../../src/platform/ui/formats.ts';
import { checkboxGroup, confirmField, radioGroup, yesNoField } from '../../src/platform/ui/form-choices.ts';
import { dateField } from '../../src/platform/ui/form-date.ts';
import { fileField } from '../../src/platform/ui/form-file.ts';
import { button, buttonRow, confirmBox, errorSummary, form, linkButton, searchForm } from '../../src/platform/ui/form-frame.ts';
import { addressField, numberField, selectField, textArea, textField } from '../../src/platform/ui/form.ts';
import { html, type Html, type Lang } from '../../src/platform/ui/html.ts';
import { page, pageTitle } from '../../src/platform/ui/page.ts';
import { mapInput, mapView } from '../../src/platform/ui/map-input.ts';
import { accordion, copyable, factList, pagination, progressBar, section } from '../../src/platform/ui/parts.ts';
import type { PageView, Theme } from '../../src/platform/ui/view.ts';

import { entrancePages } from './gallery-entrance.ts';

const NOW = Temporal.Instant.from('2026-11-23T09:15:00Z');
const LONG = 'Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung';

const CITIZEN_NAV = [
  { label: 'Leistungen', href: '/' },
  { label: 'Meine Anträge', href: '/antraege' },
  { label: 'Postfach', href: '/postfach', count: 2 },
];
const STAFF_NAV = [
  { label: 'Eingang', href: '/amt', count: 14 },
  { label: 'Wiedervorlage', href: '/amt/wiedervorlage' },
  { label: 'Suche', href: '/amt/suche' },
];

export interface GalleryPage {
  readonly name: string;
  readonly html: Html;
}

/** Every component on realistic pages: full, empty, broken, with hostile and overlong words. */
export function galleryPages(theme: Theme, lang: Lang = 'de'): readonly GalleryPage[] {
  const guest: PageView = { lang, theme, actor: { kind: 'anonymous' }, url: '/?q=baum', demo: true, now: NOW, nav: CITIZEN_NAV.slice(0, 1) };
  const citizen: PageView = {
    ...guest,
    actor: { kind: 'citizen', accountId: 'a', trust: 'einfach' },
    userName: 'Erika Mustermann',
    url: '/antraege/1',
    nav: CITIZEN_NAV,
  };
  const staff: PageView = {
    ...guest,
    actor: { kind: 'staff', staffId: 's', roles: ['sachbearbeitung'], authorities: ['mitte'] },
    userName: 'Dr. Jochen Sachbearbeiter',
    url: '/amt',
    nav: STAFF_NAV,
  };
  return [
    { name: 'home', html: home(guest) },
    { name: 'service', html: service(guest) },
    { name: 'form', html: formPage({ ...citizen, demo: false }, false) },
    { name: 'form-broken', html: formPage(citizen, true) },
    { name: 'case', html: casePage(citizen) },
    { name: 'inbox', html: inbox(staff, false) },
    { name: 'inbox-empty', html: inbox(staff, true) },
    { name: 'map', html: mapPage(citizen, false) },
    { name: 'map-broken', html: mapPage(citizen, true) },
    { name: 'map-officer', html: mapOfficer(staff) },
    { name: 'pieces', html: pieces(citizen) },
    { name: 'refusal', html: refusal(guest) },
    ...entrancePages(guest),
  ];
}

function home(view: PageView): Html {
  const main = html`${pageTitle('Was möchten Sie erledigen?', { lead: 'Sie sehen vorher, was Sie brauchen, was es kostet und wie lange es dauert. Ein Konto brauchen Sie erst zum Absenden.' })}
    ${searchForm({ action: '/suche', name: 'q', label: 'Leistung oder Situation', lang: view.lang, value: 'Baum im Garten krank', hint: 'Zum Beispiel: Baum im Garten krank' })}
    ${section(
      'Oft gebraucht',
      cardGrid(
        card({ title: 'Baum fällen', href: '/leistungen/baumfaellung', icon: 'checklist', body: 'Ausnahme von der Baumschutzverordnung beantragen.' }),
        card({
          title: 'Bewohnerparkausweis',
          href: '/leistungen/bewohnerparkausweis',
          icon: 'home',
          body: 'Für Ihr Auto in Ihrem Wohngebiet. Meist sofort entschieden.',
        }),
        card({ title: LONG, href: '/x', icon: 'draft', body: 'Ein Wort, das nicht in die Karte passt.' }),
      ),
    )}`;
  return page(view, { title: 'Leistungen', main, frame: true });
}

function service(view: PageView): Html {
  const main = html`${pageTitle('Baum fällen', { preline: 'Umwelt und Garten', lead: 'Geschützte Bäume dürfen Sie nur mit einer Ausnahme fällen. Wir prüfen, ob das geht.' })}
    ${buttonRow(linkButton({ label: 'Antrag beginnen', href: '/antrag/neu', icon: 'edit' }), linkButton({ label: 'Erst prüfen, ob ich das brauche', href: '/pruefung', kind: 'secondary' }))}
    ${factList([
      { label: 'Kosten', value: '25 bis 2.000 €', note: 'auch bei Ablehnung, Stand 2026' },
      { label: 'Dauer zurzeit', value: '31 Tage', note: 'Mittel der letzten 40 Fälle' },
      { label: 'Es entscheidet', value: 'Ihr Bezirksamt', note: 'nach dem Ort des Baumes' },
    ])}
    ${section('Das brauchen Sie', html`<ul><li>Umfang des Stammes in 1,30 m Höhe</li><li>ein Foto des Baumes</li><li>den Ort auf der Karte</li></ul>`)}
    ${section('Häufige Fragen', html`${accordion('Welche Bäume sind geschützt?', 'Bäume ab 80 cm Umfang in 1,30 m Höhe. Bei Gruppen gelten andere Grenzen.', { open: true })}${accordion('Was gilt von März bis September?', 'In dieser Zeit ist das Fällen zum Schutz der Tiere grundsätzlich verboten.')}`)}
    ${alert('warning', 'Besteht unmittelbare Gefahr?', 'Dann rufen Sie 112. Den Antrag können Sie nachholen.')}`;
  return page(view, {
    title: 'Baum fällen',
    main,
    breadcrumb: [{ label: 'Leistungen', href: '/' }, { label: 'Umwelt und Garten', href: '/u' }, { label: 'Baum fällen' }],
  });
}

const STEPS = [
  { label: 'Welcher Baum?', href: '/1' },
  { label: 'Auf welchem Grundstück?', href: '/2' },
  { label: 'Wann soll gefällt werden?' },
  { label: 'Wer stellt den Antrag?' },
  { label: 'Prüfen' },
  { label: 'Absenden' },
];

function formPage(view: PageView, broken: boolean): Html {
  const lang = view.lang;
  const bad = (message: string) => (broken ? { error: message } : {});
  const problems = [
    { field: 'trees.0.circumferenceCm', message: 'Geben Sie eine Zahl von 5 bis 1200 cm ein.' },
    { field: 'plannedOn', message: 'Geben Sie einen Tag an, den es gibt, zum Beispiel 24.11.2026.' },
    { field: 'owner', message: 'Wählen Sie eine Antwort: Gehört Ihnen das Grundstück?' },
  ];
  const body = html`
    ${numberField({ name: 'trees.0.circumferenceCm', label: 'Stammumfang in 1,30 m Höhe', lang, unit: 'cm', hint: 'Legen Sie das Maßband um den Stamm. Bei mehreren Stämmen: der dickste.', value: broken ? 'neunzig"><b>' : '96', ...bad(problems[0]!.message) })}
    ${selectField({
      name: 'species',
      label: 'Welche Baumart ist es?',
      lang,
      empty: true,
      value: 'eiche',
      options: [
        { value: 'eiche', label: 'Eiche' },
        { value: 'x', label: LONG },
      ],
      ...bad('Wählen Sie eine Baumart.'),
    })}
    ${radioGroup({
      name: 'growth',
      label: 'Wie wächst er?',
      lang,
      value: 'multi',
      options: [
        { value: 'single', label: 'Mit einem Stamm' },
        { value: 'multi', label: 'Mit mehreren Stämmen aus einer Wurzel', hint: 'Gemessen wird der dickste Stamm.' },
        { value: 'hedge', label: 'Als Hecke' },
      ],
    })}
    ${checkboxGroup({
      name: 'damage',
      label: 'Was sehen Sie am Baum?',
      lang,
      required: false,
      values: ['pilz'],
      options: [
        { value: 'pilz', label: 'Pilze am Stamm' },
        { value: 'riss', label: 'Risse' },
      ],
      ...bad('Kreuzen Sie an, was Sie sehen.'),
    })}
    ${yesNoField({ name: 'owner', label: 'Gehört Ihnen das Grundstück?', lang, ...bad(problems[2]!.message) })}
    ${dateField({ name: 'plannedOn', label: 'Geplanter Tag', lang, value: broken ? '31.02.2026' : '2026-11-24', ...bad(problems[1]!.message) })}
    ${dateField({ name: 'born', label: 'Ihr Geburtstag', lang, parts: true, autocomplete: 'bday', value: broken ? '31..19' : '', ...bad('Der Monat fehlt. Ergänzen Sie ihn.') })}
    ${addressField({ name: 'address', label: 'Ihre Anschrift', lang, autofill: true, prefilledFrom: 'Ihr Servicekonto', value: { street: 'Große Bergstraße', houseNumber: '12 a', postcode: broken ? '2276' : '22767', place: 'Hamburg' }, ...(broken ? { errors: { postcode: 'Die Postleitzahl hat fünf Ziffern.' } } : {}) })}
    ${textArea({ name: 'reason', label: 'Beschreiben Sie den Grund', lang, required: false, maxLength: 3000, hint: 'Was sehen Sie am Baum? Seit wann?', value: 'Die Krone ist zur Hälfte abgestorben.\nSeit dem Sommer fallen Äste.' })}
    ${fileField({
      name: 'foto',
      label: 'Foto des Baumes',
      lang,
      accept: ['image/jpeg', 'image/png', 'application/pdf'],
      multiple: true,
      maxMegabytes: 10,
      uploadUrl: '/hochladen',
      files: [
        { id: '1', name: 'IMG_2041.jpg', sizeBytes: 3_400_000, mediaType: 'image/jpeg', previewUrl: '/picture.svg' },
        { id: '2', name: `${LONG}.pdf`, sizeBytes: 90_000, mediaType: 'application/pdf', previewUrl: '/2' },
      ],
      ...bad('Diese Datei ist kein Bild. Wählen Sie ein JPEG oder PNG.'),
    })}
    ${confirmField({ name: 'truthful', label: 'Meine Angaben sind richtig und vollständig.', lang, ...bad('Bestätigen Sie diesen Satz, um weiterzugehen.') })}
    ${buttonRow(button({ label: 'Speichern und weiter' }), linkButton({ label: 'Zurück', href: '/zurueck', kind: 'secondary' }), button({ label: 'Antrag verwerfen', kind: 'tertiary', icon: 'delete', name: 'do', value: 'discard' }))}`;
  const main = html`${broken ? errorSummary(problems, lang) : undefined}${pageTitle('Welcher Baum?', { preline: 'Baum fällen' })}${form({ action: '/antrag/1/seite/trees', multipart: true, autosave: true }, body)}`;
  return page(view, {
    title: 'Welcher Baum?',
    hasErrors: broken,
    main,
    aside: stepper(STEPS, 2, lang),
    breadcrumb: [{ label: 'Leistungen', href: '/' }, { label: 'Baum fällen', href: '/leistungen/baumfaellung' }, { label: 'Antrag' }],
  });
}

function casePage(view: PageView): Html {
  const lang = view.lang;
  const main = html`${pageTitle('Baum fällen', { preline: 'Aktenzeichen BF-2026-000042-K', badge: badge('info', 'In Prüfung') })}
    ${alert('info', 'Ihr nächster Schritt: nichts tun', html`<p class="kern-body">Das Bezirksamt Altona prüft Ihren Antrag. Es entscheidet bis zum <strong>${formatDate(lang, Temporal.PlainDate.from('2027-02-23'))}</strong>.</p>`)}
    ${tabs(
      [
        { label: 'Verlauf', href: '/antraege/1', current: true },
        { label: 'Ihre Angaben', href: '/antraege/1/angaben' },
        { label: 'Nachrichten', href: '/antraege/1/post', count: 2 },
      ],
      lang,
    )}
    ${timeline([
      { when: '23. Februar 2027', iso: '2027-02-23', title: 'Das Bezirksamt muss entschieden haben', kind: 'coming', icon: 'clock' },
      {
        when: '24. November 2026',
        iso: '2026-11-24',
        title: 'Prüfung vor Ort',
        kind: 'now',
        body: 'Eine Mitarbeiterin sieht sich den Baum an. Sie müssen nicht dabei sein.',
      },
      { when: '20. November 2026', iso: '2026-11-20', title: 'Unterlagen sind vollständig', icon: 'check' },
      {
        when: '18. November 2026',
        iso: '2026-11-18',
        title: 'Foto fehlte',
        kind: 'danger',
        icon: 'warning',
        body: html`Sie haben es am selben Tag <a href="/x">nachgereicht</a>.`,
      },
      { when: '17. November 2026', iso: '2026-11-17', title: 'Antrag eingegangen', icon: 'check' },
    ])}
    ${section(
      'Ihre Angaben',
      summaryList(
        [
          { label: 'Baumart', value: 'Eiche', change: { href: '/a' } },
          { label: 'Stammumfang', value: '96 cm', change: { href: '/b' } },
          { label: 'Grund', value: `Die Krone ist abgestorben.\n${LONG}`, change: { href: '/c' } },
          { label: 'Telefon', value: '', change: { href: '/d' } },
        ],
        lang,
      ),
    )}
    ${confirmBox({ title: 'Antrag zurückziehen?', body: 'Danach prüft niemand mehr Ihren Antrag. Sie können jederzeit einen neuen stellen.', action: '/antraege/1/zurueckziehen', confirm: 'Ja, Antrag zurückziehen', cancel: { label: 'Nein, Antrag behalten', href: '/antraege/1' }, danger: true })}`;
  const aside = html`${section('Zuständig', html`<p>Bezirksamt Altona<br>Fachamt Management des öffentlichen Raumes</p>`)}${section('Frist', html`<p>${trafficLight('green', lang, 'in 92 Tagen')}</p>`)}${copyable('BF-2026-000042-K', lang, 'Aktenzeichen')}`;
  return page(view, { title: 'BF-2026-000042-K', main, aside, breadcrumb: [{ label: 'Meine Anträge', href: '/antraege' }, { label: 'BF-2026-000042-K' }] });
}

interface InboxRow {
  readonly number: string;
  readonly service: string;
  readonly who: string;
  readonly light: Html;
  readonly state: Html;
  readonly days: number;
}

function inbox(view: PageView, empty: boolean): Html {
  const lang = view.lang;
  const lights = [
    trafficLight('red', lang, 'seit 3 Tagen'),
    trafficLight('yellow', lang, 'in 2 Tagen'),
    trafficLight('green', lang, 'in 41 Tagen'),
    trafficLight('paused', lang),
    trafficLight('none', lang),
  ];
  const states = [
    badge('warning', 'Prüfen'),
    badge('info', 'Neu'),
    badge('success', 'Entscheidungsreif'),
    badge('neutral', 'Wartet auf Unterlagen'),
    badge('danger', 'Widerspruch'),
  ];
  const rows: readonly InboxRow[] = empty
    ? []
    : Array.from({ length: 14 }, (_, index) => ({
        number: `BF-2026-0000${42 + index}-K`,
        service: index % 3 === 0 ? 'Bewohnerparkausweis' : 'Baum fällen',
        who: ['Petra Schmitz', 'Ali Yılmaz', 'Wohnungsbaugenossenschaft Altona-Nord eG', 'Jürgen von und zu Hohenfels-Lindenberg'][index % 4]!,
        light: lights[index % 5]!,
        state: states[(index * 2) % 5]!,
        days: (index * 7) % 60,
      }));
  const table = dataTable<InboxRow>(
    [
      { label: 'Aktenzeichen', rowHeader: true, cell: (row) => row.number },
      { label: 'Frist', cell: (row) => row.light, sort: { href: '?sort=frist', order: 'ascending' } },
      { label: 'Leistung', cell: (row) => row.service },
      { label: 'Antragsteller:in', cell: (row) => row.who, minor: true },
      { label: 'Stand', cell: (row) => row.state },
      { label: 'Tage', cell: (row) => row.days, numeric: true },
    ],
    rows,
    {
      caption: 'Eingang nach Frist',
      lang,
      dense: true,
      shortcuts: true,
      href: (row) => `/amt/${row.number}`,
      empty: 'Alles erledigt. Neue Anträge erscheinen hier von selbst.',
    },
  );
  const main = html`${pageTitle('Eingang', { lead: empty ? 'Bezirksamt Altona' : '14 Fälle im Bezirksamt Altona, 3 davon sind überfällig.' })}
    ${tabs(
      [
        { label: 'Meine', href: '/amt', current: true, count: rows.length },
        { label: 'Nicht zugewiesen', href: '/amt/frei', count: 5 },
        { label: 'Alle', href: '/amt/alle' },
      ],
      lang,
    )}${table}${pagination({ previous: '?vor=1', next: '?nach=14', note: '1 bis 14' }, lang)}`;
  return page(view, { title: 'Eingang', main, wide: true });
}

const TREES = [
  { position: { lon: 9.93512, lat: 53.55221 }, label: '1' },
  { position: { lon: 9.93561, lat: 53.55243 }, label: '2' },
];

function mapPage(view: PageView, broken: boolean): Html {
  const field = broken
    ? mapInput({
        name: 'trees.2.position',
        label: 'Wo steht der Baum?',
        lang: view.lang,
        marker: '3',
        value: { lon: 'hier', lat: '53,5' },
        error: 'Geben Sie beide Koordinaten als Zahl ein, zum Beispiel 9,9937 und 53,5511.',
      })
    : mapInput({
        name: 'trees.2.position',
        label: 'Wo steht der Baum?',
        lang: view.lang,
        marker: '3',
        others: TREES,
        value: { lon: 9.9345, lat: 53.5519 },
        hint: 'Der Ort bestimmt das zuständige Bezirksamt.',
      });
  return page(view, {
    title: 'Wo steht der Baum?',
    main: html`${pageTitle('Baum 3')}${form({ action: '/antrag/1/seite/trees' }, html`${field}${buttonRow(button({ label: 'Weiter' }))}`)}`,
    scripts: ['map'],
    hasErrors: broken,
  });
}

function mapOfficer(view: PageView): Html {
  const places = TREES.map((tree, index) => ({ ...tree, text: index === 0 ? 'Eiche, 96 cm, Krone abgestorben' : 'Linde, 140 cm' }));
  return page(view, {
    title: 'Standorte',
    main: html`${pageTitle('Standorte')}${mapView({ lang: view.lang, title: 'Karte der beiden Bäume', places })}`,
    scripts: ['map'],
    wide: true,
  });
}

function pieces(view: PageView): Html {
  const lang = view.lang;
  const main = html`${pageTitle('Bausteine', { badge: demoMark('Demo') })}
    ${alert('success', 'Ihr Antrag ist eingegangen', 'Wir haben Ihnen eine Bestätigung in Ihr Postfach gelegt.')}
    ${alert('danger', 'Die Datei ist zu groß', 'Sie hat 24 MB. Erlaubt sind 10 MB. Verkleinern Sie das Bild und laden Sie es noch einmal hoch.', { live: true })}
    ${alert('info', 'Nur ein Titel')}
    ${stepper(STEPS, 1, lang)}
    ${progressBar('Vollständigkeit', 7, 10, '7 von 10')}
    ${emptyState({ title: 'Noch keine Nachrichten', body: 'Wenn die Stadt Ihnen schreibt, finden Sie es hier.', icon: 'mail', action: linkButton({ label: 'Zu den Leistungen', href: '/', kind: 'secondary' }) })}
    ${dataTable(
      [
        { label: 'Leistung', rowHeader: true, cell: (row: { a: string; b: number }) => row.a },
        { label: 'Gebühr', numeric: true, cell: (row) => `${row.b},00 €` },
      ],
      [
        { a: 'Ausnahme', b: 90 },
        { a: LONG, b: 1250 },
      ],
      { caption: 'Gebühren', lang },
    )}
    ${buttonRow(button({ label: 'Weiter' }), button({ label: 'Zurück', kind: 'secondary' }), button({ label: 'Löschen', kind: 'danger', icon: 'delete' }), button({ label: 'Gesperrt', disabled: true }), button({ label: 'Mehr', kind: 'tertiary', icon: 'add' }))}
    ${copyable('sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', lang, 'Prüfsumme')}
    ${textField({ name: 'single', label: 'Wie heißt Ihre Straße?', lang, heading: 2, hint: 'So, wie sie auf dem Schild steht.' })}
    ${pagination({ next: '?nach=x' }, lang)}`;
  return page(view, { title: 'Bausteine', main });
}

function refusal(view: PageView): Html {
  const main = html`${pageTitle('Diese Seite gibt es nicht', { lead: 'Prüfen Sie die Adresse. Oder suchen Sie auf der Startseite, was Sie brauchen.' })}${buttonRow(linkButton({ label: 'Zur Startseite', href: '/' }))}<p class="k-muted">Nummer dieser Anfrage: 01935c8e-7c1a-7b40</p>`;
  return page(view, { title: 'Nicht gefunden', status: 404, main });
}
