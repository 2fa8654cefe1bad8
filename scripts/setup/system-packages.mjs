import { existsSync } from 'node:fs';
import { userInfo } from 'node:os';
import { delimiter, join } from 'node:path';
import { quietly, say, withoutHosts } from './say.mjs';
import { postgresBinaries } from './test-postgres.mjs';

const onPath = (program) => (process.env.PATH ?? '').split(delimiter).some((directory) => existsSync(join(directory, program)));

/** What the tests use of the system, the Debian packages that bring it, and what is left out without it. */
const NEEDED = [
  {
    what: 'Chromium',
    there: () => onPath('chromium-headless-shell'),
    // with windows it does as well, and takes longer
    enough: () => onPath('chromium'),
    packages: ['chromium-headless-shell'],
    without: 'die Wege im Browser',
  },
  {
    what: 'PostgreSQL mit PostGIS',
    there: () => postgresBinaries() !== undefined,
    packages: ['postgresql', 'postgresql-postgis'],
    without: 'alle Tests auf PostgreSQL',
  },
  { what: 'pdfinfo und pdfsig', there: () => onPath('pdfsig'), packages: ['poppler-utils'], without: 'die Prüfung der PDF' },
  { what: 'ogrinfo', there: () => onPath('ogrinfo'), packages: ['gdal-bin'], without: 'die Probe der OGC API mit GDAL' },
  { what: 'mosquitto_sub', there: () => onPath('mosquitto_sub'), packages: ['mosquitto-clients'], without: 'die Probe von MQTT mit Mosquitto' },
  { what: 'qpdf', there: () => onPath('qpdf'), packages: ['qpdf'], without: 'die Prüfung der PDF' },
  { what: 'certutil', there: () => onPath('certutil'), packages: ['libnss3-tools'], without: 'die Prüfung des Siegels' },
  { what: 'unzip', there: () => onPath('unzip'), packages: ['unzip'], without: 'die Prüfung von xdomea-Paketen' },
  { what: 'xmllint', there: () => onPath('xmllint'), packages: ['libxml2-utils'], without: 'die Prüfung von XML' },
  { what: 'ogr2ogr', there: () => onPath('ogr2ogr'), packages: ['gdal-bin'], without: 'die Prüfung mit Geodaten von GDAL' },
  { what: 'xmlsec1', there: () => onPath('xmlsec1'), packages: ['xmlsec1', 'libxmlsec1-openssl'], without: 'die Prüfung signierter Warnungen' },
  {
    what: 'tesseract mit Deutsch',
    there: () => onPath('tesseract'),
    packages: ['tesseract-ocr', 'tesseract-ocr-deu'],
    without: 'das Lesen gescannter Seiten mit dem Tesseract des Systems',
  },
  { what: 'openssl', there: () => onPath('openssl'), packages: ['openssl'], without: 'die Prüfung des Siegels' },
];

/** Installs what the tests need of the system when we may; else says what is missing and goes on. */
export function installSystemPackages() {
  const missing = NEEDED.filter((need) => !need.there());
  if (missing.length === 0) return;
  const packages = [...new Set(missing.flatMap((need) => need.packages))];
  if (userInfo().uid === 0 && onPath('apt-get')) {
    say(`Kontor installiert für die Tests: ${packages.join(', ')} …`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    quietly('apt-get', ['update', '-q'], { env });
    const installed = quietly('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...packages], { env });
    if (!installed.ok) say(withoutHosts(installed.output).split('\n').slice(-5).join('\n'));
  }
  const left = NEEDED.filter((need) => !need.there() && need.enough?.() !== true);
  if (left.length === 0) return;
  say('Für alle Tests fehlt noch etwas auf diesem Rechner:');
  for (const need of left) say(`  - ${need.what} (Paket ${need.packages.join(', ')}): ohne es entfallen ${need.without}`);
  say(`Installieren Sie es so: sudo apt-get install ${[...new Set(left.flatMap((need) => need.packages))].join(' ')}`);
}
