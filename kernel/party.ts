import { Refused } from './errors.ts';
import { given } from './input.ts';
import { demandText } from './text.ts';

/** A postal address in parts. */
export type PostalAddress = {
  readonly lines: readonly string[];
  readonly city: string | null;
  readonly postalCode: string | null;
  readonly region: string | null;
  readonly countryCode: string;
};

type Maybe<Value> = Value | null | undefined;
export type PostalAddressInput = {
  lines?: Maybe<readonly string[]>;
  city?: Maybe<string>;
  postalCode?: Maybe<string>;
  region?: Maybe<string>;
  countryCode: string;
};

/** Made when the first address is judged: it takes a tenth of a second, for which no start should wait. */
const regions = {
  get names(): Intl.DisplayNames {
    const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
    Object.defineProperty(this, 'names', { value: names });
    return names;
  },
};

/** Refuses what is no country of ISO 3166-1. */
export function checkCountry(field: string, code: string | null): string {
  if (code !== null && /^[A-Z]{2}$/.test(code)) return code;
  throw new Refused('VALIDATION_FAILED', `${field} must be two capital letters of ISO 3166-1.`, { field });
}

/** True for the code of a country that there is. */
export function isCountry(code: string): boolean {
  return /^[A-Z]{2}$/.test(code) && !['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB'].includes(code) && regions.names.of(code) !== undefined;
}

/** Reads an address as it is kept. */
export function checkAddress(field: string, address: PostalAddressInput): PostalAddress {
  const lines = (address.lines ?? []).map((line) => demandText(`${field}.lines`, line, { least: 1, most: 255, lines: false }));
  if (lines.length > 3) throw new Refused('VALIDATION_FAILED', `${field}.lines holds ${lines.length} lines; it takes three at most.`, { field });
  const part = (name: string, text: Maybe<string>, most: number) => (text ? demandText(`${field}.${name}`, text, { least: 1, most, lines: false }) : null);
  return {
    lines,
    city: part('city', address.city, 255),
    postalCode: part('postalCode', address.postalCode, 40),
    region: part('region', address.region, 255),
    countryCode: checkCountry(`${field}.countryCode`, address.countryCode),
  };
}

/** What documents say of a party, of the customer and of the firm alike. */
export type PartyFields = {
  postalAddress: PostalAddress | null;
  vatId: string | null;
  registrationNumber: string | null;
  electronicAddress: string | null;
};
export type PartyInput = {
  postalAddress?: Maybe<PostalAddressInput>;
  vatId?: Maybe<string>;
  registrationNumber?: Maybe<string>;
  electronicAddress?: Maybe<string>;
};

/** The fields that the caller gave, checked: absent ones are left out, null clears. */
export function checkParty(input: PartyInput): Partial<PartyFields> {
  return given({
    postalAddress: input.postalAddress && checkAddress('postalAddress', input.postalAddress),
    vatId: input.vatId && checkVatId('vatId', input.vatId),
    registrationNumber: optionalText('registrationNumber', input.registrationNumber, 80),
    electronicAddress: input.electronicAddress && checkElectronicAddress('electronicAddress', input.electronicAddress),
  });
}

/** Text that may be cleared: undefined stays, blank and null clear. */
export function optionalText(field: string, text: Maybe<string>, most: number): Maybe<string> {
  return text ? demandText(field, text, { least: 1, most, lines: false }) : text === '' ? null : text;
}

function checkVatId(field: string, text: string): string {
  const id = text.replace(/[\s.-]/g, '').toUpperCase();
  if (/^[A-Z]{2}[0-9A-Z+*]{2,18}$/.test(id)) return id;
  throw new Refused('VALIDATION_FAILED', `${field} must begin with the letters of its country, such as DE123456789.`, { field });
}

function checkElectronicAddress(field: string, text: string): string {
  const address = demandText(field, text, { least: 1, most: 255, lines: false });
  if (/^\d{4}:\S+$/.test(address) || /^EM:\S+@\S+$/.test(address)) return address;
  throw new Refused('VALIDATION_FAILED', `${field} must be a scheme and an identifier, such as 0204:991-12345-67.`, { field });
}
