import { OPEN_LICENCE, type OpenDataset } from '../../../kernel/open-data.ts';
import type { Settings } from '../../../platform/context.ts';
import type { Collection } from '../domain/collection.ts';
import { OGC } from './ogc-answers.ts';

const CONTEXT = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatde: 'http://dcat-ap.de/def/dcatde/',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geo: 'http://www.opengis.net/ont/geosparql#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
};
const FILE_TYPE = 'http://publications.europa.eu/resource/authority/file-type/';

const INVENTED = 'Von der Demo erfunden.';

const de = (text: string): object => ({ '@value': text, '@language': 'de' });
const at = (id: string): object => ({ '@id': id });
const instant = (value: Temporal.Instant): object => ({ '@value': value.toString({ smallestUnit: 'second' }), '@type': 'xsd:dateTime' });

const THEME = 'http://publications.europa.eu/resource/authority/data-theme/';
const MEDIA_TYPES = { CSV: 'text/csv', JSON: 'application/json', PDF: 'application/pdf' } as const;

/** As DCAT-AP.de lists licences (convention 31); others stay as they were given. */
const LICENCES: Readonly<Record<string, string>> = {
  'www.govdata.de/dl-de/by-2-0': 'dl-by-de/2.0',
  'www.govdata.de/dl-de/zero-2-0': 'dl-zero-de/2.0',
  'creativecommons.org/licenses/by/4.0': 'cc-by/4.0',
  'creativecommons.org/licenses/by-sa/4.0': 'cc-by-sa/4.0',
  'creativecommons.org/publicdomain/zero/1.0': 'cc-zero',
};
const licenceOf = (given: string): string => {
  const known = LICENCES[given.replace(/^https?:\/\//, '').replace(/\/(deed\.\w+)?$/, '')];
  return known === undefined ? given : `http://dcat-ap.de/def/licenses/${known}`;
};

/** What the city offers, as DCAT-AP.de 2.0 in JSON-LD, for catalogues that harvest it. */
export function dcatCatalogue(collections: readonly Collection[], settings: Settings, others: readonly OpenDataset[] = []): object {
  const { publicUrl, city: publisher } = settings;
  const self = `${publicUrl}${OGC}/dcat`;
  return {
    '@context': CONTEXT,
    '@id': self,
    '@type': 'dcat:Catalog',
    'dct:title': de(`Daten von ${publisher}`),
    'dct:description': de('Offene Daten der Stadt; Geodaten über OGC API.'),
    'dct:publisher': agent(publisher),
    'foaf:homepage': at(publicUrl),
    'dct:language': at('http://publications.europa.eu/resource/authority/language/DEU'),
    'dcat:dataset': [...collections.map((collection) => dataset(collection, publicUrl, publisher)), ...others.map((one) => otherDataset(one, settings))],
  };
}

const agent = (name: string): object => ({ '@type': 'foaf:Agent', 'foaf:name': name });

function dataset({ id, title, description, about, extent, changedAt, createdAt }: Collection, publicUrl: string, publisher: string): object {
  const here = `${publicUrl}${OGC}/collections/${id}`;
  return {
    '@id': here,
    '@type': 'dcat:Dataset',
    'dct:title': de(title),
    'dct:description': de([description, about.quality, about.demo === true ? INVENTED : undefined].filter(Boolean).join(' ') || title),
    'dct:identifier': here,
    'dct:publisher': agent(about.owner ?? publisher),
    'dct:issued': instant(createdAt),
    'dct:modified': instant(changedAt),
    'dcat:landingPage': at(`${here}?f=html`),
    ...(about.contact === undefined
      ? {}
      : { 'dcat:contactPoint': { '@type': 'vcard:Organization', 'vcard:fn': about.owner ?? publisher, 'vcard:hasEmail': at(`mailto:${about.contact}`) } }),
    ...(about.keywords === undefined ? {} : { 'dcat:keyword': about.keywords.map(de) }),
    ...(about.renewedEvery === undefined ? {} : { 'dcat:temporalResolution': { '@value': about.renewedEvery, '@type': 'xsd:duration' } }),
    ...(extent === undefined ? {} : { 'dct:spatial': { '@type': 'dct:Location', 'dcat:bbox': { '@value': wktBox(extent), '@type': 'geo:wktLiteral' } } }),
    'dcat:distribution': [
      distribution(`${here}/items?f=json`, 'GeoJSON', 'GEOJSON', 'application/geo+json', about),
      distribution(`${here}/tiles/WebMercatorQuad?f=tilejson`, 'Vektorkacheln (TileJSON)', 'JSON', 'application/json', about),
    ],
  };
}

/** Data of the city about its own work. */
function otherDataset({ url, title, description, keywords, issued, modified, distributions }: OpenDataset, { city, env }: Settings): object {
  const about = { licence: OPEN_LICENCE, attribution: city };
  return {
    '@id': url,
    '@type': 'dcat:Dataset',
    'dct:title': de(title),
    'dct:description': de(env === 'demo' ? `${description} ${INVENTED}` : description),
    'dct:identifier': url,
    'dct:publisher': agent(city),
    ...(issued === undefined ? {} : { 'dct:issued': instant(issued) }),
    'dct:modified': instant(modified),
    'dcat:landingPage': at(url),
    'dcat:theme': at(`${THEME}GOVE`),
    'dcat:keyword': keywords.map(de),
    'dcat:distribution': distributions.map((one) => distribution(one.url, one.title, one.fileType, MEDIA_TYPES[one.fileType], about)),
  };
}

function distribution(url: string, title: string, fileType: string, mediaType: string, { licence, attribution }: Collection['about']): object {
  return {
    '@id': url,
    '@type': 'dcat:Distribution',
    'dct:title': de(title),
    'dcat:accessURL': at(url),
    'dct:format': at(FILE_TYPE + fileType),
    'dcat:mediaType': at(`https://www.iana.org/assignments/media-types/${mediaType}`),
    ...(licence === undefined ? {} : { 'dct:license': at(licenceOf(licence)) }),
    ...(attribution === undefined ? {} : { 'dcatde:licenseAttributionByText': de(attribution) }),
  };
}

/** Counter-clockwise, longitude first (CRS84). */
const wktBox = ([west, south, east, north]: NonNullable<Collection['extent']>): string =>
  `POLYGON((${west} ${south}, ${east} ${south}, ${east} ${north}, ${west} ${north}, ${west} ${south}))`;
