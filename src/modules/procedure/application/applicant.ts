import type { Answers } from '../../catalogue/public.ts';
import type { Applicant } from '../domain/events.ts';

/** Every form asks these by the same names: `givenName`, `familyName`, `address`. */
export function applicantOf(answers: Answers): Applicant {
  const { givenName, familyName, address } = answers as {
    givenName: string;
    familyName: string;
    address?: { street: string; houseNumber: string; postcode: string; place: string };
  };
  const name = `${givenName} ${familyName}`;
  const lines = address === undefined ? [] : [`${address.street} ${address.houseNumber}`, `${address.postcode} ${address.place}`];
  return { name, addressLines: [name, ...lines] };
}
