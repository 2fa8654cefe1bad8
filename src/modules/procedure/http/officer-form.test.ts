import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { euroText, NO_SUCH_AMOUNT, NO_SUCH_DAY, postedOf, readEuro } from './officer-form.ts';

describe('a fee as people write it', () => {
  for (const [typed, cents] of [
    ['125,00', 12_500],
    ['125', 12_500],
    ['125,5', 12_550],
    ['0,00', 0],
    ['1.250,00 €', 125_000],
    ['1.250', 125_000],
    ['125.00', 12_500],
    ['125,-', 12_500],
    ['1.25', 125],
    [' 25 EUR', 2_500],
    ['1\u00a0250,00', 125_000],
  ] as const) {
    it(`${JSON.stringify(typed)} is ${cents} cents`, () => assert.equal(readEuro(typed), cents));
  }
  for (const typed of ['', 'umsonst', '-5', '12,345', '1.2500', '1,2,3', '125,00,', '12345678901234567890', '٣', '1e3']) {
    it(`${JSON.stringify(typed)} is no amount`, () => assert.equal(readEuro(typed), undefined));
  }
  it('what stands in the field is read as the same amount', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (cents) => assert.equal(readEuro(euroText(cents)), cents)));
  });
  it('is never anything but whole cents or a refusal', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        const cents = readEuro(typed);
        assert.ok(cents === undefined || (Number.isSafeInteger(cents) && cents >= 0));
      }),
    );
  });
});

describe('posted fields', () => {
  const posted = (fields: Record<string, string>) => postedOf('suspend', new URLSearchParams(fields));
  for (const [typed, day] of [
    ['24.11.2026', '2026-11-24'],
    ['1.2.2027', '2027-02-01'],
    ['2028-02-29', '2028-02-29'],
  ] as const) {
    it(`${typed} is a day`, () => assert.equal(posted({ 'suspend.from': typed }).day('from'), day));
  }
  for (const typed of ['31.02.2026', '2026-02-31', 'morgen', '24.11.26', '0000-00-00']) {
    it(`${typed} is refused at its field`, () => {
      const form = posted({ 'suspend.from': typed });
      assert.equal(form.day('from'), undefined);
      assert.deepEqual(form.problems, [{ field: 'from', message: NO_SUCH_DAY }]);
    });
  }
  it('an empty day is no mistake', () => {
    const form = posted({ 'suspend.from': '  ' });
    assert.equal(form.day('from'), undefined);
    assert.deepEqual(form.problems, []);
  });
  it("another action's field of the same name is not read", () => assert.equal(posted({ 'note.reason': 'fremd' }).text('reason'), ''));
  it('an unreadable fee is complained about', () => {
    const form = posted({ 'suspend.fee': 'x' });
    assert.equal(form.cents('fee'), -1);
    assert.deepEqual(form.problems, [{ field: 'fee', message: NO_SUCH_AMOUNT }]);
  });
});
