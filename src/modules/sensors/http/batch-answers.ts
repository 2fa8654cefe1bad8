import { randomUUID } from 'node:crypto';
import { dataJson } from '../../../platform/http/data-route.ts';
import type { DataAnswer } from '../../../platform/http/route.ts';

/** The answer to one request of a batch. */
export interface Answered {
  readonly id: string;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers to a request alone, or to a set: a set that failed has one answer in multipart. */
export interface AnsweredPart {
  readonly set: string | undefined;
  readonly answers: readonly [Answered, ...Answered[]];
  /** Of a set that failed the answer to the request that did. */
  readonly failed?: Answered;
}

/** OData JSON Format 4.01, 19.2; `location` also beside the headers, where FROST's clients look for it. */
export function jsonBatchAnswer(parts: readonly AnsweredPart[]): DataAnswer {
  const responses = parts.flatMap(({ set, answers }) =>
    answers.map(({ id, status, headers, body }) => {
      const isJson = /\bjson\b/.test(headers['content-type'] ?? '');
      return {
        id,
        ...(set === undefined ? {} : { atomicityGroup: set }),
        status,
        headers,
        ...(headers['location'] === undefined ? {} : { location: headers['location'] }),
        ...(body === '' ? {} : { body: isJson ? (JSON.parse(body) as unknown) : body }),
      };
    }),
  );
  return dataJson({ responses });
}

/** OData 4.0, 11.7.5: the same order and the same nesting as was asked. */
export function multipartBatchAnswer(parts: readonly AnsweredPart[]): DataAnswer {
  const boundary = `batch_${randomUUID()}`;
  const body = multipart(
    boundary,
    parts.map(({ set, answers, failed }) => {
      if (set === undefined || failed !== undefined) return httpPart(failed ?? answers[0], set === undefined);
      const inner = `changeset_${randomUUID()}`;
      return `Content-Type: multipart/mixed; boundary=${inner}\r\n\r\n${multipart(
        inner,
        answers.map((one) => httpPart(one, true)),
      )}`;
    }),
  );
  return { status: 200, headers: { 'content-type': `multipart/mixed; boundary=${boundary}` }, body };
}

const multipart = (boundary: string, parts: readonly string[]): string => `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;

function httpPart({ id, status, headers, body }: Answered, named: boolean): string {
  const lines = Object.entries({ ...headers, 'content-length': String(Buffer.byteLength(body)) }).map(([name, value]) => `${name}: ${value}`);
  const own = named && !id.startsWith('#') ? `Content-ID: ${id}\r\n` : '';
  return `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${own}\r\nHTTP/1.1 ${String(status)} ${PHRASES[status] ?? 'Answer'}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}

const PHRASES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  413: 'Content Too Large',
  424: 'Failed Dependency',
  503: 'Service Unavailable',
};
