import type { Answers } from '../../catalogue/public.ts';
import type { Applicant } from '../domain/events.ts';

/** Every form asks these by the same names: `givenName`, `familyName`, `address`, and `organisation` where one may apply. */
export function applicantOf(answers: Answers): Applicant {
  const { organisation, givenName, familyName, address } = answers as {
    organisation?: string;
    givenName: string;
    familyName: string;
    address?: { street: string; houseNumber: string; postcode: string; place: string };
  };
  const name = `${givenName} ${familyName}`;
  const lines = address === undefined ? [] : [`${address.street} ${address.houseNumber}`, `${address.postcode} ${address.place}`];
  if (organisation === undefined || organisation === '') return { name, addressLines: [name, ...lines] };
  return { name: organisation, addressLines: [organisation, name, ...lines] };
}
