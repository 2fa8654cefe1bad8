import { toUtm32 } from '../../src/kernel/geo.ts';
import type { OutgoingFile } from '../../src/modules/exchange/domain/xbau-attachments.ts';
import type { XbauMapping } from '../../src/modules/exchange/domain/xbau-mapping.ts';
import type { XbauHead } from '../../src/modules/exchange/domain/xbau-message.ts';
import type { FormData } from '../../src/modules/exchange/domain/xbau-write.ts';
import { loadServices } from '../../src/modules/catalogue/public.ts';
import { join } from 'node:path';
import { id } from '../../src/modules/exchange/application/xdomea-testing.ts';

export const XBAU_SCHEMAS = {
  hochbau: 'xbau-2.6/xbau-nachrichten-baugenehmigung.xsd',
  kern: 'xbau-2.6/xbau-kernmodul-prozessnachrichten.xsd',
} as const;
export const XBAU_RULES = ['xbau-2.6/xbau-schematron.sch', 'xbau-2.6/xbau-schematron-leere-elemente.sch'] as const;

const { packages } = await loadServices(join(import.meta.dirname, '../../services'), Temporal.PlainDate.from('2026-11-24'));
const pkg = packages.get('baugenehmigung')!;
/** The mapping of the real package. */
export const MAPPING: XbauMapping = pkg.xbau!;
/** The answers of the package's own example. */
export const ANSWERS = pkg.walk.answers;

export const PORTAL = { directory: 'DVDV', directoryVersion: '1', id: 'bap:020000001', name: 'Bauportal der Länder' };
export const OFFICE = { directory: 'DVDV', directoryVersion: '1', id: 'bab:020000004', name: 'Bezirksamt Altona' };

export const XBAU_HEAD: Omit<XbauHead, 'type'> = {
  messageId: id(70),
  createdAt: '2026-11-24T09:30:00.000+01:00',
  author: PORTAL,
  reader: OFFICE,
  product: { name: 'Kontor', maker: 'Kontor', version: '0.1.0' },
};

export const ABOUT = { reference: id(71), fileNumber: 'BG-2026-000001-K', message: { id: id(70), type: '0200', createdAt: '2026-11-24T09:30:00.000+01:00' } };

export const pdf = (number: number, change: Partial<OutgoingFile & { slot: string }> = {}): OutgoingFile & { readonly slot: string } => ({
  id: id(number),
  title: 'Lageplan',
  fileName: 'lageplan.pdf',
  on: '2026-11-20',
  bytes: Buffer.from(`%PDF-1.7 ${number}`),
  slot: 'lageplan',
  ...change,
});

/** The example of the package with one file for each document. */
export const DATA: FormData = {
  answers: ANSWERS,
  said: [
    { field: 'treesAffected', label: 'Sind geschützte Bäume betroffen?', text: 'ja' },
    { field: 'use', label: 'Wie wird das Gebäude genutzt?', text: 'Nur zum Wohnen' },
  ],
  files: pkg.walk.documents.map(({ slot, fileName }, index) =>
    pdf(80 + index, { slot, fileName, title: MAPPING.documents.find((one) => one.slot === slot)!.name }),
  ),
};

const square = (() => {
  const { eastingMetres: x, northingMetres: y } = toUtm32({ lon: 9.9352, lat: 53.5577 });
  return [
    [x - 5, y - 5],
    [x + 5, y - 5],
    [x + 5, y + 5],
    [x - 5, y + 5],
    [x - 5, y - 5],
  ]
    .flat()
    .join(' ');
})();

/** A message as other programs write it: other prefixes, an organisation, kinds by name, a link. */
export const OTHERS = `<?xml version="1.0" encoding="UTF-8"?>
<b:baugenehmigung.antrag.0200 xmlns:b="http://www.xleitstelle.de/xbau/2/6" produkt="Portal" produkthersteller="Andere" standard="XBau-Hochbau" version="2.6">
  <nachrichtenkopf.g2g>
    <identifikation.nachricht>
      <nachrichtenUUID>${id(60).toUpperCase()}</nachrichtenUUID>
      <nachrichtentyp><code>0200</code></nachrichtentyp>
      <erstellungszeitpunkt>2026-11-24T10:00:00Z</erstellungszeitpunkt>
    </identifikation.nachricht>
    <autor><verzeichnisdienst listVersionID="1"><code>DVDV</code></verzeichnisdienst><kennung>bap:1</kennung><name>Portal</name></autor>
  </nachrichtenkopf.g2g>
  <b:antragsteller>
    <organisation>
      <name><name>Wohnbau GmbH</name></name>
      <anschrift><strasseHausnummer>Große Straße 7 b</strasseHausnummer><postleitzahl>22765</postleitzahl><ort>Hamburg</ort></anschrift>
      <vertreter><familienname><name>Wulff</name></familienname><vorname><name>Bo</name></vorname></vertreter>
    </organisation>
  </b:antragsteller>
  <b:bauvorhaben>
    <b:gegenstand>
      <b:artDerMassnahme><code>14</code></b:artDerMassnahme>
      <b:artDerBaulichenAnlage><b:artDesNichtwohngebaeudes><code>310</code></b:artDesNichtwohngebaeudes></b:artDerBaulichenAnlage>
      <b:bauordnungsrechtlicheKlassifikation><b:gebaeudeklasse><code>9</code></b:gebaeudeklasse><b:istFreistehend>true</b:istFreistehend></b:bauordnungsrechtlicheKlassifikation>
    </b:gegenstand>
    <b:verortung>
      <b:baugrundstueck>
        <b:grundstueck>
          <b:flurstueck><kodierungFlurstueck><gemarkung><bezeichnung>Ottensen</bezeichnung></gemarkung><flur>3</flur><zaehler>12</zaehler><nenner>5</nenner></kodierungFlurstueck></b:flurstueck>
          <b:flurstueck><kodierungFlurstueck><gemarkung><bezeichnung>Altona</bezeichnung></gemarkung><zaehler>13</zaehler></kodierungFlurstueck></b:flurstueck>
        </b:grundstueck>
      </b:baugrundstueck>
      <b:lageBauvorhaben><flaeche><polygon srsName="EPSG:25832" xmlns:gml="http://www.opengis.net/gml/3.2"><gml:exterior><gml:LinearRing><gml:posList>${square}</gml:posList></gml:LinearRing></gml:exterior></polygon></flaeche></b:lageBauvorhaben>
    </b:verortung>
  </b:bauvorhaben>
  <b:beantragteAbweichung><vorschrift><textabsatz>§ 6 HBauO</textabsatz></vorschrift><b:begruendung><textabsatz>Es ist eng.</textabsatz></b:begruendung></b:beantragteAbweichung>
  <b:anlagen>
    <anlage><bezeichnung>Qualifizierter Lageplan</bezeichnung><anhangOderVerlinkung><anhang><dateiname>A1.pdf</dateiname></anhang></anhangOderVerlinkung></anlage>
    <anlage><bezeichnung>Statik</bezeichnung><anhangOderVerlinkung><verlinkung><uriVerlinkung>https://portal.example/statik</uriVerlinkung></verlinkung></anhangOderVerlinkung></anlage>
    <anlage><bezeichnung>Baubeschreibung</bezeichnung><b:wirdNachgereicht>true</b:wirdNachgereicht></anlage>
  </b:anlagen>
</b:baugenehmigung.antrag.0200>`;
