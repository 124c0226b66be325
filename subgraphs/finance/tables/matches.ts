import type { Match } from '../matching/match.ts';

/** What GraphQL shows of a way to use a payment: it is worked out when it is read. */
export type PaymentMatchRow = Match & { currency: string };
