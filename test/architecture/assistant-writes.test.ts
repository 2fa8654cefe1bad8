import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { MODULES } from './house.ts';
import { readSource } from './read-imports.ts';
import { pathsOf, textOf } from './source-files.ts';

/** Modules through which a model's words pass. None of them may decide, so none may reach what holds decisions. */
const ASSISTANT = ['llm', 'assistant', 'library', 'pseudonyms'];
/** What holds cases, decisions, statements, money and what leaves the city. */
const DECIDES = ['procedure', 'participation', 'payment', 'sheets', 'exchange', 'contributions'];
const SCHEMAS = Object.keys(MODULES);

/** Names of tables in SQL: `schema.table` after a word that reads or writes. */
const tablesIn = (text: string): string[] =>
  [...text.matchAll(/\b(?:from|join|into|update|table(?: if exists)?|on|references|truncate|delete from)\s+"?([a-z_]+)"?\."?[a-z_]+/gi)].map(
    ([, schema = '']) => schema.toLowerCase(),
  );

/** Reading what is written in strings is all that a search in text can do; computed names of tables are refused with it. */
function foreignSql(module: string, text: string): string[] {
  const foreign = tablesIn(text).filter((schema) => SCHEMAS.includes(schema) && schema !== module);
  const computed = /sql\.(raw|table|id)\b/.test(text) ? ['computed'] : [];
  return [...foreign, ...computed];
}

describe('the assistant decides nothing', () => {
  const present = ASSISTANT.filter((module) => MODULES[module] !== undefined);
  it('its modules are there', () => assert.ok(present.includes('llm'), present.join()));

  for (const module of present) {
    it(`${module} may call no module that holds decisions`, () => {
      assert.deepEqual(
        (MODULES[module] ?? []).filter((one) => DECIDES.includes(one)),
        [],
      );
      const files = pathsOf(`src/modules/${module}/**/*.ts`).filter((path) => !path.endsWith('.d.ts') && !path.endsWith('.test.ts'));
      assert.ok(files.length > 0, 'no file was read');
      for (const path of files)
        for (const { specifier } of readSource(path, textOf(path)).imports)
          assert.ok(!DECIDES.some((one) => specifier?.includes(`/${one}/`) === true), `${path} imports ${specifier}`);
    });
    it(`SQL of ${module} names its own schema only`, () => {
      for (const path of pathsOf(`src/modules/${module}/store/*`)) assert.deepEqual(foreignSql(module, textOf(path)), [], path);
    });
  }

  it('finds SQL that reaches elsewhere', () => {
    assert.deepEqual(foreignSql('llm', 'update procedure.case set decision = 1'), ['procedure']);
    assert.deepEqual(foreignSql('llm', 'insert into llm.used select * from identity.account'), ['identity']);
    assert.deepEqual(foreignSql('llm', 'sql.raw(text)'), ['computed']);
    assert.deepEqual(foreignSql('llm', 'insert into llm.used as u (day) values (1)'), []);
  });
});
