export { type Bulk, type BulkOutcome, type BulkProgress, type BulkReport, contentKey } from './bulk.ts';
export { type CallOptions, type Client, type ClientOptions, createClient, type Keyless, type MutateOptions } from './client.ts';
export type { Document, Variables } from './document.ts';
export { AccordError, type Fault, orThrow, type UserError } from './errors.ts';
export type { Wanted } from './events.ts';
export type { Followed, LiveEvent } from './follow.ts';
export type * from './generated/events.ts';
export type { Connection, Pages } from './pages.ts';
export type { TokenProvider } from './token.ts';
