import { printExpression } from './print-expression.ts';
import type { Expand, GivenOption, Query } from './query.ts';

/** The options of a query as a client would write them: what the next page of an expanded relation is asked with. */
export function printQuery({ filter, orderby, select, expand, top, count }: Query): readonly GivenOption[] {
  const options: [string, string | undefined][] = [
    ['$filter', filter && printExpression(filter)],
    ['$orderby', orderby?.map(({ by, descending }) => printExpression(by) + (descending ? ' desc' : '')).join(',')],
    ['$select', select?.map(({ segments }) => segments.join('/')).join(',')],
    ['$expand', expand?.map(printExpand).join(',')],
    ['$top', top === undefined ? undefined : String(top)],
    ['$count', count === undefined ? undefined : String(count)],
  ];
  return options.flatMap(([name, text]) => (text === undefined ? [] : [{ name, text }]));
}

function printExpand({ relation, query }: Expand): string {
  const options = [...printQuery(query), ...(query.skip === undefined ? [] : [{ name: '$skip', text: String(query.skip) }])];
  return options.length === 0 ? relation : `${relation}(${options.map(({ name, text }) => `${name}=${text}`).join(';')})`;
}
