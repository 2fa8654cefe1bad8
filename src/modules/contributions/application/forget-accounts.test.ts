import assert from 'node:assert/strict';
import { after, before, it } from 'node:test';
import { sql } from 'kysely';
import { contributionsCity, type ContributionsCity } from '../../../../test/support/contributions-city.ts';
import { API, ContributionsClient, WORDS } from '../../../../test/support/contributions-client.ts';
import { ACTORS, as } from '../../../../test/support/test-server.ts';
import { forgetAccounts } from './forget-accounts.ts';

let city: ContributionsCity;
before(async () => {
  city = await contributionsCity();
});
after(() => city.close());

it('Art. 17 DSGVO: who deletes their account leaves no id of it on what they wrote; the words stay, and the link opens them', async () => {
  const key = 'ohne-konto';
  await city.make({ key });
  const client = new ContributionsClient(
    () => city,
    () => key,
  );
  const one = await client.published({ withAccount: true }, 'citizen');
  await client.post(`${API}/${one.id}/comments`, { text: 'Von mir.', withAccount: true }, 'citizen');
  await client.post(`${API}/${one.id}/comments`, { text: 'Von jemand anderem.', withAccount: true }, 'otherCitizen');
  assert.equal(await forgetAccounts(city.ctx), 0);
  const { accountId } = ACTORS.citizen;
  await city.database.write((tx) =>
    city.ctx.journal.append(tx, ACTORS.citizen, city.clock.now(), [{ stream: `account:${accountId}`, kind: 'identity.account-deleted', payload: {} }]),
  );
  assert.equal(await forgetAccounts(city.ctx), 1);
  assert.equal(await forgetAccounts(city.ctx), 0, 'once is enough');
  const { rows } = await sql<{ account: string | null; text: string }>`select account_id as account, text from contributions.contribution
    union all select account_id, text from contributions.comment order by 2`.execute(city.database.read);
  assert.deepEqual(
    rows.map(({ account, text }) => [text, account]),
    [
      [WORDS.text, null],
      ['Von jemand anderem.', ACTORS.otherCitizen.accountId],
      ['Von mir.', null],
    ],
  );
  assert.equal((await city.server.request(`/mein-beitrag/${one.id}`, { headers: as('citizen') })).status, 404);
  assert.equal((await city.server.request(`/mein-beitrag/${one.receipt}`)).status, 200);
});
