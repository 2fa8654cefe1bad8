import { z, type ZodType } from 'zod';
import type { CommonProblemKind } from '../../kernel/problem.ts';
import { OPEN_LICENCE } from '../../kernel/open-data.ts';
import { accessName } from './access.ts';
import type { AnyApiRoute } from './api-route.ts';
import { PROBLEMS } from './problem.ts';
import { FORM_LIMITS } from './multipart.ts';
import { SESSION_COOKIE } from './session-cookie.ts';

type Json = Record<string, unknown>;

/** The OpenAPI 3.1 description of the routes; schemas come from zod's own JSON Schema (2020-12). */
export function openApiDocument(routes: readonly AnyApiRoute[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operation(route) };
  }
  const tags = [...new Set(routes.map((route) => route.tag))].sort().map((name) => ({ name }));
  return {
    openapi: '3.1.1',
    info: {
      title: 'Kontor',
      version: '1',
      summary: 'Die offene digitale Stadt: vom Antrag zum Bescheid.',
      description: CONVENTIONS,
      license: { name: 'EUPL-1.2', identifier: 'EUPL-1.2' },
    },
    jsonSchemaDialect: 'https://json-schema.org/draft/2020-12/schema',
    servers: [{ url: publicUrl }],
    tags,
    paths,
    components: {
      schemas: { Problem: PROBLEM_SCHEMA },
      responses: {
        Problem: {
          description: 'Die Stadt lehnt die Anfrage ab und sagt, warum und was zu tun ist.',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
        },
      },
      parameters: { IdempotencyKey },
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: SESSION_COOKIE, description: 'Sitzung nach der Anmeldung.' } },
    },
  };
}

const CONVENTIONS = [
  'Listen kommen seitenweise: `?cursor=…&limit=…`, Antwort `{ items, next }`; `next` ist auf der letzten Seite `null`.',
  'Ablehnungen haben die Form RFC 9457 (`application/problem+json`); `errors` nennt Fehler an Feldern.',
  'Schreibende Anfragen nehmen einen `Idempotency-Key`: dieselbe Anfrage mit demselben Schlüssel wirkt nur einmal (24 Stunden lang).',
  'Lesende Anfragen tragen ein `ETag`. Zeitpunkte sind ISO 8601 in UTC, Tage `JJJJ-MM-TT` in Europe/Berlin, Geld ganze Cent.',
  '`x-kontor-access` sagt, wer einen Weg nutzen darf.',
].join('\n\n');

const IdempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Am besten eine UUID. Nur für Angemeldete.',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

const PROBLEM_SCHEMA = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'instance'],
  properties: {
    type: { type: 'string', format: 'uri', description: `Art der Ablehnung: ${Object.keys(PROBLEMS).join(', ')}.` },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string', description: 'Ein einfacher Satz: Ursache und Abhilfe.' },
    instance: { type: 'string', description: 'Nummer der Anfrage.' },
    errors: {
      type: 'array',
      items: { type: 'object', required: ['field', 'message'], properties: { field: { type: 'string' }, message: { type: 'string' } } },
    },
  },
};

/** `/api/cases/:id` -> `/api/cases/{id}` */
const openApiPath = (path: string): string => path.replace(/:([A-Za-z]\w*)(\{[^}]*\})?/g, '{$1}');

function operation(route: AnyApiRoute): Json {
  const problems: CommonProblemKind[] = ['invalid-input', 'too-many'];
  if (route.access !== 'public') problems.push('sign-in-needed', 'not-allowed');
  if (route.path.includes(':')) problems.push('not-found');
  if (route.method !== 'get') problems.push('conflict', 'too-large');
  const refusals = Object.fromEntries(problems.map((kind) => [String(PROBLEMS[kind].status), { $ref: '#/components/responses/Problem' }]));
  return {
    operationId: operationId(route),
    tags: [route.tag],
    summary: route.summary,
    'x-kontor-access': accessName(route.access),
    ...(route.open === true ? { description: `Offene Daten, Lizenz: ${OPEN_LICENCE}. Jede Seite darf sie lesen (CORS).` } : {}),
    ...(route.access === 'public' ? { security: [] } : { security: [{ session: [] }] }),
    parameters: parameters(route),
    ...requestBody(route),
    responses: { [String(route.status ?? 200)]: success(route), ...refusals, default: { $ref: '#/components/responses/Problem' } },
  };
}

const operationId = (route: AnyApiRoute): string =>
  `${route.method}${route.path.replace(/^\/api/, '').replace(/[^A-Za-z0-9]+(.)?/g, (_, next: string | undefined) => (next ?? '').toUpperCase())}`;

function success(route: AnyApiRoute): Json {
  if (route.status === 204) return { description: 'Getan.' };
  return { description: 'Die Antwort.', content: { 'application/json': { schema: jsonSchema(route.output, 'output') } } };
}

function parameters(route: AnyApiRoute): Json[] {
  const names = [...route.path.matchAll(/:([A-Za-z]\w*)/g)].map((match) => match[1]!);
  const params = propertiesOf(route.params);
  const inPath = names.map((name) => ({ name, in: 'path', required: true, schema: params.properties[name] ?? { type: 'string' } }));
  const query = propertiesOf(route.query);
  const inQuery = Object.entries(query.properties).map(([name, schema]) => ({ name, in: 'query', required: query.required.includes(name), schema }));
  const writing = route.method === 'get' || route.access === 'public' || route.keepsNoKey === true ? [] : [{ $ref: '#/components/parameters/IdempotencyKey' }];
  return [...inPath, ...inQuery, ...writing];
}

function propertiesOf(schema: ZodType | undefined): { properties: Record<string, Json>; required: readonly string[] } {
  if (schema === undefined) return { properties: {}, required: [] };
  const { properties = {}, required = [] } = jsonSchema(schema, 'input') as { properties?: Record<string, Json>; required?: string[] };
  return { properties, required };
}

function requestBody(route: AnyApiRoute): Json {
  if (route.upload === true) {
    const files = { type: 'array', maxItems: FORM_LIMITS.files, items: { type: 'string', contentMediaType: 'application/octet-stream' } };
    return { requestBody: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', properties: { files } } } } } };
  }
  if (route.body === undefined) return {};
  return { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } };
}

function jsonSchema(schema: ZodType, io: 'input' | 'output'): Json {
  // What JSON Schema cannot say (a refinement, a transform's result) is described loosely, never refused.
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io, unrepresentable: 'any' }) as Json;
  return rest;
}
