import type { CreateLegalEntityInput } from '#generated/finance.ts';
import { Refused } from '#kernel/errors.ts';
import { checkEmail, given } from '#kernel/input.ts';
import { checkParty, optionalText } from '#kernel/party.ts';

/** What invoices say of a legal entity, beside its name. */
export type Said = Pick<
  CreateLegalEntityInput,
  'postalAddress' | 'vatId' | 'registrationNumber' | 'taxNumber' | 'bankAccount' | 'bic' | 'contactEmail' | 'electronicAddress' | 'locale'
>;

/** The fields that the caller gave, checked: absent ones are left out, null clears. */
export function saidOf(input: Said) {
  return {
    ...checkParty(input),
    ...given({
      taxNumber: optionalText('taxNumber', input.taxNumber, 80),
      bankAccount: input.bankAccount && checkAccount(input.bankAccount),
      bic: input.bic && checkBic(input.bic),
      contactEmail: input.contactEmail && checkEmail('contactEmail', input.contactEmail),
      locale: input.locale && checkLocale(input.locale),
    }),
  };
}

/** An account that begins like an IBAN is one: letters of a country and two check digits. */
export function isIban(account: string): boolean {
  return /^[A-Z]{2}\d{2}[0-9A-Z]{10,30}$/.test(account);
}

function checkAccount(text: string): string {
  const account = text.replace(/\s/g, '').toUpperCase();
  if (/^[0-9A-Z/-]{4,34}$/.test(account) && (!/^[A-Z]{2}\d{2}/.test(account) || (isIban(account) && remainderOf(account) === 1n))) return account;
  throw new Refused('VALIDATION_FAILED', 'bankAccount must be an IBAN with the right check digits, or an account number.', { field: 'bankAccount' });
}

/** ISO 7064, MOD 97-10: the first four characters go to the end, letters count from 10. */
function remainderOf(iban: string): bigint {
  const digits = `${iban.slice(4)}${iban.slice(0, 4)}`.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return BigInt(digits) % 97n;
}

function checkBic(text: string): string {
  const bic = text.replace(/\s/g, '').toUpperCase();
  if (/^[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?$/.test(bic)) return bic;
  throw new Refused('VALIDATION_FAILED', 'bic must have eight or eleven letters and digits, such as INGBNL2A.', { field: 'bic' });
}

function checkLocale(text: string): string {
  try {
    const [locale] = Intl.getCanonicalLocales(text);
    if (locale && Intl.NumberFormat.supportedLocalesOf(locale).length > 0) return locale;
  } catch {
    // What follows says it in our words.
  }
  throw new Refused('VALIDATION_FAILED', 'locale must name a language, and may name a region, such as de-DE.', { field: 'locale' });
}
